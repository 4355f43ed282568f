/** What a step is to whoever puts faults on it: it begins, gets on, stops with a word or is whole, and is checked. */
import type { Side } from './side.ts';

export interface Play {
  /** On whose application and disk the faults are put. */
  readonly side: Side;
  begin(): Promise<void>;
  /** How much of it is done, 0 to 1. */
  progress(): number;
  /** `stopped`: it goes on only when somebody presses Retry. */
  standing(): 'going' | 'stopped' | 'whole';
  /** What was said so far while it did not get on, as on screen. */
  words(): readonly string[];
  /** What the sync worker does when the evidence process has been started again. */
  goOn(): Promise<void>;
  /** What the button beside the word does. */
  retry(): Promise<void>;
  /** Null: whole, with equal SHA-256. Else the word with which it is not given out, which `retry` mends. */
  check(): Promise<string | null>;
}
