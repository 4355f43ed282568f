/**
 * Working off what Check finds, as a person does: from a finding by its link to the field, mend it, on to the next. What is
 * written where follows from what each finding says.
 */
import type { Locator } from 'playwright';
import type { Actor } from './actors.ts';
import { button, region } from './find.ts';

/** By a part of the sentence of a finding: what to write or choose in the field that its link leads to. */
export type Mends = readonly (readonly [says: RegExp, value: string])[];

const part = (desk: Actor, name: string): Promise<void> =>
  desk.window.getByRole('navigation', { name: 'Joinder' }).getByRole('button', { name, exact: true }).click();

const strip = ({ window }: Actor): Locator => region(window, 'From Check').getByRole('status');

/** Writes into, chooses from or ticks the field that has the focus: nothing else is looked for. */
async function fillFocused({ window }: Actor, value: string): Promise<void> {
  const field = window.locator('input:focus, textarea:focus, [contenteditable]:focus, button:focus');
  await field.waitFor();
  const kind = await field.evaluate((at) => (at instanceof HTMLInputElement ? at.type : at.tagName));
  if (kind === 'checkbox') await field.press('Space');
  else if (kind === 'BUTTON') {
    await field.press('Enter');
    await window.getByRole('option', { name: value, exact: true }).click();
  } else await field.fill(value);
}

/** Mends what these say how to, by link after link, and comes back to Check. */
export async function mendByLinks(desk: Actor, mends: Mends): Promise<void> {
  const { window } = desk;
  await part(desk, 'Check');
  await window
    .getByRole('region', { name: /^To mend: / })
    .getByRole('button')
    .first()
    .click();
  const seen = new Set<string>();
  for (let said = await strip(desk).innerText(); !seen.has(said); said = await strip(desk).innerText()) {
    seen.add(said);
    const [, value] = mends.find(([says]) => says.test(said)) ?? [];
    if (value !== undefined) await fillFocused(desk, value);
    // What is mended first is waited for; from then on, as a quick person does, on to the next at once.
    if (value !== undefined && seen.size === 1) await strip(desk).filter({ hasText: 'Mended.' }).waitFor();
    await window.keyboard.press('Alt+n');
    await strip(desk).filter({ hasNotText: said }).filter({ hasNotText: 'Mended.' }).waitFor();
  }
  await button(region(window, 'From Check'), 'Back to Check').click();
}
