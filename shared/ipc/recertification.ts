/** Recertification between the windows and the sync worker: campaigns with how far they got, this person's list, and the acts. */
import type { RecertifyAnswer, RecertifyOutcome } from '../model/facts/recertifying.ts';
import type { CaseId, Hash, PersonId, SeatId, WorkId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { Word } from '../status/words.ts';
import type { ActCause } from './causes.ts';

/** A post in a case, to be kept or removed. */
export interface ToReview {
  readonly case: CaseId;
  readonly title: string;
  readonly seat: SeatId;
  readonly post: string;
  readonly people: readonly string[];
  readonly role: 'reader' | 'contributor' | 'lead';
  readonly since: Millis;
  /** Why it was let in, where that is on record. */
  readonly why: string | null;
  readonly outcome: RecertifyOutcome;
  readonly word: Word;
  readonly mayAnswer: boolean;
  /** To whom it may be passed: who writes in the case and does not hold the post. */
  readonly passTo: readonly { readonly person: PersonId; readonly name: string }[];
}

export interface CampaignRow {
  readonly id: WorkId;
  readonly round: number;
  readonly name: string;
  readonly from: string;
  readonly until: string;
  readonly every: number | null;
  /** What it asks about, as a sentence. */
  readonly scope: string;
  readonly by: string;
  readonly over: boolean;
  readonly word: Word;
  /** Of the cases of this person. */
  readonly lines: readonly ToReview[];
  /** Of all cases, as their leads' computers told it; null for who is no administrator. */
  readonly told: {
    readonly cases: number;
    readonly lines: number;
    readonly outcomes: Readonly<Record<RecertifyOutcome, number>>;
  } | null;
  readonly can: { readonly stop: boolean };
}

export interface RecertificationView {
  /** Newest first. */
  readonly rows: readonly CampaignRow[];
  readonly mayOpen: boolean;
  /** For choosing what a campaign asks about. */
  readonly units: readonly string[];
  readonly people: readonly { readonly person: PersonId; readonly name: string }[];
}

export type RecertifyAct =
  | {
      readonly is: 'open';
      readonly name: string;
      readonly until: string;
      readonly every: number | null;
      readonly units: readonly string[];
      readonly people: readonly PersonId[];
      readonly cases: readonly string[];
    }
  | { readonly is: 'stop'; readonly campaign: WorkId; readonly why: string }
  | {
      readonly is: 'answer';
      readonly campaign: WorkId;
      readonly round: number;
      readonly of: readonly { readonly case: CaseId; readonly seat: SeatId }[];
      readonly answer: RecertifyAnswer;
      /** With `pass`. */
      readonly to: PersonId | null;
      readonly why: string;
    };

export type RecertificationCalls = {
  recertify(act: RecertifyAct): Promise<Result<null, ActCause>>;
  /** Writes what a round came to as CSV, to where the token stands for. */
  exportRecertification(campaign: WorkId, round: number, token: string): Promise<Result<{ sha256: Hash }, ActCause>>;
};
