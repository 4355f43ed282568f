/**
 * Owns the choice of what moves next. Pure: lower rank first, the direction that has fewer on its way when both have
 * something to move, a chunk never twice at once, and one request alone while the link is being tried again.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { BATCH } from '../../../shared/wire/http.ts';
import type { Gate } from './gate.ts';
import { isHeld, isLive, isLookedAt, nextLacking, sizeOf } from './job.ts';
import type { Direction, Job } from './job.ts';
import { fitsBatch } from './uploadMany.ts';

/** Requests for chunks at once, where no fewer were asked for. */
export const SLOTS = 4;

/** So many that do not fit end the search for smaller ones. */
const MISSES = 8;

export type Task =
  | { readonly is: 'ask'; readonly direction: Direction; readonly area: AreaId }
  | ({ readonly is: 'move' } & Move)
  /** Small chunks that go one way in one request. */
  | { readonly is: 'move many'; readonly moves: readonly Move[] };

export interface Move {
  readonly job: Job;
  readonly chunk: number;
}

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
  {
    atOnce = SLOTS,
    batches = { up: true, down: true },
  }: { readonly atOnce?: number; readonly batches?: Readonly<Record<Direction, boolean>> } = {},
): Task | null {
  const running = load.up + load.down;
  const wait = gate.wait();
  const isShut = wait !== null && (wait.nextAt > now || running > 0);
  const seen = running > atOnce || isShut ? null : neededTask(jobs.down, load, now);
  if (seen !== null) return seen;
  if (running >= atOnce || isShut) return null;
  const first = (direction: Direction): Task | null => {
    for (const job of jobs[direction]) {
      const task = taskOf(job, load, now);
      if (task !== null) return task;
    }
    return null;
  };
  const [up, down] = [first('up'), first('down')];
  const chosen = up === null || down === null ? (up ?? down) : load.up <= load.down ? up : down;
  if (chosen?.is !== 'move' || !batches[chosen.job.direction]) return chosen;
  return gather(chosen, jobs[chosen.job.direction], load, now);
}

/** Others that may go now in the same request, in order of rank; what does not fit waits for the next. */
function gather(chosen: Task & Move, jobs: readonly Job[], load: Load, now: number): Task {
  const moves: Move[] = [];
  let bytes = 0;
  const taken = new Set(load.chunks);
  const add = (move: Move): boolean => {
    const size = sizeOf(move.job, move.chunk);
    if ((move.job.held[move.chunk] ?? 0) > 0 || !fitsBatch({ chunks: moves.length, bytes }, size)) return false;
    moves.push(move);
    taken.add(chunkKey(move.job, move.chunk));
    bytes += BATCH.head + size;
    return true;
  };
  if (!add({ job: chosen.job, chunk: chosen.chunk })) return chosen;
  for (let i = jobs.indexOf(chosen.job) + 1, misses = 0; i < jobs.length && misses < MISSES; i++) {
    const job = jobs[i];
    if (job?.wanted.area !== chosen.job.wanted.area) continue;
    const task = taskOf(job, { ...load, chunks: taken }, now);
    if (task?.is === 'move' && !add(task)) misses++;
  }
  return moves.length === 1 ? chosen : { is: 'move many', moves };
}

/** What somebody waits to see goes before everything else, and has one slot more than the rest. */
function neededTask(jobs: readonly Job[], load: Load, now: number): Task | null {
  for (const job of jobs) {
    if (!isLookedAt(job) || isWaitingFor(job, now)) continue;
    if (job.looked !== 'yes' || job.asked === 'asking') continue;
    if (job.asked === 'no') return { is: 'ask', direction: 'down', area: job.wanted.area };
    const chunk = job.needed.find(
      (index) =>
        !isHeld(job, index) &&
        !job.moving.has(index) &&
        job.there[index] === true &&
        !load.chunks.has(chunkKey(job, index)),
    );
    if (chunk !== undefined) return { is: 'move', job, chunk };
  }
  return null;
}

const isWaitingFor = (job: Job, now: number): boolean => job.wait !== null && job.wait.nextAt > now;

function taskOf(job: Job, load: Load, now: number): Task | null {
  if (isWaitingFor(job, now)) return null;
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
