/**
 * Text that two people write at once, on line and off, is the same on both computers, with nothing lost; and what said
 * "Saved" outlives the death of any process.
 */
import { killComputer } from '../support/launch.ts';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';

test('two colleagues write off line and on, and both computers end with both texts', async ({ world }) => {
  const [one, other] = await Promise.all([world.desk('officer'), world.desk('officer2')]);
  await one.newCase({ title: 'R v Garside', suspect: 'Neil Garside' });
  await one.write('Written by the first. ');
  await one.whenSaved();
  await other.openCase('R v Garside');
  await expect(other.summaryBox()).toContainText('Written by the first.');

  one.cable.refuse(true);
  other.cable.refuse(true);
  await expect(one.statusBar()).toContainText('Offline');
  await expect(other.statusBar()).toContainText('Offline');
  await one.write('The first, off line. ');
  await other.write('The second, off line. ');
  await Promise.all([one.whenSaved(), other.whenSaved()]);
  expect(await one.summary()).not.toContain('The second');
  await expect(
    one.window.getByRole('main').getByRole('status').filter({ hasText: 'Offline: your edits' }).first(),
  ).toBeVisible();

  one.cable.refuse(false);
  other.cable.refuse(false);
  await expect.poll(() => one.summary()).toContain('The second, off line.');
  await expect.poll(() => other.summary()).toContain('The first, off line.');
  expect(await one.summary()).toBe(await other.summary());

  await Promise.all([one.write('Together one. '), other.write('Together two. ')]);
  await expect.poll(() => one.summary()).toContain('Together two.');
  await expect.poll(async () => (await one.summary()) === (await other.summary())).toBe(true);
  for (const text of [
    'Written by the first.',
    'The first, off line.',
    'The second, off line.',
    'Together one.',
    'Together two.',
  ])
    expect(await one.summary()).toContain(text);
});

test('a word that is being typed stays together when somebody else types the same at the same place', async ({
  world,
}) => {
  const desks = await Promise.all([world.desk('officer'), world.desk('officer2')]);
  const [one, other] = desks;
  await one.newCase({ title: 'R v Garside' });
  await one.write('Seen: ');
  await one.whenSaved();
  await other.openCase('R v Garside');
  await expect(other.summaryBox()).toContainText('Seen:');
  for (const desk of desks) {
    desk.cable.refuse(true);
    await desk.write('T');
  }
  for (const desk of desks) desk.cable.refuse(false);
  for (const desk of desks) await expect.poll(() => desk.summary()).toContain('TT');
  // One of them stands behind the other's letter now, and both go on where they were.
  await one.window.keyboard.type('ango ');
  await other.window.keyboard.type('iger ');
  for (const desk of desks) {
    await expect.poll(() => desk.summary()).toContain('Tango');
    await expect.poll(() => desk.summary()).toContain('Tiger');
  }
});

test('one Undo takes back one thing, however fast the person is', async ({ world }) => {
  const desk = await world.desk('officer');
  const { keyboard } = desk.window;
  await desk.newCase({ title: 'R v Garside' });
  await desk.write('A van left. It was white');
  for (let i = 0; i < 'white'.length; i++) await keyboard.press('Shift+ArrowLeft');
  await keyboard.press('Backspace');
  const texts: string[] = [await desk.summary()];
  for (const key of ['Control+z', 'Control+Shift+z', 'Control+z', 'Control+z', 'Control+z']) {
    await keyboard.press(key);
    texts.push(await desk.summary());
  }
  expect(texts.map((text) => text.trim())).toEqual([
    'A van left. It was',
    'A van left. It was white',
    'A van left. It was',
    'A van left. It was white',
    'A van left.',
    '',
  ]);
});

test('a field that both changed off line shows both values until one is chosen', async ({ world }) => {
  const [one, other] = await Promise.all([world.desk('officer'), world.desk('officer2')]);
  await one.newCase({ title: 'R v Garside' });
  await other.openCase('R v Garside');
  const record = {
    one: one.window.getByRole('region', { name: 'Case record' }),
    other: other.window.getByRole('region', { name: 'Case record' }),
  };
  await expect(record.other.getByRole('textbox', { name: 'Officer in the case' })).toHaveValue('DC Priya Nair');
  for (const [desk, part, value] of [
    [one, record.one, 'DC Priya Nair (Kendal)'],
    [other, record.other, 'DS Tom Okafor'],
  ] as const) {
    desk.cable.refuse(true);
    await expect(desk.statusBar()).toContainText('Offline');
    await part.getByRole('textbox', { name: 'Officer in the case' }).fill(value);
    await expect(part.getByText('Saved', { exact: true })).toBeVisible();
  }
  one.cable.refuse(false);
  other.cable.refuse(false);
  for (const part of [record.one, record.other]) {
    await expect(part.getByRole('group', { name: 'Officer in the case: 2 values' })).toContainText(
      'DC Priya Nair (Kendal)',
    );
    await expect(part.getByRole('button', { name: 'Keep this: DS Tom Okafor' })).toBeVisible();
  }
  await record.one.getByRole('button', { name: 'Keep this: DS Tom Okafor' }).click();
  for (const part of [record.one, record.other])
    await expect(part.getByRole('textbox', { name: 'Officer in the case' })).toHaveValue('DS Tom Okafor');
});

