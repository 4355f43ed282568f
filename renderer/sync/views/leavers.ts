/**
 * What colleagues who have left had in hand, by name, in the cases that this computer holds; and giving it to somebody else. Who
 * has left is by the directory: no post, and no computer.
 */
import type { ActCause } from '../../../shared/ipc/causes.ts';
import type { LeaverRow, LeftRow } from '../../../shared/ipc/work.ts';
import type { Party } from '../../../shared/model/facts/parts.ts';
import type { InHand, LeftBehind } from '../../../shared/model/work/leftBehind.ts';
import { leftBehind } from '../../../shared/model/work/leftBehind.ts';
import type { CaseId, PersonId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { assertNever, fail, ok } from '../../../shared/primitives/result.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { isFact } from '../../../shared/model/logged.ts';
import { allCases, areasOf } from '../cases/caseIndex.ts';
import { snapshotOf } from '../cases/snapshotOf.ts';
import { doWork } from '../cases/work/doing.ts';
import { workOf } from '../cases/work/folded.ts';
import { mayIn } from '../cases/work/mayIn.ts';
import { decideGuest } from '../guests/deciding.ts';
import { guestPlacesOf, mayDecide } from '../guests/places.ts';
import type { Session } from '../session.ts';
import { colleagues } from './tasks.ts';

export async function leavers(session: Session): Promise<readonly LeaverRow[]> {
  const own = session.directories.current(session.identity.org);
  if (!own) return [];
  const gone = goneFrom(own);
  const there = allCases(session).filter((of) => areasOf(session, of).length > 0);
  const rows = (await Promise.all(there.map((of) => rowsOf(session, of, gone)))).flat();
  return [...gone]
    .map((person): LeaverRow => ({
      person,
      name: own.people.get(person)?.name ?? '',
      left: leftAt(own, person),
      things: rows.filter(({ from }) => from.person === person).toSorted(openFirst),
    }))
    .filter(({ things }) => things.length > 0)
    .toSorted((a, b) => Number(isDone(a)) - Number(isDone(b)) || a.name.localeCompare(b.name, 'en-GB'));
}

const isDone = ({ things }: LeaverRow): boolean => things.every(({ taken }) => taken !== null);
const openFirst = (a: LeftRow, b: LeftRow): number =>
  Number(a.taken !== null) - Number(b.taken !== null) || a.title.localeCompare(b.title, 'en-GB');

function goneFrom(own: DirectoryState): ReadonlySet<PersonId> {
  const working = new Set([...own.devices.values()].map(({ person }) => person));
  return new Set(
    [...own.people.keys()].filter((person) => (own.holds.get(person)?.size ?? 0) === 0 && !working.has(person)),
  );
}

function leftAt(own: DirectoryState, person: PersonId): number | null {
  const ended = [...own.known.values()].flatMap((one) =>
    one.person === person ? (own.ended.get(one.device) ?? []) : [],
  );
  return ended.length === 0 ? null : Math.max(...ended);
}

async function rowsOf(session: Session, of: CaseId, gone: ReadonlySet<PersonId>): Promise<readonly LeftRow[]> {
  const left = leftBehind(workOf(session, of), session.identity.org, gone);
  const guests = guestsLeft(session, of, gone);
  if (left.length === 0 && guests.length === 0) return [];
  const { case: record } = await snapshotOf(session, of);
  return [...left, ...guests].map(({ thing, from, taken }, i) => ({
    id: `${of} ${i} ${thing.is}`,
    case: of,
    title: record.title ?? '',
    urn: record.urn ?? null,
    thing,
    from,
    taken: taken && { name: taken.to.personName, by: taken.by, at: taken.at },
    to: taken === null ? takers(session, of, thing) : [],
  }));
}

/** Guests for whom somebody answered who has left; once another does, who that is. */
function guestsLeft(session: Session, of: CaseId, gone: ReadonlySet<PersonId>): readonly LeftBehind[] {
  const own = session.directories.current(session.identity.org);
  return guestPlacesOf(session, of).flatMap(({ invited, decided }): LeftBehind[] => {
    const { guest, guestName: name, by } = invited.fact;
    const known = own?.guests.get(guest);
    if (!own || !known || own.holds.get(guest)?.has(known.seat) !== true) return [];
    const thing: InHand = { is: 'guest', guest, name, until: known.until };
    const party = (person: PersonId): Party => ({ ...by, person, personName: own.people.get(person)?.name ?? '' });
    if (gone.has(known.sponsor)) return [{ thing, from: party(known.sponsor), taken: null }];
    const given = decided.flatMap((one) => (isFact(one, 'guest sponsored') ? [one] : []));
    const last = given.at(-1);
    const before = given.at(-2)?.fact.sponsor ?? by.person;
    if (last?.fact.sponsor !== known.sponsor || !gone.has(before)) return [];
    const taken = { to: party(known.sponsor), by: last.fact.by.personName, at: last.relayTime ?? last.time };
    return [{ thing, from: party(before), taken }];
  });
}

const ACTS = { case: 'handed over', role: 'allocated', review: 'review asked' } as const;
const ROLE_FOR = { case: 'officer', review: 'supervisor' } as const;

/** Who may be given it, by this person: whoever has the role that it takes. */
function takers(session: Session, of: CaseId, thing: LeftBehind['thing']): readonly Party[] {
  if (thing.is === 'guest') {
    const own = session.directories.current(session.identity.org);
    const guest = own?.guests.get(thing.guest);
    return own && guest && mayDecide(session, own, guest) ? colleagues(session).map(({ party }) => party) : [];
  }
  if (!mayIn(session, of, ACTS[thing.is])) return [];
  if (thing.is === 'review' && !mayIn(session, of, 'review withdrawn')) return [];
  const role = thing.is === 'role' ? thing.role : ROLE_FOR[thing.is];
  return colleagues(session).flatMap(({ party, roles }) => (roles.includes(role) ? [party] : []));
}

/** The outcome alone: what was made is seen in the view. */
const nothing = (outcome: Result<unknown, ActCause>): Result<null, ActCause> => (outcome.ok ? ok(null) : outcome);

export async function giveOn(
  session: Session,
  of: CaseId,
  thing: InHand,
  to: Party,
  reason: string,
): Promise<Result<null, ActCause>> {
  switch (thing.is) {
    case 'case':
      return nothing(await doWork(session, of, { is: 'handed over', to, reason, absent: true }));
    case 'role':
      return nothing(
        await doWork(session, of, { is: 'allocated', package: thing.package, role: thing.role, to, note: reason }),
      );
    case 'review': {
      const asked = workOf(session, of).reviews.find(({ id }) => id === thing.review);
      if (asked === undefined) return fail('malformed');
      const withdrawn = await doWork(session, of, { is: 'review withdrawn', review: thing.review, reason });
      if (!withdrawn.ok) return withdrawn;
      return nothing(await doWork(session, of, { is: 'review asked', stage: asked.stage, to, note: asked.note }));
    }
    case 'guest': {
      const { person: sponsor, seat } = to;
      return decideGuest(session, { is: 'sponsor', guest: thing.guest, sponsor, seat, why: reason });
    }
    default:
      return assertNever(thing);
  }
}
