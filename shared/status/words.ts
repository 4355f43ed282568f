/**
 * A word on the screen: always text; the tone only helps. Computed by the pure functions of this folder from durable
 * facts, never set by hand.
 */
import type { Millis } from '../primitives/units.ts';

/** quiet: nothing to do; going: work is under way; good: it has happened; attention: a person is needed. */
export type Tone = 'quiet' | 'going' | 'good' | 'attention';

/** One act that mends it. */
export type Mend = 'retry' | 'drop' | 'resume' | 'fetch' | 'free space' | 'ask';

export interface Word {
  readonly text: string;
  readonly tone: Tone;
  /** When it came to be so, where that is known. */
  readonly at?: Millis;
  /** Whose word it is: the person, or the computer, that says so. */
  readonly by?: string;
  /** The plain sentence behind the word: what is wrong and what to do next, or what the word rests on. */
  readonly why?: string;
  /** One act that mends it, where there is one. */
  readonly mend?: Mend;
}

/** A word and its rank: of two, the higher stands, so that what has happened never falls. */
export interface Ranked {
  readonly rank: number;
  readonly word: Word;
}
