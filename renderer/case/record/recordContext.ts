/**
 * What every field of an open record needs: where it writes, as whom, and whom it tells that something is being typed.
 */
import { createContext } from 'react';
import type { CaseRecord } from '../../../shared/model/record.ts';
import type { Root } from '../../../shared/model/register.ts';

interface RecordPlace {
  readonly root: Root;
  readonly name: string;
  readonly mayWrite: boolean;
  readonly onTyping: (path: string, is: boolean) => void;
  /** As it stands: what a reference can point at. */
  readonly record: CaseRecord;
}

export const RecordContext = createContext<RecordPlace | null>(null);
