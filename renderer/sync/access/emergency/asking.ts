/**
 * Breaking the glass: the person's reason to the posts that read the case and to their own, and in the same write an entry in the
 * access chain of each area, signed by this computer for itself. On line only: the case is not on this computer, so that nothing
 * could be opened without the relay.
 */
import type { AskEmergency, EmergencyFound } from '../../../../shared/ipc/emergency.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { FactOf } from '../../../../shared/model/logged.ts';
import type { AreaId, SeatId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import { HOUR } from '../../../../shared/primitives/units.ts';
import {
  EMERGENCY_ROLE,
  LONGEST_EMERGENCY,
  REASON_SALT,
  hashReason,
  mayInEmergency,
} from '../../../../shared/seal/area/emergency.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { inTurn } from '../../cases/inTurn.ts';
import { meAmong } from '../../cases/me.ts';
import { act, intakePiece } from '../../cases/pieces.ts';
import type { ChainPiece, Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { postName } from '../postName.ts';
import { findListed } from './listing.ts';

export const mayBreakGlass = ({ directories, identity }: Session): boolean => {
  const own = directories.current(identity.org);
  return own !== null && mayInEmergency(own, identity.device);
};

/** The posts of ours that hold a case, with who holds them. */
export function askedPosts(session: Session, seats: readonly SeatId[]): EmergencyFound['asked'] {
  const { directories, identity } = session;
  const own = directories.current(identity.org);
  return seats.map((seat) => ({
    post: postName(session, { org: identity.org, seat }),
    people: [...(own?.holds ?? [])].flatMap(([person, held]) =>
      held.has(seat) ? [own?.people.get(person)?.name ?? ''] : [],
    ),
  }));
}

/** Whether a case of that URN or title is known to the index; nothing of it is opened. */
export async function findInEmergency(session: Session, wanted: string): Promise<Result<EmergencyFound, ActCause>> {
  if (!mayBreakGlass(session)) return fail('not allowed');
  const found = await findListed(session, wanted);
  if (!found) return fail('not found');
  return ok({ case: found.fact.case, asked: askedPosts(session, found.fact.seats) });
}

export const askEmergency = (session: Session, asked: AskEmergency): Promise<Result<null, ActCause>> =>
  inTurn(session, () => askNow(session, asked));

async function askNow(session: Session, { wanted, why, hours }: AskEmergency): Promise<Result<null, ActCause>> {
  const { directories, identity, link, log, platform } = session;
  const own = directories.current(identity.org);
  if (!own || !mayBreakGlass(session)) return fail('not allowed');
  const posts = [...own.roles].flatMap(([seat, roles]) => (roles.includes(EMERGENCY_ROLE) ? [seat] : []));
  const by = meAmong(session, posts);
  if (!by) return fail('not allowed');
  const lasts = Math.round(hours * HOUR);
  if (why.trim() === '' || !(lasts > 0) || lasts > LONGEST_EMERGENCY) return fail('malformed');
  const listed = await findListed(session, wanted);
  if (!listed) return fail('not found');
  if (!link.open) return fail('offline');
  const reads = (area: AreaId): boolean => {
    const { access } = log.replica(area).state;
    return access !== null && roleIn(access, own, identity.device) !== null;
  };
  const areas = listed.fact.areas.filter((area) => !reads(area));
  if (areas.length === 0) return fail('already done');
  const salt = platform.random(REASON_SALT);
  const at = platform.now();
  const reason = await hashReason(platform, salt, why.trim());
  const until = at + lasts;
  const { case: of, seats } = listed.fact;
  const fact: FactOf<'emergency'> = {
    is: 'emergency',
    case: of,
    areas,
    wanted: wanted.trim().slice(0, 300),
    reason,
    salt,
    why: why.trim(),
    until,
    seats,
    by,
    at,
  };
  const to = [...new Set([...seats, by.seat])];
  const told: Piece[] = await Promise.all(
    to.map((seat) => intakePiece(session, { org: identity.org, seat }, 'event', encodeFact(fact))),
  );
  const chain: ChainPiece[] = await Promise.all(
    areas.map(async (area) => ({
      area,
      stream: await streamOf(platform, area, 'chain'),
      kind: 'chain' as const,
      op: { op: 'emergency' as const, until, reason },
      boxes: [],
    })),
  );
  return act(session, [...told, ...chain]);
}
