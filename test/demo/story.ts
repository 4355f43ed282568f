/**
 * The story of the main job, played through two real windows: an officer with no network builds a case and releases it, the
 * link breaks twice in mid-file, a prosecutor opens what is there, takes everything out and accepts, and both write at
 * once. Does only what a person can do with a window, a cable and a folder; answers what it saw.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Actor } from '../e2e/actors.ts';
import { actor, closeViewer, EVIDENCE, FILES } from '../e2e/actors.ts';
import { button, dialog, region, reveal } from '../e2e/find.ts';
import type { FaultProxy } from '../support/faultProxy.ts';
import { startFaultProxy } from '../support/faultProxy.ts';
import { launchComputer } from '../support/launch.ts';
import { until } from '../support/programs.ts';
import type { Servers } from '../support/servers.ts';
import { startServers } from '../support/servers.ts';
import type { Recorder, Step } from './record.ts';
import { recorder, wordsOnScreen } from './record.ts';
import { cutTwice } from './cuts.ts';
import type { Input } from './input.ts';
import { removeTree } from './input.ts';

const TITLE = 'R v Ashdown';
const POST = 'Charging lawyer';
const MINUTES = 60_000;

export interface Story {
  readonly steps: readonly Step[];
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256Sent: string;
    readonly sha256Opened: string | null;
  }[];
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
  readonly marker: string;
}

interface Stage {
  readonly dir: string;
  readonly input: Input;
  readonly officer: Actor;
  readonly prosecutor: Actor;
  readonly cables: { readonly officer: FaultProxy; readonly prosecutor: FaultProxy };
  readonly record: Recorder;
  readonly servers: Servers;
}

export async function playStory(dir: string, input: Input, say: (line: string) => void): Promise<Story> {
  const servers = await startServers({ dir });
  const cables = {
    officer: await startFaultProxy({ target: servers.relayUrl }),
    prosecutor: await startFaultProxy({ target: servers.relayUrl }),
  };
  const computers = await Promise.all([
    launchComputer({ profile: path.join(dir, 'officer') }),
    launchComputer({ profile: path.join(dir, 'prosecutor') }),
  ]);
  const [officer, prosecutor] = computers.map(actor) as [Actor, Actor];
  const stage: Stage = { dir, input, officer, prosecutor, cables, record: recorder(dir, say), servers };
  try {
    return await play(stage);
  } catch (error) {
    await stage.record.step('officer', officer.window, 'stopped here').catch(() => undefined);
    await stage.record.step('prosecutor', prosecutor.window, 'stopped here').catch(() => undefined);
    throw error;
  } finally {
    await Promise.all([officer, prosecutor].map((one) => one.leave().catch(() => undefined)));
    await Promise.all([cables.officer.close(), cables.prosecutor.close(), servers.stop()]);
  }
}

async function play(stage: Stage): Promise<Story> {
  await enrolBoth(stage);
  await buildOffLine(stage);
  const skipped = await addEvidence(stage);
  const names = await namesIn(stage.officer, EVIDENCE);
  await releaseOffLine(stage);
  await sendThroughCuts(stage);
  const opened = await takeOut(stage, names);
  await writeAtOnce(stage);
  await acceptAndSee(stage);
  return {
    steps: stage.record.steps,
    files: pair(stage.input, opened),
    skipped: skipped.filter(({ name }) => !names.includes(name)),
    marker: stage.input.marker,
  };
}

async function enrolBoth({ officer, prosecutor, cables, servers, record }: Stage): Promise<void> {
  await officer.lookUp(cables.officer.url, servers.codes.officer);
  await officer.window.getByRole('heading', { name: 'Is this you?' }).waitFor();
  await record.step('officer', officer.window, 'looked up who this computer will belong to');
  await officer.confirm();
  await Promise.all([officer.opened(), prosecutor.enrol(cables.prosecutor.url, servers.codes.prosecutor)]);
  await record.step('officer', officer.window, 'enrolled');
  await record.step('prosecutor', prosecutor.window, 'enrolled');
}

async function buildOffLine({ officer, cables, record, input }: Stage): Promise<void> {
  cables.officer.refuse(true);
  await officer
    .statusBar()
    .getByText(/^Offline/)
    .waitFor();
  await officer.newCase({
    title: TITLE,
    suspect: 'Colin Ashdown',
    offence: 'Burglary of a dwelling',
    witness: 'Agnes Holt',
  });
  await officer.write(
    `The suspect was seen at the wall of 4 Church Lane. A witness remembers it well: ${input.marker}. Two exhibits show the way in.`,
  );
  await officer.whenSaved();
  await record.step('officer', officer.window, 'made a case and wrote its summary with no network');
}

async function addEvidence({ officer, record, input }: Stage): Promise<Story['skipped']> {
  const { window } = officer;
  if (input.folder === null) await officer.addFiles(input.files.map((file) => file.path));
  else await officer.addFolder(input.folder);
  const adding = region(window, 'Adding files');
  const done = adding.getByText(/ added$/);
  await Promise.race([
    done.waitFor({ timeout: 30 * MINUTES }),
    adding.waitFor().then(() => adding.waitFor({ state: 'detached', timeout: 30 * MINUTES })),
  ]);
  const problems = (await adding.count()) === 0 ? [] : await readProblems(adding);
  await record.step('officer', window, 'added the evidence');
  return problems;
}

async function readProblems(adding: ReturnType<typeof region>): Promise<Story['skipped']> {
  const items = await adding.getByRole('listitem').all();
  return Promise.all(
    items.map(async (item) => {
      // As it is written, every space in a name included.
      const name = (await item.locator('strong').textContent()) ?? '';
      return { name, why: ((await item.textContent()) ?? '').slice(name.length).trim() };
    }),
  );
}

async function releaseOffLine({ officer, record }: Stage): Promise<void> {
  await button(officer.window, 'Release').click();
  const asked = dialog(officer.window, 'Release');
  await asked.getByText(/newly see/).waitFor();
  await record.step('officer', officer.window, 'looked at what will be seen before releasing');
  await button(asked, 'Cancel').click();
  await officer.release({ to: POST, purpose: 'Charging decision' });
  await record.step('officer', officer.window, 'released the evidence, still with no network');
}

async function sendThroughCuts(stage: Stage): Promise<void> {
  const { officer, prosecutor, cables, record, input } = stage;
  await button(officer.window, 'Show package').click();
  await reveal(officer.window, FILES, input.largest.name);
  const stopOfficer = record.watch('officer', officer.window, input.largest.name);
  const cuts = Promise.all([
    cutTwice(cables.officer, officer.window, 'up', input, record, 'officer'),
    cutTwice(cables.prosecutor, prosecutor.window, 'down', input, record, 'prosecutor'),
  ]);
  // It is awaited below; what fails meanwhile is told there.
  cuts.catch(() => undefined);
  cables.officer.refuse(false);
  await prosecutor.openInbox(TITLE);
  await reveal(prosecutor.window, FILES, input.largest.name);
  const stopProsecutor = record.watch('prosecutor', prosecutor.window, input.largest.name);
  await record.step('prosecutor', prosecutor.window, 'sees the package in the Inbox');
  await openEarly(stage);
  await cuts;
  await until(
    'the whole package',
    async () => {
      const words = (await wordsOnScreen(prosecutor.window))[input.largest.name] ?? '';
      return words.startsWith('Ready to open') ? words : null;
    },
    30 * MINUTES,
  );
  await record.step('prosecutor', prosecutor.window, 'sees that all is ready to open');
  await until(
    'delivery',
    async () => ((await wordsOnScreen(officer.window))[input.largest.name] ?? '').startsWith('Delivered') || null,
    MINUTES,
  );
  await record.step('officer', officer.window, 'sees that all was delivered');
  await stopOfficer();
  await stopProsecutor();
}

/** Opens a PDF, a picture and a text, where there are such, while the large file still arrives. */
async function openEarly({ prosecutor, record, input }: Stage): Promise<void> {
  for (const kind of [/\.pdf$/i, /\.(png|jpe?g)$/i, /\.txt$/i]) {
    const file = input.files.find(({ name, bytes }) => kind.test(name) && bytes > 0 && name !== input.largest.name);
    if (file === undefined) continue;
    const row = await reveal(prosecutor.window, FILES, file.name);
    await button(row, 'Open')
      .and(prosecutor.window.locator(':enabled'))
      .waitFor({ timeout: 5 * MINUTES });
    const viewer = await prosecutor.open(file.name);
    // A damaged one is said to be so, and is not counted as opened.
    const shown = viewer.getByText('Opening is recorded');
    await shown.or(viewer.getByText('This file cannot be shown.')).first().waitFor();
    const did = (await shown.isVisible()) ? 'opened' : 'was told that it cannot be shown:';
    await record.step('prosecutor', prosecutor.window, `${did} ${file.name} while the largest arrives`);
    await closeViewer(viewer);
  }
}

