/**
 * The personal grants that this person answers for, as their authority answered last: asked when the link opens and then a few
 * times a day, so that what is to be renewed stands under Needs me; and renewing one. Kept in memory alone. The same answer says until when
 * this person holds their own posts (`ownPosts.ts`): asked anew as soon as they hold others.
 */
import type { PersonalRow } from '../../../shared/ipc/access.ts';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { HOUR, MINUTE } from '../../../shared/primitives/units.ts';
import type { EnrolCause } from '../../../shared/wire/askAuthority.ts';
import type { PersonalGrants } from '../../../shared/wire/deviceAsk.ts';
import type { Session } from '../session.ts';
import { keepOwnPosts, openOwnPosts } from './ownPosts.ts';
import { postName } from './postName.ts';
import { mySeats } from './roles.ts';

const EVERY: Millis = 6 * HOUR;
/** Where it was not answered. */
const AGAIN: Millis = 5 * MINUTE;

const known = new WeakMap<Session, { grants: PersonalGrants; next: Millis; seats: string }>();
const seatsText = (session: Session): string => mySeats(session).join();

/** As it was answered last; nothing is asked. */
export const personalRows = (session: Session): readonly PersonalRow[] =>
  (known.get(session)?.grants ?? []).map((one) => ({
    ...one,
    name: session.directories.current(session.identity.org)?.people.get(one.person)?.name ?? 'Somebody',
    post: postName(session, { org: session.identity.org, seat: one.seat }),
  }));

/** Asks where it is time to. */
export async function lookPersonal(session: Session): Promise<void> {
  await openOwnPosts(session);
  const now = session.platform.now();
  const last = known.get(session);
  const isDue = last === undefined || now >= last.next || last.seats !== seatsText(session);
  if (!session.link.open || !isDue) return;
  known.set(session, { grants: last?.grants ?? [], next: now + AGAIN, seats: seatsText(session) });
  const before = JSON.stringify(known.get(session)?.grants);
  const asked = await askPersonal(session);
  if (asked.ok && JSON.stringify(known.get(session)?.grants) !== before) session.changed();
}

export async function askPersonal(session: Session): Promise<Result<readonly PersonalRow[], EnrolCause>> {
  const answer = await session.vault.askAuthority({ do: 'personal' });
  if (!answer.ok) return answer;
  if (answer.value.is !== 'personal') return fail('malformed');
  const next = session.platform.now() + EVERY;
  known.set(session, { grants: answer.value.grants, next, seats: known.get(session)?.seats ?? seatsText(session) });
  await keepOwnPosts(session, answer.value.own);
  return ok(personalRows(session));
}

export async function renewPersonal(
  session: Session,
  person: PersonId,
  seat: SeatId,
  until: string | null,
): Promise<Result<null, EnrolCause>> {
  const answer = await session.vault.askAuthority({ do: 'renew', person, seat, until });
  if (!answer.ok) return answer;
  if (answer.value.is !== 'done') return fail('malformed');
  await askPersonal(session);
  return ok(null);
}
