/** What a lead is shown of work that a computer which was shut out had not sent, and may take over. */
import type { CaseId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';

export interface LateRow {
  readonly id: string;
  readonly case: CaseId;
  readonly caseTitle: string;
  readonly place: 'Working papers' | 'Case file';
  readonly person: string;
  readonly computer: string;
  /** When it was written last, by the clock of that computer. */
  readonly at: Millis;
  /** `other`: no text, so that nobody can take it over for them. */
  readonly what: 'summary' | 'record' | 'other';
  readonly before: readonly string[];
  /** As it would be. */
  readonly after: readonly string[];
  readonly entries: number;
}
