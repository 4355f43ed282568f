/**
 * The areas of guests that this computer reads: on the team's side those of its cases, on a guest's own those that were made
 * for them. An area counts as one by its chain and by an invitation of who leads it; for the team also by the same word in
 * Working papers, from somebody who leads the case. Folded once for each change.
 */
import type { AreaId, CaseId, PersonId, SeatId, VersionId } from '../../../shared/primitives/ids.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { GuestFolder } from '../../../shared/model/access/guests.ts';
import { falseInvitations, foldGuest } from '../../../shared/model/access/guests.ts';
import type { Logged } from '../../../shared/model/logged.ts';
import type { AccessState, Role } from '../../../shared/seal/area/chain.ts';
import type { DirectoryState, Guest } from '../../../shared/seal/directory/directory.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import { areaOf, areasOf } from '../cases/caseIndex.ts';
import { isOver } from '../log/farewell.ts';
import type { Session } from '../session.ts';

export interface GuestPlace extends GuestFolder {
  readonly area: AreaId;
  readonly case: CaseId;
}

interface Known {
  readonly revision: number;
  readonly places: readonly GuestPlace[];
  readonly files: ReadonlyMap<VersionId, { readonly file: FileRecord; readonly place: GuestPlace }>;
}
const known = new WeakMap<Session, Known>();

/** What the directory says of this person as a guest; undefined: they are one of the organisation's own people. */
export const meAsGuest = ({ directories, identity }: Session): Guest | undefined =>
  directories.current(identity.org)?.guests.get(identity.person);

/** What the directory says of a guest of our organisation. */
export const guestOf = ({ directories, identity }: Session, person: PersonId): Guest | undefined =>
  directories.current(identity.org)?.guests.get(person);

export const grantedBy =
  (access: AccessState | null) =>
  (seat: SeatId): Role | null =>
    access?.seats.get(seat)?.role ?? null;

function knownOf(session: Session): Known {
  const before = known.get(session);
  const { facts } = session;
  if (before?.revision === facts.revision) return before;
  const areas = new Set(facts.of('guest invited').map(({ area }) => area));
  const places = [...areas].flatMap((area) => placeOf(session, area) ?? []);
  const files = new Map(
    places.flatMap((place) =>
      [...place.items, ...place.brought].map(({ fact: { file } }) => [file.content.version, { file, place }] as const),
    ),
  );
  const fresh = { revision: facts.revision, places, files };
  known.set(session, fresh);
  return fresh;
}

function placeOf(session: Session, area: AreaId): GuestPlace | null {
  const { log, facts, identity } = session;
  const replica = log.replica(area);
  const { access } = replica;
  if (access?.kind !== 'guest' || access.owner !== identity.org) return null;
  if (isOver(session, replica)) return null;
  const folder = foldGuest(facts.inArea(area), { owner: access.owner, granted: grantedBy(access) });
  if (folder === null) return null;
  const { fact } = folder.invited;
  const me = meAsGuest(session);
  const counts = me === undefined ? isInvitedIn(session, folder, access.from) : fact.seat === me.seat;
  return counts ? { ...folder, area, case: fact.case } : null;
}

/** Whether Working papers hold the same invitation, from somebody who leads the case. */
function isInvitedIn(session: Session, { invited }: GuestFolder, from: AreaId | null): boolean {
  const working = areasOf(session, invited.fact.case).find(
    ({ area, kind }) => kind === 'working papers' && area === from,
  );
  if (!working) return false;
  const there = session.facts.inArea(working.area);
  const isFalse = new Set(falseIn(session, working.area).map(({ hash }) => hash));
  return there.some(
    ({ fact, device, hash }) =>
      fact.is === 'guest invited' && fact.area === invited.area && device === invited.device && !isFalse.has(hash),
  );
}

const falseIn = ({ log, facts }: Session, working: AreaId): readonly Logged[] =>
  falseInvitations(facts.inArea(working), grantedBy(log.replica(working).access));

/** What stands in the guests' areas and in Working papers of a case and is not its writer's to say. */
export function refusedOfGuests(
  session: Session,
  of: CaseId,
): readonly { readonly logged: Logged; readonly why: string }[] {
  const working = areaOf(session, of, 'working papers');
  const invitations = working ? falseIn(session, working.area) : [];
  return [
    ...invitations.map((logged) => ({ logged, why: 'not theirs to say' })),
    ...guestPlacesOf(session, of).flatMap(({ refused }) => refused),
  ];
}

/** All that this computer reads, in the order of their invitations. */
export const guestPlaces = (session: Session): readonly GuestPlace[] => knownOf(session).places;
export const guestPlacesOf = (session: Session, of: CaseId): readonly GuestPlace[] =>
  guestPlaces(session).filter((place) => place.case === of);
export const guestPlaceAt = (session: Session, area: AreaId): GuestPlace | null =>
  guestPlaces(session).find((place) => place.area === area) ?? null;

/** A file that stands with a guest: shared with them, or brought by them. */
export const guestFile = (
  session: Session,
  version: VersionId,
): { readonly file: FileRecord; readonly place: GuestPlace } | null => knownOf(session).files.get(version) ?? null;

/** Whether this person is a guest who may look at a file and take no copy of it out. It is no wall against a modified client. */
export const mayOnlyView = (session: Session, version: VersionId): boolean =>
  meAsGuest(session) !== undefined && guestFile(session, version)?.place.invited.fact.may !== 'contribute';

/** Whose area of a case a guest adds their files to; null: they may not add, or this person is no guest. */
export function ownFolder(session: Session, of: CaseId): GuestPlace | null {
  if (meAsGuest(session) === undefined) return null;
  return guestPlacesOf(session, of).find(({ invited }) => invited.fact.may === 'contribute') ?? null;
}

/** Whether this person decides about a guest, as the authority will say. */
export function mayDecide({ identity }: Session, own: DirectoryState, guest: Guest): boolean {
  const held = [...seatsOf(own, identity.device)];
  const roles = held.flatMap((seat) => own.roles.get(seat) ?? []);
  return (
    (held.length > 0 && guest.sponsor === identity.person) ||
    held.includes(guest.sponsorSeat) ||
    roles.some((role) => role === 'supervisor' || role === 'prosecution manager' || role === 'administrator')
  );
}
