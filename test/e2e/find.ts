/**
 * How a person finds things in a window: by role and name. Shared by all who work one; knows no class and no id.
 */
import type { Locator, Page } from 'playwright';

export type Place = Page | Locator;
type Name = string | RegExp;

const named = (name: Name): { readonly name: Name; readonly exact: boolean } => ({
  name,
  exact: typeof name === 'string',
});

export const button = (within: Place, name: Name): Locator => within.getByRole('button', named(name));
export const field = (within: Place, name: Name): Locator => within.getByRole('textbox', named(name));
export const dialog = (within: Place, name: Name): Locator => within.getByRole('dialog', named(name));
export const heading = (within: Place, name: Name): Locator => within.getByRole('heading', named(name));
export const region = (within: Place, name: Name): Locator => within.getByRole('region', named(name));
export const row = (within: Place, grid: string, name: Name): Locator =>
  within.getByRole('grid', { name: grid, exact: true }).getByRole('row', named(name));

/** The cell of a row that stands under the column whose head begins so. */
export const cellUnder = (of: Locator, head: string): Locator =>
  // Heads and rows lie in one grid: the number of the column there is the number of the cell here.
  of.locator(
    `xpath=./*[@role="gridcell"][count(ancestor::*[@role="grid"][1]//*[@role="columnheader"][starts-with(normalize-space(.), "${head}")]/preceding-sibling::*)+1]`,
  );

/** Everything that is said about a file or a package in its row, a line each. */
export type Words = readonly string[];

export async function wordsIn(of: Locator): Promise<Words> {
  return linesOf(await cellUnder(of, 'Where it').innerText());
}

export const linesOf = (text: string): Words =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * Chooses in a list that opens below its button. On a busy machine a list now and then does not stay open (not explained):
 * it is opened once more, as a person would, and that is said.
 */
export async function choose(window: Page, within: Place, label: string, option: Name): Promise<void> {
  const opens = button(within, new RegExp(`${escaped(label)}$`));
  const list = window.getByRole('listbox').first();
  await opens.click();
  await list.waitFor({ timeout: 5_000 }).catch(async () => {
    console.warn(`a list was opened once more: ${label}`);
    await opens.click();
  });
  await window.getByRole('option', { name: option }).click();
}

/**
 * Brings a row into the page: a long list holds only what is in sight. Walks the list by keyboard, as a person does.
 */
export async function reveal(window: Page, grid: string, name: Name): Promise<Locator> {
  const found = row(window, grid, name).first();
  const list = window.getByRole('grid', { name: grid, exact: true });
  await list.getByRole('row').nth(1).waitFor();
  if ((await found.count()) > 0) return found;
  const last = Number(await list.getAttribute('aria-rowcount'));
  await list.locator('[tabindex="0"]').first().focus();
  await window.keyboard.press('Home');
  for (let at = 0; at < last && (await found.count()) === 0; at += 10) await window.keyboard.press('PageDown');
  await found.scrollIntoViewIfNeeded();
  return found;
}
