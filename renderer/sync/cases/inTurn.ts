/**
 * One after the other: acts of a session that read facts and write what follows from them, so that none acts on what
 * another is about to change. They wait for each other in the order asked for; one that fails holds up none.
 */
import type { Session } from '../session.ts';

const last = new WeakMap<Session, Promise<unknown>>();

export function inTurn<T>(session: Session, run: () => Promise<T>): Promise<T> {
  const done = (last.get(session) ?? Promise.resolve()).then(run);
  last.set(
    session,
    done.catch(() => {}), // its own caller hears of it
  );
  return done;
}
