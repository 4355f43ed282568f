/**
 * Who reads sensitive material: a colleague is let in, and a post is taken out again, each by one who leads there. Who was
 * taken out keeps what they have read; the area's next key, which is made by itself, is not theirs.
 */
import type { AreaId, CaseId, SeatId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail } from '../../../../shared/primitives/result.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { mayBeShown, mayKeep } from '../../../../shared/model/disclosure/sensitive.ts';
import type { CaseEvent } from '../../../../shared/model/events.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import { leadsHere } from '../../access/enforcing.ts';
import { postName } from '../../access/postName.ts';
import type { ChainPiece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { meAmong } from '../me.ts';
import { act, eventPiece } from '../pieces.ts';
import type { SensitivePlaceOf } from './areas.ts';
import { sensitiveOf } from './areas.ts';

type Done = Promise<Result<null, ActCause>>;

/** A post of one's own organisation that may read such material. Two changes of one chain at once are one too many: on line only. */
export async function letIn(session: Session, of: CaseId, area: AreaId, seat: SeatId): Done {
  const { log, directories, identity, platform, db, link } = session;
  const place = sensitiveOf(session, of).find((one) => one.area === area);
  const own = directories.current(identity.org);
  const { access } = log.replica(area).state;
  if (!place || !own?.posts.has(seat)) return fail('not found');
  const roles = own.roles.get(seat) ?? [];
  if (!(place.ours ? mayKeep(roles) : mayBeShown(roles))) return fail('not allowed');
  if (!access || !link.open || (await db.outbox.where('area').equals(area).count()) > 0) return fail('offline');
  if (access.seats.has(seat)) return fail('already done');
  if (roleIn(access, own, identity.device) !== 'lead') return fail('not allowed');
  const stream = await streamOf(platform, area, 'chain');
  const op = { op: 'grant' as const, seats: [{ seat, org: identity.org, role: 'lead' as const }] };
  return act(session, [{ area, stream, kind: 'chain', op, boxes: [] }]);
}

/** Which posts somebody may take out of a place: those of their own organisation, and of the prosecutor where it is ours; never one they hold themselves. */
export function couldTakeOut(session: Session, { area }: Pick<SensitivePlaceOf, 'area'>): readonly SeatId[] {
  const { log, directories, identity } = session;
  const { access } = log.replica(area);
  const mine = directories.current(identity.org)?.holds.get(identity.person);
  if (!access || !leadsHere(session, area)) return [];
  const isOurs = access.owner === identity.org;
  const leads = [...access.seats.values()].filter(({ org, role }) => org === access.owner && role === 'lead');
  return [...access.seats.values()]
    .filter(({ seat, org }) => (isOurs || org === identity.org) && mine?.has(seat) !== true)
    .filter(({ seat }) => leads.some((lead) => lead.seat !== seat)) // the owner keeps one who leads
    .map(({ seat }) => seat);
}

/** Out of the place, and where it is our own list out of what was made of it too. On line only, as letting in. */
export async function takeOut(session: Session, of: CaseId, area: AreaId, seat: SeatId, why: string): Done {
  const { log, platform, db, link } = session;
  const places = sensitiveOf(session, of);
  const place = places.find((one) => one.area === area);
  if (!place) return fail('not found');
  if (why.trim() === '') return fail('malformed');
  if (!couldTakeOut(session, place).includes(seat)) return fail('not allowed');
  if (!link.open) return fail('offline');
  const wider = place.ours && !place.isShared ? places.filter((one) => one.ours && one.isShared) : [];
  const from = [place, ...wider.filter((one) => couldTakeOut(session, one).includes(seat))];
  const pieces: ChainPiece[] = [];
  for (const one of from) {
    if ((await db.outbox.where('area').equals(one.area).count()) > 0) return fail('changed meanwhile');
    const stream = await streamOf(platform, one.area, 'chain');
    pieces.push({ area: one.area, stream, kind: 'chain', op: { op: 'remove', seats: [seat] }, boxes: [] });
  }
  const { access } = log.replica(area);
  const by = access && meAmong(session, access.seats.keys());
  const org = access?.seats.get(seat)?.org;
  if (!by || !org) return fail('not allowed');
  const post = postName(session, { org, seat });
  const fact: CaseEvent = { is: 'access ended', seat, post, why: why.trim(), by, at: platform.now() };
  return act(session, [await eventPiece(session, area, fact), ...pieces]);
}
