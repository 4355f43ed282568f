/**
 * The second half: the package goes through a link that breaks, is opened early, taken out whole and accepted, and both write
 * in the Case file at once.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { closeViewer, FILES } from '../e2e/evidence.ts';
import { button, reveal } from '../e2e/find.ts';
import { until } from '../support/programs.ts';
import { cutTwice } from './cuts.ts';
import type { InputFile } from './input.ts';
import { sha256Of } from './input.ts';
import { removeTree } from './out.ts';
import { wordsOnScreen } from './record.ts';
import type { Stage, TakenOut } from './stage.ts';
import { MINUTES, TITLE } from './stage.ts';

export async function sendThroughCuts(stage: Stage, largest: InputFile): Promise<void> {
  const { officer, prosecutor, cables, record, input } = stage;
  await button(officer.window, 'Show package').click();
  await reveal(officer.window, FILES, largest.name);
  const stopOfficer = record.watch('officer', officer.window, largest.name);
  const cuts = Promise.all([
    cutTwice(cables.officer, officer.window, 'up', input, largest, record, 'officer'),
    cutTwice(cables.prosecutor, prosecutor.window, 'down', input, largest, record, 'prosecutor'),
  ]);
  // It is awaited below; what fails meanwhile is told there.
  cuts.catch(() => undefined);
  cables.officer.refuse(false);
  await prosecutor.openInbox(TITLE);
  await reveal(prosecutor.window, FILES, largest.name);
  const stopProsecutor = record.watch('prosecutor', prosecutor.window, largest.name);
  await record.step('prosecutor', prosecutor.window, 'sees the package in the Inbox');
  await openEarly(stage, largest);
  await cuts;
  await until(
    'the whole package',
    async () => {
      const words = (await wordsOnScreen(prosecutor.window))[largest.name] ?? '';
      return words.startsWith('Ready to open') ? words : null;
    },
    30 * MINUTES,
  );
  await record.step('prosecutor', prosecutor.window, 'sees that all is ready to open');
  await until(
    'delivery',
    async () => ((await wordsOnScreen(officer.window))[largest.name] ?? '').startsWith('Delivered') || null,
    MINUTES,
  );
  await record.step('officer', officer.window, 'sees that all was delivered');
  await stopOfficer();
  await stopProsecutor();
}

/** Opens a PDF, a picture and a text, where there are such, while the large file still arrives. */
async function openEarly({ prosecutor, record, input }: Stage, largest: InputFile): Promise<void> {
  for (const kind of [/\.pdf$/i, /\.(png|jpe?g)$/i, /\.txt$/i]) {
    const file = input.files.find(({ name, bytes }) => kind.test(name) && bytes > 0 && name !== largest.name);
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
    // A long list has only what is in sight: the largest is watched.
    await reveal(prosecutor.window, FILES, largest.name);
  }
}

/** Exports every file, and reads what was written. */
export async function takeOut(
  { dir, prosecutor, record }: Stage,
  names: readonly string[],
): Promise<readonly TakenOut[]> {
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

export async function writeAtOnce({ officer, prosecutor, record }: Stage): Promise<void> {
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

export async function acceptAndSee({ officer, prosecutor, record }: Stage): Promise<void> {
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
