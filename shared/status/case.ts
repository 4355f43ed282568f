/**
 * The one word of a case: how this computer's copy stands to the relay's. Exactly one holds in every state. It speaks of
 * the log (what was written); files on their way have words of their own, but none of yours that waits is ever left out
 * when it says that nothing of yours waits.
 */
import type { Millis } from '../primitives/units.ts';
import type { Clock } from './facts.ts';
import { countOf, formatTime } from './format.ts';
import type { Word } from './words.ts';

export interface CaseFacts {
  /** What needs a person, as a short reason; null: nothing. */
  readonly attention: string | null;
  /** The link is open (welcomed by the relay). */
  readonly online: boolean;
  /** The relay has acknowledged at least one entry of the case. */
  readonly shared: boolean;
  /** Notes, items and lists of the case of which an entry of this computer is not acknowledged. */
  readonly unsentPlaces: number;
  /** Files released here and not wholly at the relay, for whatever reason. */
  readonly filesWaiting: number;
  /** Of those: moving now. */
  readonly filesSending: number;
  /** Entries that the relay has and this computer has not, or files arriving now. */
  readonly receiving: boolean;
  /** When this computer last held all that the relay had, and the relay all of this computer's; null: never yet. */
  readonly lastInStep: Millis | null;
}

export function caseWord(facts: CaseFacts, clock: Clock): Word {
  if (facts.attention !== null) return { text: `Needs attention: ${facts.attention}`, tone: 'attention' };
  if (!facts.online) return offline(facts, clock);
  if (!facts.shared || facts.unsentPlaces > 0 || facts.filesSending > 0) return { text: 'Sending', tone: 'going' };
  if (facts.receiving || facts.lastInStep === null) return { text: 'Receiving', tone: 'going' };
  return { text: `Up to date ${formatTime(facts.lastInStep, clock)}`, tone: 'good', at: facts.lastInStep };
}

function offline(facts: CaseFacts, clock: Clock): Word {
  if (!facts.shared) return { text: 'Saved on this computer, not shared', tone: 'quiet' };
  const places = facts.unsentPlaces + facts.filesWaiting;
  if (places > 0)
    return { text: `Offline: your edits in ${countOf(places, 'place', 'places')} are not sent`, tone: 'going' };
  const since = facts.lastInStep === null ? 'not yet in step' : `last in step ${formatTime(facts.lastInStep, clock)}`;
  return {
    text: `Offline: nothing of yours waiting; ${since}`,
    tone: 'quiet',
    ...(facts.lastInStep === null ? {} : { at: facts.lastInStep }),
  };
}
