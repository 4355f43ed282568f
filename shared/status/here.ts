/**
 * What is here now: computed from disk and relay each time, so it may change either way. It alone enables Open; the rank
 * of what has happened never does.
 */
import type { ByteCount } from '../primitives/units.ts';
import { formatPercent } from './format.ts';
import type { Word } from './words.ts';

export interface HereFacts {
  /** Sent in error, and not our own: whether this device has destroyed its copy; null: it may keep it. */
  readonly destroyed: boolean | null;
  /** Whole and verified on this disk. */
  readonly whole: boolean;
  /** It has been whole here before: sealed here, or this device signed for it. */
  readonly wasHere: boolean;
  /** It is on its way here for the first time; what has happened says how far. */
  readonly coming: boolean;
  /** Parts of it can be fetched as they are looked at, before the rest has come. */
  readonly arriving: boolean;
  /** The relay holds every chunk of it, and this device may fetch them. */
  readonly atRelay: boolean;
  /** Whose computer holds it, where that is known: "Ann Bell's laptop". */
  readonly holder: string | null;
  /** The relay came back from a copy and lacks what it had acknowledged: how far it was given again. */
  readonly again: { readonly done: ByteCount; readonly total: ByteCount } | null;
}

export interface Here {
  /** null: it is here, or its arrival is told by what has happened. */
  readonly word: Word | null;
  readonly canOpen: boolean;
}

export function here(facts: HereFacts): Here {
  if (facts.destroyed !== null)
    return { word: facts.destroyed ? { text: 'Destroyed on this computer', tone: 'quiet' } : null, canOpen: false };
  const canOpen = facts.whole || facts.arriving;
  if (facts.again)
    return {
      word: {
        text: `Relay restored: sending again ${formatPercent(facts.again.done, facts.again.total)}`,
        tone: 'going',
      },
      canOpen,
    };
  if (facts.whole || (facts.coming && !facts.wasHere)) return { word: null, canOpen };
  if (facts.atRelay)
    return { word: { text: 'Not kept on this computer: fetch', tone: 'quiet', mend: 'fetch' }, canOpen };
  return { word: { text: `On another computer: ${facts.holder ?? 'it is not known whose'}`, tone: 'quiet' }, canOpen };
}
