/**
 * The end of a guest in the areas that were made for them: once the directory lets them in no more, a lead's computer takes their
 * post out of the chain, and the area gets another key by that (`changingKeys.ts`). And the other way: whom a recertification took
 * out of all that was theirs, the authority is asked to end. Found again on every cue.
 */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { Session } from '../session.ts';
import { inTurn } from '../cases/inTurn.ts';
import { takeOutInTurn } from '../access/enforcing.ts';
import { isGuestElsewhere, isOverFor } from './over.ts';
import { askAuthority } from './asking.ts';
import type { GuestPlace } from './places.ts';
import { guestPlaces, mayDecide, meAsGuest } from './places.ts';

export function endGuests(session: Session): Promise<void> {
  const { link, directories, identity } = session;
  const nothing = (directories.current(identity.org)?.guests.size ?? 0) === 0;
  if (nothing || !link.open || meAsGuest(session) !== undefined) return Promise.resolve();
  return inTurn(session, async () => {
    for (const { area, invited } of guestPlaces(session)) {
      const { access } = session.log.replica(area).state;
      const { seat } = invited.fact;
      if (access?.seats.has(seat) === true && isOverFor(session, identity.org, seat))
        await takeOutInTurn(session, area, access, [seat]);
    }
    await takeOutElsewhere(session);
    await endEmptied(session);
  });
}

/** A post of ours that was let in somewhere else before the directory said that it is a guest's. */
async function takeOutElsewhere(session: Session): Promise<void> {
  for (const { state, lie } of session.log.all()) {
    const { area, access } = state;
    if (access === null || lie !== null) continue;
    const theirs = [...access.seats.values()].filter(
      ({ org, seat }) => org === session.identity.org && isGuestElsewhere(session, access, seat),
    );
    if (theirs.length > 0)
      await takeOutInTurn(
        session,
        area,
        access,
        theirs.map(({ seat }) => seat),
      );
  }
}

/** Whom the authority was asked to end, once in a session: one who may not decide asks in vain. */
const asked = new WeakMap<Session, Set<PersonId>>();

async function endEmptied(session: Session): Promise<void> {
  const own = session.directories.current(session.identity.org);
  const before = asked.get(session) ?? new Set<PersonId>();
  asked.set(session, before);
  for (const { invited } of guestPlaces(session)) {
    const { guest, seat } = invited.fact;
    const known = own?.guests.get(guest);
    if (!own || !known || before.has(guest) || isOverFor(session, own.org, seat) || !mayDecide(session, own, known))
      continue;
    const theirs = guestPlaces(session).filter((one) => one.invited.fact.guest === guest);
    const isEmptied = ({ area }: GuestPlace): boolean =>
      session.log.replica(area).state.access?.seats.has(seat) === false;
    if (!theirs.every(isEmptied)) continue;
    before.add(guest);
    const why = 'Removed in a recertification from all that was shared';
    if (!(await askAuthority(session, { is: 'end', guest, why })).ok) before.delete(guest);
  }
}
