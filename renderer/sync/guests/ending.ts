/**
 * The end of a guest in the areas that were made for them: once the directory lets them in no more, a lead's computer takes their
 * post out of the chain, and the area gets another key by that (`changingKeys.ts`). Found again on every cue.
 */
import type { Session } from '../session.ts';
import { inTurn } from '../cases/inTurn.ts';
import { takeOutInTurn } from '../access/enforcing.ts';
import { isOverFor } from './over.ts';
import { guestPlaces, meAsGuest } from './places.ts';

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
  });
}
