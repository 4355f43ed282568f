/**
 * What every field of an open record needs: where it writes, as whom, and whom it tells that something is being typed.
 */
import { createContext } from 'react';
import type { AreaView } from '../../../shared/ipc/worker.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import type { Root } from '../../../shared/model/register.ts';
import type { Acts } from './useActs.ts';

export interface RecordPlace {
  readonly root: Root;
  readonly name: string;
  readonly mayWrite: boolean;
  readonly area: AreaView['area'];
  readonly kind: AreaView['kind'] | 'sensitive';
  readonly onTyping: (path: string, is: boolean) => void;
  /** As it stands: what a reference can point at. */
  readonly record: CaseRecord;
  /** What is done to many rows at once goes this way, so that it can be taken back. */
  readonly acts: Acts;
}

export const RecordContext = createContext<RecordPlace | null>(null);
