/**
 * Keeps the directory in step with the facts while an authority serves: at its start, when a command wrote facts, and when a
 * day begins, so that what was dated for it begins or ends. One run at a time; one that failed is tried again.
 */
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { Authority } from '../authority.ts';
import { endGuests } from '../guests/ending.ts';
import { deleteDue } from './retention.ts';
import { reconcile, today } from './reconcile.ts';

const AGAIN: Millis = 5 * SECOND;

export interface Step {
  /** Facts may have changed, or the day. */
  look(): void;
  stop(): Promise<void>;
}

export function keepStep(authority: Authority, changed: () => void, failed: (error: unknown) => void): Step {
  let day = '';
  let version = -1;
  let running: Promise<void> | null = null;
  let restUntil = 0; // by the machine's own counter: a clock that is set back must not hold it up
  let stopped = false;

  const run = async (): Promise<void> => {
    const now = today(authority);
    const seen = authority.people.changes();
    try {
      const moved = await reconcile(authority, 'the day');
      if ((await endGuests(authority, 'the day')) || moved) changed();
      deleteDue(authority, 'the day');
      [day, version] = [now, seen];
    } catch (error) {
      restUntil = performance.now() + AGAIN;
      failed(error);
    }
  };
  return {
    look: () => {
      if (stopped || running !== null || performance.now() < restUntil) return;
      if (day === today(authority) && version === authority.people.changes()) return;
      running = run().finally(() => (running = null));
    },
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
