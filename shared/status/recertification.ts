/** Recertification in words: how far a round has got, for who answers and for who opened it; and what came of one post. */
import type { RecertifyOutcome } from '../model/facts/recertifying.ts';
import { countOf } from './format.ts';
import type { Word } from './words.ts';

/** So many days before the last one it is put before its readers again. */
export const REMIND_DAYS = 7;

export interface RoundFacts {
  readonly over: boolean;
  /** Days that are left, the last one included. */
  readonly daysLeft: number;
  readonly lines: number;
  /** Neither kept nor removed yet. */
  readonly open: number;
  readonly gone: number;
}

export function roundWord({ over, daysLeft, lines, open, gone }: RoundFacts): Word {
  if (over) return { text: `Over: ${gone} of ${lines} removed`, tone: 'quiet' };
  const why = `What nobody has reviewed by the last day is removed then: ${countOf(open, 'post', 'posts')} now.`;
  if (lines === 0) return { text: 'Nothing to review', tone: 'quiet' };
  if (open === 0) return { text: `All ${lines} reviewed`, tone: 'good' };
  const text = `${lines - open} of ${lines} reviewed`;
  return daysLeft <= REMIND_DAYS ? { text: `Reminder: ${text}`, tone: 'attention', why } : { text, tone: 'going', why };
}

export interface LineFacts {
  readonly outcome: RecertifyOutcome;
  /** This person may answer. */
  readonly mine: boolean;
  readonly by: string;
  readonly to: string;
}

export function lineWord({ outcome, mine, by, to }: LineFacts): Word {
  switch (outcome) {
    case 'open':
      return mine ? { text: 'To review', tone: 'attention' } : { text: 'For somebody else to review', tone: 'going' };
    case 'passed':
      return { text: `Passed to ${to}`, tone: 'going', by };
    case 'kept':
      return { text: `Kept by ${by}`, tone: 'good', by };
    case 'removed':
      return { text: `Removed by ${by}`, tone: 'quiet', by };
    case 'not reviewed':
      return { text: 'Removed: nobody reviewed it', tone: 'quiet' };
    case 'stays':
      return { text: 'Stays: the case has no other lead', tone: 'quiet' };
  }
}
