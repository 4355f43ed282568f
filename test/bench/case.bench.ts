/**
 * A large case in the real application: 500 files, 40 people, 200 actions, made by the application's own acts. Prints how its
 * lists scroll, how long a key takes until what it found is painted, how large its views are and how long they take.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CaseRow } from '../../shared/ipc/worker.ts';
import type { Actor } from '../e2e/actors.ts';
import { button, dialog, heading } from '../e2e/find.ts';
import { ensureDisplay } from '../setup/display.mjs';
import { answerOpen, killComputer } from '../support/launch.ts';
import { startServers } from '../support/servers.ts';
import { enrollingIn } from './case/enrolling.ts';
import { SIZE, TITLE, writeFiles, writeRecord } from './case/largeCase.ts';
import type { Smoothness } from './case/watch.ts';
import { call, openLine, scroll, timeView, typeAndWatch, viewNow, watchWorker } from './case/watch.ts';

const say = (what: string): void => console.error(`  … ${what}`);
const dir = await mkdtemp(path.join(tmpdir(), 'joinder-case-bench-'));
const endDisplay = await ensureDisplay();
const servers = await startServers({ dir: path.join(dir, 'servers') });
const { enrolled, endAll } = enrollingIn(dir, servers);

const part = ({ window }: Actor, name: string): Promise<void> =>
  window.getByRole('list', { name: 'Parts of this case' }).getByRole('button', { name, exact: true }).click();
const ms = (value: number): string => `${value.toFixed(0)} ms`;
const smooth = (found: Smoothness | null): string =>
  found === null
    ? 'no list that scrolls'
    : `${found.frames} frames, ${ms(found.middle)} in the middle, ${ms(found.worst)} at worst; ${found.long} tasks over 50 ms, the longest ${ms(found.longest)}`;

/** As a person makes it: the record is imported, the files are added, and what their names say is accepted. */
async function makeCase(officer: Actor): Promise<void> {
  const { window, computer } = officer;
  await officer.goTo('Cases');
  await answerOpen(computer, [await writeRecord(dir)]);
  await button(window, 'Import a case').click();
  await button(dialog(window, 'Import a case'), /^Choose/)
    .first()
    .click();
  await heading(window, TITLE).waitFor();
  say('imported');
  await officer.addFolder(await writeFiles(dir));
  await window.getByText(`${SIZE.files} files,`).waitFor();
  say('files added');
  await part(officer, 'Documents');
  const proposals = window.getByRole('list', { name: 'Proposals' });
  await proposals.waitFor();
  for (let left = 300; left > 0; left -= 50) {
    await button(window, 'Accept all').click();
    await window.getByText(left === 50 ? 'Proposed by name' : new RegExp(`of ${left - 50}$|for ${left - 50} files$`)).waitFor({ state: left === 50 ? 'detached' : 'visible' }); // prettier-ignore
  }
}

/** The prosecutor asks for as many things as a large action plan has; each is a signed fact of its own. */
async function raiseActions({ window }: Actor): Promise<void> {
  await openLine(window);
  await call(window, 'watch', 'cases');
  const [row] = await viewNow<readonly CaseRow[]>(window, 'cases');
  for (let i = 1; i <= SIZE.actions; i++) {
    const text = `Obtain the log of the yard gate for day ${i} and say who kept it.`;
    const about = { paths: [], items: [], rule: null, package: null };
    await call(window, 'doWork', row?.case, { is: 'action raised', text, ...about, due: '2026-12-14' });
  }
}

async function share(officer: Actor): Promise<Actor> {
  await part(officer, 'Overview');
  await officer.release({ to: 'Charging lawyer' });
  const prosecutor = await enrolled('prosecutor');
  await officer.packageRow().getByText('Delivered').first().waitFor();
  await prosecutor.openCase(TITLE, 'Case file');
  return prosecutor;
}

