/**
 * The whole of a charging file through the screens, from nothing: built, checked and mended link by link, reviewed and signed
 * off, released, returned by the prosecutor, mended, released again, accepted and decided on. Both windows show it.
 */
import type { Locator } from '@playwright/test';
import { closeViewer } from './evidence.ts';
import { button, choose, dialog, field, region, row } from './find.ts';
import type { Mends } from './mending.ts';
import { mendByLinks } from './mending.ts';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';

test.setTimeout(240_000);

const TITLE = 'R v Quillfeather: burglary of a bakery';
const SUSPECT = 'Quillfeather, Bertram';
const WITNESS = 'Wraxhall, Odile';
const VICTIM = 'Pemberton, Alma';
const FILES = [
  'MG3 Quillfeather.txt',
  'MG11 Wraxhall.txt',
  'MG11 Pemberton.txt',
  'MG6C.txt',
  'MG6E.txt',
  'MG15 Quillfeather.txt',
  'PNC Quillfeather.txt',
  'OW-1 the till.txt',
];
const LATER = 'MG11 Pemberton second.txt';
const COMMENTS =
  'The witness knew him and saw him leave with the till. The full code test is met. Outstanding: the till itself.';

/** What an officer writes for each finding, in the field that its link leads to. */
const MENDS: Mends = [
  [/telephone number/, '01539 555 0142'],
  [/e-mail address/, 'priya.nair@fellshire.example'],
  [/collar number/, '4471'],
  [/unit of the officer/, 'Kendal CID'],
  [/named as supervisor/, 'DS Tom Okafor'],
  [/third parties/, 'not applicable'],
  [/defence case/, 'He says that he was at home.'],
  [/case summary/, 'On 3 November 2026 the bakery was entered and the till taken. A witness saw Quillfeather leave.'],
  [/mental health/, 'Nothing is known.'],
  [/language of/, 'English'],
  [/was arrested/, '2026-11-04'],
  [/previous convictions of suspect/, 'provided'],
  [/previous convictions/, 'none'],
  [/date of birth/, '1988-02-14'],
  [/against whom/, SUSPECT],
  [/no CJS code/, 'TH68036'],
  [/when it was committed/, '2026-11-03'],
  [/no place/, 'Market Place, Kendal'],
  [/personal statement/, 'declined'],
  [/Statement \d has no date/, '2026-11-05'],
  [/has no description/, 'The till drawer, found in the yard'],
  [/who produces/, WITNESS],
  [/is about/, SUSPECT],
];

const part = (desk: Desk, name: string): Promise<void> =>
  desk.window.getByRole('navigation', { name: 'Joinder' }).getByRole('button', { name, exact: true }).click();
const finding = (desk: Desk, code: string): Locator => desk.window.getByRole('listitem').filter({ hasText: code });
const panel = (desk: Desk, one: string): Locator => desk.window.getByRole('region', { name: new RegExp(`^${one}: `) });
const entry = (desk: Desk, name: string): Locator => desk.window.getByRole('group', { name, exact: true });

async function addPeopleAndCourse(officer: Desk): Promise<void> {
  const { window } = officer;
  await part(officer, 'People and offences');
  await button(window, 'Add victim').click();
  await expect(field(entry(officer, 'Victim 1'), 'Name')).toBeFocused();
  await window.keyboard.type(VICTIM);
  await button(window, SUSPECT).click();
  const suspect = entry(officer, 'Suspect 1');
  await choose(window, suspect, 'Custody or bail', 'police bail');
  await suspect.getByLabel('Bail to return on').fill('2027-01-04');
  await field(suspect, 'Bail conditions').fill('Not to go to Market Place.');
  await part(officer, 'Hearings and custody');
  await button(window, 'Add period of custody or bail').click();
  const bail = entry(officer, 'Period of custody or bail 1');
  await choose(window, bail, 'Who', SUSPECT);
  await choose(window, bail, 'Kind', 'police bail');
  await bail.getByLabel('From', { exact: true }).fill('2026-11-04');
  await bail.getByLabel('Until, as ordered').fill('2027-01-04');
  await button(window, 'Add interview').click();
  const interview = entry(officer, 'Interview 1');
  await choose(window, interview, 'Of whom', SUSPECT);
  await choose(window, interview, 'Kind', /^interview$/);
  await field(interview, 'Summary').fill('He said that he was at home and named nobody who saw him there.');
  await button(window, 'Add line of enquiry').click();
  const enquiry = entry(officer, 'Line of enquiry 1');
  await field(enquiry, 'Line of enquiry').fill('Whether he was at home, as he says: the neighbours were asked.');
  await choose(window, enquiry, 'Points', 'away');
  await choose(window, enquiry, 'Status', /^done$/);
}

