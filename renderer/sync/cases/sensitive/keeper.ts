/** Who acts upon sensitive material: this person, in a post that keeps it. */
import type { Party } from '../../../../shared/model/events.ts';
import { mayKeep } from '../../../../shared/model/disclosure/sensitive.ts';
import type { Session } from '../../session.ts';
import { meAs } from '../me.ts';

/** This person, in a post that keeps sensitive material; null: none of theirs does. */
export function keeper(session: Session): Party | null {
  const { directories, identity } = session;
  const own = directories.current(identity.org);
  const seats = own ? [...(own.holds.get(identity.person) ?? [])] : [];
  const seat = seats.find((one) => mayKeep(own?.roles.get(one) ?? []));
  const me = seat === undefined ? null : meAs(session, seat);
  return me?.seat === seat ? me : null;
}
