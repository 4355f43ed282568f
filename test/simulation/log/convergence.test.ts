/**
 * Three computers at random: they type, delete, lose and find the network, crash, open and close windows. At rest all show
 * the same text, nothing that said saved is lost, nothing that was deleted comes back, and nobody is warned of anything.
 * Seeds are printed; one that failed is pinned below. JOINDER_SEED=N repeats one; JOINDER_RUNS=N and
 * JOINDER_STEPS=N try more and longer ones.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { makeCase, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import type { OpenDocument } from './openDocument.ts';
import { World } from '../world.ts';

const PINNED: readonly number[] = [1, 20_261_122];
const given = Number(process.env['JOINDER_SEED']);
const fresh = (): number => Math.floor(Math.random() * 1e9) + 1;
const SEEDS =
  given > 0 ? [given] : [...PINNED, ...Array.from({ length: Number(process.env['JOINDER_RUNS'] ?? 1) }, fresh)];
const STEPS = Number(process.env['JOINDER_STEPS'] ?? 70);

let world: World;
let computers: Computer[];
beforeAll(async () => {
  world = await World.begin();
  computers = await Promise.all([
    world.computer('a', 'officer'),
    world.computer('b', 'officer2'),
    world.computer('c', 'prosecutor'),
  ]);
}, 40_000);
afterAll(() => world.end(), 20_000);

/** Numbers from 0 to `n`, the same for the same seed (mulberry32). */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

/** A word that somebody typed, and what became of it. */
interface Token {
  readonly text: string;
  typed: 'unsaved' | 'saved' | 'maybe lost';
  deleted: 'no' | 'unsaved' | 'saved' | 'maybe';
}
type Change = (how: 'saved' | 'lost') => void;

/** One window, and what was done in it since it last said saved. */
interface Window {
  readonly document: OpenDocument;
  readonly open: Set<Change>;
}

class Run {
  readonly log: string[] = [];
  private readonly tokens = new Map<string, Token>();
  private readonly windows = new Map<Computer, Window[]>();
  private readonly pick: (n: number) => number;
  private readonly area: AreaId;

  constructor(seed: number, area: AreaId) {
    this.pick = numbers(seed);
    this.area = area;
  }

  async open(computer: Computer): Promise<void> {
    const window = { document: await computer.openDocument(this.area, 'summary'), open: new Set<Change>() };
    this.windows.set(computer, [...(this.windows.get(computer) ?? []), window]);
  }

  async step(): Promise<void> {
    const at = this.pick(computers.length);
    const computer = computers[at] as Computer;
    const windows = this.windows.get(computer) ?? [];
    const window = windows[this.pick(windows.length)] as Window;
    const what = this.pick(100);
    if (what < 50) this.type(window, `[${'abc'[at]}${this.tokens.size}]`);
    else if (what < 65) this.delete(window);
    else if (what < 75) computer.goOffline();
    else if (what < 85) computer.goOnline();
    else if (what < 90) await this.crash(computer);
    else if (what < 93 && windows.length < 3) await this.open(computer);
    else if (what < 95 && windows.length > 1) this.close(computer, window);
    else await new Promise((next) => setTimeout(next, this.pick(150)));
    this.log.push(`${'abc'[at]} ${what}`);
    this.note();
    if (this.pick(3) === 0) await new Promise((next) => setTimeout(next, 0));
  }

