/**
 * What windows show of a case judged before it is sent: what it would be sent back for, and the questions that no machine
 * can answer, with the rules that say so.
 */
import type { Stage } from '../model/formats/stages.ts';
import type { Deadline } from '../model/rules/deadlines/deadlines.ts';
import type { Finding, Question } from '../model/rules/preflight/preflight.ts';

/** A place of the case as a person comes to it. */
export interface PathHint {
  /** Where it is mended: the Case file counts for what both organisations see. */
  readonly place: 'working papers' | 'case file' | 'sensitive material';
  /** What people call its row; empty where it is in none, or in one without a name. */
  readonly row: string;
}

/** A question, and whether it is asked of this person, by their roles. */
export interface Asked extends Question {
  readonly mine: boolean;
}

export interface CheckView {
  readonly stage: Stage;
  /** The day as of which it is judged, YYYY-MM-DD. */
  readonly on: string;
  readonly rules: { readonly name: string; readonly edition: string; readonly sha256: string };
  readonly findings: readonly Finding[];
  readonly questions: readonly Asked[];
  /** Whose Working papers hold reviews and answers to questions that this person does not read; null: they read them. Nothing of those is judged. */
  readonly notRead: string | null;
  /** Every date that runs, the next first. */
  readonly deadlines: readonly Deadline[];
  /** By path, for each place that a finding or a deadline names. */
  readonly hints: Readonly<Record<string, PathHint>>;
}
