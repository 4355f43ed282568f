/** Break-glass between the windows and the sync worker: finding, opening, ending and judging. */
import type { CaseId, Hash } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { Word } from '../status/words.ts';
import type { ActCause } from './causes.ts';

/** A post, and who holds it. */
interface AskedPost {
  readonly post: string;
  readonly people: readonly string[];
}

export interface EmergencyFound {
  readonly case: CaseId;
  readonly asked: readonly AskedPost[];
}

export interface AskEmergency {
  /** URN or title, as the person knows it. */
  readonly wanted: string;
  readonly why: string;
  /** 24 at the most. */
  readonly hours: number;
}

/** One emergency in a case: to who reads the case, and to who broke the glass. */
export interface EmergencyRow {
  /** Names it. */
  readonly reason: Hash;
  readonly case: CaseId;
  /** To who opened it, as they named it; else the case's title. */
  readonly title: string;
  readonly mine: boolean;
  readonly person: string;
  readonly computer: string;
  /** Null: none that can be checked, so that no key is given. */
  readonly why: string | null;
  readonly from: Millis;
  readonly until: Millis;
  readonly word: Word;
  /** Whose computers can give the key; for who waits. */
  readonly asked: readonly AskedPost[];
  readonly judged: {
    readonly justified: boolean;
    readonly note: string;
    readonly by: string;
    readonly at: Millis;
  } | null;
  readonly can: { readonly end: boolean; readonly judge: boolean; readonly open: boolean };
}

export interface EmergenciesView {
  readonly may: boolean;
  readonly isOnLine: boolean;
  readonly rows: readonly EmergencyRow[];
}

export type EmergencyCalls = {
  /** Looks in the index of one's organisation; opens nothing, and is told to nobody. */
  findInEmergency(wanted: string): Promise<Result<EmergencyFound, ActCause>>;
  /** Breaks the glass: told to every lead at once, and judged afterwards. */
  askEmergency(asked: AskEmergency): Promise<Result<null, ActCause>>;
  /** Ends one before its time: one's own, or any in a case that one writes in. */
  endEmergency(of: CaseId, reason: Hash): Promise<Result<null, ActCause>>;
  /** A lead's word on one that is over. */
  judgeEmergency(of: CaseId, reason: Hash, justified: boolean, note: string): Promise<Result<null, ActCause>>;
};
