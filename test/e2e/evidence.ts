/**
 * What people do with evidence and packages in a window: adding, opening, exporting, releasing, answering. By names, as in
 * actors.ts, which gives these to a person.
 */
import type { Locator, Page } from 'playwright';
import type { Computer } from '../support/launch.ts';
import { answerOpen, answerSave } from '../support/launch.ts';
import type { Words } from './find.ts';
import { button, choose, dialog, escaped, field, heading, reveal, row, wordsIn } from './find.ts';

export interface Choices {
  /** Part of the post's name; may be left where there is only one. */
  readonly to?: string;
  readonly purpose?: string;
  /** Files to leave behind. */
  readonly without?: readonly string[];
  readonly note?: string;
  readonly urgency?: 'Custody' | 'Urgent';
}

export const EVIDENCE = 'Evidence';
export const FILES = 'Files of the package';

/** Evidence: adding, opening, exporting, and what is said of it. */
export function files(computer: Computer) {
  const { window } = computer;

  async function addFiles(paths: readonly string[]): Promise<void> {
    await answerOpen(computer, paths);
    await button(window, 'Add files').click();
  }
  async function addFolder(folder: string): Promise<void> {
    await answerOpen(computer, [folder]);
    await button(window, 'Add a folder').click();
  }
  /** Opens a file from a list, by its button; answers the viewer. */
  async function open(name: string, grid = FILES): Promise<Locator> {
    await button(await reveal(window, grid, name), 'Open').click();
    const viewer = dialog(window, name);
    await button(viewer, 'Export…').waitFor();
    return viewer;
  }
  /** The whole way of a person: open, Export, confirm, and the file's hash is said. */
  async function exportFile(name: string, to: string, grid = FILES): Promise<void> {
    await answerSave(computer, to);
    const viewer = await open(name, grid);
    await button(viewer, 'Export…').click();
    const asked = dialog(window, 'Export a copy');
    await button(asked, 'Export').click();
    await asked.getByText('Saved, and verified while it was written.').waitFor({ timeout: 600_000 });
    await button(asked, 'Close').click();
    await closeViewer(viewer);
  }
  return {
    addFiles,
    addFolder,
    open,
    exportFile,
    fileRow: (name: string, grid = EVIDENCE): Locator => row(window, grid, name),
    fileWords: (name: string, grid = EVIDENCE): Promise<Words> => wordsIn(row(window, grid, name)),
  };
}

export async function closeViewer(viewer: Locator): Promise<void> {
  await button(viewer, 'Close').click();
  await viewer.waitFor({ state: 'detached' });
}

/** A package's row is named by purpose and organisation. */
const ANY = /, /;

/** Releases with the reason that is asked for where points stand open: the cases of the tests are not whole. */
export async function pressRelease(asked: Locator): Promise<void> {
  await button(asked, 'Release').and(asked.locator(':enabled')).waitFor();
  const why = field(asked, 'Reason for releasing all the same');
  if (await why.isVisible()) await why.fill('It is wanted as it stands.');
  await button(asked, 'Release').click();
  await asked.waitFor({ state: 'detached' });
}

/** Releasing and answering. */
export function packages({ window }: Computer) {
  async function release({ to, purpose, without = [], note, urgency }: Choices = {}): Promise<void> {
    await button(window, 'Release').click();
    const asked = dialog(window, 'Release');
    for (const name of without)
      await asked.getByRole('checkbox', { name, exact: true }).setChecked(false, { force: true });
    if (to !== undefined) await choose(window, asked, 'To', new RegExp(escaped(to)));
    if (purpose !== undefined) await choose(window, asked, 'Purpose', purpose);
    if (note !== undefined) await field(asked, 'Note to the receiver').fill(note);
    if (urgency !== undefined) await asked.getByRole('radio', { name: urgency }).check({ force: true });
    await pressRelease(asked);
  }
  async function returnPackage(reason: string): Promise<void> {
    await button(window, 'Return').click();
    await giveReason(window, 'Return', 'Return this package', reason);
  }
  async function withdraw(reason: string): Promise<void> {
    await button(window, 'Withdraw').click();
    await giveReason(window, 'Withdraw', 'Withdraw this package', reason);
  }
  /** Chooses a package in the Inbox by the case's title. */
  async function openInbox(title: string): Promise<void> {
    await button(window.getByRole('navigation', { name: 'Joinder' }), /^Inbox/).click();
    await row(window, 'Inbox', new RegExp(escaped(title)))
      .first()
      .click();
    await heading(window, new RegExp(escaped(title))).waitFor();
  }
  return {
    release,
    returnPackage,
    withdraw,
    openInbox,
    accept: () => button(window, 'Accept').click(),
    packageRow: (name: string | RegExp = ANY): Locator => row(window, 'Packages', name).first(),
    packageWords: (name: string | RegExp = ANY): Promise<Words> => wordsIn(row(window, 'Packages', name).first()),
    /** What a package's own page says of it. */
    packageStatus: (): Locator => window.getByRole('article').getByRole('status').first(),
  };
}

/** Fills in why, in the dialog that an act opened, and does it. */
export async function giveReason(
  window: Page,
  act: 'Return' | 'Withdraw' | 'Drop file' | 'Sent in error',
  title: string,
  reason: string,
): Promise<void> {
  const asked = dialog(window, title);
  await field(asked, 'Reason').fill(reason);
  await button(asked, act).click();
  await asked.waitFor({ state: 'detached' });
}