test('what said Saved outlives SIGKILL, off line, again and again; the time from the last key to Saved is printed', async ({
  world,
}) => {
  let desk = await world.desk('officer');
  desk.cable.refuse(true);
  await desk.newCase({ title: 'R v Garside' });
  let written = '';
  const times: number[] = [];
  for (const part of [
    'First thing that was saved. ',
    'Second thing that was saved. ',
    'Third thing that was saved. ',
  ]) {
    await desk.write(part);
    const lastKey = performance.now();
    await desk.whenSaved();
    times.push(performance.now() - lastKey);
    written += part;
    await killComputer(desk.computer);
    desk = await world.restart(desk);
    await desk.unlock();
    await desk.openCase('R v Garside');
    await expect(desk.summaryBox()).toContainText(written.trim());
  }
  console.log(`from the last key to "Saved": ${times.map((time) => `${Math.round(time)} ms`).join(', ')}`);
  desk.cable.refuse(false);
  const colleague = await world.desk('officer2');
  await colleague.openCase('R v Garside');
  await expect(colleague.summaryBox()).toContainText(written.trim());
});

test('officer, prosecutor and relay are each killed while both write in the Case file: nothing that said Saved is lost', async ({
  world,
}) => {
  test.setTimeout(180_000);
  let [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.newCase({ title: 'R v Garside' });
  await officer.write('Written before. ');
  await officer.addFiles([await world.makeFile('Statement.txt', 'A statement.')]);
  await expect(officer.fileRow('Statement.txt')).toContainText('On this computer');
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.packageRow()).toContainText('Delivered');
  const openCaseFile = async (desk: Desk): Promise<void> => {
    await desk.openCase('R v Garside', 'Case file');
    await expect(desk.window.getByText(/^Live with /)).toBeVisible();
  };
  const back = async (desk: Desk): Promise<Desk> => {
    const again = await world.restart(desk);
    await again.unlock();
    await openCaseFile(again);
    return again;
  };
  await openCaseFile(officer);
  await openCaseFile(prosecutor);

  const saved: string[] = [];
  /** Each at an end of their own: whoever sets the caret into a word that another still types would split it. */
  const write = async ({ desk, place }: { desk: Desk; place: 'Control+Home' | 'Control+End' }, text: string) => {
    await desk.summaryBox().click();
    await desk.window.keyboard.press(place);
    await desk.window.keyboard.type(text);
  };
  /** Both write, and see "Saved"; then both are in the middle of a sentence when what is given happens. */
  const writeInto = async (round: string, happens: () => Promise<void>): Promise<void> => {
    const both = [
      { desk: officer, who: 'Officer', place: 'Control+End' },
      { desk: prosecutor, who: 'Prosecutor', place: 'Control+Home' },
    ] as const;
    for (const each of both) {
      await write(each, `${each.who} ${round}. `);
      await each.desk.whenSaved();
      saved.push(`${each.who} ${round}.`);
    }
    // Whose window goes cannot finish the sentence.
    const writing = both.map((each) =>
      write(each, `${each.who} half ${round} ${'and more '.repeat(15)}`).catch(() => undefined),
    );
    for (const { desk, who } of both) await expect(desk.summaryBox()).toContainText(`${who} half ${round}`);
    await happens();
    await Promise.all(writing);
  };
  await writeInto('first', () => killComputer(prosecutor.computer));
  prosecutor = await back(prosecutor);
  // What both write now is sent, and never gets there.
  for (const { cable } of [officer, prosecutor]) cable.stall(true);
  await writeInto('second', async () => {
    await world.servers.kill('relay');
    for (const { cable } of [officer, prosecutor]) cable.stall(false);
    await world.servers.restart('relay');
  });
  await writeInto('third', () => killComputer(officer.computer));
  officer = await back(officer);
  for (const desk of [officer, prosecutor]) {
    await expect(desk.statusBar()).toContainText('Connected', { timeout: 60_000 });
    for (const text of saved) await expect(desk.summaryBox()).toContainText(text, { timeout: 20_000 });
  }
  await expect.poll(async () => (await officer.summary()) === (await prosecutor.summary())).toBe(true);
});
