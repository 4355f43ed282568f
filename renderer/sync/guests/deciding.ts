/**
 * What is decided about a guest who is in: another last day, the end, another sponsor, another code. The authority decides by
 * its directory; what was decided and why stands in each of their areas that this computer may write in.
 */
import type { GuestDecision, GuestInvited } from '../../../shared/ipc/guests.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import type { CaseEvent, Party } from '../../../shared/model/events.ts';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { GuestAct } from '../../../shared/wire/guests.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import { meAmong } from '../cases/me.ts';
import { act, eventPiece } from '../cases/pieces.ts';
import type { Piece } from '../log/writer.ts';
import type { Session } from '../session.ts';
import { askAuthority } from './asking.ts';
import type { GuestPlace } from './places.ts';
import { guestOf, guestPlaces, meAsGuest } from './places.ts';

export async function guestTerms(session: Session): Promise<number | null> {
  const answer = await askAuthority(session, { is: 'terms' });
  return answer.ok && answer.value.is === 'terms' ? answer.value.days : null;
}

export async function guestCode(session: Session, guest: PersonId): Promise<Result<GuestInvited, ActCause>> {
  if (!session.link.open) return fail('offline');
  const answer = await askAuthority(session, { is: 'code', guest });
  if (!answer.ok) return answer;
  if (answer.value.is !== 'code') return fail('malformed');
  const { code, expires } = answer.value;
  return ok({ guest, code, expires, relay: session.identity.relay });
}

export async function decideGuest(session: Session, decision: GuestDecision): Promise<Result<null, ActCause>> {
  if (!guestOf(session, decision.guest)) return fail('not found');
  if (meAsGuest(session)) return fail('not allowed');
  if (decision.why.trim() === '') return fail('malformed');
  if (!session.link.open) return fail('offline');
  const answer = await askAuthority(session, asked(decision));
  if (!answer.ok) return answer;
  const pieces: Piece[] = [];
  for (const place of guestPlaces(session)) {
    const by = place.invited.fact.guest === decision.guest ? writerIn(session, place) : null;
    if (by) pieces.push(await eventPiece(session, place.area, factOf(session, decision, by)));
  }
  return pieces.length === 0 ? ok(null) : act(session, pieces);
}

/** This person, where they may write; readers of a case decide nothing on record there. */
function writerIn(session: Session, { area }: GuestPlace): Party | null {
  const { log, directories, identity } = session;
  const own = directories.current(identity.org);
  const { access } = log.replica(area);
  const role = own && access ? roleIn(access, own, identity.device) : null;
  return access && role !== null && role !== 'reader' ? meAmong(session, access.seats.keys()) : null;
}

function asked(decision: GuestDecision): GuestAct {
  const why = decision.why.trim();
  return decision.is === 'sponsor' ? { ...decision, seat: decision.seat as SeatId, why } : { ...decision, why };
}

function factOf(session: Session, decision: GuestDecision, by: Party): CaseEvent {
  const said = { why: decision.why.trim(), by, at: session.platform.now() };
  switch (decision.is) {
    case 'extend':
      return { is: 'guest extended', until: decision.until, ...said };
    case 'end':
      return { is: 'guest ended', ...said };
    case 'sponsor': {
      const { sponsor } = decision;
      const sponsorName = session.directories.current(session.identity.org)?.people.get(sponsor)?.name ?? '';
      return { is: 'guest sponsored', sponsor, sponsorName, ...said };
    }
  }
}
