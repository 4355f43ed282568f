/**
 * What stands as it was signed, in both windows: a schedule certified and a statement signed before the release, both seen
 * by the other side, and told when they are not so any more; and a field that both set at once, whose choice is recorded.
 */
import { findings } from './axe.ts';
import { button, choose, dialog, field, region } from './find.ts';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';

test.setTimeout(300_000);

const TITLE = 'R v Quillfeather: burglary of a bakery';
const STATEMENT = 'MG11 Wraxhall.txt';

const part = (desk: Desk, name: string): Promise<void> =>
  desk.window.getByRole('navigation', { name: 'Joinder' }).getByRole('button', { name, exact: true }).click();
const saved = (desk: Desk): Promise<void> => expect(desk.window.getByText('Saved', { exact: true })).toBeVisible();
const certificates = (desk: Desk) => region(desk.window, 'Disclosure certificates');

async function certify(desk: Desk): Promise<void> {
  await part(desk, 'Review and decisions');
  await button(desk.window, 'Certify a schedule').click();
  const asked = dialog(desk.window, 'Certify a schedule');
  await expect(asked.getByRole('group', { name: 'MG6C as it will be certified' })).toContainText(
    'Diary of the duty sergeant',
  );
  await button(asked, 'Certify MG6C').click();
  await expect(asked).toHaveCount(0);
}

