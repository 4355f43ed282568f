/**
 * What is known of leavers, and how long: after so many days (60 unless an administrator says otherwise) their facts are
 * deleted, with a preview before, a hold that stops it, and a record that stays. What they wrote in a case is not touched:
 * it stays under the case's retention, with their name, which the directory keeps.
 */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { addSpan } from '../../../shared/primitives/calendar.ts';
import { wallTimeOf } from '../../../shared/primitives/britishTime.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ActCause } from '../acts.ts';
import { findPerson } from '../acts.ts';
import type { Authority } from '../authority.ts';
import { isIn, isNamedIn } from './access.ts';
import { today } from './reconcile.ts';

export const USUAL_DAYS = 60;

export interface Leaver {
  readonly person: PersonId;
  readonly name: string;
  /** The day on which their access ended, and the first on which what is known of them is deleted. */
  readonly left: string;
  readonly deleted: string;
  /** Why it is not; null: nothing stops it. */
  readonly hold: string | null;
}

/** Everybody who has left and of whom something is known, those that are due first. */
export async function leavers(authority: Authority): Promise<Leaver[]> {
  const { people } = await authority.directory.state();
  return leaversNow(authority)
    .map((one) => ({ ...one, name: people.get(one.person)?.name ?? '' }))
    .toSorted((a, b) => (a.deleted < b.deleted ? -1 : 1));
}

export function leaversNow(authority: Authority): Omit<Leaver, 'name'>[] {
  const { people } = authority;
  const [day, holds, days] = [today(authority), people.holds(), people.daysKept() ?? USUAL_DAYS];
  const ended = new Map<PersonId, number | null>();
  for (const { person, what, time } of people.record()) {
    if (what === 'left') ended.set(person, time);
    if (what === 'joined' || what === 'returned') ended.set(person, null);
  }
  return people.people().flatMap(({ id, facts, modified }) => {
    if (isIn(facts, day)) return [];
    // Shut out by hand, and personnel or provider name them still: forgotten, they would be let in as somebody new.
    if ((facts.hr !== null || facts.account !== null) && isNamedIn(facts, day)) return [];
    const starts = facts.hr?.from ?? null;
    if (starts !== null && starts > day && ended.get(id) === undefined) return []; // still to come
    // Who never was in, or had nothing that could end, left when the facts last changed.
    const left = wallTimeOf(ended.get(id) ?? modified)?.day ?? day;
    return [{ person: id, left, deleted: addSpan(left, { days }) ?? left, hold: holds.get(id) ?? null }];
  });
}

/** Deletes what is due today, and notes it. How many it was. */
export function deleteDue(authority: Authority, source: string): number {
  const { people, store, platform } = authority;
  const [day, time] = [today(authority), platform.now()];
  return people.change(() => {
    const due = leaversNow(authority).filter(({ deleted, hold }) => hold === null && deleted <= day);
    for (const { person } of due) {
      people.dropPerson(person, time);
      store.dropCodes(person);
      people.note({ time, person, what: 'deleted', source });
    }
    return due.length;
  });
}

/** Stops the deletion of what is known of a leaver, for a reason that is shown. */
export async function holdLeaver(
  authority: Authority,
  person: string,
  reason: string,
  source = 'command',
): Promise<Result<PersonId, ActCause>> {
  const state = await authority.directory.state();
  const id = findPerson(state, person);
  if (!id.ok) return id;
  const { people, platform } = authority;
  return people.change((): Result<PersonId, ActCause> => {
    const isHere = people.person(id.value) === null && (state.holds.get(id.value)?.size ?? 0) > 0;
    if (isHere) return fail('no leaver');
    people.putHold(id.value, reason, platform.now());
    people.note({ time: platform.now(), person: id.value, what: 'held', source, about: reason });
    return ok(id.value);
  });
}

export async function endHold(
  authority: Authority,
  person: string,
  source = 'command',
): Promise<Result<PersonId, ActCause>> {
  const id = findPerson(await authority.directory.state(), person);
  if (!id.ok) return id;
  const { people, platform } = authority;
  return people.change((): Result<PersonId, ActCause> => {
    if (!people.dropHold(id.value)) return fail('no hold');
    people.note({ time: platform.now(), person: id.value, what: 'hold ended', source });
    return ok(id.value);
  });
}
