/** Whether a guest is let in no more, by the directory: asked by whoever hands out keys, before each. */
import type { OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Identity } from '../../../shared/ipc/vault.ts';
import type { Directories } from '../log/directories.ts';

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
