/**
 * Measures text in two sessions with everything real but Chromium: vault, journal and relay write to this disk, IndexedDB is
 * a fake in memory. The time from the last key to "Saved" in real windows is printed by the end-to-end test of text.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createCase } from '../../renderer/sync/cases/creating.ts';
import { Computer } from '../simulation/computer.ts';
import { startServers } from '../support/servers.ts';

const ROUNDS = 25;
const KEYS = 4;
const UPDATES = Number(process.env['BENCH_UPDATES'] ?? 3000);
const NEW_CASE = {
  title: 'R v Bench',
  urn: null,
  kind: 'charging',
  officer: '',
  suspects: [],
  offences: [],
  people: [],
} as const;

/** Polls without a limit: the bench runs where somebody watches it. */
async function seen(look: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await look())) await pause(1);
}

const tell = (what: string, times: readonly number[]): void => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(0);
  console.log(`${what}: ${at(0.5)} ms in the middle, ${at(0.95)} ms at the worst of twenty`);
};

const dir = await mkdtemp(path.join(tmpdir(), 'joinder-text-bench-'));
const servers = await startServers({ dir: path.join(dir, 'servers') });
const [first, second] = [new Computer(path.join(dir, 'first')), new Computer(path.join(dir, 'second'))];
try {
  await first.enrol(servers.relayUrl, await servers.newCode('officer'));
  await second.enrol(servers.relayUrl, await servers.newCode('officer2'));
  const made = await createCase(first.session, NEW_CASE);
  if (!made.ok) throw new Error(made.cause);
  const area = await first.area(made.value, 'working papers');
  await second.area(made.value, 'working papers');
  const mine = await first.openDocument(area, 'summary');
  const theirs = await second.openDocument(area, 'summary');

  const saved: number[] = [];
  const arrived: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (let key = 1; key < KEYS; key++) {
      mine.text.insert(mine.text.length, 'k');
      await pause(20);
    }
    mine.text.insert(mine.text.length, 'k');
    const begun = performance.now();
    await seen(() => mine.saved === mine.sent);
    saved.push(performance.now() - begun);
    await seen(() => theirs.text.length === mine.text.length);
    arrived.push(performance.now() - begun);
  }
  tell('last key to "Saved" (keys 20 ms apart, gathered for up to 100 ms)', saved);
  tell("last key to the other computer's text", arrived);

  const begun = performance.now();
  for (let i = 0; i < UPDATES; i++) {
    mine.text.insert(mine.text.length, 'k');
    if (i % 50 === 49) await pause(1);
  }
  await first.session.docs.flush();
  await seen(async () => (await first.session.db.outbox.count()) === 0);
  const durable = performance.now() - begun;
  await seen(() => theirs.text.length === mine.text.length);
  const there = performance.now() - begun;
  console.log(
    `${UPDATES} key presses at once: ${((UPDATES / durable) * 1000).toFixed(0)} updates/s until the relay has acknowledged all, ${((UPDATES / there) * 1000).toFixed(0)} until the other computer shows all`,
  );
} finally {
  await first.close();
  await second.close();
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
}
process.exit(); // sessions keep timers that nothing waits for