const LISTS = ['Overview', 'People and offences', 'Statements', 'Exhibits', 'Unused material', 'Documents', 'Action plan', 'Check', 'Activity'] as const; // prettier-ignore
const SEARCHED = {
  Statements: 'eskdale',
  Exhibits: 'ab/2',
  'Unused material': 'yard 14',
  Documents: 'photograph 2',
} as const;

async function measureWindow(officer: Actor): Promise<void> {
  const { window } = officer;
  for (const name of LISTS) {
    const begun = performance.now();
    await part(officer, name);
    await window.getByText('Opening the record…').waitFor({ state: 'detached' });
    const opened = performance.now() - begun;
    console.log(
      `  ${name}: open after ${ms(opened)}; scrolled: ${smooth(await scroll(window, '.grid .scroll, .screen, main'))}`,
    );
  }
  for (const [name, text] of Object.entries(SEARCHED)) {
    await part(officer, name);
    await window.getByRole('textbox', { name: /^Find in/ }).click();
    const { keys, longest } = await typeAndWatch(window, text);
    const sorted = [...keys].sort((a, b) => a - b);
    console.log(`  searching ${name}: a key is painted after ${ms(sorted[Math.floor(sorted.length / 2)] ?? 0)} in the middle, ${ms(sorted.at(-1) ?? 0)} at worst; the longest task ${ms(longest)}`); // prettier-ignore
  }
}

async function measureViews(officer: Actor): Promise<void> {
  const { window, computer } = officer;
  await officer.goTo('Rules'); // where the window itself watches little
  await openLine(window);
  await call(window, 'watch', 'cases');
  const [row] = await viewNow<readonly CaseRow[]>(window, 'cases');
  const id = row?.case ?? '';
  for (const name of [`case:${id}`, `check:${id}`, 'cases', 'inbox', 'transfers', 'tasks', 'queue', 'measures']) {
    const first = await timeView(window, name);
    const again = await timeView(window, name);
    console.log(
      `  view ${name.replace(id, 'ID')}: ${(again.size / 1024).toFixed(0)} KB, told after ${ms(first.ms)}, again ${ms(again.ms)}`,
    );
    await call(window, 'unwatch', name);
  }
  await officer.openCase(TITLE);
  for (const name of ['File information', 'Check'] as const) {
    await part(officer, name);
    const end = await watchWorker(computer.app.windows());
    // What is measured is a while in which nothing happens: there is nothing to wait for.
    await window.waitForTimeout(5000);
    const { longest, blocked } = await end();
    console.log(
      `  ${name} in front and nothing done for 5 s: the worker is held up ${ms(longest)} at longest, ${ms(blocked)} in all`,
    );
  }
  await part(officer, 'File information');
  const end = await watchWorker(computer.app.windows());
  const begun = performance.now();
  await window.getByRole('textbox', { name: 'Supervisor', exact: true }).pressSequentially('DS Okafor', { delay: 40 });
  await window.getByText('Saved', { exact: true }).waitFor();
  const saved = performance.now() - begun;
  // What follows by itself is measured too, and does not say when it is done.
  await window.waitForTimeout(3000);
  const { longest, blocked } = await end();
  console.log(
    `  a field typed and saved after ${ms(saved)}: the worker is held up ${ms(longest)} at longest, ${ms(blocked)} in all`,
  );
}

try {
  const officer = await enrolled('officer');
  await makeCase(officer);
  say('sorted');
  const prosecutor = await share(officer);
  say('released');
  await raiseActions(prosecutor);
  say('actions raised');
  await part(officer, 'Action plan');
  await officer.window.getByText(`${SIZE.actions} items not closed`).waitFor();
  await killComputer(prosecutor.computer);
  console.log(`${SIZE.files} files, ${SIZE.people} people, ${SIZE.actions} actions, ${SIZE.material} rows of material, released once; a window of 1280×800`); // prettier-ignore
  await measureWindow(officer);
  await measureViews(officer);
} finally {
  await endAll();
  await servers.stop();
  await endDisplay();
  await rm(dir, { recursive: true, force: true });
}
process.exit(); // what was killed leaves timers behind
