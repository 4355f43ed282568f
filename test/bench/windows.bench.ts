/**
 * Measures whether a large file slows the windows: an officer and a prosecutor type in one case's text and scroll, first with
 * nothing on its way, then while the officer adds the file, then while it is sent and fetched. Two built applications.
 *
 *   npm run bench -- windows [--size 2GiB] [--seconds 20] [--json FILE]
 */
import { randomFillSync } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { TransferRow } from '../../shared/ipc/worker.ts';
import { MiB } from '../../shared/primitives/units.ts';
import { byteCount } from '../../sync-server/common/options.ts';
import type { Actor } from '../e2e/actors.ts';
import { ensureDisplay } from '../setup/display.mjs';
import { startServers } from '../support/servers.ts';
import { enrollingIn } from './case/enrolling.ts';
import { call, openLine, viewNow } from './case/watch.ts';
import type { Figures } from './windows/figures.ts';
import { figuresOf, printFigures } from './windows/figures.ts';
import { useWindow } from './windows/inUse.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '2GiB' },
    seconds: { type: 'string', default: '20' },
    json: { type: 'string' },
  },
});
const size = byteCount(values.size);
const MINUTES = 60_000;
const TITLE = 'R v Bench';
const NAME = 'recording.bin';
const BOX = 'Case summary';
const PARAGRAPHS = 60;

const dir = await mkdtemp(path.join(os.tmpdir(), 'joinder-windows-bench-'));
const endDisplay = await ensureDisplay();
const servers = await startServers({ dir: path.join(dir, 'servers') });
const { enrolled, endAll } = enrollingIn(dir, servers);

async function writeNoise(file: string, bytes: number): Promise<string> {
  const out = createWriteStream(file);
  for (let at = 0; at < bytes; at += MiB)
    if (!out.write(randomFillSync(Buffer.allocUnsafe(Math.min(MiB, bytes - at))))) await once(out, 'drain');
  await new Promise((done) => out.end(done));
  return file;
}

/** A case of both, whose text they see each other type. */
async function share(officer: Actor, prosecutor: Actor): Promise<void> {
  await officer.newCase({ title: TITLE });
  await officer.addFiles([await writeNoise(path.join(dir, 'short.bin'), 1000)]);
  await officer.fileRow('short.bin').getByText('On this computer').waitFor();
  await officer.release({ to: 'Charging lawyer' });
  await officer.packageRow().getByText('Delivered').first().waitFor();
  for (const person of [officer, prosecutor]) await person.openCase(TITLE, 'Case file');
  await officer.summaryBox().click();
  for (let i = 1; i <= PARAGRAPHS; i++) {
    await officer.window.keyboard.insertText(`On day ${i} the yard was visited and what was found there was noted.`);
    await officer.window.keyboard.press('Enter');
  }
  await prosecutor.summaryBox().getByText(`On day ${PARAGRAPHS} `).waitFor();
}

type Phase = Readonly<Record<'officer' | 'prosecutor', Figures>> & { readonly seconds: number };
const phases: Record<string, Phase> = {};

/** Both windows are in use while `work` lasts. */
async function measure(name: string, people: readonly [Actor, Actor], work: () => Promise<unknown>): Promise<void> {
  let over = false;
  const begun = performance.now();
  const working = work().finally(() => (over = true));
  const [one, other] = people.map(({ window }) => useWindow(window, BOX, () => over));
  if (one === undefined || other === undefined) return;
  const [officer, prosecutor] = [figuresOf(await one), figuresOf(await other)];
  await working;
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  phases[name] = { officer, prosecutor, seconds };
  console.log(`${name}, ${seconds} s, load ${os.loadavg()[0]?.toFixed(1)}:`);
  printFigures('officer', officer);
  printFigures('prosecutor', prosecutor);
}

const rest = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

const onWay = async ({ window }: Actor): Promise<boolean> =>
  (await viewNow<readonly TransferRow[]>(window, 'transfers')).some(({ file }) => file.name === NAME);

/** Until the transfer of the file is in this window's list, or is no more. */
async function untilOnWay(person: Actor, is: boolean): Promise<void> {
  while ((await onWay(person)) !== is) await rest(200);
}

try {
  const file = await writeNoise(path.join(dir, NAME), size);
  const people = [await enrolled('officer'), await enrolled('prosecutor')] as const;
  const [officer, prosecutor] = people;
  await share(officer, prosecutor);
  for (const { window } of people) {
    await openLine(window);
    await call(window, 'watch', 'transfers');
  }
  console.log(`${size / MiB} MiB, two windows of 1280×800, ${os.availableParallelism()} cores`);
  await measure('nothing on its way', people, () => rest(Number(values.seconds) * 1000));
  await officer.showTab('Working papers');
  await officer.addFiles([file]);
  await measure('while it is added', people, () =>
    officer
      .fileRow(NAME)
      .getByText('On this computer')
      .waitFor({ timeout: 30 * MINUTES }),
  );
  await officer.release({ to: 'Charging lawyer' });
  await officer.openCase(TITLE, 'Case file');
  await untilOnWay(prosecutor, true);
  await measure('while it is sent and fetched', people, () => untilOnWay(prosecutor, false));
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ mib: size / MiB, load: os.loadavg()[0], phases }, null, 2)}\n`);
} finally {
  await endAll();
  await servers.stop();
  await endDisplay();
  await rm(dir, { recursive: true, force: true });
}
process.exit(); // what was killed leaves timers behind
