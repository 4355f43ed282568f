/**
 * Fifty in one room at a steady pace, of whom one reads nothing for a time, then all read again, in turn. What
 * the relay holds is asked of itself after its garbage was collected, several times in each turn, and what lies in the system's
 * buffers of its connections is added: the process's size as a whole grows and shrinks by more than a link takes.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { memoryOf } from './memory.ts';
import { startOurs } from './ours.ts';

const CLIENTS = 50;
const EACH_SAMPLE = 5000;
/** Turns of each kind. */
const TURNS = 3;
const MIB = 1024 * 1024;

interface Held {
  readonly process: number;
  readonly buffers: number;
}

/** Bytes that the system keeps unsent for connections of this port. */
function unsentOf(port: number): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  let sum = 0;
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n')) {
    const [, from = '', , , queues = ''] = line.trim().split(/\s+/);
    if (from.endsWith(local)) sum += Number.parseInt(queues.split(':')[0] ?? '0', 16) || 0;
  }
  return sum;
}

const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;
const mib = (bytes: number): number => Number((bytes / MIB).toFixed(2));

export async function measureStalled(seconds: number, rate: number) {
  const writers = CLIENTS - 1;
  const loads = 2 * TURNS + 1;
  const each = Math.ceil((rate * seconds) / writers + 1) * loads;
  process.env['NODE_OPTIONS'] = `--import ${new URL('./memory.preload.ts', import.meta.url).href}`;
  const served = await startOurs(1, CLIENTS, each, 'a few words more ');
  delete process.env['NODE_OPTIONS'];
  const room = served.rooms[0] ?? [];
  const port = Number(new URL(served.url).port);

  async function hold(): Promise<Held> {
    const before = served.log().split('"held"').length;
    process.kill(served.pid, 'SIGUSR2');
    while (served.log().split('"held"').length === before || !served.log().endsWith('\n')) await after(5);
    const said = /.*"held".*/g;
    const last = served.log().match(said)?.at(-1) ?? '';
    const { held } = JSON.parse(last) as { held: { heapUsed: number; external: number } };
    return { process: held.heapUsed + held.external, buffers: unsentOf(port) };
  }

  async function load(): Promise<Held[]> {
    const all: Held[] = [];
    const begun = performance.now();
    for (let sent = 0, next = EACH_SAMPLE; sent < rate * seconds;) {
      const now = performance.now() - begun;
      for (const due = Math.min(rate * seconds, (now / 1000) * rate); sent < due; sent++) room[sent % writers]?.send();
      if (now >= next) {
        all.push(await hold());
        next += EACH_SAMPLE;
      }
      await after(10);
    }
    return all;
  }

  await load(); // once before counting, so that the process has grown to its size
  const turns: { readonly reading: Held[]; readonly stalled: Held[]; readonly rss: [number, number] }[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const reading = await load();
    const rss = memoryOf(served.pid);
    room.at(-1)?.stall();
    const stalled = await load();
    turns.push({ reading, stalled, rss: [rss, memoryOf(served.pid)] });
    room.at(-1)?.goOn();
    await after(1000);
  }
  await served.end();
  const of = (held: readonly Held[], part: keyof Held): number => median(held.map((one) => one[part]));
  const added = (part: keyof Held): number[] =>
    turns.map(({ reading, stalled }) => mib(of(stalled, part) - of(reading, part)));
  return {
    seconds,
    updatesPerSecond: rate,
    samplesOfATurn: turns[0]?.stalled.length,
    mibHeldAllReading: turns.map(({ reading }) => mib(of(reading, 'process'))),
    mibHeldOneStalled: turns.map(({ stalled }) => mib(of(stalled, 'process'))),
    mibAdded: added('process'),
    mibAddedInTheSystemsBuffers: added('buffers'),
    mibOfTheProcess: turns.map(({ rss }) => rss.map(Math.round)),
  };
}
