/** The author of register operations made in this worker: this person, now, with fresh random operation keys. */
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { Author } from '../../../shared/model/register.ts';
import type { Session } from '../session.ts';

export function authorOf(session: Session): Author {
  const person = session.directories.current(session.identity.org)?.people.get(session.identity.person);
  return { by: person?.name ?? '', at: session.platform.now(), newKey: () => toHex(session.platform.random(16)) };
}
