/** Which roles and posts this person has, by the newest directory of their organisation. */
import type { SeatId } from '../../../shared/primitives/ids.ts';
import { rolesOf, seatsOf } from '../../../shared/seal/directory/directory.ts';
import type { Session } from '../session.ts';

type Who = Pick<Session, 'directories' | 'identity'>;

export const myRoles = ({ directories, identity }: Who): readonly string[] => {
  const own = directories.current(identity.org);
  return own ? rolesOf(own, identity.device) : [];
};

export const mySeats = ({ directories, identity }: Who): readonly SeatId[] => {
  const own = directories.current(identity.org);
  return own ? [...seatsOf(own, identity.device)] : [];
};
