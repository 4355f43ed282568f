/**
 * Sharing the list of sensitive material with the prosecutor: an area of its own, by value, for the posts that are named,
 * and for nobody else of their organisation. What is shared later is brought there as a release brings rows. It is not
 * taken back: who was let in has read it.
 */
import * as Y from 'yjs';
import { newId } from '../../../../shared/primitives/naming.ts';
import type { AreaId, CaseId, OrgId, PackageId, SeatId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail } from '../../../../shared/primitives/result.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { Base, Brought } from '../../../../shared/model/bring.ts';
import { bring, bringing, keyedBy } from '../../../../shared/model/bring.ts';
import { mayBeShown, shownToProsecutor } from '../../../../shared/model/disclosure/sensitive.ts';
import type { CaseEvent, Party } from '../../../../shared/model/events.ts';
import { readRecord } from '../../../../shared/model/record.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import type { ChainPiece, Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { authorOf } from '../author.ts';
import { changeRecord } from '../release/bringing.ts';
import { makeArea } from '../makeArea.ts';
import { act, eventPiece } from '../pieces.ts';
import { firstEdit } from '../release/publishText.ts';
import { certificatePieces } from './certificate.ts';
import { keeper } from './keeper.ts';
import type { SensitivePlaceOf } from './areas.ts';
import { ownSensitive, sensitiveOf } from './areas.ts';

/** The one that was made for an organisation; null: none yet. */
export const sharedWith = (session: Session, of: CaseId, org: OrgId): SensitivePlaceOf | null =>
  sensitiveOf(session, of).find(({ ours, begun }) => ours && begun.fact.with?.org === org) ?? null;

const recordIn = async ({ docs, platform }: Session, area: AreaId): Promise<Y.Doc> =>
  docs.doc(area, await streamOf(platform, area, 'record'));

/** What came there by earlier shares. */
function baseOf(session: Session, own: AreaId, shared: AreaId): Base {
  const seen = new Map<number, number>();
  const packages = new Set<string>();
  for (const { area, fact } of session.facts.of('sensitive shared')) {
    if (area !== own || fact.area !== shared) continue;
    packages.add(fact.share);
    for (const [client, clock] of Y.decodeStateVector(fact.seen))
      seen.set(client, Math.max(clock, seen.get(client) ?? 0));
  }
  return { seen, packages };
}

interface News {
  readonly brought: readonly Brought[];
  readonly share: PackageId;
  readonly base: Base;
  readonly seen: Uint8Array;
}

/** What an organisation would newly see; nothing is changed. */
export async function sensitiveNews(
  session: Session,
  own: SensitivePlaceOf,
  shared: SensitivePlaceOf | null,
): Promise<News> {
  const doc = await recordIn(session, own.area);
  const there = shared ? await recordIn(session, shared.area) : new Y.Doc();
  const id = newId<PackageId>(session.platform);
  const base = shared
    ? baseOf(session, own.area, shared.area)
    : { seen: new Map<number, number>(), packages: new Set<string>() };
  const author = keyedBy(authorOf(session), id);
  const brought = bringing(doc, shownToProsecutor(readRecord(doc)), there, base, author);
  return { brought, share: id, base, seen: Y.encodeStateVector(doc) };
}

export async function share(session: Session, of: CaseId, seats: readonly SeatId[]): Promise<Result<null, ActCause>> {
  const own = ownSensitive(session, of);
  const by = keeper(session);
  if (!own) return fail('not found');
  if (!by || !session.log.replica(own.area).access?.seats.has(by.seat)) return fail('not allowed');
  const orgs = new Set(seats.map((seat) => orgOf(session, seat)));
  const [org] = orgs;
  if (orgs.size !== 1 || !org) return fail('not found');
  if (!seats.every((seat) => mayBeShown(session.directories.current(org)?.roles.get(seat) ?? [])))
    return fail('not allowed');
  const shared = sharedWith(session, of, org);
  const news = await sensitiveNews(session, own, shared);
  const pieces = shared
    ? await changeRecord(session, shared.area, (doc) => bring(doc, news.brought, orderOf(news), authorOf(session)))
    : [];
  const made = shared ? null : await makeShared(session, own, of, { org, seats }, by, news);
  const area = shared?.area ?? made?.area;
  if (!area) return fail('not found');
  const at = session.platform.now();
  const fact: CaseEvent = {
    is: 'sensitive shared',
    share: news.share,
    area,
    seats: [...seats],
    seen: news.seen,
    by,
    at,
  };
  const certificate = await certificatePieces(session, of, shared, area, by);
  return act(session, [...(made?.pieces ?? []), ...pieces, ...certificate, await eventPiece(session, own.area, fact)]);
}

const orderOf = ({ base, share: now }: News) => ({
  earlier: new Set([...base.packages, now]),
  later: new Set<string>(),
});

function orgOf({ directories }: Session, seat: SeatId): OrgId | null {
  return directories.partners().find((org) => directories.current(org)?.posts.has(seat)) ?? null;
}

/** Its chain grants it to our own readers and to the posts that were named, from the start: this is the act that shares it. */
async function makeShared(
  session: Session,
  own: SensitivePlaceOf,
  of: CaseId,
  to: { readonly org: OrgId; readonly seats: readonly SeatId[] },
  by: Party,
  news: News,
): Promise<{ readonly area: AreaId; readonly pieces: readonly (Piece | ChainPiece)[] }> {
  const { log, directories, identity, orgName } = session;
  const ours = [...(log.replica(own.area).access?.seats.values() ?? [])];
  const theirs = to.seats.map((seat) => ({ seat, org: to.org, role: 'lead' as const }));
  const seats = [...ours, ...theirs];
  const { area, piece } = await makeArea(session, { kind: 'sensitive', owner: identity.org, seats, from: own.area });
  const doc = new Y.Doc();
  bring(doc, news.brought, orderOf(news), authorOf(session));
  const begun: CaseEvent = {
    is: 'sensitive begun',
    case: of,
    area,
    source: own.area,
    with: { org: to.org, orgName: directories.nameOf(to.org, orgName) },
    by,
    at: session.platform.now(),
  };
  return {
    area,
    pieces: [piece, await eventPiece(session, area, begun), ...(await firstEdit(session, area, 'record', doc))],
  };
}
