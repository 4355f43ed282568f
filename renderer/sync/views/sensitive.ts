/**
 * Sensitive material of a case as this person may know of it: the places they read, with every other reader by name; or
 * only that there is one, and whom to ask.
 */
import type { CaseId, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { SensitivePlace, SensitivePost, SensitiveReader, SensitiveView } from '../../../shared/ipc/sensitive.ts';
import { postName } from '../access/postName.ts';
import { broughtLines } from '../../../shared/model/bring.ts';
import { mayBeShown, mayKeep } from '../../../shared/model/disclosure/sensitive.ts';
import { readRecord } from '../../../shared/model/record.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { countOf } from '../../../shared/status/format.ts';
import { liveLine } from '../../../shared/status/live.ts';
import { caseFileOf } from '../cases/caseIndex.ts';
import type { SensitivePlaceOf } from '../cases/sensitive/areas.ts';
import { begunInWorking, sensitiveOf } from '../cases/sensitive/areas.ts';
import { couldTakeOut } from '../cases/sensitive/readers.ts';
import { sharedCertificates, unsharedCertificate } from '../cases/sensitive/certificate.ts';
import { keeper } from '../cases/sensitive/keeper.ts';
import { sensitiveNews, sharedWith } from '../cases/sensitive/sharing.ts';
import type { Session } from '../session.ts';
import { clockOf } from './clock.ts';

export async function sensitiveView(session: Session, of: CaseId): Promise<SensitiveView> {
  const places = sensitiveOf(session, of);
  const begun = begunInWorking(session, of);
  const { identity } = session;
  const own = places.find(({ isShared }) => !isShared);
  const mine = keeper(session) !== null;
  const keepers = postsOf(session, identity.org, mayKeep);
  return {
    places: await Promise.all(places.map((place) => placeView(session, place))),
    begun: begun && { by: begun.fact.by.personName, at: begun.time, keepers: keepers.flatMap(named) },
    mayKeep: mine,
    askWhom: keepers.flatMap(named),
    ...(own && mine ? await sharingOf(session, of, own) : { couldShareWith: [], unshared: [] }),
    inCaseFile: await inCaseFile(session, of),
  };
}

const named = ({ post, people }: SensitivePost): string[] => people.map((person) => `${person}, ${post}`);

/** The posts of an organisation whose roles say so, with who holds them. */
function postsOf(session: Session, org: OrgId, may: (roles: readonly string[]) => boolean): readonly SensitivePost[] {
  const { directories, orgName } = session;
  const state = directories.current(org);
  return [...(state?.posts.keys() ?? [])]
    .filter((seat) => may(state?.roles.get(seat) ?? []))
    .map((seat) => ({ ...readerOf(session, org, seat), org: directories.nameOf(org, orgName) }));
}

function readerOf(session: Session, org: OrgId, seat: SeatId): SensitiveReader {
  const { directories, identity, orgName } = session;
  const state = directories.current(org);
  const people = [...(state?.people.values() ?? [])].filter(({ person }) => state?.holds.get(person)?.has(seat));
  return {
    seat,
    post: postName(session, { org, seat }),
    org: directories.nameOf(org, orgName),
    people: people.map(({ name }) => name),
    own: org === identity.org,
  };
}

async function placeView(session: Session, place: SensitivePlaceOf): Promise<SensitivePlace> {
  const { area, begun, ours, isShared, since } = place;
  const { identity, directories, orgName, link } = session;
  const { access } = session.log.replica(area);
  const state = directories.current(identity.org);
  const role = access && state ? roleIn(access, state, identity.device) : null;
  const seats = access?.seats ?? new Map<SeatId, { readonly org: OrgId; readonly seat: SeatId }>();
  const org = ours ? (begun.fact.with?.orgName ?? '') : directories.nameOf(begun.org, orgName);
  const standing = since === null ? ({ is: 'waiting', for: 'grant' } as const) : ({ is: 'live', since } as const);
  return {
    area,
    record: await streamOf(session.platform, area, 'record'),
    mayWrite: role === 'lead' || role === 'contributor',
    shared: isShared ? { org, live: liveLine(standing, org, link.open, clockOf(session)) } : null,
    ours,
    readers: [...seats.values()].map(({ org: of, seat }) => readerOf(session, of, seat)),
    certificates: await sharedCertificates(session, place),
    couldTakeOut: couldTakeOut(session, place),
    couldRead:
      role === 'lead'
        ? postsOf(session, identity.org, ours ? mayKeep : mayBeShown).filter(({ seat }) => !seats.has(seat))
        : [],
  };
}

/** To whom it could be shown, and what of it they have not seen. */
async function sharingOf(
  session: Session,
  of: CaseId,
  own: SensitivePlaceOf,
): Promise<Pick<SensitiveView, 'couldShareWith' | 'unshared'>> {
  const org = caseFileOf(session, of)?.made?.with.org;
  const partners = session.directories.partners().filter((one) => org === undefined || one === org);
  const shared = partners.map((one) => sharedWith(session, of, one)).find((one) => one !== null) ?? null;
  const { brought } = await sensitiveNews(session, own, shared);
  const doc = session.docs.doc(own.area, await streamOf(session.platform, own.area, 'record'));
  const certified = unsharedCertificate(session, of, shared);
  const granted = shared ? session.log.replica(shared.area).access?.seats : undefined;
  return {
    couldShareWith: partners
      .flatMap((one) => postsOf(session, one, mayBeShown))
      .filter(({ seat }) => granted === undefined || granted.has(seat)),
    unshared: [
      ...broughtLines(brought, readRecord(doc)),
      ...(certified
        ? [
            `The certificate of MG6D by ${certified.certified.by.personName}, with its ${countOf(certified.covers.lines, 'row', 'rows')}`,
          ]
        : []),
    ],
  };
}

/** What of the list of material the other organisation reads already. */
async function inCaseFile(session: Session, of: CaseId): Promise<SensitiveView['inCaseFile']> {
  const file = caseFileOf(session, of);
  if (file?.standing.is !== 'live' || !file.made) return null;
  const { material } = readRecord(
    session.docs.doc(file.area, await streamOf(session.platform, file.area, 'record')),
  ).lists;
  return { org: file.made.with.orgName, ids: material.map(({ id }) => id) };
}
