/**
 * Working off what Check finds, as a person does: from a finding by its link to the field, mend it, on to the next. What is
 * written where follows from what each finding says.
 */
import type { Locator } from 'playwright';
import type { Actor } from './actors.ts';
import { button, region } from './find.ts';

/** By a part of the sentence of a finding: what to write or choose in the field that the link leads to, or what else to do. */
export type Mends = readonly (readonly [says: RegExp, how: string | ((desk: Actor) => Promise<void>)])[];

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

/** Mends what these say how to, by link after link, and comes back to Check. Answers the sentences that it left. */
export async function mendByLinks(desk: Actor, mends: Mends): Promise<readonly string[]> {
  const { window } = desk;
  await part(desk, 'Check');
  const links = window.getByRole('region', { name: /^To mend: / }).getByRole('button');
  await links.first().click();
  const left: string[] = [];
  for (;;) {
    const said = await strip(desk).innerText();
    const [, how] = mends.find(([says]) => says.test(said)) ?? [];
    if (how === undefined) {
      if (left.includes(said)) break; // once round
      left.push(said);
    } else if (typeof how === 'string') {
      await fillFocused(desk, how);
      await strip(desk).filter({ hasNotText: said }).waitFor();
    } else await how(desk);
    const next = region(window, 'From Check').getByRole('button', { name: /^Next to mend/ });
    if ((await next.count()) === 0) break;
    await next.click();
    await strip(desk).filter({ hasNotText: said }).waitFor();
  }
  await button(region(window, 'From Check'), 'Back to Check').click();
  return left;
}
