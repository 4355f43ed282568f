/**
 * Owns the reconciling of what is wanted with what is here and at the relay: it compares the two and works off the
 * difference, so that nothing can be stuck "in progress" and a restart has nothing to repair. Promises a few chunks on
 * their way at most; keeps nothing on disk but chunks and marks.
 */
import type { Content, TransferNews, TransferSetting, Wanted } from '../../../shared/ipc/evidence.ts';
import type { VersionId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import { askRelay } from './ask.ts';
import { makeBandwidth } from './bandwidth.ts';
import { chooseTask, chunkKey, SLOTS } from './choose.ts';
import type { Task } from './choose.ts';
import type { Engine } from './context.ts';
import { keepDayRate } from './dayRate.ts';
import { makeGate } from './gate.ts';
import { forgiveJob, haltJob, healJobs, isActive, jobKey, lookAgain, makeJob } from './job.ts';
import type { Direction, Job } from './job.ts';
import { AREAS, openListening } from './listen.ts';
import { workOnDisk } from './look.ts';
import { moveDown, moveUp } from './move.ts';
import { fetchMany, sendMany } from './moveMany.ts';
import { openNewsDesk } from './news.ts';
import { PACE } from './pace.ts';
import type { Pace, Wait } from './pace.ts';
import { connectRelay } from './relay.ts';
import { comingIn, makeSeeing } from './seeing.ts';
import type { Relay } from './relay.ts';

export interface Transfers {
  configure(setting: TransferSetting): void;
  want(wanted: { up: readonly Wanted[]; down: readonly Wanted[] }): void;
  retryNow(): void;
  contents(): Content[];
  /** Chunks may have come by another way: this disk is looked at again for what is still to come. */
  lookAgain(): void;
  /** Ends all that moves, looks at or verifies these versions, and answers when none of it touches the disk any more. */
  forget(versions: ReadonlySet<VersionId>): Promise<void>;
  /** Whether this version is on its way here. */
  isComing(content: Content): boolean;
  /** Fetches these chunks before everything else, as somebody waits to see them; false: they do not come by themselves. */
  bring(content: Content, chunks: readonly number[], signal: AbortSignal): Promise<boolean>;
  /** Ends everything under way and waits for it. */
  stop(): Promise<void>;
}

/** Looking through all jobs rests as long as it took, but no longer. */
const LONGEST_REST: Millis = 20;

/** Something of it touches the disk. */
const isBusy = (job: Job): boolean => job.moving.size > 0 || job.verifying || job.looked === 'looking';

export function makeTransfers(store: ChunkStore, tell: (news: TransferNews[]) => void, pace: Pace = PACE): Transfers {
  const now = Date.now;
  const jobs = new Map<string, Job>();
  const load = { up: 0, down: 0, chunks: new Set<string>() };
  const running = new Set<Promise<void>>();
  let everything = new AbortController();
  let setting: TransferSetting | null = null;
  let reached: Relay | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let isDue = false;
  let took: Millis = 0;

  const seeing = makeSeeing();
  const gate = makeGate(pace, now);
  const desk = openNewsDesk(
    pace.news,
    () => ({ token: engine.relay !== null, held: engine.held, wait: gate.wait() }),
    now,
    tell,
  );
  const engine: Engine = {
    store,
    bandwidth: makeBandwidth(),
    pace,
    gate,
    jobs: [],
    relay: null,
    batches: { up: true, down: true },
    freeFloor: 0,
    coming: 0,
    atOnce: SLOTS,
    held: false,
    changed: (job) => {
      seeing.changed(job);
      if (jobs.get(job.key) === job) desk.note(job);
    },
    now,
  };
  const listening = openListening(engine);
  const dayRate = keepDayRate(engine.bandwidth, now);
  const noteAll = (): void => engine.jobs.forEach((job) => desk.note(job));
  /** Jobs that anything can still be done for, in order of rank: those that are whole cost nothing any more. */
  let active: Record<Direction, Job[]> = { up: [], down: [] };
  let toldWait: Wait | null = null;

  function run(work: Promise<void>): void {
    const done = work.finally(() => {
      running.delete(done);
      pumpSoon();
    });
    running.add(done);
  }

  /** Once for all that ends meanwhile: with ten thousand jobs, looking through them takes longer than most of what ends. */
  function pumpSoon(): void {
    if (isDue) return;
    isDue = true;
    const go = (): void => {
      const began = performance.now();
      isDue = false;
      pump();
      took = performance.now() - began;
    };
    if (took < 1) setImmediate(go);
    else setTimeout(go, Math.min(took, LONGEST_REST));
  }

  const choose = (): Task | null => chooseTask(active, load, gate, now(), engine);

  /** Starts whatever can be started; called after everything that happens. */
  function pump(): void {
    if (stopped) return;
    active = { up: active.up.filter(isActive), down: active.down.filter(isActive) };
    if (gate.wait() !== toldWait) noteAll();
    toldWait = gate.wait();
    workOnDisk(engine, active.down, run);
    const { relay } = engine;
    if (relay !== null && !engine.held) for (let task = choose(); task !== null; task = choose()) start(relay, task);
    for (const question of listening.questions(active.down)) run(question);
    arm();
  }
  /** After a change that may concern any job. */
  function pumpAll(): void {
    active = {
      up: engine.jobs.filter((job) => job.direction === 'up'),
      down: engine.jobs.filter((job) => job.direction === 'down'),
    };
    noteAll();
    pump();
  }

  function start(relay: Relay, task: Task): void {
    if (task.is === 'ask') {
      load[task.direction]++;
      return run(
        askRelay(engine, relay, task.direction, task.area, everything.signal).finally(
          () => void load[task.direction]--,
        ),
      );
    }
    const moves = task.is === 'move' ? [task] : task.moves;
    const [{ job, chunk } = { job: null, chunk: 0 }] = moves;
    if (job === null) return;
    const keys = moves.map((move) => chunkKey(move.job, move.chunk));
    load[job.direction]++;
    for (const [i, move] of moves.entries()) {
      load.chunks.add(keys[i] ?? '');
      move.job.moving.set(move.chunk, 0);
      engine.changed(move.job);
    }
    const moving =
      task.is === 'move many'
        ? (job.direction === 'up' ? sendMany : fetchMany)(engine, relay, moves)
        : (job.direction === 'up' ? moveUp : moveDown)(engine, relay, job, chunk);
    run(
      moving.finally(() => {
        load[job.direction]--;
        for (const key of keys) load.chunks.delete(key);
      }),
    );
  }

  function arm(): void {
    clearTimeout(timer);
    const from = now();
    let next = Number.POSITIVE_INFINITY;
    const consider = (wait: Wait | null): void => {
      if (wait !== null && wait.nextAt > from) next = Math.min(next, wait.nextAt);
    };
    consider(gate.wait());
    for (const job of active.up) consider(job.wait);
    for (const job of active.down) consider(job.wait);
    if (Number.isFinite(next)) timer = setTimeout(pumpAll, next - from + 1);
  }

  /** Takes over pause and rank, keeps what is under way, stops what is not wanted any more. */
  function replace(direction: Direction, wanted: readonly Wanted[], keep: Set<string>): void {
    for (const one of wanted) {
      const key = jobKey(direction, one);
      keep.add(key);
      const job = jobs.get(key);
      if (job === undefined) jobs.set(key, makeJob(direction, one));
      else {
        if (one.paused && !job.wanted.paused) haltJob(job);
        job.wanted = one;
        if (job.whole) lookAgain(job); // it may have been lost since
      }
    }
  }
  return {
    configure: (next) => {
      const before = setting;
      setting = next;
      engine.freeFloor = next.freeFloor;
      engine.atOnce = next.atOnce ?? SLOTS;
      const held = next.held ?? false;
      if (held && !engine.held) engine.jobs.forEach((job) => haltJob(job));
      engine.held = held;
      dayRate.keep(next);
      if (before?.relay === next.relay && before.token === next.token) return pumpAll();
      engine.batches.up = engine.batches.down = true; // what the relay does not understand it may by now
      if (before?.relay !== next.relay) {
        everything.abort();
        everything = new AbortController();
        engine.jobs.forEach((job) => haltJob(job));
        reached?.close();
        // More than move chunks: for the questions asked meanwhile.
        reached = connectRelay(next.relay, pace.stall, SLOTS + 1 + AREAS);
      }
      if (next.token !== null) reached?.setToken(next.token);
      engine.relay = next.token === null ? null : reached;
      listening.begin(engine.relay);
      gate.clear();
      if (next.token !== null) engine.jobs.forEach((job) => forgiveJob(job, false));
      pumpAll();
    },
    want: ({ up, down }) => {
      const keep = new Set<string>();
      replace('up', up, keep);
      replace('down', down, keep);
      for (const [key, job] of jobs) {
        if (keep.has(key)) continue;
        jobs.delete(key);
        desk.forget(job);
        seeing.changed(job, true);
        job.stop.abort();
      }
      engine.jobs = [...jobs.values()].sort((a, b) => a.wanted.rank - b.wanted.rank);
      engine.jobs.forEach((job) => desk.again(job));
      pumpAll();
    },
    retryNow: () => {
      gate.clear();
      engine.jobs.forEach((job) => forgiveJob(job, true));
      pumpAll();
    },
    lookAgain: () => {
      engine.jobs.forEach(lookAgain);
      healJobs(engine.jobs, null);
      pumpAll();
    },
    contents: () => [...jobs.values()].map((job) => job.wanted.content),
    forget: async (versions) => {
      const over = [...jobs.values()].filter((job) => versions.has(job.wanted.content.version));
      for (const job of over) {
        jobs.delete(job.key);
        desk.forget(job);
        seeing.changed(job, true);
        job.stop.abort();
      }
      engine.jobs = engine.jobs.filter((job) => !over.includes(job));
      pumpAll();
      while (over.some(isBusy) && running.size > 0) await Promise.race(running);
    },
    isComing: (content) => comingIn(jobs.values(), content) !== null,
    bring: (content, chunks, signal) => {
      const job = comingIn(jobs.values(), content);
      // What was not at the relay when it was last asked may be by now.
      if (job?.asked === 'yes' && chunks.some((chunk) => job.there[chunk] !== true)) job.asked = 'no';
      const here = seeing.wait(job, chunks, signal);
      pumpAll();
      return here;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      dayRate.stop();
      desk.stop();
      listening.begin(null);
      everything.abort();
      for (const job of jobs.values()) job.stop.abort();
      while (running.size > 0) await Promise.allSettled(running);
      reached?.close();
    },
  };
}
