/** Warnings, as windows show them. */
import type { Millis } from '../primitives/units.ts';

/** Something the log proved or found wrong: shown until a person has seen it. */
export interface Alarm {
  readonly id: string;
  readonly at: Millis;
  readonly sentence: string;
  readonly next: string;
  /** What more there is to it, a sentence each. */
  readonly details?: readonly string[];
  readonly serious: boolean;
}
