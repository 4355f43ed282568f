/**
 * The integrity passport of a file, as a window shows it: its steps in words, each checked as it was asked for.
 */
import type { PassportStep } from '../model/passport/schema.ts';
import type { Millis } from '../primitives/units.ts';

export interface PassportStepView {
  readonly what: PassportStep['what'];
  readonly at: Millis;
  /** Name, post and organisation; null of a relay. */
  readonly by: string | null;
  readonly computer: string | null;
  /** What the step says besides; null: nothing. */
  readonly more: string | null;
  /** What is wrong with its proof; null: it holds. */
  readonly wrong: string | null;
}

export interface PassportView {
  /** Oldest first. */
  readonly steps: readonly PassportStepView[];
  /** Steps that are known here and cannot be proved to others. */
  readonly unproved: number;
  readonly holds: boolean;
}
