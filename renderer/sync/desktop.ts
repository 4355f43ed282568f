/** The session and the engines that work on it: what calls and views are given. */
import { Importing } from './cases/importing.ts';
import { clearLeftovers } from './cases/leftovers.ts';
import { Moving } from './cases/moving.ts';
import type { Session } from './session.ts';

export interface Desktop {
  readonly session: Session;
  readonly moving: Moving;
  readonly importing: Importing;
}

/** Looks at what this disk holds, and clears what nobody needs. */
export async function openDesktop(session: Session): Promise<Desktop> {
  const moving = new Moving(session);
  await moving.load();
  const importing = new Importing(session, moving);
  await importing.load();
  await clearLeftovers(session, moving.here).catch(() => {}); // the evidence process ended: at the next unlock
  return { session, moving, importing };
}
