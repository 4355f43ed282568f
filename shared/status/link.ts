/**
 * The word for the link, in the status bar: how it stands, and why. Whatever it says, work goes on here.
 */
import type { Millis } from '../primitives/units.ts';
import type { LinkRefusal } from '../wire/link.ts';
import { LOSS, REFUSAL } from './linkCauses.ts';
import type { Clock, LinkLoss } from './facts.ts';
import { formatWait } from './format.ts';
import type { Word } from './words.ts';

export type LinkFacts =
  | { readonly is: 'connected'; readonly since: Millis }
  | { readonly is: 'connecting' }
  | { readonly is: 'offline'; readonly why: LinkLoss; readonly nextAt: Millis | null }
  | { readonly is: 'signed out' }
  | { readonly is: 'refused'; readonly why: LinkRefusal };

export function linkWord(facts: LinkFacts, clock: Clock): Word {
  switch (facts.is) {
    case 'connected':
      return { text: 'Connected', tone: 'good', at: facts.since };
    case 'connecting':
      return { text: 'Connecting', tone: 'going' };
    case 'offline': {
      const next = facts.nextAt === null ? '' : ` Next try in ${formatWait(facts.nextAt - clock.now)}.`;
      const { short, sentence, mend = 'retry' } = LOSS[facts.why];
      // What nobody here can mend by waiting needs a person.
      const tone = mend === 'retry' ? 'quiet' : 'attention';
      return { text: `Offline: ${short}`, tone, why: sentence + next, mend };
    }
    case 'signed out':
      return {
        text: 'Signed out',
        tone: 'attention',
        why: 'Joinder is locked, or this computer is not enrolled. Unlock it to send and receive.',
      };
    case 'refused': {
      const cure = REFUSAL[facts.why];
      return {
        text: `Refused: ${cure.short}`,
        tone: 'attention',
        why: cure.sentence,
        ...(cure.mend ? { mend: cure.mend } : {}),
      };
    }
  }
}
