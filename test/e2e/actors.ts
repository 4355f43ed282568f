/**
 * People at their computers: what one does in a window, by the names that a person (or a screen reader) finds there. Knows
 * nothing of what is inside. Shared by the end-to-end tests and the demonstration. Every act waits for what it leads to.
 */
import type { Locator, Page } from 'playwright';
import type { Computer } from '../support/launch.ts';
import { answerOpen, answerSave } from '../support/launch.ts';
import type { Words } from './find.ts';
import { button, choose, dialog, escaped, field, heading, region, reveal, row, wordsIn } from './find.ts';

export const PASSPHRASE = 'seven quiet herons over the fell';

export interface NewCase {
  readonly title: string;
  readonly urn?: string;
  readonly suspect?: string;
  readonly offence?: string;
  readonly witness?: string;
}

export interface Choices {
  /** Part of the post's name; may be left where there is only one. */
  readonly to?: string;
  readonly purpose?: string;
  /** Files to leave behind. */
  readonly without?: readonly string[];
  readonly note?: string;
}

type PlaceName = 'Cases' | 'Inbox' | 'Needs me' | 'Transfers';
type Tab = 'Working papers' | 'Case file';
export const EVIDENCE = 'Evidence';
export const FILES = 'Files of the package';

export type Actor = ReturnType<typeof actor>;

export const actor = (computer: Computer) => ({
  computer,
  window: computer.window,
  ...doorway(computer),
  ...cases(computer),
  ...writing(computer),
  ...files(computer),
  ...packages(computer),
});

/** First run, unlocking, locking, leaving. */
function doorway({ app, window }: Computer) {
  const secret = (label: string): Locator => window.getByLabel(label, { exact: true });
  const opened = (): Promise<void> => heading(window, 'Cases').waitFor({ timeout: 30_000 });

  async function lookUp(relay: string, code: string): Promise<void> {
    await field(window, 'Relay address').fill(relay);
    await field(window, 'Enrolment code').fill(code);
    await button(window, 'Look up').click();
  }
  async function confirm(words: string = PASSPHRASE, computerName = 'Laptop'): Promise<void> {
    await secret('Passphrase').fill(words);
    await secret('Passphrase again').fill(words);
    await field(window, 'Name of this computer').fill(computerName);
    await button(window, 'Enrol this computer').click();
  }
  async function enrol(relay: string, code: string, computerName?: string): Promise<void> {
    await lookUp(relay, code);
    await heading(window, 'Is this you?').waitFor();
    await confirm(PASSPHRASE, computerName);
    await opened();
  }
  async function tryPassphrase(words: string): Promise<void> {
    await secret('Passphrase').fill(words);
    await button(window, 'Unlock').click();
  }
  async function unlock(words: string = PASSPHRASE): Promise<void> {
    await tryPassphrase(words);
    await opened();
  }
  /** Closes Joinder, and says "Quit anyway" where it asks. */
  async function leave(): Promise<void> {
    const gone = app.waitForEvent('close');
    const asked = window.getByRole('alertdialog', { name: 'Not everything has been sent' });
    void app.evaluate((electron) => electron.app.quit()).catch(() => undefined);
    await Promise.race([
      gone,
      asked
        .waitFor()
        .then(() => button(asked, 'Quit anyway').click())
        .catch(() => undefined),
    ]);
    await gone;
  }
  return { opened, lookUp, confirm, enrol, tryPassphrase, unlock, leave, lock: () => button(window, 'Lock').click() };
}

/** The list of cases, a new one, going from screen to screen. */
function cases({ window }: Computer) {
  const goTo = (place: PlaceName): Promise<void> =>
    button(window.getByRole('navigation', { name: 'Joinder' }), new RegExp(`^${place}`)).click();
  const showTab = (tab: Tab): Promise<void> => window.getByRole('tab', { name: tab, exact: true }).click();

  async function newCase({ title, urn, suspect, offence, witness }: NewCase): Promise<void> {
    await goTo('Cases');
    await button(window, 'New case').click();
    await field(window, 'Title').fill(title);
    if (urn !== undefined) await field(window, 'URN').fill(urn);
    if (suspect !== undefined) await field(window.getByRole('group', { name: 'suspect 1' }), 'Name').fill(suspect);
    if (offence !== undefined) await field(window.getByRole('group', { name: 'offence 1' }), 'Offence').fill(offence);
    if (witness !== undefined) {
      await button(window, 'Add witness').click();
      await field(window.getByRole('group', { name: 'witness 1' }), 'Name').fill(witness);
    }
    await button(window, 'Create case').click();
    await heading(window, title).waitFor();
  }
  async function openCase(title: string, tab: Tab = 'Working papers'): Promise<void> {
    await goTo('Cases');
    await (await reveal(window, 'Cases', title)).dblclick();
    await heading(window, title).waitFor();
    await showTab(tab);
  }
  return {
    goTo,
    showTab,
    newCase,
    openCase,
    statusBar: (): Locator => window.getByRole('contentinfo', { name: 'Status bar' }),
  };
}

/** The summary of the place that is open. */
function writing({ window }: Computer) {
  const summaryBox = (): Locator => field(window, 'Case summary');
  const part = (): Locator => region(window, 'Summary');

  /** The text, a line for each paragraph, without the carets of others. */
  const summary = (): Promise<string> =>
    summaryBox().evaluate((box) => {
      const text = box.cloneNode(true) as Element;
      for (const caret of text.querySelectorAll('[aria-hidden=true]')) caret.remove();
      return [...text.children]
        .map((block) => block.textContent ?? '')
        .join('\n')
        .replaceAll('\u2060', '');
    });
  /** Types at the end of the summary, as a person does. */
  async function write(text: string): Promise<void> {
    await summaryBox().click();
    await window.keyboard.press('Control+End');
    await window.keyboard.type(text);
  }
  return {
    summaryBox,
    summary,
    write,
    whenSaved: (): Promise<void> => part().getByText('Saved', { exact: true }).waitFor(),
  };
}

/** Evidence: adding, opening, exporting, and what is said of it. */
function files(computer: Computer) {
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
    await asked.getByText('Saved, and verified while it was written.').waitFor({ timeout: 60_000 });
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

/** Releasing and answering. */
function packages({ window }: Computer) {
  async function release({ to, purpose, without = [], note }: Choices = {}): Promise<void> {
    await button(window, 'Release').click();
    const asked = dialog(window, 'Release');
    for (const name of without)
      await asked.getByRole('checkbox', { name, exact: true }).setChecked(false, { force: true });
    if (to !== undefined) await choose(window, asked, 'To', new RegExp(escaped(to)));
    if (purpose !== undefined) await choose(window, asked, 'Purpose', purpose);
    if (note !== undefined) await field(asked, 'Note to the receiver').fill(note);
    await button(asked, 'Release').click();
    await asked.waitFor({ state: 'detached' });
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
  act: 'Return' | 'Withdraw' | 'Drop file',
  title: string,
  reason: string,
): Promise<void> {
  const asked = dialog(window, title);
  await field(asked, 'Reason').fill(reason);
  await button(asked, act).click();
  await asked.waitFor({ state: 'detached' });
}
