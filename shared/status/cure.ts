/** What a cause is told as: a plain sentence of what is wrong and what to do next, and the act that mends it. */
import type { Mend } from './words.ts';

export interface Cure {
  /** A few words, for after a colon. */
  readonly short: string;
  readonly sentence: string;
  readonly mend?: Mend;
}
/** One cure for every cause of a union. */
export type Table<C extends string> = Readonly<Record<C, Cure>>;
