/**
 * One large file on a bad link: whatever happens to the cable or to a process, the same SHA-256 arrives, no word that has
 * happened falls, and no more is sent again than was on its way.
 */
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { wordsOnScreen } from '../demo/record.ts';
import type { Direction } from '../support/faultProxy.ts';
import { killComputer } from '../support/launch.ts';
import type { Desk, World } from './world.ts';
import { expect, noise, test } from './world.ts';
import { FILES } from './evidence.ts';
import { button } from './find.ts';

const MiB = 1024 * 1024;
const SIZE = 48 * MiB;
/** Chunks of a large file, and how many are on their way at once: what one cut may cost. */
const PER_CUT = 4 * 8 * MiB;
/** All else that goes over a cable in such a test: entries, boxes, questions. */
const TALK = 4 * MiB;
const NAME = 'cctv.bin';
const TITLE = 'R v Garside';

test.setTimeout(180_000);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const SENT = sha256(noise(SIZE, NAME));

async function prepare(world: World): Promise<{ officer: Desk; prosecutor: Desk }> {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.newCase({ title: TITLE });
  await officer.addFiles([await world.makeFile(NAME, SIZE)]);
  await expect(officer.fileRow(NAME)).toContainText('On this computer');
  return { officer, prosecutor };
}

async function release(officer: Desk): Promise<void> {
  await officer.release({ to: 'Charging lawyer' });
  await button(officer.window, 'Show package').click();
}

const seen = async (desk: Desk): Promise<string> => (await wordsOnScreen(desk.window))[NAME] ?? '';

/** Where on its ladder a word stands; a condition beside it does not count. */
const LADDER = [/^On this computer/, /^Waiting to send/, /^Sending (\d+)%/, /^Sent/, /^Delivered/, /^Opened/];
function rank(words: string): number {
  const rung = LADDER.findIndex((word) => word.test(words));
  const percent = /^Sending (\d+)%/.exec(words)?.[1];
  return rung + Number(percent ?? 0) / 1000;
}

/** Follows the officer's word until the test ends: it never falls. */
function follow(desk: Desk): () => Promise<readonly string[]> {
  const stop = new AbortController();
  const words: string[] = [];
  const look = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const now = await seen(desk).catch(() => '');
      if (now !== '' && now !== words.at(-1)) words.push(now);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const done = look();
  return async () => {
    stop.abort();
    await done;
    return words;
  };
}

async function arrives(world: World, prosecutor: Desk): Promise<void> {
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.fileRow(NAME, FILES)).toContainText(/Ready to open|Opened by you/, { timeout: 90_000 });
  const to = path.join(world.dir, 'exported.bin');
  await prosecutor.exportFile(NAME, to);
  expect(sha256(await readFile(to))).toBe(SENT);
}

for (const direction of ['up', 'down'] as const satisfies readonly Direction[]) {
  test(`the link is cut twice in mid-file on the way ${direction}: it goes on, and little is sent again`, async ({
    world,
  }) => {
    const { officer, prosecutor } = await prepare(world);
    const { cable } = direction === 'up' ? officer : prosecutor;
    cable.slow(12 * MiB);
    const [start, startUp] = [cable.bytes(direction), officer.cable.bytes('up')];
    const stop = follow(officer);
    await release(officer);
    for (const place of [0.3, 0.6]) {
      await cable.whenBytes(direction, start + SIZE * place);
      cable.cut();
      const passed = ((officer.cable.bytes('up') - startUp) / SIZE) * 100;
      // The word speaks of what is at the relay, and that has passed.
      expect(Number(/^Sending (\d+)%/.exec(await seen(officer))?.[1] ?? 0)).toBeLessThanOrEqual(
        direction === 'up' ? passed : 100,
      );
    }
    await arrives(world, prosecutor);
    await expect(officer.fileRow(NAME, FILES)).toContainText('Opened by');
    const words = await stop();
    expect(words.map(rank)).toEqual(words.map(rank).sort((a, b) => a - b));
    const moved = cable.bytes(direction) - start;
    console.log(
      `${direction}: ${(moved / MiB).toFixed(1)} MiB passed for a file of ${SIZE / MiB} MiB, with ${cable.cuts} cuts`,
    );
    expect(moved).toBeLessThan(SIZE + 2 * PER_CUT + TALK);
  });
}

test('a link that goes quiet, one that says 503, one that alters bytes: the file arrives all the same', async ({
  world,
}) => {
  const { officer, prosecutor } = await prepare(world);
  const { cable } = officer;
  cable.slow(16 * MiB);
  const start = cable.bytes('up');
  await release(officer);
  await cable.whenBytes('up', start + SIZE * 0.2);
  cable.unavailable(true);
  await expect(officer.statusBar()).toContainText('Offline');
  cable.unavailable(false);
  await cable.whenBytes('up', start + SIZE * 0.4);
  await cable.flipAfter('up', 3 * MiB);
  await cable.whenBytes('up', start + SIZE * 0.6);
  cable.stall(true);
  // Half open: nothing ends, so it is the application that must notice.
  await expect(officer.fileRow(NAME, FILES)).toContainText(/Retrying|cannot be reached/, { timeout: 60_000 });
  cable.stall(false);
  const down = prosecutor.cable.flipAfter('down', 20 * MiB);
  await arrives(world, prosecutor);
  await down;
  await expect(officer.fileRow(NAME, FILES)).toContainText('Opened by');
});

test('officer, relay and prosecutor are each killed in mid-file, and it arrives', async ({ world }) => {
  const { servers } = world;
  let { officer, prosecutor } = await prepare(world);
  officer.cable.slow(6 * MiB);
  prosecutor.cable.refuse(true);
  let start = officer.cable.bytes('up');
  await release(officer);
  await officer.cable.whenBytes('up', start + SIZE * 0.3);
  await killComputer(officer.computer);
  officer = await world.restart(officer);
  start = officer.cable.bytes('up');
  await officer.unlock();
  await officer.openCase(TITLE);
  await expect(officer.fileRow(NAME)).toContainText(/Sending|Sent/);
  await officer.cable.whenBytes('up', start + SIZE * 0.2);
  await servers.kill('relay');
  await expect(officer.statusBar()).toContainText('Offline');
  await servers.restart('relay');
  await expect(officer.statusBar()).toContainText('Connected', { timeout: 30_000 });
  await expect(officer.fileRow(NAME)).toContainText('Sent', { timeout: 60_000 });

  prosecutor.cable.slow(6 * MiB);
  start = prosecutor.cable.bytes('down');
  prosecutor.cable.refuse(false);
  await prosecutor.cable.whenBytes('down', start + SIZE * 0.3);
  await killComputer(prosecutor.computer);
  prosecutor = await world.restart(prosecutor);
  await prosecutor.unlock();
  await arrives(world, prosecutor);
  await expect(officer.fileRow(NAME)).toContainText('Opened by', { timeout: 20_000 });
});
