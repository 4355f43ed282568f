/**
 * What a field of an open record needs of its case: which one it is, and the conflicts that people settled in it.
 */
import { createContext } from 'react';
import type { SettledState } from '../../../shared/model/work/state.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';

interface OpenedCase {
  readonly of: CaseId;
  readonly settled: readonly SettledState[];
}

export const CaseContext = createContext<OpenedCase | null>(null);
