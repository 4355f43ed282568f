/**
 * Work given to colleagues: a review goes to a supervisor by name and comes back to who asked; a case is handed over for
 * somebody absent; a package is allocated to a lawyer, and its sender sees to whom.
 */
import { button, choose, dialog, field, region } from './find.ts';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';

test.setTimeout(240_000);

const TITLE = 'R v Quillfeather: burglary of a bakery';
const OTHER = 'R v Wraxhall: theft of a cart';
const FILE = 'MG11 Wraxhall.txt';

const part = (desk: Desk, name: string): Promise<void> =>
  desk.window.getByRole('navigation', { name: 'Joinder' }).getByRole('button', { name, exact: true }).click();
const queued = (desk: Desk) => region(desk.window, 'Given to you');

test('a review waits for the supervisor and comes back; a case is handed over, a package allocated', async ({
  world,
}) => {
  const [officer, sergeant] = await Promise.all([world.desk('officer'), world.desk('officer2')]);
  await officer.newCase({ title: OTHER });
  await officer.newCase({ title: TITLE, suspect: 'Quillfeather, Bertram' });
  await officer.addFiles([await world.makeFile(FILE, 'A statement.')]);
  await expect(officer.fileRow(FILE)).toContainText('On this computer');

  await test.step('a supervisor finds the case under Needs me, at its review, and sends it back', async () => {
    await part(officer, 'Review and decisions');
    await button(officer.window, 'Submit for review').click();
    const asked = dialog(officer.window, 'Submit for review');
    await choose(officer.window, asked, 'Reviewer', /DS Tom Okafor/);
    await field(asked, 'Note to the reviewer').fill('Please look at the statement.');
    await button(asked, 'Submit').click();
    await expect(region(officer.window, 'Review')).toContainText('Waiting for review by DS Tom Okafor');
    await sergeant.goTo('Needs me');
    await expect(queued(sergeant)).toContainText('Review this case', { timeout: 60_000 });
    await expect(queued(sergeant)).toContainText('Please look at the statement.');
    await expect(button(sergeant.window, /^Needs me 1 waiting$/)).toBeVisible();
    await button(queued(sergeant), 'Open review').click();
    await button(sergeant.window, 'Review this case').click();
    const giving = dialog(sergeant.window, 'Review this case');
    await giving.getByText('Send back', { exact: true }).first().click();
    await field(giving, 'Note to your colleague').fill('It is not signed.');
    await button(giving, 'Send back').click();
    await expect(giving).toHaveCount(0);
    await sergeant.goTo('Needs me');
    await expect(queued(sergeant)).toHaveCount(0);
  });

  await test.step('who asked sees that it was sent back, and why', async () => {
    await officer.goTo('Needs me');
    await expect(queued(officer)).toContainText('Sent back by DS Tom Okafor');
    await expect(queued(officer)).toContainText('It is not signed.');
    await button(queued(officer), 'Open comments').click();
    await expect(region(officer.window, 'Review')).toContainText('It is not signed.');
  });

  await test.step('the supervisor hands over all cases of somebody absent, seen before it is done', async () => {
    await sergeant.goTo('Cases');
    await button(sergeant.window, 'Hand over cases…').click();
    const giving = dialog(sergeant.window, 'Hand over cases');
    await choose(sergeant.window, giving, 'Whose cases', /DC Priya Nair/);
    await expect(giving.getByRole('group', { name: 'Cases that go' })).toContainText('2 cases go');
    await expect(giving.getByRole('checkbox', { name: OTHER })).toBeChecked();
    await choose(sergeant.window, giving, 'To', /DS Tom Okafor/);
    await field(giving, 'Reason').fill('On leave until Monday.');
    await button(giving, 'Hand over 2 cases').click();
    await expect(giving).toHaveCount(0);
    await expect(region(officer.window, 'Who works on it')).toContainText(
      'handed it over to DS Tom Okafor, in absence: On leave until Monday.',
    );
    await officer.openCase(OTHER);
    await part(officer, 'Review and decisions');
    await expect(region(officer.window, 'Who works on it')).toContainText('DS Tom Okafor');
  });

  await test.step('who is handed a case is told that it is theirs, until they have had it open', async () => {
    await sergeant.openCase(TITLE);
    await part(sergeant, 'Review and decisions');
    await button(sergeant.window, 'Hand over…').click();
    const giving = dialog(sergeant.window, 'Hand over this case');
    await choose(sergeant.window, giving, 'To', /DC Priya Nair/);
    await field(giving, 'Reason').fill('Back from leave.');
    await button(giving, 'Hand over').click();
    await officer.goTo('Needs me');
    await expect(queued(officer)).toContainText('This case is now yours');
    await expect(queued(officer)).toContainText('Handed over by DS Tom Okafor');
    await button(queued(officer), 'Open case').click();
    await expect(officer.window.getByRole('heading', { name: TITLE })).toBeVisible();
    await officer.goTo('Needs me');
    await expect(queued(officer)).toContainText('Sent back to you');
    await expect(officer.window.getByText('This case is now yours')).toHaveCount(0);
  });

  const [lawyer, manager] = await Promise.all([world.desk('prosecutor'), world.desk('prosecutor2')]);
  await test.step('a manager allocates the package, the lawyer finds it, the officer sees who', async () => {
    await officer.openCase(TITLE);
    await officer.release({ to: 'Charging lawyer' });
    await manager.goTo('Needs me');
    await expect(queued(manager)).toContainText('Allocate this package', { timeout: 60_000 });
    await button(queued(manager), 'Allocate…').click();
    const giving = dialog(manager.window, 'Allocate this package');
    await choose(manager.window, giving, 'To', /Helen Marsh/);
    await button(giving, 'Allocate').click();
    await expect(giving).toHaveCount(0);
    await expect(queued(manager)).toHaveCount(0);
    await expect(manager.window.getByRole('heading', { name: 'Needs me' })).toBeFocused();
    await manager.openInbox(TITLE);
    await expect(manager.window.getByRole('article')).toContainText('Allocated to Helen Marsh');
    await lawyer.goTo('Needs me');
    await expect(queued(lawyer)).toContainText('Allocated to you by Idris Bell');
    await button(queued(lawyer), 'Open package').click();
    await expect(button(lawyer.window, 'Allocate…')).toHaveCount(0); // not theirs to do
    await expect(officer.packageRow()).toContainText('Allocated to Helen Marsh', { timeout: 60_000 });
    await part(officer, 'Activity');
    await expect(region(officer.window, 'Activity')).toContainText(
      'Idris Bell allocated a package to Helen Marsh as prosecutor',
    );
  });
});
