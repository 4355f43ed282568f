/**
 * The order in which files move, with the worker's ranking and the evidence process's choice together on a link that is
 * played: what is urgent, small, early or put first goes before what is not, cases share the link, and what a person changes
 * while it runs holds at once. Seeds are printed; `SEED=N` plays one again.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseTask, chunkKey } from '../../../electron/evidence/transfer/choose.ts';
import type { Move } from '../../../electron/evidence/transfer/choose.ts';
import { planChunk } from '../../../electron/evidence/format.ts';
import { makeGate } from '../../../electron/evidence/transfer/gate.ts';
import { makeJob, setHeld } from '../../../electron/evidence/transfer/job.ts';
import type { Job } from '../../../electron/evidence/transfer/job.ts';
import { PACE } from '../../../electron/evidence/transfer/pace.ts';
import { inLine, URGENCY_RANK } from '../../../renderer/sync/cases/moving/ranking.ts';
import type { AreaId, Hash, VersionId } from '../../../shared/primitives/ids.ts';
import { KiB, MiB } from '../../../shared/primitives/units.ts';

const CHUNK = 8 * MiB;
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e6));
console.info(`order: seed ${SEED}`);
const holds = <T>(of: fc.Arbitrary<T>, test: (given: T) => void): void =>
  fc.assert(fc.property(of, test), { seed: SEED, numRuns: 150 });

interface File {
  readonly case: string;
  readonly urgency: keyof typeof URGENCY_RANK;
  readonly size: number;
}
interface Played extends File {
  readonly job: Job;
  readonly at: number;
  first: boolean;
  paused: boolean;
}

/** One computer that sends: one chunk after the other comes to its end, in the order in which they set out. */
class Line {
  readonly files: Played[] = [];
  /** Every request in the order in which it set out: whose, what else could have gone, and how many ran. */
  readonly setOut: { readonly file: Played; readonly waiting: readonly Played[]; readonly running: number }[] = [];
  readonly moved = new Map<string, number>();
  atOnce = 4;
  private readonly under: Move[] = [];
  /** How many chunks each request under way has, the oldest first. */
  private readonly requests: number[] = [];
  private readonly gate = makeGate(PACE, () => 0);

  add(file: File): Played {
    const id = this.files.length + 1;
    const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');
    const content = {
      version: hex(id, 32) as VersionId,
      size: file.size,
      sha256: hex(id, 64) as Hash,
      key: new Uint8Array(32),
      chunkSize: CHUNK,
      chunks: Array.from({ length: Math.max(1, Math.ceil(file.size / CHUNK)) }, (_, i) => ({
        hash: hex(id * 100_000 + i, 64) as Hash,
        size: planChunk(file.size, CHUNK, i).sealed,
      })),
    };
    const job = makeJob('up', { content, area: 'aa'.repeat(16) as AreaId, rank: id, paused: false });
    job.asked = 'yes';
    const played = { ...file, job, at: id, first: false, paused: false };
    this.files.push(played);
    this.rank();
    return played;
  }

  /** Says again what is wanted, as the worker does after each change. */
  rank(): void {
    const live = this.files.filter(({ job }) => !job.whole);
    const wanted = inLine(
      live.map(({ job: { wanted: now }, first, urgency, case: of, size, at, paused }) => ({
        wanted: { content: now.content, area: now.area, paused },
        due: { first, urgency: URGENCY_RANK[urgency], case: of, size, at },
      })),
    );
    for (const [i, one] of live.entries()) one.job.wanted = wanted[i] ?? one.job.wanted;
  }

  /** Lets what may set out do so, then the oldest come to its end; false: nothing is left to do. */
  step(): boolean {
    for (let task = this.choose(); task?.is === 'move' || task?.is === 'move many'; task = this.choose()) {
      const moves = task.is === 'move' ? [task] : task.moves;
      const [lead] = moves;
      if (lead)
        this.setOut.push({
          file: this.of(lead),
          waiting: this.files.filter((one) => this.canGo(one)),
          running: this.requests.length,
        });
      for (const move of moves) {
        move.job.moving.set(move.chunk, 0);
        this.under.push(move);
      }
      this.requests.push(moves.length);
    }
    const ends = this.requests.shift();
    if (ends === undefined) return false;
    for (const { job, chunk } of this.under.splice(0, ends)) {
      const file = this.of({ job, chunk });
      const size = job.wanted.content.chunks[chunk]?.size ?? 0;
      job.moving.delete(chunk);
      setHeld(job, chunk, size, true);
      job.whole = job.complete.size === job.wanted.content.chunks.length;
      this.moved.set(file.case, (this.moved.get(file.case) ?? 0) + size);
    }
    return true;
  }

  /** Steps until this is so; how many bytes moved meanwhile. */
  until(done: () => boolean): number {
    const before = this.all();
    while (!done()) if (!this.step()) throw new Error('nothing is left to move');
    return this.all() - before;
  }
  all = (): number => [...this.moved.values()].reduce((sum, one) => sum + one, 0);

