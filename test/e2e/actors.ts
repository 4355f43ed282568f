/**
 * People at their computers: what one does in a window, by the names that a person (or a screen reader) finds there. Knows
 * nothing of what is inside. Shared by the end-to-end tests and the demonstration. Every act waits for what it leads to.
 */
import type { Locator, Page } from 'playwright';
import type { Computer } from '../support/launch.ts';
import { answerOpen, answerSave } from '../support/launch.ts';

export const PASSPHRASE = 'seven quiet herons over the fell';

export interface NewCase {
  readonly title: string;
  readonly urn?: string;
  readonly suspect?: string;
  readonly offence?: string;
  readonly witness?: string;
}

export interface Choices {
  /** Part of the post's name. */
  readonly to?: string;
  readonly purpose?: string;
  /** Files to leave behind. */
  readonly without?: readonly string[];
  readonly note?: string;
}

type PlaceName = 'Cases' | 'Inbox' | 'Needs me' | 'Transfers';
type Tab = 'Working papers' | 'Case file';

/** Everything that a file or package row says in its column "Where it is" or "Where it stands", a line each. */
export type Words = readonly string[];

export type Actor = ReturnType<typeof actor>;

export function actor(computer: Computer) {
  const { window } = computer;
  const named = (name: string | RegExp): { readonly name: string | RegExp; readonly exact: boolean } => ({ name, exact: typeof name === 'string' });
  const button = (name: string | RegExp, within: Page | Locator = window): Locator => within.getByRole('button', named(name));
  const field = (name: string | RegExp, within: Page | Locator = window): Locator => within.getByRole('textbox', named(name));
  const dialog = (name: string | RegExp): Locator => window.getByRole('dialog', named(name));
  const row = (grid: string, name: string | RegExp): Locator => window.getByRole('grid', { name: grid, exact: true }).getByRole('row', named(name));
  const press = (name: string | RegExp): Promise<void> => button(name).click();

  const passphrase = (label: string): Locator => window.getByLabel(label, { exact: true });

  async function lookUp(relay: string, code: string): Promise<void> {
    await field('Relay address').fill(relay);
    await field('Enrolment code').fill(code);
    await press('Look up');
  }

  async function confirm(words: string = PASSPHRASE, computerName = 'Laptop'): Promise<void> {
    await passphrase('Passphrase').fill(words);
    await passphrase('Passphrase again').fill(words);
    await field('Name of this computer').fill(computerName);
    await press('Enrol this computer');
  }

  async function enrol(relay: string, code: string, computerName?: string): Promise<void> {
    await lookUp(relay, code);
    await window.getByRole('heading', { name: 'Is this you?' }).waitFor();
    await confirm(PASSPHRASE, computerName);
    await opened();
  }

  const opened = (): Promise<void> => window.getByRole('heading', { name: 'Cases', exact: true }).waitFor({ timeout: 30_000 });

  async function unlock(words: string = PASSPHRASE): Promise<void> {
    await passphrase('Passphrase').fill(words);
    await press('Unlock');
    await opened();
  }

  const goTo = (place: PlaceName): Promise<void> => button(new RegExp(`^${place}`), window.getByRole('navigation', { name: 'Joinder' })).click();

  async function newCase({ title, urn, suspect, offence, witness }: NewCase): Promise<void> {
    await goTo('Cases');
    await button('New case').click();
    await field('Title').fill(title);
    if (urn !== undefined) await field('URN').fill(urn);
    if (suspect !== undefined) await field('Name', window.getByRole('group', { name: 'suspect 1' })).fill(suspect);
    if (offence !== undefined) await field('Offence', window.getByRole('group', { name: 'offence 1' })).fill(offence);
    if (witness !== undefined) {
      await press('Add witness');
      await field('Name', window.getByRole('group', { name: 'witness 1' })).fill(witness);
    }
    await press('Create case');
    await window.getByRole('heading', { name: title, exact: true }).waitFor();
  }

  async function openCase(title: string, tab: Tab = 'Working papers'): Promise<void> {
    await goTo('Cases');
    await row('Cases', title).dblclick();
    await window.getByRole('heading', { name: title, exact: true }).waitFor();
    await window.getByRole('tab', { name: tab, exact: true }).click();
  }

  const showTab = (tab: Tab): Promise<void> => window.getByRole('tab', { name: tab, exact: true }).click();

  const summaryBox = (): Locator => field('Case summary');
  const summary = (): Promise<string> => summaryBox().innerText();

  /** Types at the end of the summary, as a person does. */
  async function write(text: string): Promise<void> {
    await summaryBox().click();
    await window.keyboard.press('Control+End');
    await window.keyboard.type(text);
  }

  /** The word beside the summary. */
  const savedWord = (): Locator => window.getByRole('region', { name: 'Summary', exact: true }).getByText(/^(Saved|Saving…)/);
  const whenSaved = (): Promise<void> => window.getByRole('region', { name: 'Summary', exact: true }).getByText('Saved', { exact: true }).waitFor();

  async function addFiles(paths: readonly string[]): Promise<void> {
    await answerOpen(computer, paths);
    await press('Add files');
  }

  async function addFolder(folder: string): Promise<void> {
    await answerOpen(computer, [folder]);
    await press('Add a folder');
  }

  /** Chooses in a list that opens below its button. */
  async function choose(label: string, option: string | RegExp, within: Locator): Promise<void> {
    await within.getByRole('button', { name: new RegExp(`${label}$`) }).click();
    await window.getByRole('option', { name: option }).click();
  }

  async function release({ to, purpose, without = [], note }: Choices = {}): Promise<void> {
    await press('Release');
    const asked = dialog('Release');
    for (const name of without) await asked.getByRole('checkbox', { name, exact: true }).locator('xpath=..').click();
    if (to !== undefined) await choose('To', new RegExp(to), asked);
    if (purpose !== undefined) await choose('Purpose', purpose, asked);
    if (note !== undefined) await field('Note to the receiver', asked).fill(note);
    await button('Release', asked).click();
    await asked.waitFor({ state: 'detached' });
  }

  /** Export needs the file to be open: the whole way of a person. */
  async function exportFile(name: string, to: string, grid = 'Files of the package'): Promise<void> {
    await answerSave(computer, to);
    const viewer = await open(name, grid);
    await button('Export…', viewer).click();
    const asked = dialog('Export a copy');
    await button('Export', asked).click();
    await asked.getByText('Saved, and verified while it was written.').waitFor({ timeout: 60_000 });
    await button('Close', asked).click();
    await button('Close', viewer).click();
    await viewer.waitFor({ state: 'detached' });
  }

  async function open(name: string, grid = 'Files of the package'): Promise<Locator> {
    await button('Open', row(grid, name)).click();
    const viewer = dialog(name);
    await button('Export…', viewer).waitFor();
    return viewer;
  }

  async function reason(act: 'Return' | 'Withdraw' | 'Drop file', title: string, why: string): Promise<void> {
    const asked = dialog(title);
    await field('Reason', asked).fill(why);
    await button(act, asked).click();
    await asked.waitFor({ state: 'detached' });
  }

  async function returnPackage(why: string): Promise<void> {
    await press('Return');
    await reason('Return', 'Return this package', why);
  }

  async function withdraw(why: string): Promise<void> {
    await press('Withdraw');
    await reason('Withdraw', 'Withdraw this package', why);
  }

  /** Opens a package from the Inbox (oldest first) or from its case. */
  async function openInbox(title: string): Promise<void> {
    await goTo('Inbox');
    await row('Inbox', new RegExp(escaped(title))).first().click();
    await window.getByRole('heading', { name: new RegExp(escaped(title)) }).waitFor();
  }

  const wordsIn = async (of: Locator): Promise<Words> => lines(await cellUnder(of, /^Where it/).innerText());
  const fileWords = (name: string, grid = 'Evidence'): Promise<Words> => wordsIn(row(grid, name));
  const packageWords = (name: string | RegExp, grid = 'Packages'): Promise<Words> => wordsIn(row(grid, name).first());

  return {
    computer, window, button, field, dialog, row, press, lookUp, confirm, enrol, opened, unlock, goTo, newCase, openCase, showTab, summaryBox, summary, write, savedWord, whenSaved,
    addFiles, addFolder, choose, release, open, exportFile, returnPackage, withdraw, openInbox, fileWords, packageWords,
    statusBar: (): Locator => window.getByRole('contentinfo', { name: 'Status bar' }),
    lock: () => press('Lock'),
  };
}

/** The cell of a row that stands under the column of that name. */
function cellUnder(row: Locator, column: RegExp): Locator {
  // Rows and heads lie in one grid: the number of the column there is the number of the cell here.
  return row.locator(`xpath=./*[@role="gridcell"][count(ancestor::*[@role="grid"][1]//*[@role="columnheader"][starts-with(normalize-space(.), "${column.source.replace('^', '')}")]/preceding-sibling::*)+1]`);
}

const lines = (text: string): Words => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

export const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
