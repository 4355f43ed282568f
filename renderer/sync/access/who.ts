/** Who can see a case, one of its files or packages: people, through which post, since and until when, and what denies it. */
import type { SeenPlace, SeerRow, WhoView } from '../../../shared/ipc/access.ts';
import type { Sight } from '../../../shared/model/access/sights.ts';
import { sightsOf } from '../../../shared/model/access/sights.ts';
import type { Granting, Holding } from '../../../shared/model/access/spans.ts';
import { isFact } from '../../../shared/model/logged.ts';
import type { AreaId, CaseId, ItemId, OrgId, PackageId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import { areasOf, caseFileOf, isGuests, filedIn, packageOf, packagesOf } from '../cases/caseIndex.ts';
import { sensitiveOf } from '../cases/sensitive/areas.ts';
import { guestOf, guestPlaceAt, guestPlacesOf } from '../guests/places.ts';
import type { Session } from '../session.ts';
import { seersInEmergency } from './emergency/seers.ts';
import { leadsHere } from './enforcing.ts';
import { grantingsIn, holdingsBy } from './histories.ts';
import { denialIn, limitsOf } from './limitsOf.ts';
import { postName } from './postName.ts';
import { postText } from '../../../shared/seal/directory/postText.ts';

export async function whoView(session: Session, of: CaseId, about?: string, id?: string): Promise<WhoView> {
  const { bars, units, needs, marking } = limitsOf(session, of);
  const own = session.directories.current(session.identity.org);
  const working = areasOf(session, of).find(({ kind }) => kind === 'working papers')?.area;
  const roles = own ? [...seatsOf(own, session.identity.device)].flatMap((seat) => own.roles.get(seat) ?? []) : [];
  const gives = working !== undefined && leadsHere(session, working);
  const granted = working === undefined ? null : session.log.replica(working).access?.seats;
  return {
    places: await placesOf(session, of, about, id),
    bars: bars.map(({ personName, ...bar }) => ({ ...bar, name: personName })),
    limits: { units, needs, marking },
    may: {
      limit: working !== undefined && roles.some((role) => role === 'supervisor' || role === 'prosecution manager'),
      give: gives,
      barMe: working !== undefined,
    },
    people: [...(own?.people.values() ?? [])].filter(({ person }) => (own?.holds.get(person)?.size ?? 0) > 0),
    units: [
      ...new Set(
        [...(own?.posts.values() ?? [])]
          .filter(({ seat }) => own?.guestSeats.has(seat) !== true)
          .map(({ unit }) => unit),
      ),
    ].filter((unit) => unit !== ''),
    attributes: [...new Set([...(own?.attributes.values() ?? [])].flat())].toSorted(),
    posts: [...(own?.posts.values() ?? [])]
      .filter(({ seat }) => granted?.has(seat) === false && own?.guestSeats.has(seat) !== true)
      .map(({ seat, ...post }) => ({
        seat,
        post: postText(post),
        people: [...(own?.holds ?? [])].flatMap(([person, seats]) =>
          seats.has(seat) ? [own?.people.get(person)?.name ?? ''] : [],
        ),
      })),
  };
}

function placesOf(session: Session, of: CaseId, about?: string, id?: string): Promise<readonly SeenPlace[]> {
  if (about === 'item') return placesOfItem(session, of, id as ItemId);
  if (about === 'package') return placesOfPackage(session, id as PackageId);
  return placesOfCase(session, of);
}

interface Named {
  readonly area: AreaId;
  readonly title: string;
  /** The organisation of the guest whom it was made for. */
  readonly guestsFrom?: string;
}

/** The places of a case that this computer reads. */
export function areasSeen(session: Session, of: CaseId): readonly Named[] {
  const current = caseFileOf(session, of)?.area;
  const ordinary = areasOf(session, of).map(({ area, kind }) => ({
    area: area as AreaId,
    title: kind === 'working papers' ? 'Working papers' : area === current ? 'Case file' : 'Earlier Case file',
  }));
  const apart = sensitiveOf(session, of).map(({ area, isShared }) => ({
    area: area as AreaId,
    title: isShared ? 'Sensitive material, shared' : 'Sensitive material',
  }));
  const guests = guestPlacesOf(session, of).map(({ area, invited: { fact } }) => ({
    area,
    title: `Shared with ${fact.guestName}, ${fact.from}`,
    guestsFrom: fact.from,
  }));
  return [...ordinary, ...apart, ...guests];
}

async function placesOfCase(session: Session, of: CaseId): Promise<readonly SeenPlace[]> {
  return Promise.all(
    areasSeen(session, of).map(async ({ area, title }) =>
      placeOf(session, area, title, await grantingsIn(session, area)),
    ),
  );
}

/** Where a file stands, from when it was put there; and whom it was released to. */
async function placesOfItem(session: Session, of: CaseId, item: ItemId): Promise<readonly SeenPlace[]> {
  const guests = guestPlacesOf(session, of).flatMap(({ items, brought }) => [...items, ...brought]);
  const filed = [...filedIn(session, of), ...guests].filter(({ fact }) => fact.file.item === item);
  const places: SeenPlace[] = [];
  for (const { area, title } of areasSeen(session, of)) {
    const there = filed.filter((one) => one.area === area);
    if (there.length === 0) continue;
    const first = Math.min(...there.map(({ relayTime, time }) => relayTime ?? time));
    const grantings = (await grantingsIn(session, area)).map((one) => after(one, first));
    places.push(await placeOf(session, area, title, grantings, first));
  }
  const sent = packagesOf(session, of).filter(({ content }) => content.files.some((file) => file.item === item));
  for (const pkg of sent) places.push(...(await placesOfPackage(session, pkg.content.package)));
  return places;
}
const after = (granting: Granting, first: number): Granting =>
  granting.from === null ? granting : { ...granting, from: Math.max(granting.from, first) };

/** The post that a package was released to. Withdrawn before delivery, nobody there ever could. */
async function placesOfPackage(session: Session, id: PackageId): Promise<readonly SeenPlace[]> {
  const pkg = packageOf(session, id);
  if (!pkg) return [];
  const { content, withdrawn } = pkg;
  const { to, from, at } = content;
  const area = (await session.log.intake(to.org, to.seat)).state.area;
  const writer = session.facts.get(pkg.entry)?.device ?? session.identity.device;
  const until = withdrawn && !pkg.files.some(({ receipts }) => receipts.length > 0) ? at : null;
  const granting: Granting = {
    area,
    org: to.org,
    seat: to.seat,
    role: 'reader',
    from: at,
    until,
    by: writer,
    endedBy: null,
  };
  const title = `Package released to ${to.orgName} by ${from.personName}`;
  return [await placeOf(session, area, title, [granting])];
}

export async function placeOf(
  session: Session,
  area: AreaId,
  title: string,
  grantings: readonly Granting[],
  first: Millis = 0,
): Promise<SeenPlace> {
  const orgs = [...new Set(grantings.map(({ org }) => org))];
  const holdings = (await Promise.all(orgs.map((org) => holdingsBy(session, org)))).flat();
  const rows = [
    ...sightsOf(grantings, holdings, denier(session)).map((sight) => rowOf(session, sight)),
    ...seersInEmergency(session, area, first),
  ];
  return {
    id: area,
    title,
    isGuests: isGuests(session, area),
    now: rows.filter(({ until }) => until === null),
    before: rows.filter(({ until }) => until !== null),
    empty: grantings.filter((one) => one.until === null && !isHeld(holdings, one)).map((one) => postName(session, one)),
  };
}

export const denier =
  (session: Session) =>
  (granting: Granting): Sight['denied'] =>
    granting.org === session.identity.org ? denialIn(session, granting.area, granting.seat, granting) : null;

const isHeld = (holdings: readonly Holding[], { org, seat }: Granting): boolean =>
  holdings.some((one) => one.org === org && one.seat === seat && one.until === null);

export function rowOf(session: Session, { area, org, person, seat, role, since, until, by, denied }: Sight): SeerRow {
  const { directories, identity, orgName, facts } = session;
  const given = facts
    .inArea(area)
    .findLast((one) => isFact(one, 'access given') && one.fact.seat === seat && one.device === by);
  const fact = given && isFact(given, 'access given') ? given.fact : invitationOf(session, area, seat);
  return {
    person,
    name: directories.current(org)?.people.get(person)?.name ?? 'Somebody',
    org: directories.nameOf(org, orgName),
    own: org === identity.org,
    seat,
    post: postName(session, { org, seat }),
    isEmergency: false,
    role,
    since,
    until,
    by: writerName(session, by),
    why: fact?.why ?? null,
    lastDay: fact?.until ?? null,
    denied: denied?.sentence ?? null,
  };
}

/** Why a guest was let in, and their last day by the newest decision. */
function invitationOf(session: Session, area: AreaId, seat: Sight['seat']): { why: string; until: string } | null {
  const place = guestPlaceAt(session, area);
  if (place?.invited.fact.seat !== seat) return null;
  const { guest, why, until } = place.invited.fact;
  const known = guestOf(session, guest);
  const sponsor = known && session.directories.current(session.identity.org)?.people.get(known.sponsor)?.name;
  return { why: sponsor === undefined ? why : `${why} (sponsor: ${sponsor})`, until: known?.until ?? until };
}

/** Whose computer it is, in whichever directory. */
function writerName({ directories, identity }: Session, device: Sight['by']): string | null {
  for (const org of [identity.org, ...directories.partners()] as OrgId[]) {
    const state = directories.current(org);
    const person = state?.known.get(device)?.person;
    if (person !== undefined) return state?.people.get(person)?.name ?? null;
  }
  return null;
}
