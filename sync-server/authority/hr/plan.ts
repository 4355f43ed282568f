/**
 * What a personnel file would change: who joins, moves, leaves, and what each mover loses and gains. A pure comparison of the
 * file with the facts that are known; writing it down is `hrImport.ts`'s. The same file again plans nothing.
 */
import { addSpan } from '../../../shared/primitives/calendar.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { accessOf, isIn } from '../people/access.ts';
import type { Baseline, GroupRow, HrFacts, PersonFacts, PersonRow } from '../people/facts.ts';
import { noFacts, plainText, sameText } from '../people/facts.ts';
import type { Difference } from '../people/preview.ts';
import { difference } from '../people/preview.ts';
import type { Employed } from './rows.ts';
import { postText } from '../../../shared/seal/directory/postText.ts';

export interface Change {
  readonly what: 'joins' | 'moves' | 'leaves' | 'changes';
  readonly staffNumber: string;
  readonly name: string;
  /** As it is now for who leaves, as it becomes for the others. */
  readonly posts: readonly string[];
  /** From which day on, where it is one to come. */
  readonly on: string | null;
  readonly difference: Difference;
  /** Null for somebody new. */
  readonly row: PersonRow | null;
  readonly facts: PersonFacts;
}

export interface Plan {
  readonly changes: readonly Change[];
  readonly unchanged: number;
  /** How many personnel has in the organisation today. */
  readonly employed: number;
  /** Units of two and more, all of whom would leave. */
  readonly emptied: readonly string[];
}

export interface Known {
  readonly day: string;
  readonly people: readonly PersonRow[];
  readonly groups: readonly GroupRow[];
  readonly baselines: readonly Baseline[];
  readonly state: DirectoryState;
}

export function planImport(file: readonly Employed[], known: Known): Plan {
  const byNumber = new Map(known.people.map((row) => [plainText(row.facts.staffNumber ?? ''), row]));
  const listed = new Set(file.map(({ staffNumber }) => plainText(staffNumber)));
  const fromFile = file.map(({ staffNumber, hr }): Change | null => {
    const row = byNumber.get(plainText(staffNumber)) ?? null;
    // Somebody who was here once, and of whom everything was deleted since: the file may go on naming them.
    if (row === null && hr.until !== null && hr.until < known.day) return null;
    const facts = row?.facts ?? noFacts;
    return compare(row, { ...facts, staffNumber, hr: withPast(facts.hr, hr, known.day) }, known);
  });
  const missing = known.people.filter(
    ({ facts: { hr, staffNumber } }) => hr !== null && !listed.has(plainText(staffNumber ?? '')),
  );
  const gone = missing.map((row) => compare(row, { ...row.facts, hr: ended(row.facts.hr, known.day) }, known));
  const changes = [...fromFile, ...gone].filter((change) => change !== null);
  return {
    changes,
    unchanged: fromFile.length - fromFile.filter((change) => change !== null).length,
    employed: employedNow(known).length,
    emptied: emptiedUnits(changes, known),
  };
}

const dayBefore = (day: string): string => addSpan(day, { days: -1 }) ?? day;

/** Whoever is missing has left: yesterday was their last day, unless an earlier one is known. */
function ended(hr: HrFacts | null, day: string): HrFacts | null {
  if (hr === null) return null;
  const last = dayBefore(day);
  return hr.until !== null && hr.until < last ? hr : { ...hr, until: last };
}

/** A post that begins on a day to come does not end today's before: it is held until then. */
function withPast(before: HrFacts | null, next: HrFacts, day: string): HrFacts {
  const starts = next.postings.map(({ from }) => from).filter((from) => from !== null);
  const first = starts.length === next.postings.length ? starts.toSorted()[0] : undefined;
  if (before === null || first === undefined || first <= day) return next;
  const last = dayBefore(first);
  const kept = before.postings
    .filter(({ from, until }) => (from === null || from <= day) && (until === null || day <= until))
    .filter((old) => !next.postings.some((one) => sameText(one.title, old.title) && sameText(one.unit, old.unit)))
    .map((old) => ({ ...old, until: old.until !== null && old.until < last ? old.until : last }));
  return { ...next, postings: [...kept, ...next.postings] };
}

function compare(row: PersonRow | null, facts: PersonFacts, known: Known): Change | null {
  const before = row?.facts ?? noFacts;
  if (row !== null && JSON.stringify(before) === JSON.stringify(facts)) return null;
  const { day, groups, baselines, state } = known;
  const was = row !== null && isIn(before, day);
  const [from, until] = [facts.hr?.from ?? null, facts.hr?.until ?? null];
  const starts = from !== null && from > day;
  const leavesOn = until !== null && until >= day && (before.hr?.until ?? null) !== until ? until : null;
  const [here, then] = [accessAt(before, day), accessAt(facts, starts ? from : (changeDay(facts, day) ?? day))];
  const delta = difference(state, here, then);
  const moved = delta.loses.length + delta.gains.length > 0;
  const change = (what: Change['what'], on: string | null): Change => ({
    what,
    staffNumber: facts.staffNumber ?? '',
    name: then.name,
    posts: [
      ...new Set(
        (what === 'leaves' ? here : then).posts.flatMap((post) => (post.is === 'named' ? [postText(post.post)] : [])),
      ),
    ],
    on,
    difference: delta,
    row,
    facts,
  });
  if (!was) return change(isIn(facts, starts ? from : day) ? 'joins' : 'changes', starts ? from : null);
  if (!isIn(facts, day)) return change('leaves', null);
  if (leavesOn !== null) return change('leaves', addSpan(leavesOn, { days: 1 }));
  return change(moved ? 'moves' : 'changes', moved ? changeDay(facts, day) : null);

  function accessAt(of: PersonFacts, on: string) {
    return accessOf(row?.id ?? NOBODY, of, on, groups, baselines);
  }
}
const NOBODY = '' as PersonRow['id'];

/** The first day to come on which a posting begins. */
const changeDay = ({ hr }: PersonFacts, day: string): string | null =>
  (hr?.postings ?? []).flatMap(({ from }) => (from !== null && from > day ? [from] : [])).toSorted()[0] ?? null;

const employedNow = ({ people, day }: Known): PersonRow[] =>
  people.filter(({ facts }) => facts.hr !== null && isIn(facts, day));

function emptiedUnits(changes: readonly Change[], known: Known): string[] {
  const leaving = new Set(changes.filter(({ what }) => what === 'leaves').map(({ row }) => row?.id));
  const units = new Map<string, { readonly name: string; all: number; leave: number }>();
  for (const { id, facts } of employedNow(known)) {
    const held = (facts.hr?.postings ?? []).filter(
      ({ from, until }) => (from === null || from <= known.day) && (until === null || known.day <= until),
    );
    for (const name of new Set(held.map(({ unit }) => unit))) {
      const unit = units.get(plainText(name)) ?? { name, all: 0, leave: 0 };
      unit.all++;
      if (leaving.has(id)) unit.leave++;
      units.set(plainText(name), unit);
    }
  }
  return [...units.values()].filter(({ all, leave }) => all > 1 && leave === all).map(({ name }) => name);
}
