/**
 * A schedule as its certificate freezes it: its rows by value, as the list of material makes them, and what is no longer
 * so. Sensitive material stands apart (ADR 17): of its schedule nothing but number and verdict stands in another. Pure; the
 * hash is for who has a platform.
 */
import { canonicalJson } from '../../../primitives/json.ts';
import type { ScheduleForm, ScheduleRow } from '../../facts/deciding.ts';
import type { Row } from '../../formats/index.ts';
import type { ScheduleLine } from '../../schedules.ts';
import { scheduleOf } from '../../schedules.ts';
import type { CaseSnapshot } from '../../snapshot/schema.ts';

type Material = Row<'material'>;

const isMarked = ({ sensitivity }: Material): boolean => sensitivity === 'sensitive';

/** The lines of the schedule of ordinary material. */
export const openLines = ({ material }: Pick<CaseSnapshot, 'material'>): readonly ScheduleLine[] =>
  scheduleOf(
    material
      .filter((item) => !isMarked(item))
      .map((item) => ({
        id: item.id,
        description: item.description ?? '',
        location: item.location ?? '',
        use: item.use ?? '',
        relevant: item.relevant === false ? 'no' : '',
        meetsTest: item.meetsTest ?? '',
        reason: item.reason ?? '',
        why: '',
      })),
    false,
  ).lines;

const rowOf = ({ id, number, description, location, test }: ScheduleLine, on: ScheduleRow['on']): ScheduleRow => ({
  id,
  on,
  number,
  description,
  location,
  test,
});
const NOT_TOLD = 'On the sensitive schedule';
/** Not even by its id: that it is there, and what was decided, is all. */
const untold = (line: ScheduleLine): ScheduleRow => ({
  ...rowOf(line, 'MG6D'),
  id: String(line.number),
  description: NOT_TOLD,
  location: '',
});
const meets = ({ test }: ScheduleRow): boolean => test === 'Meets the test';

/**
 * The rows that a certificate of this form covers now. `apart`: the lines of the sensitive schedule. MG6E: what meets the
 * test on either; SDC: on the open one.
 */
export function scheduleRows(
  form: ScheduleForm,
  open: readonly ScheduleLine[],
  apart: readonly ScheduleLine[],
): readonly ScheduleRow[] {
  const listed = open.map((line) => rowOf(line, 'MG6C'));
  switch (form) {
    case 'MG6C':
      return listed;
    case 'MG6D':
      return apart.map((line) => rowOf(line, 'MG6D'));
    case 'MG6E':
      return [...listed, ...apart.map(untold)].filter(meets);
    case 'SDC':
      return listed.filter(meets);
  }
}

/** What the hash of a certificate is the SHA-256 of, as UTF-8. */
export const scheduleText = (rows: readonly ScheduleRow[]): string => canonicalJson(rows);

/** Something to be done before a schedule can be certified, and where. */
interface Hindrance {
  readonly sentence: string;
  readonly path: string;
}

const nameOf = ({ reference, description }: Material): string =>
  reference ?? description ?? 'An item with no reference';

/**
 * What stands against certifying: a value that nobody chose, an item of which nobody said whether it is sensitive, and one
 * that is and has not been moved to where sensitive material is kept: it would be on no schedule.
 */
export function hindrances({
  material,
  conflicts,
}: Pick<CaseSnapshot, 'material' | 'conflicts'>): readonly Hindrance[] {
  const torn = conflicts.filter(({ path }) => path.startsWith('material/'));
  const unsaid = material.filter(({ sensitivity }) => sensitivity === undefined);
  return [
    ...torn.map(({ path }) => ({ path, sentence: 'Two people set this at once. Choose which value to keep.' })),
    ...unsaid.map((item) => ({
      path: `material/${item.id}/sensitivity`,
      sentence: `${nameOf(item).slice(0, 80)}: say whether it is sensitive.`,
    })),
    ...material.filter(isMarked).map((item) => ({
      path: `material/${item.id}`,
      sentence: `${nameOf(item).slice(0, 80)} is marked sensitive: move it to the sensitive material.`,
    })),
  ];
}

const PARTS = [
  ['description', 'the description was changed'],
  ['location', 'where it is kept was changed'],
  ['test', 'the verdict on the test was changed'],
] as const;

const key = ({ on, id }: ScheduleRow): string => `${on} ${id}`;

/** What is no longer as it was certified, in sentences; none: the schedule is what was certified. */
export function changedRows(then: readonly ScheduleRow[], now: readonly ScheduleRow[]): readonly string[] {
  const before = new Map(then.map((row) => [key(row), row]));
  const after = new Set(now.map(key));
  const said = now.flatMap((row): string[] => {
    const was = before.get(key(row));
    if (!was) return [`${row.on} item ${row.number} was not there: ${row.description.slice(0, 120)}`];
    const parts = PARTS.filter(([part]) => was[part] !== row[part]).map(([, words]) => words);
    return parts.length === 0 ? [] : [`${row.on} item ${was.number}: ${parts.join('; ')}`];
  });
  const gone = then
    .filter((row) => !after.has(key(row)))
    .map((row) => `${row.on} item ${row.number} is not listed any more`);
  const numbers = (rows: readonly ScheduleRow[]): string => rows.map((row) => `${key(row)} ${row.number}`).join();
  const moved = said.length + gone.length === 0 && numbers(then) !== numbers(now);
  return [...said, ...gone, ...(moved ? ['The items are numbered in another order'] : [])];
}
