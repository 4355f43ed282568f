/** The people of one's own organisation, by its directory; and of one of them: posts, computers, and everything they can see. */
import type { AccessView, PersonRow, PersonView, PostRow } from '../../../shared/ipc/access.ts';
import { sightsOf } from '../../../shared/model/access/sights.ts';
import type { DeviceId, PersonId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { EMERGENCY_ROLE } from '../../../shared/seal/area/emergency.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { allCases } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import type { Session } from '../session.ts';
import { nameOf } from '../views/cases.ts';
import { grantingsIn, holdingsBy, statedBy } from './histories.ts';
import { accessNeeds } from './needs.ts';
import { holdersOf } from './recertification/rounds.ts';
import { endingSoon, ownLastDays } from './ownPosts.ts';
import { mySeats, myRoles } from './roles.ts';
import { hasRecovery } from './recovery/view.ts';
import { postName } from './postName.ts';
import { seersInEmergency } from './emergency/seers.ts';
import { areasSeen, denier, rowOf } from './who.ts';

export async function accessView(session: Session): Promise<AccessView> {
  const roles = myRoles(session);
  return {
    administers: roles.includes('administrator'),
    audits: roles.includes('auditor'),
    needs: await accessNeeds(session),
    recovery: hasRecovery(session),
    emergencies: roles.includes(EMERGENCY_ROLE) || anyEmergency(session),
    me: session.identity.person,
    ending: endingSoon(session),
  };
}

const anyEmergency = ({ facts, log }: Session): boolean =>
  facts.of('emergency').length > 0 || log.all().some(({ history }) => history.emergencies.length > 0);

export function people(session: Session): readonly PersonRow[] {
  const own = session.directories.current(session.identity.org);
  const all = own ? [...own.people.keys()].map((person) => personRow(session, own, person)) : [];
  return all.toSorted((a, b) => Number(a.gone) - Number(b.gone) || a.name.localeCompare(b.name, 'en-GB'));
}

function personRow(session: Session, own: DirectoryState, person: PersonId): PersonRow {
  const seats = [...(own.holds.get(person) ?? [])];
  const computers = [...own.devices.values()].filter((device) => device.person === person).length;
  return {
    person,
    name: own.people.get(person)?.name ?? '',
    posts: seats.map((seat) => postName(session, { org: own.org, seat })),
    computers,
    gone: seats.length === 0 && computers === 0,
  };
}

export function posts(session: Session): readonly PostRow[] {
  const own = session.directories.current(session.identity.org);
  return [...(own?.posts.values() ?? [])]
    .filter(({ seat }) => own?.guestSeats.has(seat) !== true)
    .map(({ seat, title, unit }) => ({
      seat,
      title,
      unit,
      post: postName(session, { org: session.identity.org, seat }),
      roles: own?.roles.get(seat) ?? [],
      people: own ? holdersOf(own, seat).map((person) => own.people.get(person)?.name ?? '') : [],
      mine: mySeats(session).includes(seat),
    }))
    .toSorted((a, b) => a.post.localeCompare(b.post, 'en-GB'));
}

/** Null: nobody of one's own organisation. */
export async function personView(desktop: Desktop, person: PersonId): Promise<PersonView | null> {
  const { session } = desktop;
  const own = session.directories.current(session.identity.org);
  if (!own?.people.has(person)) return null;
  const held = (await holdingsBy(session, own.org)).filter((one) => one.person === person);
  const me = person === session.identity.person;
  const lastDays = me ? ownLastDays(session) : null;
  const sees: PersonView['sees'][number][] = [];
  for (const of of allCases(session)) {
    const { title } = await nameOf(desktop, of);
    for (const { area, title: place, guestsFrom = null } of areasSeen(session, of)) {
      const sights = sightsOf(await grantingsIn(session, area), held, denier(session));
      const rows = [
        ...sights.map((sight) => rowOf(session, sight)),
        ...seersInEmergency(session, area).filter((row) => row.own && row.person === person),
      ];
      sees.push(...rows.map((row) => ({ ...row, case: of, title, place, guestsFrom })));
    }
  }
  return {
    row: personRow(session, own, person),
    me,
    held: held
      .map(({ seat, from, until }) => ({
        seat,
        post: postName(session, { org: own.org, seat }),
        roles: own.roles.get(seat) ?? [],
        since: from,
        until,
        lastDay: until === null ? (lastDays?.get(seat) ?? null) : null,
      }))
      .toSorted((a, b) => Number(a.until !== null) - Number(b.until !== null) || b.since - a.since),
    attributes: own.attributes.get(person) ?? [],
    computers: await computersOf(session, own, person),
    sees: sees.toSorted((a, b) => Number(a.until !== null) - Number(b.until !== null)),
  };
}

async function computersOf(session: Session, own: DirectoryState, person: PersonId): Promise<PersonView['computers']> {
  const since = new Map<DeviceId, Millis>();
  const until = new Map<DeviceId, Millis>();
  for (const { time, statement } of await statedBy(session, own.org)) {
    if (statement.is === 'device' && !since.has(statement.device)) since.set(statement.device, time);
    if (statement.is === 'revoked') until.set(statement.device, time);
  }
  return [...own.known.values()]
    .filter((device) => device.person === person)
    .map(({ device, name }) => ({ device, name, since: since.get(device) ?? 0, until: until.get(device) ?? null }));
}
