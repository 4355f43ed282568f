/** The words of how long a case is kept: open or closed, held, reviewed. */
import type { WorkState } from '../model/work/state.ts';
import type { Word } from './words.ts';

type Closing = WorkState['closings'][number];
type Hold = WorkState['holds'][number];
type Review = WorkState['retention'][number];

/** `Open`, or `Closed: OUTCOME`. */
export const closedWord = (closed: Closing | null): Word =>
  closed
    ? { text: `Closed: ${closed.outcome}`, tone: 'quiet', at: closed.at, by: closed.by.personName }
    : { text: 'Open', tone: 'going' };

export const holdWord = ({ placed, lifted }: Hold): Word =>
  lifted
    ? { text: 'Lifted', tone: 'quiet', at: lifted.at, by: lifted.by.personName }
    : { text: 'Held', tone: 'attention', at: placed.at, by: placed.by.personName };

/** What a review decided: to keep, until when; or to dispose. Days are shown as they are handed in. */
export const reviewedWord = ({ decision, at, by }: Review, next: string | null): Word => ({
  text: decision === 'dispose' ? 'Dispose of it' : next === null ? 'Keep it' : `Keep it until ${next}`,
  tone: decision === 'dispose' ? 'attention' : 'good',
  at,
  by: by.personName,
});