export interface TakenOut {
  readonly name: string;
  readonly sha256: string;
}

/** Exports every file, and reads what was written. */
async function takeOut({ dir, prosecutor, record }: Stage, names: readonly string[]): Promise<readonly TakenOut[]> {
  const out = path.join(dir, 'exported');
  await mkdir(out, { recursive: true });
  const taken: TakenOut[] = [];
  for (const [index, name] of names.entries()) {
    const to = path.join(out, `${index + 1}`);
    await prosecutor.exportFile(name, to);
    taken.push({ name, sha256: await sha256Of(to) });
  }
  await record.step('prosecutor', prosecutor.window, `exported ${names.length} files`);
  await removeTree(out);
  return taken;
}

async function writeAtOnce({ officer, prosecutor, record }: Stage): Promise<void> {
  await officer.openCase(TITLE, 'Case file');
  await prosecutor.openCase(TITLE, 'Case file');
  await Promise.all([
    officer.write(' The officer adds that the bag was found.'),
    prosecutor.write(' The prosecutor asks for the second witness.'),
  ]);
  await Promise.all([officer.whenSaved(), prosecutor.whenSaved()]);
  await until(
    'both texts in both windows',
    async () => {
      const [one, other] = await Promise.all([officer.summary(), prosecutor.summary()]);
      return one === other && one.includes('the bag was found') && one.includes('the second witness') ? one : null;
    },
    MINUTES,
  );
  await record.step('officer', officer.window, 'wrote in the Case file at the same time as the prosecutor');
  await record.step('prosecutor', prosecutor.window, 'wrote in the Case file at the same time as the officer');
}

