/** Bringing keys back by two custodians, between the windows and the sync worker. */
import type { AreaId, WorkId } from '../primitives/ids.ts';
import type { AreaKind } from '../seal/area/chain.ts';
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { Word } from '../status/words.ts';
import type { ActCause } from './causes.ts';

export interface RecoveryRow {
  readonly id: WorkId;
  readonly mine: boolean;
  readonly by: string;
  readonly byPost: string;
  readonly why: string;
  readonly at: Millis;
  /** Places of cases whose keys are asked for. */
  readonly places: number;
  readonly word: Word;
  /** Who acted, as sentences, oldest first. */
  readonly acted: readonly string[];
  /** What this person may do: as the first of two, or the second. */
  readonly can: 'agree first' | 'agree second' | null;
  /** Whether it is this person's own and still open, so that they may take it back. */
  readonly mayWithdraw: boolean;
}

/** A place that cannot be opened here: what is known of it without its key. */
export interface LackingPlace {
  readonly area: AreaId;
  readonly kind: AreaKind;
  /** When the relay took the last entry of it. */
  readonly changed: Millis;
  /** Whether two custodians agreed to bring its keys back, and had them not. */
  readonly wasAsked: boolean;
}

export interface RecoveryView {
  readonly custodians: readonly {
    readonly post: string;
    readonly people: readonly string[];
    readonly hasKey: boolean;
  }[];
  /** Whether two people who share no post could bring keys back. */
  readonly isEnough: boolean;
  readonly isCustodian: boolean;
  readonly administers: boolean;
  /** Places of cases that this person's posts read and that cannot be opened here. */
  readonly lacking: number;
  /** The most lately changed of them. */
  readonly places: readonly LackingPlace[];
  /** Whether this person has asked, and it is not over. */
  readonly isAsked: boolean;
  readonly rows: readonly RecoveryRow[];
}

export interface RecoveryViews {
  recovery: RecoveryView;
}

export type RecoveryCalls = {
  /** Asks the custodians for the keys of what cannot be opened here. */
  askRecovery(why: string): Promise<Result<null, ActCause>>;
  /** A custodian's word; `decline` is the reason, null to agree. */
  answerRecovery(id: WorkId, decline: string | null): Promise<Result<null, ActCause>>;
  /** Takes one's own request back, while it is open. */
  withdrawRecovery(id: WorkId): Promise<Result<null, ActCause>>;
};