test('what is certified, signed, agreed and chosen stands in both windows, and says what has changed', async ({
  world,
}) => {
  // Each of them may also do what a supervisor or a manager may.
  const [officer, prosecutor] = await Promise.all([world.desk('officer2'), world.desk('prosecutor2')]);
  await officer.newCase({ title: TITLE, suspect: 'Quillfeather, Bertram', witness: 'Wraxhall, Odile' });
  await officer.addFiles([await world.makeFile(STATEMENT, 'A statement.')]);
  await expect(officer.fileRow(STATEMENT)).toContainText('On this computer');

  await test.step('a statement is signed: the file by its hash, and what its row says', async () => {
    await part(officer, 'Statements');
    await button(officer.window, 'Add statement').click();
    const row = region(officer.window, /^Statement: /);
    await expect(region(row, 'Signature')).toContainText('Choose the file that holds the signed statement');
    await choose(officer.window, row, 'Of whom', 'Wraxhall, Odile');
    await choose(officer.window, row, 'File', STATEMENT);
    await saved(officer);
    await button(row, 'Record a signature').click();
    const signing = dialog(officer.window, 'Record a signed statement');
    await expect(field(signing, 'Signed by')).toHaveValue('Wraxhall, Odile');
    await button(signing, 'Record signature').click();
    await expect(region(row, 'Signature')).toContainText('Signed by Wraxhall, Odile');
  });

  await test.step('a schedule is certified: what will be frozen is shown first, and what is missing for it', async () => {
    await part(officer, 'Unused material');
    await button(officer.window, 'Add item of material').click();
    const row = region(officer.window, /^Item of material: /);
    await field(row, 'Description').fill('Diary of the duty sergeant of 2 November 2026');
    await saved(officer);
    await part(officer, 'Review and decisions');
    await button(officer.window, 'Certify a schedule').click();
    const asked = dialog(officer.window, 'Certify a schedule');
    await expect(asked).toContainText('say whether it is sensitive.');
    await expect(button(asked, 'Certify MG6C')).toBeDisabled();
    await button(asked, /Sensitivity$/).click();
    await choose(officer.window, officer.window, 'Sensitivity', 'non-sensitive');
    await saved(officer);
    await certify(officer);
    await expect(certificates(officer)).toContainText('Certified by DS Tom Okafor');
  });

  await part(officer, 'Overview');
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.packageRow()).toContainText('Delivered', { timeout: 60_000 });
  await prosecutor.openCase(TITLE, 'Case file');

  await test.step('the other side reads both, with the rows as they were certified', async () => {
    await part(prosecutor, 'Review and decisions');
    await expect(certificates(prosecutor)).toContainText('Certified by DS Tom Okafor', { timeout: 30_000 });
    await button(certificates(prosecutor), 'Show the schedule as certified').click();
    await expect(prosecutor.window.getByRole('group', { name: 'MG6C as certified' })).toContainText(
      'Diary of the duty sergeant',
    );
    await expect(region(prosecutor.window, 'Signed statements')).toContainText('Signed by Wraxhall, Odile', {
      timeout: 30_000,
    });
    await expect(button(prosecutor.window, 'Certify a schedule')).toHaveCount(0);
  });

  await test.step('a change since is told; a new certificate takes the place, and the one before stays', async () => {
    await part(officer, 'Unused material');
    await officer.showTab('Case file');
    await officer.window
      .getByRole('row', { name: /Diary of the duty sergeant/ })
      .first()
      .click();
    const row = region(officer.window, /^Item of material: /);
    await field(row, 'Where it is kept').fill('Kendal, store 2');
    await saved(officer);
    await part(officer, 'Statements');
    await officer.window
      .getByRole('row', { name: /Wraxhall/ })
      .first()
      .click();
    await field(region(officer.window, /^Statement: /), 'Taken on').fill('2026-11-02');
    await saved(officer);
    await part(officer, 'Review and decisions');
    await expect(certificates(officer)).toContainText('Certified by DS Tom Okafor; changed since');
    await expect(certificates(officer)).toContainText('MG6C item 1: where it is kept was changed');
    for (const desk of [officer, prosecutor])
      await expect(region(desk.window, 'Signed statements')).toContainText('Altered after it was signed', {
        timeout: 30_000,
      });
    await certify(officer);
    await expect(certificates(prosecutor).getByRole('listitem', { name: 'Certificate of MG6C' })).toHaveCount(2, {
      timeout: 30_000,
    });
    await expect(certificates(prosecutor)).toContainText('(replaced by a later certificate)');
    expect(await findings(prosecutor.window)).toEqual([]);
  });

  await test.step('an agreement binds once the other side has accepted it, and says whose a step is', async () => {
    const versions = (desk: Desk, number: number) =>
      desk.window.getByRole('listitem', { name: `Version ${number} of the agreement` });
    await part(officer, 'Sharing agreement');
    await button(officer.window, 'Offer an agreement').click();
    const first = dialog(officer.window, 'Offer version 1 to Fellshire Prosecution Service');
    await expect(first).toContainText('Nothing was agreed before: all of it is new.');
    await button(first, 'Offer version 1').click();
    await expect(versions(officer, 1)).toContainText('Offered: waits for Fellshire Prosecution Service');
    await expect(button(versions(officer, 1), 'Accept…')).toHaveCount(0);
    await expect(region(officer.window, 'Sharing agreement')).toContainText('No agreement is in force');

    await part(prosecutor, 'Overview');
    await expect(region(prosecutor.window, 'Where this case stands')).toContainText(
      'none in force; version 1 waits for your organisation',
      { timeout: 30_000 },
    );
    await button(prosecutor.window, 'Open the agreement').click();
    await button(versions(prosecutor, 1), 'Accept…').click();
    const accepting = dialog(prosecutor.window, 'Accept version 1');
    await expect(accepting).toContainText('To obtain charging decisions');
    await button(accepting, 'Accept version 1').click();
    for (const desk of [officer, prosecutor])
      await expect(region(desk.window, 'Sharing agreement')).toContainText(
        /Version 1 is in force since .* Idris Bell/,
        {
          timeout: 30_000,
        },
      );

    await button(prosecutor.window, 'Offer a new version').click();
    const second = dialog(prosecutor.window, 'Offer version 2 to Fellshire Police');
    await second.getByText(/^Who is responsible for which step/).click();
    await field(second, 'Note: Allocate it to a lawyer').fill('within two working days');
    await expect(second.getByRole('group', { name: 'What changes' })).toContainText('within two working days');
    expect(await findings(prosecutor.window)).toEqual([]);
    await button(second, 'Offer version 2').click();
    const offered = versions(officer, 2);
    await expect(offered.getByRole('group', { name: 'What changes' })).toContainText('within two working days', {
      timeout: 30_000,
    });
    await button(offered, 'Decline…').click();
    await field(officer.window, 'Reason').fill('Three days.');
    await button(officer.window, 'Decline').click();
    await expect(versions(prosecutor, 2)).toContainText('Declined by DS Tom Okafor', { timeout: 30_000 });
    await expect(versions(prosecutor, 2)).toContainText('Three days.');

    await button(prosecutor.window, 'Offer a new version').click();
    const third = dialog(prosecutor.window, 'Offer version 3 to Fellshire Police');
    await third.getByText(/^Who is responsible for which step/).click();
    await field(third, 'Note: Allocate it to a lawyer').fill('within three working days');
    await button(third, 'Offer version 3').click();
    await button(versions(officer, 3), 'Accept…').click();
    await button(dialog(officer.window, 'Accept version 3'), 'Accept version 3').click();
    await expect(versions(officer, 1)).toContainText('Replaced by a later version');
    expect(await findings(officer.window)).toEqual([]);
    await part(officer, 'Overview');
    const where = region(officer.window, 'Where this case stands');
    await expect(where).toContainText('version 3, in force since');
    await expect(where).toContainText('by the sharing agreement: within three working days');
  });

  await test.step('an action rests on a finding of the check, and a decision on recorded reasons', async () => {
    await part(prosecutor, 'Check');
    const finding = prosecutor.window.getByRole('listitem').filter({ hasText: 'supervisor-missing' });
    await button(finding, /^Raise an action/).click();
    const raising = dialog(prosecutor.window, 'Raise an action');
    await expect(field(raising, 'What is needed')).toHaveValue(/Nobody is named as supervisor/);
    await button(raising, 'Raise action').click();
    await part(officer, 'Action plan');
    const card = officer.window.getByRole('listitem', { name: /^Nobody is named as supervisor/ });
    await expect(card).toContainText('rule supervisor-missing', { timeout: 30_000 });
    await part(prosecutor, 'Review and decisions');
    await button(prosecutor.window, 'Record a decision').click();
    const deciding = dialog(prosecutor.window, 'Record a charging decision');
    await deciding.getByText('No further action', { exact: true }).click();
    await deciding.getByText('Evidential stage of the full code test not met').click();
    await field(deciding, 'Reasons').fill('The identification does not stand.');
    await button(deciding, 'Record decision').click();
    await expect(deciding).toHaveCount(0);
    await part(officer, 'Review and decisions');
    await expect(region(officer.window, 'Charging decision')).toContainText(
      'Recorded reasons: Evidential stage of the full code test not met',
      { timeout: 30_000 },
    );
  });

  await test.step('a field that both set at once has both values, until one is chosen; the choice is recorded', async () => {
    await part(officer, 'File information');
    await part(prosecutor, 'File information');
    await expect(field(prosecutor.window, 'Unit')).toBeVisible();
    prosecutor.cable.refuse(true);
    await field(prosecutor.window, 'Unit').fill('Kendal CID');
    await saved(prosecutor);
    await field(officer.window, 'Unit').fill('Kendal');
    await saved(officer);
    prosecutor.cable.refuse(false);
    for (const desk of [officer, prosecutor]) {
      const both = desk.window.getByRole('group', { name: 'Unit: 2 values' });
      await expect(both).toContainText('DS Tom Okafor', { timeout: 60_000 });
      await expect(both).toContainText('Idris Bell');
    }
    await button(prosecutor.window, 'Keep this: Kendal CID').click();
    await expect(field(officer.window, 'Unit')).toHaveValue('Kendal CID', { timeout: 30_000 });
    await officer.window.getByText('A conflict was settled here').click();
    await expect(officer.window.getByText('Idris Bell kept “Kendal CID”')).toBeVisible();
    await expect(officer.window.getByText('Not kept: “Kendal” of DS Tom Okafor')).toBeVisible();
    await part(officer, 'Activity');
    await expect(region(officer.window, 'Activity')).toContainText(
      'Idris Bell settled a conflict, Unit: kept “Kendal CID”, not “Kendal” of DS Tom Okafor',
    );
  });
});
