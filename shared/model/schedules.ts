/**
 * The schedules of unused material (MG6C non-sensitive, MG6D sensitive), built from the list of material: numbered in the
 * list's order, with a prompt wherever a description would not let a reader decide without asking. Nothing is stored:
 * a schedule is frozen by its certificate.
 */
import type { RecordItem } from './record.ts';
import { valueOf } from './record.ts';

export interface ScheduleLine {
  readonly id: string;
  /** 1 for the first. */
  readonly number: number;
  readonly description: string;
  readonly location: string;
  readonly test: string;
  /** What the description lacks, as a sentence; null: nothing that a machine can see. */
  readonly prompt: string | null;
}
export interface Schedule {
  readonly form: 'MG6C' | 'MG6D';
  readonly title: string;
  readonly lines: readonly ScheduleLine[];
}

/** Words that name a kind of thing and say nothing of what is in it. Source: our own reading of guidance on descriptions. */
const BARE =
  /^(?:notes?|notebook|log|incident log|e-?mails?|messages?|documents?|photos?|video|cctv|disc|statement)\.?$/i;
const SHORTEST = 20;

function promptFor(description: string, test: string, reason: string, why: string | null): string | null {
  if (description === '') return 'Say what it is.';
  if (BARE.test(description) || description.length < SHORTEST)
    return 'Say whose it is, when it was made and what it is about, so that nobody has to ask for it to decide.';
  if (why === '') return 'Say why it is sensitive, so that the prosecutor can judge it.';
  if (test === 'yes' && reason === '') return 'Say why it may undermine the case or assist the defence.';
  return null;
}

/** What of an item of material a schedule says, as text; empty where nobody said. */
interface Listed {
  readonly id: string;
  readonly description: string;
  readonly location: string;
  readonly use: string;
  readonly relevant: string;
  readonly meetsTest: string;
  readonly reason: string;
  /** Why it is sensitive. */
  readonly why: string;
}

/** Whether an item belongs on a schedule: unused, and relevant unless somebody said it is not. */
const isListed = ({ use, relevant }: Listed): boolean => use !== 'used' && relevant !== 'no';

/** The schedule of these items; which of them are sensitive is for the caller to have sorted. */
export function scheduleOf(items: readonly Listed[], sensitive: boolean): Schedule {
  const lines = items
    .filter(isListed)
    .map(({ id, description, location, meetsTest, reason, why }, index): ScheduleLine => ({
      id,
      number: index + 1,
      description,
      location,
      test: meetsTest === 'yes' ? 'Meets the test' : meetsTest === 'no' ? 'Does not' : 'Not decided',
      prompt: promptFor(description, meetsTest, reason, sensitive ? why : null),
    }));
  return sensitive
    ? { form: 'MG6D', title: 'Schedule of sensitive unused material', lines }
    : { form: 'MG6C', title: 'Schedule of non-sensitive unused material', lines };
}

/** The same of rows of a record. */
export const schedule = (items: readonly RecordItem[], sensitive: boolean): Schedule =>
  scheduleOf(
    items.map(({ id, fields }) => ({
      id,
      description: valueOf(fields, 'description'),
      location: valueOf(fields, 'location'),
      use: valueOf(fields, 'use'),
      relevant: valueOf(fields, 'relevant'),
      meetsTest: valueOf(fields, 'meetsTest'),
      reason: valueOf(fields, 'reason'),
      why: valueOf(fields, 'sensitiveReason'),
    })),
    sensitive,
  );
