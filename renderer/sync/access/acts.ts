/**
 * What a person does about access to a case: bars, requirements, letting a post in and taking it out. Every act is a fact
 * with its reason in Working papers; the chain follows in the same write, or by itself (`enforcing.ts`).
 */
import type { AccessAct } from '../../../shared/ipc/access.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import type { CaseEvent } from '../../../shared/model/events.ts';
import { mayLimit } from '../../../shared/model/access/limits.ts';
import type { Logged } from '../../../shared/model/logged.ts';
import type { AreaId, CaseId, SeatId, WorkId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { assertNever, fail } from '../../../shared/primitives/result.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { areaOf } from '../cases/caseIndex.ts';
import { inTurn } from '../cases/inTurn.ts';
import { act, eventPiece } from '../cases/pieces.ts';
import { isClosed } from '../cases/work/folded.ts';
import { meIn } from '../cases/work/placing.ts';
import { guestPlacesOf } from '../guests/places.ts';
import type { ChainPiece, Piece } from '../log/writer.ts';
import type { Session } from '../session.ts';
import { leadsHere } from './enforcing.ts';
import { denialIn } from './limitsOf.ts';
import { areOrdered } from './ordered.ts';
import { myRoles } from './roles.ts';
import { postName } from './postName.ts';

type Done = Promise<Result<null, ActCause>>;

export const doAccess = (session: Session, of: CaseId, what: AccessAct): Done =>
  inTurn(session, () => doNow(session, of, what));

/** Where a post that works on a case is let in, Working papers first. */
const placesOf = (session: Session, of: CaseId): readonly { readonly area: AreaId }[] =>
  [areaOf(session, of, 'working papers'), areaOf(session, of, 'case file'), ...guestPlacesOf(session, of)].filter(
    (place) => place !== null,
  );

function doNow(session: Session, of: CaseId, what: AccessAct): Done {
  switch (what.is) {
    case 'bar':
    case 'lift bar':
    case 'limit':
      return limit(session, of, what);
    case 'give':
      return letIn(session, of, { ...what, request: null });
    case 'end':
      return takeOut(session, of, what.seat, what.why);
    default:
      return assertNever(what);
  }
}

async function limit(
  session: Session,
  of: CaseId,
  what: Extract<AccessAct, { is: 'bar' | 'lift bar' | 'limit' }>,
): Done {
  const working = areaOf(session, of, 'working papers');
  const by = working && meIn(session, working);
  if (!working) return fail('not found');
  if (!by) return fail('not allowed');
  if (what.why.trim() === '') return fail('malformed');
  const said = { why: what.why.trim(), by, at: session.platform.now() };
  const fact: CaseEvent =
    what.is === 'limit'
      ? { is: 'access limited', units: [...what.units], needs: [...what.needs], ...said }
      : {
          is: what.is === 'bar' ? 'barred' : 'bar lifted',
          person: what.person,
          personName: session.directories.current(by.org)?.people.get(what.person)?.name ?? '',
          ...said,
        };
  const { identity } = session;
  const mine: Pick<Logged, 'fact' | 'person' | 'roles'> = { fact, person: identity.person, roles: myRoles(session) };
  if (!mayLimit(mine)) return fail('not allowed');
  return act(session, [await eventPiece(session, working.area, fact)]);
}

/** Lets a post of one's own organisation into Working papers, and the Case file with it where that is ours. On line only: two changes of one chain at once are one too many. */
export async function letIn(
  session: Session,
  of: CaseId,
  given: Omit<Extract<AccessAct, { is: 'give' }>, 'is'> & { readonly request: WorkId | null },
  /** What is written with it, or not at all. */
  also: readonly Piece[] = [],
): Done {
  const { seat, role, until, why, request } = given;
  const { directories, identity, log, link } = session;
  const working = areaOf(session, of, 'working papers');
  const by = working && meIn(session, working);
  if (!working) return fail('not found');
  if (!by || !leadsHere(session, working.area)) return fail('not allowed');
  const own = directories.current(identity.org);
  if (!own?.posts.has(seat) || own.guestSeats.has(seat)) return fail('not found');
  if (isClosed(session, of)) return fail('case closed');
  if (denialIn(session, working.area, seat) !== null) return fail('denied');
  if (!link.open) return fail('offline');
  const all = placesOf(session, of);
  if (!(await areOrdered(session, all))) return fail('changed meanwhile');
  const places = all.filter(({ area }) => leadsHere(session, area) && log.replica(area).state.access !== null);
  const pieces: ChainPiece[] = [];
  for (const place of places) {
    if (log.replica(place.area).access?.seats.has(seat) === true) continue;
    const op = { op: 'grant' as const, seats: [{ seat, org: identity.org, role }] };
    pieces.push(await chainPiece(session, place.area, op));
  }
  if (pieces.length === 0) return fail(log.replica(working.area).state.access === null ? 'offline' : 'already done');
  const post = postName(session, { org: identity.org, seat });
  const fact: CaseEvent = {
    is: 'access given',
    seat,
    post,
    role,
    until,
    why: why.trim(),
    request,
    by,
    at: session.platform.now(),
  };
  const done = await act(session, [await eventPiece(session, working.area, fact), ...pieces, ...also]);
  if (done.ok) await session.boxKeeper.look();
  return done;
}

async function takeOut(session: Session, of: CaseId, seat: SeatId, why: string): Done {
  const { log, link, identity, platform } = session;
  const working = areaOf(session, of, 'working papers');
  const by = working && meIn(session, working);
  if (!working) return fail('not found');
  if (!by || by.seat === seat || !leadsHere(session, working.area)) return fail('not allowed');
  if (why.trim() === '') return fail('malformed');
  if (!link.open) return fail('offline');
  const places = placesOf(session, of);
  if (!(await areOrdered(session, places))) return fail('changed meanwhile');
  const pieces: ChainPiece[] = [];
  for (const place of places) {
    const { access } = log.replica(place.area).state;
    if (access?.seats.get(seat)?.org !== identity.org || !leadsHere(session, place.area)) continue;
    pieces.push(await chainPiece(session, place.area, { op: 'remove', seats: [seat] }));
  }
  if (pieces.length === 0) return fail('already done');
  const post = postName(session, { org: identity.org, seat });
  const fact: CaseEvent = { is: 'access ended', seat, post, why: why.trim(), by, at: platform.now() };
  return act(session, [await eventPiece(session, working.area, fact), ...pieces]);
}

async function chainPiece(session: Session, area: AreaId, op: ChainPiece['op']): Promise<ChainPiece> {
  return { area, stream: await streamOf(session.platform, area, 'chain'), kind: 'chain', op, boxes: [] };
}