  private of = ({ job }: Move): Played => {
    const found = this.files.find((one) => one.job === job);
    if (!found) throw new Error('a job of no file');
    return found;
  };
  private canGo = ({ job, paused }: Played): boolean =>
    !paused && !job.whole && job.wanted.content.chunks.some((_, i) => !job.complete.has(i) && !job.moving.has(i));
  private choose() {
    const up = this.files
      .map(({ job }) => job)
      .filter(({ whole }) => !whole)
      .toSorted((a, b) => a.wanted.rank - b.wanted.rank);
    const load = {
      up: this.requests.length,
      down: 0,
      chunks: new Set(this.under.map((m) => chunkKey(m.job, m.chunk))),
    };
    return chooseTask({ up, down: [] }, load, this.gate, 0, { atOnce: this.atOnce });
  }
}

const size = fc.oneof(fc.integer({ min: 1, max: 200 * KiB }), fc.integer({ min: MiB, max: 120 * MiB }));
const file = fc.record({
  case: fc.constantFrom('a', 'b', 'c'),
  urgency: fc.constantFrom('custody' as const, 'urgent' as const, 'routine' as const),
  size,
});
/** Files that come one after the other, each after so many steps. */
const coming = fc.array(fc.record({ file, after: fc.nat(6) }), { minLength: 1, maxLength: 25 });

function play(line: Line, files: readonly { readonly file: File; readonly after: number }[]): void {
  for (const one of files) {
    for (let i = 0; i < one.after; i++) line.step();
    line.add(one.file);
  }
  while (line.step());
}
const group = ({ first, urgency }: Played): number => (first ? -1 : URGENCY_RANK[urgency]);

it('sets out with nothing while something more urgent can go, and everything arrives', () => {
  holds(coming, (files) => {
    const line = new Line();
    play(line, files);
    expect(line.files.every(({ job }) => job.whole)).toBe(true);
    for (const { file: one, waiting } of line.setOut)
      expect(group(one)).toBe(Math.min(...waiting.map((other) => group(other))));
  });
});

it('sets out with no large file of a case while a smaller of it can go, nor with a later of the same size', () => {
  holds(coming, (files) => {
    const line = new Line();
    play(line, files);
    for (const { file: one, waiting } of line.setOut)
      for (const other of waiting.filter((w) => w.case === one.case && group(w) === group(one)))
        expect(one.size < other.size || (one.size === other.size && one.at <= other.at)).toBe(true);
  });
});

it('lets a small late document overtake a video: no more than what is under way goes before it', () => {
  holds(
    fc.record({
      video: fc.integer({ min: 60, max: 400 }),
      steps: fc.nat(3),
      doc: fc.integer({ min: 1, max: 200 * KiB }),
    }),
    ({ video, steps, doc }) => {
      for (const of of ['a', 'b']) {
        const line = new Line();
        line.add({ case: 'a', urgency: 'routine', size: video * MiB });
        for (let i = 0; i < steps; i++) line.step();
        const late = line.add({ case: of, urgency: 'routine', size: doc });
        expect(line.until(() => late.job.whole)).toBeLessThanOrEqual(line.atOnce * CHUNK * 1.01 + doc + 64);
      }
    },
  );
});

it('shares the link between cases that have something to move: none is more than a file ahead', () => {
  const each = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  holds(fc.record({ a: each, b: each, c: each }), (cases) => {
    const line = new Line();
    for (const [of, sizes] of Object.entries(cases))
      for (const one of sizes) line.add({ case: of, urgency: 'routine', size: one * MiB });
    const left = (of: string): boolean => line.files.some((f) => f.case === of && !f.job.whole);
    while (line.step()) {
      const busy = Object.keys(cases).filter((of) => left(of));
      for (const one of busy)
        for (const other of busy)
          expect((line.moved.get(one) ?? 0) - (line.moved.get(other) ?? 0)).toBeLessThanOrEqual(
            2 * 40 * MiB + line.atOnce * CHUNK * 1.01,
          );
    }
  });
});

it('does at once what is changed while it runs: put first, paused, resumed, fewer at once', () => {
  const change = fc.record({
    what: fc.constantFrom('first' as const, 'pause' as const, 'resume' as const, 'at once' as const),
    which: fc.nat(),
    atOnce: fc.integer({ min: 1, max: 4 }),
    after: fc.nat(4),
  });
  holds(
    fc.record({ files: fc.array(file, { minLength: 2, maxLength: 12 }), changes: fc.array(change, { maxLength: 12 }) }),
    ({ files, changes }) => {
      const line = new Line();
      for (const one of files) line.add(one);
      for (const { what, which, atOnce, after } of changes) {
        for (let i = 0; i < after; i++) line.step();
        const one = line.files[which % line.files.length];
        if (!one) continue;
        if (what === 'first') one.first = true;
        if (what === 'pause' || what === 'resume') one.paused = what === 'pause';
        if (what === 'at once') line.atOnce = atOnce;
        line.rank();
        const before = line.setOut.length;
        line.step();
        for (const { file: next, waiting, running } of line.setOut.slice(before)) {
          expect([next.paused, running < line.atOnce]).toEqual([false, true]);
          expect(group(next)).toBe(Math.min(...waiting.map((other) => group(other))));
        }
      }
      for (const one of line.files) one.paused = false;
      line.rank();
      while (line.step());
      expect(line.files.every(({ job }) => job.whole)).toBe(true);
    },
  );
});
