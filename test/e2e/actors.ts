/**
 * People at their computers: what one does in a window, by the names that a person (or a screen reader) finds there. Knows
 * nothing of what is inside. Shared by the end-to-end tests and the demonstration. Every act waits for what it leads to.
 */
import type { Locator } from 'playwright';
import type { Computer } from '../support/launch.ts';
import { within } from '../support/within.ts';
import { files, packages } from './evidence.ts';
import { button, field, heading, region, reveal } from './find.ts';

export const PASSPHRASE = 'seven quiet herons over the fell';

export interface NewCase {
  readonly title: string;
  readonly urn?: string;
  readonly suspect?: string;
  readonly offence?: string;
  readonly witness?: string;
}

type PlaceName = 'Cases' | 'Inbox' | 'Needs me' | 'Transfers' | 'Measures' | 'Access' | 'Rules';
type Tab = 'Working papers' | 'Case file';
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
function doorway({ app, window, said }: Computer) {
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
    const gone = app.waitForEvent('close', { timeout: 0 }); // limited below
    const asked = window.getByRole('alertdialog', { name: 'Not everything has been sent' });
    void app.evaluate((electron) => electron.app.quit()).catch(() => undefined);
    await Promise.race([
      gone,
      asked
        .waitFor()
        .then(() => button(asked, 'Quit anyway').click())
        .catch(() => undefined),
    ]);
    await within('the end of Joinder', gone, 60_000, () => `; it said:\n${said().slice(-2000)}`);
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
    await (await reveal(window, 'Cases', title)).click();
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
