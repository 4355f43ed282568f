/** Where audit goes: the posts that audit, and the streams of their intakes. Writes and reads nothing. */
import type { SeatId, StreamId } from '../../../shared/primitives/ids.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import { intakeOf, streamOf } from '../../../shared/seal/area/places.ts';
import type { Session } from '../session.ts';

const AUDITOR = 'auditor';

/** The posts that audit and have a key to be written to. */
export function auditors({ directories, identity }: Session): readonly SeatId[] {
  const own = directories.current(identity.org);
  return [...(own?.roles ?? [])]
    .filter(([seat, roles]) => roles.includes(AUDITOR) && own?.seats.has(seat) === true)
    .map(([seat]) => seat)
    .toSorted();
}

/** The streams of this person's posts in which audit goes: they are no edits of anybody's. */
export async function auditStreams(session: Session): Promise<ReadonlySet<StreamId>> {
  const own = session.directories.current(session.identity.org);
  const mine = own ? [...seatsOf(own, session.identity.device)] : [];
  const seats = [...new Set([...mine, ...auditors(session)])];
  const key = seats.join();
  const known = streams.get(session);
  if (known?.key === key) return known.set;
  const areas = await Promise.all(seats.map((seat) => intakeOf(session.platform, session.identity.org, seat)));
  const set = new Set(await Promise.all(areas.map((area) => streamOf(session.platform, area, 'audit'))));
  streams.set(session, { key, set });
  return set;
}
const streams = new WeakMap<Session, { key: string; set: ReadonlySet<StreamId> }>();
