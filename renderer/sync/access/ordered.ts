/**
 * This computer's own changes of access that the relay has not put in order yet. Two changes upon one chain are one too many,
 * so whoever wants another waits for the first, for a moment: it may be nothing but the next key.
 */
import { streamOf } from '../../../shared/seal/area/places.ts';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { Session } from '../session.ts';

const PASSES: Millis = 5 * SECOND;

/** Answers whether none of these chains waits for the relay: at once, or when it has come to that within a moment. */
export async function areOrdered(session: Session, places: readonly { readonly area: AreaId }[]): Promise<boolean> {
  let isLate = false;
  let cue: (() => void) | null = null;
  const timer = setTimeout(() => {
    isLate = true;
    cue?.();
  }, PASSES);
  const listener = (): void => cue?.();
  session.listeners.add(listener);
  try {
    for (;;) {
      const next = new Promise<void>((resolve) => (cue = resolve)); // before the look, so that none is missed in between
      if (!(await isWaiting(session, places))) return true;
      if (isLate) return false;
      await next;
    }
  } finally {
    clearTimeout(timer);
    session.listeners.delete(listener);
  }
}

async function isWaiting({ db, platform }: Session, places: readonly { readonly area: AreaId }[]): Promise<boolean> {
  for (const { area } of places) {
    const stream = await streamOf(platform, area, 'chain');
    if ((await db.outbox.where('[area+stream]').equals([area, stream]).count()) > 0) return true;
  }
  return false;
}
