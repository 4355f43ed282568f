/** The session and the engines that work on it: what calls and views are given. */
import { Importing } from './cases/import/importing.ts';
import { clearLeftovers } from './cases/import/leftovers.ts';
import { Disposing } from './disposal/disposing.ts';
import { Moving } from './cases/moving/moving.ts';
import { Sticks } from './cases/stick/sticks.ts';
import { LateLane } from './late/lane.ts';
import type { Session } from './session.ts';

export interface Desktop {
  readonly session: Session;
  readonly moving: Moving;
  readonly importing: Importing;
  readonly disposing: Disposing;
  readonly sticks: Sticks;
  readonly late: LateLane;
}

/** Looks at what this disk holds, and clears what nobody needs. */
export async function openDesktop(session: Session): Promise<Desktop> {
  const moving = new Moving(session);
  await moving.load();
  const importing = new Importing(session, moving);
  await importing.load();
  // Before anything is shown: what was disposed of, and not yet destroyed here to the end.
  const disposing = new Disposing({ session, moving, importing });
  await disposing.load();
  await clearLeftovers(session, moving.here).catch(() => {}); // the evidence process ended: at the next unlock
  return { session, moving, importing, disposing, sticks: new Sticks(session, moving), late: new LateLane(session) };
}
