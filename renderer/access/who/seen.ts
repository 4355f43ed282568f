/** What the holder of a post may do in a place, in words. */
import type { SeerRow } from '../../../shared/ipc/access.ts';

export const ROLES: Record<SeerRow['role'], string> = {
  reader: 'Reads',
  contributor: 'Reads and writes',
  lead: 'Reads, writes and lets others in',
};
