/** The rules of transfers by themselves: waits, what moves next, what is told, room on the disk, bandwidth. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { AreaId, Hash, VersionId } from '../../../shared/primitives/ids.ts';
import { MiB, SECOND } from '../../../shared/primitives/units.ts';
import { planChunk } from '../format.ts';
import { makeBandwidth } from './bandwidth.ts';
import { chooseTask, chunkKey, SLOTS } from './choose.ts';
import type { Task } from './choose.ts';
import type { Engine } from './context.ts';
import { makeGate } from './gate.ts';
import { describe as describeJob, makeJob, setHeld } from './job.ts';
import type { Direction, Job } from './job.ts';
import { withRoom } from './move.ts';
import { PACE, waitAfter } from './pace.ts';
import type { Wait } from './pace.ts';
import { failed } from './relay.ts';

const NOW = 1_000_000;
const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
const contentOf = (id: number, chunks: number): Content => ({
  version: hex(id, 32) as VersionId,
  size: chunks * MiB,
  sha256: hex(id, 64) as Hash,
  key: new Uint8Array(32),
  chunkSize: MiB,
  chunks: Array.from({ length: chunks }, (_, i) => ({
    hash: hex(id * 1000 + i, 64) as Hash,
    size: planChunk(chunks * MiB, MiB, i).sealed,
  })),
});
function jobOf(direction: Direction, id: number, chunks: number, paused = false): Job {
  const job = makeJob(direction, { content: contentOf(id, chunks), area: 'aa'.repeat(16) as AreaId, rank: id, paused });
  job.looked = job.asked = 'yes';
  job.there.push(...job.held.map(() => true));
  return job;
}
const open = makeGate(PACE, () => NOW);

describe('waits', () => {
  it('double from a second to a minute for one cause, begin anew for another, and are spread by chance', () => {
    let wait: Wait | null = null;
    for (const most of [1, 2, 4, 8, 16, 32, 60, 60, 60]) {
      wait = waitAfter(wait, 'no network', NOW, PACE);
      expect(wait.nextAt - NOW).toBeLessThanOrEqual(most * SECOND);
      expect(wait.nextAt - NOW).toBeGreaterThanOrEqual(0.75 * most * SECOND);
    }
    expect(waitAfter(wait, 'busy', NOW, PACE).nextAt - NOW).toBeLessThanOrEqual(SECOND);
    expect(waitAfter(null, 'busy', NOW, PACE, 30 * SECOND).nextAt - NOW).toBe(30 * SECOND);
    expect(new Set(Array.from({ length: 50 }, () => waitAfter(null, 'busy', NOW, PACE).nextAt)).size).toBeGreaterThan(
      10,
    );
  });

  it('of one cut count once, however many requests it ends', () => {
    const gate = makeGate(PACE, () => NOW);
    const begun = [gate.begin(), gate.begin(), gate.begin(), gate.begin()];
    for (const begin of begun) gate.failed(failed('relay unreachable', 'link'), begin);
    expect(gate.wait()?.tries).toBe(1);
    gate.failed(failed('relay unreachable', 'link'), gate.begin());
    expect(gate.wait()?.tries).toBe(2);
    gate.reached(); // an answer alone does not say that bytes get through
    gate.failed(failed('relay unreachable', 'link'), gate.begin());
    expect(gate.wait()?.tries).toBe(3);
    gate.moved();
    gate.failed(failed('relay unreachable', 'link'), gate.begin());
    expect(gate.wait()?.tries).toBe(1);
  });
});

const ways = (jobs: readonly Job[]) => ({
  up: jobs.filter((job) => job.direction === 'up'),
  down: jobs.filter((job) => job.direction === 'down'),
});
/** Starts tasks until none can be started, as the engine does. */
const start = (jobs: readonly Job[], gate = open): Task[] => {
  const load = { up: 0, down: 0, chunks: new Set<string>() };
  const tasks: Task[] = [];
  for (
    let task = chooseTask(ways(jobs), load, gate, NOW);
    task !== null;
    task = chooseTask(ways(jobs), load, gate, NOW)
  ) {
    tasks.push(task);
    if (task.is !== 'move') throw new Error('chunks of 1 MiB move one by one');
    task.job.moving.set(task.chunk, 0);
    load[task.job.direction]++;
    load.chunks.add(chunkKey(task.job, task.chunk));
  }
  return tasks;
};
const lacking = (job: Job): number =>
  job.wanted.paused ? 0 : job.held.filter((held, i) => held < job.wanted.content.chunks[i]!.size).length;

