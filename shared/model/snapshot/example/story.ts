/**
 * What the parts of the example share: whose case it is, and days reckoned from the day on which it is looked at, so that
 * it stays a good case whenever that is. Every person, place and number in it is invented.
 */
import { addSpan, dayNumber, dayOf, weekday } from '../../../primitives/calendar.ts';
import type { Millis } from '../../../primitives/units.ts';
import { DAY, HOUR } from '../../../primitives/units.ts';
import type { Stage } from '../../formats/stages.ts';

export interface Story {
  readonly stage: Stage;
  /** The day on which the case is looked at. */
  readonly on: string;
  /** Whether the suspect has been charged. */
  readonly charged: boolean;
}

export const storyAt = (stage: Stage, on: string): Story => ({
  stage,
  on,
  charged: stage !== 'charging' && stage !== 'charging-threshold',
});

/** The day so many days after the one on which the case is looked at; before it where negative. */
export function day({ on }: Story, after: number): string {
  const found = addSpan(on, { days: after });
  if (found === null) throw new Error(`${on} is no day to look at a case`);
  return found;
}

const SATURDAY = 5;
const numberOf = (story: Story, after: number): number => dayNumber(day(story, after)) ?? 0;

/** The same, or the next day on which courts sit. Public holidays are not known here. */
export function workday(story: Story, after: number): string {
  const number = numberOf(story, after);
  const ofWeek = weekday(number);
  return dayOf(number + (ofWeek >= SATURDAY ? 7 - ofWeek : 0)) ?? story.on;
}

/** A quarter past ten of such a day, as a time of our clocks. */
export const millisOf = (story: Story, after: number): Millis => numberOf(story, after) * DAY + 10.25 * HOUR;

/** A time of such a day, in the middle of its morning. */
export const timeOf = (story: Story, after: number, time = '10:15'): string => `${day(story, after)}T${time}:00.000Z`;

/** Ids as ours are, 32 hex digits, in which one sees what belongs together. */
export const idOf = (kind: number, number: number): string =>
  `${kind.toString(16).padStart(4, '0')}${number.toString(16).padStart(28, '0')}`;
/** Something of the form of a SHA-256. */
export const hashOf = (number: number): string => number.toString(16).padStart(8, '0').repeat(8);

export const ID = {
  case: idOf(1, 1),
  suspect: idOf(2, 1),
  business: idOf(3, 1),
  owner: idOf(4, 1),
  neighbour: idOf(4, 2),
  officer: idOf(4, 3),
  offence: idOf(5, 1),
} as const;

export const POLICE = 'Northmoor Police';
export const PROSECUTION = 'Northmoor Prosecution Service';
export const OFFICER = 'Amira Doyle';
export const SUPERVISOR = 'Tom\u00e1s Reyes';
export const PROSECUTOR = 'Helen Achebe';
