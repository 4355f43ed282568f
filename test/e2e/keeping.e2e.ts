/**
 * How long a case is kept, in windows: closed and read only, found by filter, held and reopened in one act,
 * reviewed, and disposed of by two people: what each computer and the relay held is destroyed, and the one that is away is
 * named until it comes back and has done it.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';
import { button, choose, dialog, field, region, row } from './find.ts';

test.setTimeout(240_000);

const TITLE = 'R v Quillfeather: burglary of a bakery';
const FILE = 'MG11 Wraxhall.txt';

const part = (desk: Desk, name: string): Promise<void> =>
  desk.window.getByRole('navigation', { name: 'Joinder' }).getByRole('button', { name, exact: true }).click();

/** Sealed chunks on this computer's disk. */
async function chunksOf({ computer }: Desk): Promise<string[]> {
  const all = await readdir(path.join(computer.profile, 'evidence', 'chunks'), {
    recursive: true,
    withFileTypes: true,
  });
  return all.flatMap((one) => (one.isFile() ? [one.name] : []));
}

async function closes({ window }: Desk): Promise<void> {
  await button(window, 'Close this case').click();
  const asked = dialog(window, 'Close this case');
  await choose(window, asked, 'Outcome', 'No further action');
  await choose(window, asked, 'Retention class', /^Group 3/);
  await field(asked, 'Reason').fill('There is no realistic prospect of conviction.');
  await button(asked, 'Close case').click();
  await expect(asked).toHaveCount(0);
}

test('a case is closed, held, reviewed and disposed of', async ({ world }) => {
  const [officer, supervisor, records] = await Promise.all([
    world.desk('officer'),
    world.desk('officer2'),
    world.desk('records'),
  ]);
  await officer.newCase({ title: TITLE, urn: '01AB/12345/26', suspect: 'Quillfeather, Bertram' });
  await officer.addFiles([await world.makeFile(FILE, 'A statement.')]);
  await supervisor.openCase(TITLE);
  await part(supervisor, 'Retention and disposal');

  await test.step('closed, it is read only, and found by filter', async () => {
    officer.cable.refuse(true);
    await closes(supervisor);
    const line = supervisor.window.getByRole('note', { name: 'This case is closed' });
    await expect(line).toContainText('Closed: No further action.');
    await officer.write('Typed far away.');
    await officer.whenSaved();
    officer.cable.refuse(false);
    await expect(line).toContainText('Set aside, because it came afterwards: text by DC Priya Nair', {
      timeout: 60_000,
    });
    await expect.poll(() => officer.summary(), { timeout: 30_000 }).not.toContain('Typed far away.');
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
    await officer.goTo('Cases');
    await choose(officer.window, officer.window, 'Show', 'Open cases');
    await officer.openCase(TITLE);
    await expect.poll(() => officer.summary(), { timeout: 30_000 }).toContain('Typed far away.');
    await closes(supervisor);
    await officer.goTo('Cases');
    await choose(officer.window, officer.window, 'Show', 'Closed cases');
  });

  await test.step('held, by whom and why', async () => {
    await button(supervisor.window, 'Place a hold').click();
    const asked = dialog(supervisor.window, 'Place a hold');
    await field(asked, 'Reason').fill('An appeal is open.');
    await button(asked, 'Place hold').click();
    await expect(region(supervisor.window, 'Holds')).toContainText('An appeal is open.');
    await expect(region(supervisor.window, 'Holds')).toContainText('DS Tom Okafor');
  });

  await test.step('a hold stops a disposal that a review decided; lifted, it is proposed', async () => {
    await button(supervisor.window, 'Review for retention').click();
    const asked = dialog(supervisor.window, 'Review for retention');
    await asked.getByText('Dispose of it', { exact: true }).click();
    await field(asked, 'Rationale').fill('Nobody was charged, and nobody will be.');
    await button(asked, 'Record review').click();
    const disposal = region(supervisor.window, 'Disposal');
    await expect(disposal).toContainText('A hold stands');
    await expect(button(disposal, 'Propose disposal')).toHaveCount(0);
    await button(supervisor.window, 'Lift hold').click();
    const lifting = dialog(supervisor.window, 'Lift this hold');
    await field(lifting, 'Reason').fill('The appeal was dismissed.');
    await button(lifting, 'Lift hold').click();
    await expect(disposal).toContainText('1 file');
    await expect(disposal).toContainText('DC Priya Nair, Fellshire Police');
    await button(disposal, 'Propose disposal').click();
    const proposing = dialog(supervisor.window, 'Propose disposal');
    await field(proposing, 'Reason').fill('Its time has come.');
    await button(proposing, 'Propose disposal').click();
    await expect(disposal).toContainText('nobody disposes of a case alone');
    await expect(button(disposal, 'Confirm disposal')).toHaveCount(0);
  });

  await test.step('another confirms it, having read what goes; the computer that is away is named', async () => {
    officer.cable.refuse(true);
    await records.goTo('Cases');
    await choose(records.window, records.window, 'Show', 'Closed cases');
    await row(records.window, 'Cases', TITLE).dblclick();
    await part(records, 'Retention and disposal');
    await button(region(records.window, 'Disposal'), 'Confirm disposal').click();
    const asked = records.window.getByRole('alertdialog', { name: 'Confirm disposal' });
    await expect(asked).toContainText('This is destroyed');
    await expect(button(asked, 'Confirm disposal')).toBeDisabled();
    await asked.getByText('I have read what is destroyed').click();
    await button(asked, 'Confirm disposal').click();
    for (const { window } of [records, supervisor])
      await expect(window.getByRole('heading', { name: 'This case is not on this computer any more' })).toBeVisible();
    await supervisor.goTo('Cases');
    await choose(supervisor.window, supervisor.window, 'Show', 'Disposed of');
    const record = supervisor.window.getByRole('listitem', { name: '01AB1234526' });
    await expect(record).toContainText('Destroyed on 2 of 3 computers');
    await expect(record.getByRole('row', { name: /DC Priya Nair/ })).toContainText(
      'Has not answered: has not been on line since',
    );
    await expect(record).toContainText('The relay has destroyed it');
    await expect(supervisor.window.getByText(TITLE)).toHaveCount(0);
  });

  await test.step('it comes back, destroys what it holds, and says so', async () => {
    await expect(row(officer.window, 'Cases', TITLE)).toBeVisible();
    officer.cable.refuse(false);
    await expect(row(officer.window, 'Cases', TITLE)).toHaveCount(0, { timeout: 60_000 });
    const record = supervisor.window.getByRole('listitem', { name: '01AB1234526' });
    await expect(record).toContainText('Destroyed on all 3 computers that held it', { timeout: 60_000 });
    for (const desk of [officer, supervisor, records])
      await expect.poll(() => chunksOf(desk), { timeout: 30_000 }).toEqual([]);
  });
});
