/**
 * A word on the screen: always text; the tone only helps. Computed by the pure functions of this folder from durable
 * facts, never set by hand.
 */
import type { Millis } from '../primitives/units.ts';

/** quiet: nothing to do; going: work is under way; good: it has happened; attention: a person is needed. */
export type Tone = 'quiet' | 'going' | 'good' | 'attention';

export interface Word {
  readonly text: string;
  readonly tone: Tone;
  /** When it came to be so, where that is known. */
  readonly at?: Millis;
  /** One act that mends it, where there is one. */
  readonly mend?: 'retry' | 'drop' | 'resume' | 'fetch' | 'free space' | 'ask';
}
