/**
 * Until when this person holds their own posts, as their authority answered last; kept sealed on this computer, so that it is
 * known off line too. A post that is not held any more is not spoken of, whatever was answered.
 */
import type { AccessView } from '../../../shared/ipc/access.ts';
import { dayNumber } from '../../../shared/primitives/calendar.ts';
import type { SeatId } from '../../../shared/primitives/ids.ts';
import type { OwnPosts } from '../../../shared/wire/deviceAsk.ts';
import { ownPosts } from '../../../shared/wire/deviceAsk.ts';
import type { Session } from '../session.ts';
import { today } from '../timeZone.ts';
import { postName } from './postName.ts';
import { mySeats } from './roles.ts';

const KEPT = 'own posts end';
/** So many days before, it is said on every screen. */
const NEAR = 7;

const known = new WeakMap<Session, OwnPosts>();

/** Reads what was kept, once. */
export async function openOwnPosts(session: Session): Promise<void> {
  if (known.has(session)) return;
  const read = ownPosts.safeParse(await session.records.get(KEPT));
  if (known.has(session)) return; // answered meanwhile
  known.set(session, read.success ? read.data : []);
  if (read.success && read.data.length > 0) session.changed();
}

export async function keepOwnPosts(session: Session, own: OwnPosts): Promise<void> {
  if (JSON.stringify(known.get(session)) === JSON.stringify(own)) return;
  known.set(session, own);
  await session.records.put(KEPT, own);
  session.changed();
}

/** The last day of each of this person's posts that has one, YYYY-MM-DD. */
export function ownLastDays(session: Session): ReadonlyMap<SeatId, string> {
  const held = mySeats(session);
  const day = today(session.platform);
  const rows = (known.get(session) ?? []).filter(({ seat, until }) => held.includes(seat) && until >= day);
  return new Map(rows.map(({ seat, until }) => [seat, until]));
}

/** What ends within days, by day, the nearest first. */
export function endingSoon(session: Session): AccessView['ending'] {
  const day = dayNumber(today(session.platform)) ?? 0;
  const days = new Map<string, string[]>();
  for (const [seat, until] of ownLastDays(session)) {
    if ((dayNumber(until) ?? 0) - day > NEAR) continue;
    days.set(until, [...(days.get(until) ?? []), postName(session, { org: session.identity.org, seat })]);
  }
  return [...days].map(([until, posts]) => ({ until, posts })).toSorted((a, b) => (a.until < b.until ? -1 : 1));
}