async function acceptAndSee({ officer, prosecutor, record }: Stage): Promise<void> {
  await prosecutor.openInbox(TITLE);
  await prosecutor.accept();
  await prosecutor.packageStatus().getByText('Accepted').waitFor();
  await record.step('prosecutor', prosecutor.window, 'accepted the package');
  await officer.showTab('Working papers');
  await until(
    'the acceptance',
    async () => (await officer.packageWords()).some((line) => line.startsWith('Accepted')) || null,
    MINUTES,
  );
  await record.step('officer', officer.window, 'sees that the package was accepted');
  await button(officer.window, 'Show package').click();
  await officer.packageStatus().waitFor();
  await record.step('officer', officer.window, 'sees who opened each file');
}

/** The names of all rows of a list, walked by keyboard from end to end. */
async function namesIn({ window }: Actor, grid: string): Promise<readonly string[]> {
  const list = window.getByRole('grid', { name: grid, exact: true });
  const names = new Map<number, string>();
  const last = Number(await list.getAttribute('aria-rowcount'));
  await list.locator('[tabindex="0"]').first().focus();
  await window.keyboard.press('Home');
  for (;;) {
    for (const [at, name] of await list.evaluate((element) =>
      [...element.querySelectorAll('[role=row][aria-label]')].map(
        (row) => [Number(row.getAttribute('aria-rowindex')), row.getAttribute('aria-label') ?? ''] as const,
      ),
    ))
      names.set(at, name);
    if (names.size >= last - 1) return [...names].sort(([a], [b]) => a - b).map(([, name]) => name);
    await window.keyboard.press('PageDown');
  }
}

/** Each input file beside what was taken out under its name. */
function pair(input: Input, opened: readonly TakenOut[]): Story['files'] {
  const left = [...opened];
  return input.files.flatMap(({ name, bytes, sha256 }) => {
    const same = left.filter((one) => one.name === name);
    const found = same.find((one) => one.sha256 === sha256) ?? same[0];
    if (found === undefined) return [];
    left.splice(left.indexOf(found), 1);
    return [{ name, bytes, sha256Sent: sha256, sha256Opened: found.sha256 }];
  });
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