async function addEvidence(officer: Desk): Promise<void> {
  const { window } = officer;
  await part(officer, 'Documents');
  await button(window, 'Accept all').click();
  await expect(window.getByRole('region', { name: /^Proposed by name/ })).toHaveCount(0);
  await part(officer, 'Statements');
  for (const of of [WITNESS, VICTIM])
    await window.getByRole('checkbox', { name: new RegExp(`^Tick ${of}, `) }).setChecked(true, { force: true });
  for (const said of ['Essential', 'Signed']) {
    await choose(window, region(window, 'Ticked rows'), 'Set', said);
    await choose(window, region(window, 'Ticked rows'), 'To', 'yes');
  }
  await part(officer, 'Exhibits');
  await row(window, 'Exhibits', 'OW/1').click();
  await choose(window, panel(officer, 'Exhibit'), 'What it is', 'photograph');
  await part(officer, 'Unused material');
  await button(window, 'Add item of material').click();
  const material = panel(officer, 'Item of material');
  await expect(field(material, 'Reference')).toBeFocused();
  await field(material, 'Reference').fill('UM/1');
  await field(material, 'Description').fill(
    'House-to-house forms of 4 November 2026, Market Place: nobody there saw anything.',
  );
  await choose(window, material, 'Use', /^unused$/);
  await choose(window, material, 'Sensitivity', /^non-sensitive$/);
  await choose(window, material, 'May undermine the case or assist the defence (opinion)', /^no$/);
  await expect(region(window, /^MG6C: /)).toContainText('nobody there saw anything');
}

/** Those that are put to this person: the others are greyed. */
async function answerQuestions({ window }: Desk, name: string): Promise<void> {
  const asked = window.getByRole('group', { name: /\?$/ });
  for (const question of await asked.all()) {
    if ((await button(question, 'Yes').isDisabled()) || (await question.innerText()).includes(name)) continue;
    await button(question, 'Yes').click();
    await expect(question).toContainText(name);
  }
}

