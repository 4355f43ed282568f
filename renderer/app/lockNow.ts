/**
 * Locking by hand: what is being typed is set and in the journal first.
 */
import { connection } from '../worker/connection.ts';
import { desktop } from '../worker/desktop.ts';

export async function lockNow(): Promise<void> {
  // Leaving a field sets it.
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  // A worker that does not answer must not keep the door open.
  await connection()
    ?.worker.call.flush()
    .catch(() => undefined);
  await desktop().lock();
}
