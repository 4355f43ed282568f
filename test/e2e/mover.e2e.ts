/**
 * Somebody moves to another post, in three windows: an administrator looks first at what they would lose and gain, personnel
 * then says so, and on the day one case leaves the mover's window and the other stays, by the new post; the officer whose
 * cases they are sees who can see them now, and the administrator reads that they moved.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Servers } from '../support/servers.ts';
import { startServers } from '../support/servers.ts';
import type { Actor } from './actors.ts';
import { actor } from './actors.ts';
import { DAY } from '../../shared/primitives/units.ts';
import { button, choose, dialog, field } from './find.ts';
import { expect, test } from './launch.ts';

const UNIT = 'Kendal CID';
const OFFICER = 'Officer in the case, Kendal CID';
const SUPERVISOR = 'Supervisor, Kendal CID';

let servers: Servers;
let dir: string;
test.beforeAll(async () => {
  test.setTimeout(180_000); // setting up an organisation takes many commands, and a busy machine long for each
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-mover-'));
  servers = await startServers({ dir });
  await servers.authority(
    'police',
    'person',
    'add',
    '--name',
    'Ada Min',
    '--post',
    'Access',
    '--role',
    'administrator',
  );
  await personnelSays(OFFICER);
});
test.afterAll(async () => {
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Personnel's file, in which Una Field holds this post, for so many days. */
async function personnelSays(post: string, days: number | null = null): Promise<void> {
  const file = path.join(dir, 'staff.csv');
  const end = days === null ? '' : new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  const head = 'staff number,name,unit,post,start,end,post start,post end';
  await writeFile(file, `${head}\nE1,Una Field,${UNIT},"${post}",2020-01-06,,,${end}\n`);
  await servers.authority('police', 'hr', 'import', file);
}

async function letIn(officer: Actor, title: string, post: RegExp): Promise<void> {
  await officer.openCase(title);
  await button(officer.window, 'Who can see this').click();
  await button(officer.window, 'Let a post in…').click();
  const letting = dialog(officer.window, 'Let a post in');
  await choose(officer.window, letting, 'Post', post);
  await field(letting, 'Reason').fill('Supervises the enquiry.');
  await button(letting, 'Let in').click();
  await expect(letting).toHaveCount(0);
}

test('a mover’s preview, and what follows at their side and at others’', async ({ launch }) => {
  test.setTimeout(120_000); // three starts of the application, and a busy machine long for each
  const codeOf = async (name: string): Promise<string> =>
    String((await servers.authority('police', 'enrol-code', '--person', name))['code']);
  const codes = [await servers.newCode('officer'), await codeOf('Una Field'), await codeOf('Ada Min')] as const;
  const [officer, una, admin] = (await Promise.all(codes.map(() => launch()))).map(actor) as [Actor, Actor, Actor];
  await officer.enrol(servers.relayUrl, codes[0]);
  await una.enrol(servers.relayUrl, codes[1]);
  await admin.enrol(servers.relayUrl, codes[2]);
  for (const title of ['R v Rowan', 'R v Gorse']) await officer.newCase({ title });
  await letIn(officer, 'R v Rowan', /^Supervisor/);
  await una.openCase('R v Gorse');
  await expect(una.statusBar()).toContainText(OFFICER);

  await test.step('the administrator looks before anything is changed', async () => {
    await admin.goTo('Access');
    await button(admin.window, 'People').click();
    await admin.window.getByRole('grid', { name: 'People' }).getByText('Una Field').click();
    await button(admin.window, 'Preview a move…').click();
    const preview = dialog(admin.window, 'If Una Field moved');
    await choose(admin.window, preview, 'Post', /^Supervisor/);
    await button(preview, 'Preview').click();
    await expect(preview.getByText('Loses 4, gains 2')).toBeVisible();
    await expect(preview.getByText(`Loses ${OFFICER}`)).toBeVisible();
    await expect(preview.getByText(`Gains ${SUPERVISOR}`)).toBeVisible();
    await admin.window.screenshot({ path: test.info().outputPath('preview.png') });
    await button(preview, 'Close').click();
  });

  await personnelSays(SUPERVISOR, 5);

  await test.step('at the mover’s side one case goes, the other stays by the new post', async () => {
    await expect(una.window.getByText('This case is not on this computer any more')).toBeVisible();
    await expect(una.statusBar()).toContainText(SUPERVISOR);
    await una.goTo('Cases');
    await expect(una.window.getByText('R v Rowan')).toBeVisible();
    await expect(una.window.getByText('R v Gorse')).toHaveCount(0);
  });

  await test.step('who has the post for a time is told of their last day in its last week', async () => {
    await expect(una.window.getByText(`is your last day as ${SUPERVISOR}`)).toBeVisible();
    await una.goTo('Access');
    await button(una.window, 'People').click();
    await una.window.getByRole('grid', { name: 'People' }).getByText('Una Field').click();
    await expect(una.window.getByRole('list', { name: 'Posts' })).toContainText('last day');
    await una.window.screenshot({ path: test.info().outputPath('last-day.png') });
  });

  await test.step('the officer sees who can see each case now', async () => {
    const seers = officer.window.getByRole('table', { name: 'Who can see Working papers', exact: true });
    await expect(seers.getByRole('row', { name: /^Una Field/ })).toContainText(SUPERVISOR);
    await officer.openCase('R v Gorse');
    await button(officer.window, 'Who can see this').click();
    await expect(seers.getByRole('row', { name: /^DC Priya Nair/ })).toBeVisible();
    await expect(seers.getByRole('row', { name: /^Una Field/ })).toHaveCount(0);
  });

  await test.step('and the administrator reads that they moved', async () => {
    await button(admin.window, 'Joiners, movers, leavers').click();
    const moved = admin.window.getByRole('row', { name: /^Una Field.*Moved/ });
    await expect(moved).toContainText('personnel');
    await expect(moved).toContainText(`from ${OFFICER} to ${SUPERVISOR}`);
    await admin.window.screenshot({ path: test.info().outputPath('moved.png') });
  });
});
