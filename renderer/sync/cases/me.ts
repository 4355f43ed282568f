/** Who acts: this person, as the directory names them, in one of the posts they hold. */
import type { SeatId } from '../../../shared/primitives/ids.ts';
import type { Party } from '../../../shared/model/events.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import type { Session } from '../session.ts';
import { postText } from '../../../shared/seal/directory/postText.ts';

/** This person, in the post they act from; the first they hold where none is given. Null: they hold no post. */
export function meAs(session: Session, seat?: SeatId): Party | null {
  const { directories, identity, orgName } = session;
  const state = directories.current(identity.org);
  const held = state ? [...seatsOf(state, identity.device)] : [];
  const mine = seat && held.includes(seat) ? seat : held[0];
  const person = state?.people.get(identity.person);
  if (!state || !mine || !person) return null;
  const post = state.posts.get(mine);
  return {
    org: identity.org,
    orgName,
    seat: mine,
    post: post ? postText(post) : '',
    person: identity.person,
    personName: person.name,
  };
}

/** This person in the first of these posts that they hold; null: they hold none of them. */
export function meAmong(session: Session, seats: Iterable<SeatId>): Party | null {
  for (const seat of seats) {
    const me = meAs(session, seat);
    if (me?.seat === seat) return me;
  }
  return null;
}
