/**
 * Owns the choice of what moves next. Pure: lower rank first, the direction that has fewer on its way when both have
 * something to move, a chunk never twice at once, and one request alone while the link is being tried again.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';
import type { Gate } from './gate.ts';
import { isLive, nextLacking } from './job.ts';
import type { Direction, Job } from './job.ts';

export const SLOTS = 4;

export type Task =
  | { readonly is: 'ask'; readonly direction: Direction; readonly area: AreaId }
  | { readonly is: 'move'; readonly job: Job; readonly chunk: number };

export interface Load {
  readonly up: number;
  readonly down: number;
  /** `direction hash` of each chunk on its way. */ readonly chunks: ReadonlySet<string>;
}

export const chunkKey = (job: Job, chunk: number): string =>
  `${job.direction} ${job.wanted.content.chunks[chunk]?.hash ?? ''}`;

export function chooseTask(
  jobs: Readonly<Record<Direction, readonly Job[]>>,
  load: Load,
  gate: Gate,
  now: number,
): Task | null {
  const running = load.up + load.down;
  const wait = gate.wait();
  if (running >= SLOTS || (wait !== null && (wait.nextAt > now || running > 0))) return null;
  const first = (direction: Direction): Task | null => {
    for (const job of jobs[direction]) {
      const task = taskOf(job, load, now);
      if (task !== null) return task;
    }
    return null;
  };
  const [up, down] = [first('up'), first('down')];
  if (up === null || down === null) return up ?? down;
  return load.up <= load.down ? up : down;
}

function taskOf(job: Job, load: Load, now: number): Task | null {
  if (job.wait !== null && job.wait.nextAt > now) return null;
  if (job.looked !== 'yes' || job.asked === 'asking') return null;
  if (job.asked === 'no')
    return isLive(job) || (job.whole && job.direction === 'up')
      ? { is: 'ask', direction: job.direction, area: job.wanted.area }
      : null;
  if (!isLive(job)) return null;
  const chunk = nextLacking(
    job,
    (index) =>
      !job.moving.has(index) &&
      (job.direction === 'up' || job.there[index] === true) &&
      !load.chunks.has(chunkKey(job, index)),
  );
  return chunk === null ? null : { is: 'move', job, chunk };
}
