/**
 * What windows show of a case judged before it is sent: what it would be sent back for, and the questions that no machine
 * can answer, with the rules that say so.
 */
import type { Stage } from '../model/formats/stages.ts';
import type { Deadline } from '../model/rules/deadlines/deadlines.ts';
import type { Finding, Question } from '../model/rules/preflight/preflight.ts';

export interface CheckView {
  readonly stage: Stage;
  /** The day as of which it is judged, YYYY-MM-DD. */
  readonly on: string;
  readonly rules: { readonly name: string; readonly edition: string; readonly sha256: string };
  readonly findings: readonly Finding[];
  readonly questions: readonly Question[];
  /** Every date that runs, the next first. */
  readonly deadlines: readonly Deadline[];
}
