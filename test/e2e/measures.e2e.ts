/**
 * The shared measures: two packages, one returned for a recorded reason and one accepted, and an action. Both organisations
 * count the same, as one counts by hand from what was done here, on the screen and in the exported table.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { answerSave } from '../support/launch.ts';
import { button, dialog, field, region } from './find.ts';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';

test.setTimeout(180_000);

const RETURNED = 'R v Quillfeather: burglary of a bakery';
const ACCEPTED = 'R v Thistlewood: handling stolen goods';

const numbers = (desk: Desk, table: string, month: string): Promise<readonly string[]> =>
  region(desk.window, `${table}, as a table`)
    .getByRole('row', { name: new RegExp(`^${month}`) })
    .getByRole('cell')
    .allTextContents();

test('both organisations count alike, as one counts by hand', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.goTo('Measures');
  await expect(officer.window.getByText('Nothing to count yet')).toBeVisible();

  for (const [title, name] of [
    [RETURNED, 'One.txt'],
    [ACCEPTED, 'Two.txt'],
  ] as const) {
    await officer.newCase({ title, suspect: 'Quillfeather, Bertram' });
    await officer.addFiles([await world.makeFile(name, 'A statement.')]);
    await expect(officer.fileRow(name)).toContainText('On this computer');
    await officer.release({ to: 'Charging lawyer' });
    await expect(officer.packageRow()).toContainText('Delivered', { timeout: 60_000 });
  }
  await prosecutor.openInbox(RETURNED);
  await button(prosecutor.window, 'Return').click();
  const asked = dialog(prosecutor.window, 'Return this package');
  await asked.getByText('No MG3', { exact: true }).click();
  await field(asked, 'Reason').fill('There is no report to the prosecutor.');
  await button(asked, 'Return').click();
  await expect(asked).toHaveCount(0);
  await prosecutor.openInbox(ACCEPTED);
  await prosecutor.accept();
  await expect(prosecutor.packageStatus()).toContainText('Accepted');

  const month = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' }).format(new Date());
  const tables: string[] = [];
  for (const desk of [officer, prosecutor]) {
    await desk.goTo('Measures');
    // Of two that answer no other, one was accepted; the rest by hand from what was done above.
    await expect.poll(() => numbers(desk, 'Accepted first time', month)).toEqual(['2', '1', '50%']);
    await expect(desk.window.getByRole('img', { name: `Accepted first time: ${month} 50%` })).toBeVisible();
    await expect(region(desk.window, 'Reasons for return, as a table').getByRole('row').nth(1)).toHaveText('No MG31');
    expect((await numbers(desk, 'From release to opened', month)).slice(0, 1)).toEqual(['2']);
    expect(await numbers(desk, 'Action-plan turnaround', month)).toEqual(['0', '0', '0', '–']);

    const file = path.join(world.dir, `${tables.length}.csv`);
    await answerSave(desk.computer, file);
    await button(desk.window, 'Export as CSV…').click();
    await expect(desk.window.getByText('Saved.', { exact: true })).toBeVisible();
    tables.push(await readFile(file, 'utf8'));
  }
  const [mine, theirs] = tables;
  expect(theirs).toBe(mine);
  const lines = (mine ?? '').split('\r\n');
  expect(lines[0]).toContain('Returned: No MG3');
  expect(lines[1]).toMatch(new RegExp(`^${new Date().toISOString().slice(0, 7)},Kendal CID,2,2,1,1,`));
  expect(mine).not.toMatch(/Quillfeather|Nair|Marsh/);
});