  private type({ document: { text }, open }: Window, word: string): void {
    const token: Token = { text: word, typed: 'unsaved', deleted: 'no' };
    this.tokens.set(word, token);
    const ends = [0, ...[...text.toJSON().matchAll(/\]/g)].map(({ index }) => index + 1)];
    text.insert(ends[this.pick(ends.length)] as number, word);
    open.add((how) => (token.typed = how === 'saved' ? 'saved' : 'maybe lost'));
  }
  private delete({ document: { text }, open }: Window): void {
    const words = text.toJSON().match(/\[\w+\]/g) ?? [];
    const word = words[this.pick(words.length)];
    const token = word && this.tokens.get(word);
    if (!word || !token) return;
    text.delete(text.toJSON().indexOf(word), word.length);
    if (token.deleted !== 'saved') token.deleted = 'unsaved';
    open.add((how) => {
      if (token.deleted !== 'saved') token.deleted = how === 'saved' ? 'saved' : 'maybe';
    });
  }
  /** What a window says was saved counts from now on. */
  private note(): void {
    for (const window of [...this.windows.values()].flat()) if (window.document.isSaved) settle(window, 'saved');
  }
  private async crash(computer: Computer): Promise<void> {
    this.note();
    for (const window of this.windows.get(computer) ?? []) settle(window, 'lost');
    this.windows.delete(computer);
    await computer.crash();
    await this.open(computer);
  }
  private close(computer: Computer, window: Window): void {
    this.note();
    settle(window, 'lost'); // it is written all the same; nobody is left to be told so
    window.document.close();
    this.windows.set(
      computer,
      (this.windows.get(computer) ?? []).filter((one) => one !== window),
    );
  }

  /** Everybody comes back; answers when nothing moves any more. */
  async rest(): Promise<string> {
    for (const computer of computers) computer.goOnline();
    const all = (): Window[] => [...this.windows.values()].flat();
    await until(() => all().every(({ document }) => document.isSaved), 'everything saved');
    this.note();
    await until(
      async () => (await Promise.all(computers.map(({ session }) => session.db.outbox.count()))).every((n) => n === 0),
      'empty outboxes',
    );
    const texts = (): Set<string> => new Set(all().map(({ document }) => document.text.toJSON()));
    await until(
      () => texts().size === 1,
      () => `one text, not ${[...texts()].join(' | ')}`,
    );
    return [...texts()][0] ?? '';
  }

  /** What must stand there and what must not, by what was said. */
  judge(text: string): void {
    const there = (token: Token): boolean => text.includes(token.text);
    for (const token of this.tokens.values()) {
      if (token.typed === 'saved' && token.deleted === 'no') expect(there(token), `${token.text} was saved`).toBe(true);
      if (token.deleted === 'saved') expect(there(token), `${token.text} was deleted`).toBe(false);
      expect(text.split(token.text).length, `${token.text} stands there twice`).toBeLessThan(3);
    }
  }
}

function settle({ open }: Window, how: 'saved' | 'lost'): void {
  for (const change of open) change(how);
  open.clear();
}

it.each(SEEDS)(
  'comes to rest with one text, seed %i',
  async (seed) => {
    console.log(`seed ${seed}, ${STEPS} steps`);
    const [a, , c] = computers as [Computer, Computer, Computer];
    for (const computer of computers) computer.goOnline();
    const of = await makeCase(a, `Seed ${seed}`);
    await releaseTo(a, of, []);
    const area = await c.area(of, 'case file');
    const run = new Run(seed, area);
    for (const computer of computers) {
      expect(await computer.area(of, 'case file')).toBe(area);
      await run.open(computer);
    }
    try {
      for (let i = 0; i < STEPS; i++) await run.step();
      run.judge(await run.rest());
      for (const computer of computers) {
        expect(computer.alarms).toEqual([]);
        await until(async () => (await computer.word(of)).startsWith('Up to date'), 'the word of the case');
      }
      // What a crash leaves is what was shown: all of it comes back from the disk.
      const before = await run.rest();
      for (const computer of computers) await computer.crash();
      for (const computer of computers)
        await until(
          async () => (await computer.openDocument(area, 'summary')).text.toJSON() === before,
          'the same text after a restart',
        );
    } catch (error) {
      throw new Error(
        `seed ${seed}: ${error instanceof Error ? error.message : String(error)}\n${run.log.join(', ')}`,
        { cause: error },
      );
    }
  },
  30_000,
);
