/**
 * Owns telling the worker where transfers stand: at once when a state changes, otherwise a few times a second, and never
 * twice the same.
 */
import type { TransferNews } from '../../../shared/ipc/evidence.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { describe } from './job.ts';
import type { Job, LinkState } from './job.ts';

export interface NewsDesk {
  /** Facts of this job may have changed. */
  note(job: Job): void;
  /** Tells this job even if nothing changed. */
  again(job: Job): void;
  forget(job: Job): void;
  stop(): void;
}

export function openNewsDesk(
  every: Millis,
  link: () => LinkState,
  now: () => Millis,
  tell: (news: TransferNews[]) => void,
): NewsDesk {
  const told = new Map<Job, TransferNews>();
  const noted = new Set<Job>();
  let lastTick = 0;
  let timer: NodeJS.Timeout | null = null;
  let queued = false;

  const tellNoted = (only: (news: TransferNews, before: TransferNews | undefined) => boolean): void => {
    const news: TransferNews[] = [];
    for (const job of noted) {
      const [fresh, before] = [describe(job, link(), now()), told.get(job)];
      if (before !== undefined && same(before, fresh)) noted.delete(job);
      else if (only(fresh, before)) {
        noted.delete(job);
        told.set(job, fresh);
        news.push(fresh);
      }
    }
    if (news.length > 0) tell(news);
  };
  const tick = (): void => {
    timer = null;
    lastTick = now();
    tellNoted(() => true);
  };
  /** After everything that happens in the same turn, so that a state between two chunks is not told. */
  const soon = (): void => {
    queued = false;
    tellNoted((fresh, before) => before === undefined || fresh.state !== before.state || fresh.cause !== before.cause);
    if (noted.size > 0) timer ??= setTimeout(tick, Math.max(0, lastTick + every - now()));
  };
  const note = (job: Job): void => {
    noted.add(job);
    if (queued) return;
    queued = true;
    setImmediate(soon);
  };
  return {
    note,
    again: (job) => {
      told.delete(job);
      note(job);
    },
    forget: (job) => {
      told.delete(job);
      noted.delete(job);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      noted.clear();
    },
  };
}

const same = (a: TransferNews, b: TransferNews): boolean =>
  a.state === b.state && a.cause === b.cause && a.done === b.done && a.rate === b.rate && a.nextAt === b.nextAt;
