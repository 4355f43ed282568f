/** What a lead is shown of work that a computer which was shut out had not sent, and may adopt or decline, one by one. */
import type { CaseId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';

export interface LateRow {
  readonly id: string;
  readonly case: CaseId;
  readonly caseTitle: string;
  /** `Working papers`, `Case file`, or whom the place was made for. */
  readonly place: string;
  readonly person: string;
  readonly computer: string;
  /** When it was written last, by the clock of that computer. */
  readonly at: Millis;
  /** When the relay had it, and when the computer was shut out: why it is late. */
  readonly arrived: Millis;
  readonly ended: Millis | null;
  /** `case`: one that was made there and that nobody else has. `other`: acts for nobody else to say, all of one computer in one place, so that they can only be declined. */
  readonly what: 'summary' | 'record' | 'act' | 'file' | 'case' | 'other';
  /** What it is, in a sentence; null for a text. */
  readonly said: string | null;
  readonly before: readonly string[];
  /** As it would be, or what comes with it. */
  readonly after: readonly string[];
  readonly entries: number;
  /** Acts that are not taken over, each with why: of a case those that do not come along. */
  readonly left: readonly { readonly said: string; readonly why: string }[];
}
