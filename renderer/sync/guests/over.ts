/** Whether a guest is let in no more, or where no guest belongs, by directory and chain: asked by whoever hands out keys, before each. */
import type { OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Identity } from '../../../shared/ipc/vault.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import type { Directories } from '../log/directories.ts';

/** Whether a post that a chain lets in is a guest's, ours or a partner's, in an area that was not made for guests: it was let in before it was said to be one, and gets no key. */
export function isGuestElsewhere(
  { directories }: { readonly directories: Pick<Directories, 'current'> },
  access: Pick<AccessState, 'kind' | 'seats'> | null,
  seat: SeatId,
): boolean {
  const org = access?.kind === 'guest' ? undefined : access?.seats.get(seat)?.org;
  return org !== undefined && directories.current(org)?.guestSeats.has(seat) === true;
}

/** Whether the post is a guest's whose access has ended, or of one that this directory does not let in: it gets no key. */
export function isOverFor(
  session: { readonly directories: Directories; readonly identity: Pick<Identity, 'org'> },
  org: OrgId,
  seat: SeatId,
): boolean {
  const own = session.directories.current(session.identity.org);
  const guest = own?.org === org ? own.guestSeats.get(seat) : undefined;
  return guest !== undefined && own?.holds.get(guest.person)?.has(seat) !== true;
}
