/**
 * How long a case is kept, in windows: closed and read only, found by filter, held and reopened in one act.
 */
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';
import { button, choose, dialog, field, region, row } from './find.ts';

test.setTimeout(240_000);

const TITLE = 'R v Quillfeather: burglary of a bakery';
const FILE = 'MG11 Wraxhall.txt';

const part = (desk: Desk, name: string): Promise<void> =>
  desk.window.getByRole('navigation', { name: 'Joinder' }).getByRole('button', { name, exact: true }).click();

async function closes({ window }: Desk): Promise<void> {
  await button(window, 'Close this case').click();
  const asked = dialog(window, 'Close this case');
  await choose(window, asked, 'Outcome', 'No further action');
  await choose(window, asked, 'Retention class', /^Group 3/);
  await field(asked, 'Reason').fill('There is no realistic prospect of conviction.');
  await button(asked, 'Close case').click();
  await expect(asked).toHaveCount(0);
}

test('a case is closed, reopened and held', async ({ world }) => {
  const [officer, supervisor] = await Promise.all([world.desk('officer'), world.desk('officer2')]);
  await officer.newCase({ title: TITLE, urn: '01AB/12345/26', suspect: 'Quillfeather, Bertram' });
  await officer.addFiles([await world.makeFile(FILE, 'A statement.')]);
  await supervisor.openCase(TITLE);
  await part(supervisor, 'Retention and disposal');

  await test.step('closed, it is read only, and found by filter', async () => {
    await closes(supervisor);
    const line = supervisor.window.getByRole('note', { name: 'This case is closed' });
    await expect(line).toContainText('Closed: No further action.');
    await expect(region(supervisor.window, 'Retention')).toContainText('6 years after it was closed');
    await expect(region(supervisor.window, 'Retention')).toContainText('Not verified');
    await expect(officer.window.getByRole('note', { name: 'This case is closed' })).toBeVisible();
    await expect(button(officer.window, 'Release')).toHaveCount(0);
    await officer.goTo('Cases');
    await expect(row(officer.window, 'Cases', TITLE)).toHaveCount(0);
    await choose(officer.window, officer.window, 'Show', 'Closed cases');
    await expect(row(officer.window, 'Cases', TITLE)).toBeVisible();
  });

  await test.step('reopened in one act', async () => {
    await button(supervisor.window, 'Reopen').click();
    const asked = dialog(supervisor.window, 'Reopen this case');
    await field(asked, 'Reason').fill('A witness has come forward.');
    await button(asked, 'Reopen').click();
    await expect(supervisor.window.getByRole('note', { name: 'This case is closed' })).toHaveCount(0);
    await closes(supervisor);
  });

  await test.step('held, by whom and why', async () => {
    await button(supervisor.window, 'Place a hold').click();
    const asked = dialog(supervisor.window, 'Place a hold');
    await field(asked, 'Reason').fill('An appeal is open.');
    await button(asked, 'Place hold').click();
    await expect(region(supervisor.window, 'Holds')).toContainText('An appeal is open.');
    await expect(region(supervisor.window, 'Holds')).toContainText('DS Tom Okafor');
  });
});
