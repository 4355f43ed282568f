/**
 * Statements of a directory after a place: of the device's own organisation and of those that its organisation lists as
 * partners, nobody else's.
 */
import type { ToRelay } from '../../../shared/wire/link.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { mayKnow } from '../rights.ts';

const MOST = 512;

export async function giveStatements(
  relay: Relay,
  link: DeviceLink,
  { q, org, after }: Extract<ToRelay, { t: 'statements' }>,
): Promise<void> {
  const own = relay.directories.state(link.org);
  const allowed = own !== null && mayKnow(own, link.device, org);
  const found = allowed ? await relay.directories.find(org) : null;
  if (found === null) return link.tell({ t: 'declined', q, cause: allowed ? 'not here' : 'no right' });
  const { n, head } = found.directory;
  const statements = relay.directories.statements(org, after, MOST);
  link.tell({ t: 'directory', q, org, after, statements, n, head });
}