describe('what moves next', () => {
  const jobs = fc
    .array(
      fc.record({
        direction: fc.constantFrom('up' as const, 'down' as const),
        chunks: fc.integer({ min: 1, max: 6 }),
        paused: fc.boolean(),
        held: fc.nat(6),
      }),
      { maxLength: 8 },
    )
    .map((list) =>
      list.map(({ direction, chunks, paused, held }, i) => {
        const job = jobOf(direction, i, chunks, paused);
        for (let chunk = 0; chunk < Math.min(held, chunks); chunk++)
          setHeld(job, chunk, job.wanted.content.chunks[chunk]!.size, true);
        return job;
      }),
    );

  it('fills the slots with chunks that are lacking, each once, none of a paused version, both ways where both have some', () => {
    fc.assert(
      fc.property(jobs, (list) => {
        const can = { up: 0, down: 0 };
        for (const job of list) can[job.direction] += lacking(job);
        const tasks = start(list).map((task) => task as Extract<Task, { is: 'move' }>);
        expect(tasks).toHaveLength(Math.min(SLOTS, can.up + can.down));
        expect(new Set(tasks.map(({ job, chunk }) => chunkKey(job, chunk))).size).toBe(tasks.length);
        for (const { job } of tasks) expect(job.wanted.paused).toBe(false);
        for (const way of ['up', 'down'] as const)
          expect(tasks.filter(({ job }) => job.direction === way).length).toBeGreaterThanOrEqual(Math.min(2, can[way]));
        for (const way of ['up', 'down'] as const) {
          const ranks = tasks.filter(({ job }) => job.direction === way).map(({ job }) => job.wanted.rank);
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('waits with the link, then tries it with one request', () => {
    let now = NOW;
    const gate = makeGate(PACE, () => now);
    gate.failed(failed('no network', 'link'), gate.begin());
    const job = jobOf('up', 1, 6);
    const load = { up: 0, down: 0, chunks: new Set<string>() };
    expect(chooseTask(ways([job]), load, gate, now)).toBeNull();
    now = gate.wait()!.nextAt;
    expect(chooseTask(ways([job]), load, gate, now)).toMatchObject({ is: 'move', chunk: 0 });
    expect(chooseTask(ways([job]), { ...load, up: 1 }, gate, now)).toBeNull();
    gate.reached();
    expect(chooseTask(ways([job]), { ...load, up: 1 }, gate, now)).not.toBeNull();
  });
});

describe('what is told', () => {
  it('is one state, with a cause for each that waits, and never more than there is', () => {
    const wait = fc.record({
      cause: fc.constantFrom('no network' as const, 'refused' as const, 'not there yet' as const),
      tries: fc.constant(1),
      nextAt: fc.constantFrom(NOW - 1, NOW + 1),
    });
    const facts = fc.record({
      direction: fc.constantFrom('up' as const, 'down' as const),
      paused: fc.boolean(),
      whole: fc.boolean(),
      failed: fc.constantFrom(null, 'does not verify' as const),
      token: fc.boolean(),
      moving: fc.boolean(),
      held: fc.nat(2 * MiB),
      job: fc.option(wait),
      link: fc.option(wait),
      verifying: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const job = jobOf(given.direction, 1, 1, given.paused);
        setHeld(job, 0, given.held, false);
        Object.assign(job, { whole: given.whole, failed: given.failed, wait: given.job, verifying: given.verifying });
        if (given.moving) job.moving.set(0, 2 * MiB);
        const news = describeJob(job, { token: given.token, wait: given.link }, NOW);
        expect(news.done).toBeLessThanOrEqual(news.total);
        expect(news.state === 'retrying' || news.nextAt === null).toBe(true);
        const causes = {
          whole: [true],
          moving: [true],
          queued: [true, false],
          retrying: [false],
          failed: [false],
          paused: [false],
        };
        expect(causes[news.state]).toContain(news.cause === null);
        expect((news.state === 'paused') === (given.paused && !given.whole)).toBe(true);
      }),
    );
  });
});

describe('room on this disk', () => {
  it('is asked for beside what is on its way here already, and is there again when that has ended', async () => {
    const engine: Pick<Engine, 'coming' | 'freeFloor'> & { store: Pick<Engine['store'], 'freeSpace'> } = {
      store: { freeSpace: () => Promise.resolve(20 * MiB) },
      freeFloor: 3 * MiB,
      coming: 0,
    };
    let [begun, end] = [0, (): void => undefined];
    const ended = new Promise<void>((resolve) => (end = resolve));
    const fetch = (): Promise<unknown> => withRoom(engine as Engine, 8 * MiB, () => (begun++, ended));
    const four = [fetch(), fetch(), fetch(), fetch()];
    expect(await Promise.race(four)).toMatchObject({ cause: 'no space here' });
    expect(begun).toBe(2);
    end();
    await Promise.all(four);
    expect(engine.coming).toBe(0);
    expect(await fetch()).toBeUndefined();
  });
});

describe('bandwidth', () => {
  it('lets no more through than the limit has it, in any second, however many ask and whatever it is set to meanwhile', async () => {
    const change = fc.record({
      limit: fc.integer({ min: 64 * 1024, max: 50 * MiB }),
      after: fc.integer({ min: 1, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        async (changes, askers) => {
          let now = 0;
          const bandwidth = makeBandwidth({ now: () => now, wait: (span) => Promise.resolve((now += span)) });
          for (const { limit, after } of changes) {
            bandwidth.setLimit(limit);
            const began = now;
            let passed = 0;
            for (let i = 0; i < after; i++) {
              const pieces = Array.from({ length: askers }, () => bandwidth.piece());
              for (const piece of pieces) {
                await bandwidth.take(piece, new AbortController().signal);
                passed += piece;
                // What was taken last is paid for by who asks next.
                expect(passed - piece).toBeLessThanOrEqual(((now - began) / SECOND) * limit + 1);
              }
            }
          }
        },
      ),
    );
  });

  it('is not limited by 0, and moves small pieces under a small limit', async () => {
    const bandwidth = makeBandwidth();
    await bandwidth.take(2 ** 40, new AbortController().signal);
    bandwidth.setLimit(8 * 1024);
    expect(bandwidth.piece()).toBe(1024);
    bandwidth.setLimit(100 * MiB);
    expect(bandwidth.piece()).toBe(256 * 1024);
  });

  it('waits no longer than an abort', async () => {
    const bandwidth = makeBandwidth();
    bandwidth.setLimit(1);
    const stop = new AbortController();
    await bandwidth.take(1000, stop.signal);
    const waiting = bandwidth.take(1, stop.signal);
    stop.abort();
    await waiting;
  });
});
