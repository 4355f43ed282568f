/**
 * The work on a case in both windows: what it would be sent back for, a review, an action plan with "already sent", a
 * conversation that says who has read it, and a decision that stands. Each side sees what the other did, and nobody is
 * offered what is not theirs to do.
 */
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';
import { button, dialog, field, region } from './find.ts';

test.setTimeout(180_000);

const TITLE = 'R v Quillfeather: burglary of a bakery';
const STATEMENT = 'MG11 Wraxhall.txt';

const part = (desk: Desk, name: string): Promise<void> =>
  desk.window.getByRole('navigation', { name: 'Joinder' }).getByRole('button', { name, exact: true }).click();

test('a case is judged, reviewed, asked about and decided on, in both windows', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.newCase({ title: TITLE, suspect: 'Quillfeather, Bertram', witness: 'Wraxhall, Odile' });
  await officer.addFiles([await world.makeFile(STATEMENT, 'A statement.')]);
  await expect(officer.fileRow(STATEMENT)).toContainText('On this computer');

  await test.step('a finding leads to the field that mends it, and is gone when it is mended', async () => {
    await part(officer, 'Check');
    const finding = officer.window.getByRole('listitem').filter({ hasText: 'supervisor-missing' });
    await expect(finding).toContainText('Nobody is named as supervisor');
    await button(finding, 'Supervisor').click();
    await expect(field(officer.window, 'Supervisor')).toBeFocused();
    await field(officer.window, 'Supervisor').fill('DS Tom Okafor');
    await expect(officer.window.getByText('Saved', { exact: true })).toBeVisible();
    await part(officer, 'Check');
    await expect(officer.window.getByText(/^\d+ things? to mend/)).toBeVisible();
    await expect(finding).toHaveCount(0);
  });

  await test.step('a question is answered by a person, who is named', async () => {
    const asked = officer.window.getByRole('group', { name: /\?$/ }).first();
    await button(asked, 'Yes').click();
    await expect(asked).toContainText('DC Priya Nair');
  });

  await test.step('a review is asked for, and not offered to who asked', async () => {
    await part(officer, 'Review and decisions');
    await button(officer.window, 'Submit for review').click();
    await field(officer.window, 'Note to the reviewer').fill('Please look at the statement.');
    await button(officer.window, 'Submit').click();
    await expect(region(officer.window, 'Review')).toContainText('Waiting for review');
    await expect(button(officer.window, 'Review this case')).toHaveCount(0);
    await expect(button(officer.window, 'Record a decision')).toHaveCount(0);
  });

  await part(officer, 'Overview');
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.packageRow()).toContainText('Delivered', { timeout: 60_000 });
  await prosecutor.openCase(TITLE, 'Case file');

  await test.step('an action reaches the officer, who shows that the file was sent already', async () => {
    await part(prosecutor, 'Action plan');
    await button(prosecutor.window, 'Raise an action').click();
    const asked = dialog(prosecutor.window, 'Raise an action');
    await field(asked, 'What is needed').fill('The statement of the witness.');
    await asked.getByText(STATEMENT, { exact: true }).click();
    await button(asked, 'Raise action').click();
    await part(officer, 'Action plan');
    const card = officer.window.getByRole('listitem', { name: 'The statement of the witness.' });
    await expect(card).toContainText('Due in 7 days');
    await expect(button(card, 'Close this action')).toHaveCount(0);
    await button(card, 'Already sent').click();
    const answered = prosecutor.window.getByRole('listitem', { name: 'The statement of the witness.' });
    await expect(answered).toContainText('DC Priya Nair showed that it was sent already');
    await expect(answered).toContainText(/MG11 Wraxhall\.txt: sent .* SHA-256/);
    await button(answered, 'Close this action').click();
    await field(prosecutor.window, 'Reason').fill('It is there.');
    await button(prosecutor.window, 'Close as met').click();
    await expect(region(officer.window, 'Action plan')).toContainText('Every item of the action plan is closed.');
  });

  await test.step('where an action names no file, what was sent is found by its name', async () => {
    const text = 'The first account of the witness.';
    await button(prosecutor.window, 'Raise an action').click();
    const asked = dialog(prosecutor.window, 'Raise an action');
    await field(asked, 'What is needed').fill(text);
    await button(asked, 'Raise action').click();
    await button(officer.window.getByRole('listitem', { name: text }), 'Already sent…').click();
    const looking = dialog(officer.window, 'What was sent already');
    await field(looking, 'Look for a name').fill('wraxhall');
    const sent = looking.getByRole('listitem', { name: STATEMENT });
    await expect(sent).toContainText('SHA-256');
    await button(sent, 'This was sent').click();
    await expect(prosecutor.window.getByRole('listitem', { name: text })).toContainText(
      'DC Priya Nair showed that it was sent already',
    );
  });

  await test.step('a message is read, and its writer sees by whom', async () => {
    await part(officer, 'Conversation');
    await field(officer.window, 'Message').fill('The second witness is away until Monday.');
    await button(officer.window, 'Send message').click();
    const own = officer.window.getByRole('listitem').filter({ hasText: 'away until Monday' });
    await expect(own).toContainText('Not disclosable');
    await part(prosecutor, 'Conversation');
    await expect(prosecutor.window.getByText('away until Monday')).toBeVisible();
    await prosecutor.window.bringToFront();
    await expect(own).toContainText('Read by Helen Marsh');
  });

  await test.step('a decision stands, and both see the later one and the one it replaced', async () => {
    await part(prosecutor, 'Review and decisions');
    for (const [decision, reasons] of [
      ['Further evidence needed', 'The second statement is needed.'],
      ['Charge', 'The evidence meets the test.'],
    ] as const) {
      await button(prosecutor.window, 'Record a decision').click();
      const deciding = dialog(prosecutor.window, 'Record a charging decision');
      await deciding.getByText(decision, { exact: true }).click();
      await field(deciding, 'Reasons').fill(reasons);
      await button(deciding, 'Record decision').click();
      await expect(deciding).toHaveCount(0);
    }
    await part(officer, 'Review and decisions');
    const decisions = region(officer.window, 'Charging decision');
    await expect(decisions).toContainText('The evidence meets the test.');
    await expect(decisions).toContainText('Further evidence needed (replaced by a later decision)');
    await expect(region(officer.window, 'Review')).toContainText('Please look at the statement.');
    await expect(prosecutor.window.getByText('Please look at the statement.')).toHaveCount(0);
  });

  await part(officer, 'Activity');
  await expect(region(officer.window, 'Activity')).toContainText('Helen Marsh decided: charge, full code test');
});