test('a charging file is built, checked, signed off, released, returned, mended, accepted and decided on', async ({
  world,
}) => {
  const [officer, sergeant, prosecutor] = await Promise.all([
    world.desk('officer'),
    world.desk('officer2'),
    world.desk('prosecutor'),
  ]);

  await test.step('the officer builds the case and mends what Check finds, each by its link', async () => {
    await officer.newCase({
      title: TITLE,
      urn: '01AB1234526',
      suspect: SUSPECT,
      offence: 'Burglary of a bakery',
      witness: WITNESS,
    });
    await officer.addFiles(await Promise.all(FILES.map((name) => world.makeFile(name, `What ${name} says.`))));
    await addPeopleAndCourse(officer);
    await addEvidence(officer);
    await mendByLinks(officer, MENDS);
    await expect(officer.window.getByText(/^2 things to mend, /)).toBeVisible();
    await expect(finding(officer, 'supervisor-comments-missing')).toBeVisible();
    await expect(finding(officer, 'supervisor-not-signed-off')).toBeVisible();
    await answerQuestions(officer, 'DC Priya Nair');
    await expect(officer.window.getByText(/^2 things to mend\.$/)).toBeVisible();
  });

  await test.step('the supervisor writes the comments that go with the file, and signs it off', async () => {
    await button(finding(officer, 'supervisor-not-signed-off'), 'Review').click();
    await button(officer.window, 'Submit for review').click();
    const asked = dialog(officer.window, 'Submit for review');
    await choose(officer.window, asked, 'Reviewer', /DS Tom Okafor/);
    await field(asked, 'Note to the reviewer').fill('Everything is there.');
    await button(asked, 'Submit').click();
    await sergeant.goTo('Needs me');
    await button(region(sergeant.window, 'Given to you'), 'Open review').click({ timeout: 60_000 });
    await button(sergeant.window, 'Review this case').click();
    const giving = dialog(sergeant.window, 'Review this case');
    await expect(giving).toContainText('There are none yet');
    await field(giving, 'Supervisor’s comments (opinion)').fill(COMMENTS);
    await expect(giving).not.toContainText('There are none yet');
    await button(giving, 'Sign off').click(); // once what was written is saved
    await expect(region(sergeant.window, 'Review')).toContainText('Signed off by DS Tom Okafor');
    await expect(region(officer.window, 'Review')).toContainText('Signed off by DS Tom Okafor');
    await expect(officer.window.getByText(/were changed since|was changed since/)).toHaveCount(0);
    await part(officer, 'Check');
    const supervisors = officer.window.getByRole('group', { name: /^Do the supervisor's comments say why/ });
    await expect(supervisors).toContainText('To be answered by: supervisor');
    await expect(button(supervisors, 'Yes')).toBeDisabled();
    await part(sergeant, 'Check');
    await answerQuestions(sergeant, 'DS Tom Okafor'); // what the comments say is asked once there are any
    await expect(supervisors).toContainText('DS Tom Okafor');
    await expect(officer.window.getByText(/^None found: nothing that these rules can see\./)).toBeVisible();
  });

  await test.step('it is released with nothing to explain; the prosecutor opens it and returns it', async () => {
    await officer.release({ to: 'Charging lawyer' });
    await prosecutor.openInbox(TITLE);
    await expect(prosecutor.packageStatus()).toContainText('Ready to open', { timeout: 60_000 });
    await closeViewer(await prosecutor.open('MG11 Pemberton.txt'));
    await button(prosecutor.window, 'Return').click();
    const returning = dialog(prosecutor.window, 'Return this package');
    await field(returning, 'Reason').fill('The victim does not say what the till held.');
    await returning.getByText('No/missing MG11s').click();
    await returning.getByLabel('Response wanted by').fill('2027-01-15');
    await button(returning, 'Return').click();
    await expect(prosecutor.packageStatus()).toContainText('Returned');
  });

  await test.step('the officer sees why and by when, adds what was missing and answers', async () => {
    await officer.goTo('Needs me');
    const returned = row(officer.window, 'What needs me', new RegExp(TITLE));
    await expect(returned).toContainText('The victim does not say what the till held.', { timeout: 60_000 });
    await returned.dblclick();
    await expect(officer.packageStatus()).toContainText('Returned');
    await button(officer.window, 'Go to the case').click();
    await part(officer, 'Deadlines');
    const wanted = officer.window.getByRole('listitem', { name: 'Response to a returned package' });
    await expect(wanted).toContainText('15 Jan 2027');
    await officer.addFiles([await world.makeFile(LATER, 'The till held two hundred pounds.')]);
    await part(officer, 'Documents');
    await button(officer.window, 'Accept all').click();
    await part(officer, 'Overview');
    await officer.packageRow().dblclick();
    await button(officer.window, 'Answer with a new package').click();
    const answering = dialog(officer.window, 'Answer with a new package');
    await expect(button(answering, /Purpose$/)).toContainText('Charging decision');
    const again = answering.getByRole('checkbox', { name: 'MG6C.txt' });
    await again.setChecked(true, { force: true });
    await expect(region(answering, 'Already sent')).toContainText(/MG6C\.txt was sent on .*not been opened yet/);
    await again.setChecked(false, { force: true });
    await expect(region(answering, 'Already sent')).toHaveCount(0);
    await button(answering, 'Release').click();
    const why = field(answering, 'Reason for releasing all the same');
    if (await why.isVisible()) {
      await why.fill('The rest follows.');
      await button(answering, 'Release').click();
    }
    await expect(answering).toHaveCount(0);
  });

  await test.step('the prosecutor accepts, and decides by offence; both windows show it', async () => {
    await prosecutor.goTo('Inbox');
    await row(prosecutor.window, 'Inbox', new RegExp(TITLE)).nth(1).click();
    await expect(prosecutor.packageStatus()).toContainText('Ready to open', { timeout: 60_000 });
    await closeViewer(await prosecutor.open(LATER));
    await prosecutor.accept();
    await expect(prosecutor.packageStatus()).toContainText('Accepted');
    await button(prosecutor.window, 'Go to the case').click();
    await part(prosecutor, 'Review and decisions');
    await button(prosecutor.window, 'Record a decision').click();
    const deciding = dialog(prosecutor.window, 'Record a charging decision');
    await expect(deciding.getByRole('checkbox', { name: 'TH68036, Burglary of a bakery' })).toBeChecked();
    await field(deciding, 'Reasons').fill('The evidence meets the test.');
    await button(deciding, 'Record decision').click();
    for (const desk of [prosecutor, officer]) {
      if (desk === officer) {
        await officer.openCase(TITLE);
        const packages = officer.window.getByRole('grid', { name: 'Packages', exact: true });
        await expect(packages).toContainText('Returned: The victim does not say what the till held.');
        await expect(packages).toContainText('Accepted');
        await part(officer, 'Review and decisions');
      }
      const decided = region(desk.window, 'Charging decision');
      await expect(decided).toContainText('TH68036 Burglary of a bakery');
      await expect(decided).toContainText('The evidence meets the test.');
    }
  });
});
