/** What a campaign came to, as its administrator is told of it, case by case: numbers, and a CSV file without a word of any case. */
import type { CaseId } from '../../../primitives/ids.ts';
import type { Millis } from '../../../primitives/units.ts';
import type { RecertifyOutcome } from '../../facts/recertifying.ts';
import type { FactOf, Logged } from '../../logged.ts';
import { inOneOrder, isFact } from '../../logged.ts';
import { csv } from '../../work/measures/csv.ts';
import type { Round } from './rounds.ts';

type Told = FactOf<'recertification told'>;

/** The newest that was told of each case in a round. */
export function toldOf({ campaign, number }: Round, facts: readonly Logged[]): readonly Told[] {
  const cases = new Map<CaseId, Told>();
  for (const logged of inOneOrder(facts)) {
    if (!isFact(logged, 'recertification told')) continue;
    const { fact } = logged;
    if (fact.campaign === campaign.opened.id && fact.round === number) cases.set(fact.case, fact);
  }
  return [...cases.values()];
}

export interface Progress {
  readonly cases: number;
  readonly lines: number;
  readonly outcomes: Readonly<Record<RecertifyOutcome, number>>;
}

export function progressOf(told: readonly Pick<Told, 'lines'>[]): Progress {
  const outcomes = { open: 0, passed: 0, kept: 0, removed: 0, 'not reviewed': 0, stays: 0 };
  for (const { lines } of told) for (const { outcome } of lines) outcomes[outcome]++;
  return { cases: told.length, lines: told.reduce((sum, { lines }) => sum + lines.length, 0), outcomes };
}

/** A line for each post of each case. `iso` writes a time as ISO 8601. */
export function reportCsv(
  { campaign, from, until }: Round,
  told: readonly Told[],
  iso: (at: Millis) => string,
): string {
  const { name } = campaign.opened;
  const head = ['campaign', 'from', 'until', 'case', 'post', 'outcome', 'answered by', 'answered at', 'told by'];
  const rows = told.flatMap((one) =>
    one.lines.map(({ post, outcome, by, at }) => [
      name,
      from,
      until,
      one.case,
      post,
      outcome,
      by ?? '',
      at === null ? '' : iso(at),
      one.by.personName,
    ]),
  );
  return csv([head, ...rows]);
}
