/** The words of how long a case is kept: open or closed, held, reviewed, disposed of. */
import type { WorkState } from '../model/work/state.ts';
import type { Millis } from '../primitives/units.ts';
import type { Clock } from './facts.ts';
import { countOf, formatTime } from './format.ts';
import type { Word } from './words.ts';

type Closing = WorkState['closings'][number];
type Hold = WorkState['holds'][number];
type Review = WorkState['retention'][number];
type Disposal = WorkState['disposals'][number];

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

/** Where a disposal stands until the case is gone. */
export function disposalWord({ asked, agreed, refused }: Disposal): Word {
  if (refused) return { text: 'Disposal refused', tone: 'quiet', at: refused.at, by: refused.by.personName };
  if (agreed) return { text: 'Disposal agreed', tone: 'attention', at: agreed.at, by: agreed.by.personName };
  return { text: 'Waiting for a second person', tone: 'going', at: asked.at, by: asked.by.personName };
}

/** `Destroyed on 2 of 3 computers`: how many have said so, of those that could hold something. */
export const destroyedWord = (done: number, all: number): Word =>
  done >= all
    ? { text: `Destroyed on ${all === 1 ? 'the one computer' : `all ${all} computers`} that held it`, tone: 'good' }
    : { text: `Destroyed on ${done} of ${countOf(all, 'computer', 'computers')}`, tone: 'attention' };

export interface Answered {
  /** When it said that it destroyed what it held. */
  readonly destroyed: Millis | null;
  /** When the relay last took something of it that is known here. */
  readonly heard: Millis | null;
  /** Its organisation lets it in no more: it will not answer. */
  readonly isRevoked: boolean;
}

/** What one computer has said; of one that has not, since when it has not been on line. */
export function answerWord({ destroyed, heard, isRevoked }: Answered, clock: Clock): Word {
  if (destroyed !== null) return { text: 'Destroyed', tone: 'good', at: destroyed };
  const since = heard === null ? 'has not been heard here' : `has not been on line since ${formatTime(heard, clock)}`;
  return isRevoked
    ? { text: `Let in no more: ${since}`, tone: 'attention' }
    : { text: `Has not answered: ${since}`, tone: 'attention' };
}

/** The relay's signed word: of each area, whether nothing is left of it there. Null: it has not said so yet. */
export function relayWord(said: readonly { readonly gone: boolean; readonly time: Millis }[] | null): Word {
  if (said === null) return { text: 'Waiting for the relay', tone: 'going' };
  const at = said.reduce((newest, { time }) => Math.max(newest, time), 0);
  return said.every(({ gone }) => gone)
    ? { text: 'The relay has destroyed it', tone: 'good', at }
    : { text: 'The relay has destroyed it, but for what a partner keeps there', tone: 'good', at };
}
