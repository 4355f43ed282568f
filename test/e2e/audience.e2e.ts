/**
 * What another organisation can open is what was released to it, and nothing else: words typed and deleted before, an
 * earlier value of a field, a file that stayed behind and its name are in nothing that a device of the receiving post has a
 * key for; nor is anything of a package that was withdrawn before it was delivered. That device here is one without a
 * window, so that its every entry can be opened; a colleague of the officer's, read in the same way, shows that the reading
 * would find them.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AreaId } from '../../shared/primitives/ids.ts';
import type { Needle } from '../leaks/needles.ts';
import { phrase, samplesOf } from '../leaks/needles.ts';
import type { OpenedAll } from '../leaks/opened.ts';
import { openAll } from '../leaks/opened.ts';
import { searchIn } from '../leaks/search.ts';
import { Computer, until } from '../simulation/computer.ts';
import type { Role } from '../support/fellshire.ts';
import { button } from './find.ts';
import type { Desk, World } from './world.ts';
import { expect, test } from './world.ts';

test.setTimeout(180_000);

const TITLE = 'R v Quillfeather';
const DELETED = 'the informant lives above the bakery';
const KEPT = 'two neighbours saw the van leave';
const LATER = 'ask the informant again on Monday';
const NAME_BEFORE = 'Barnaby Quillfeather';
const NAME_NOW = 'Bertram Quillfeather';
const RELEASED = 'Statement of Odile Wraxhall.txt';
const BEHIND = 'Informants of Osric Thornbury.txt';

async function write(officer: Desk): Promise<void> {
  const { window } = officer;
  const has = (text: string): Promise<void> => expect(officer.summaryBox()).toContainText(text);
  const hasNot = (text: string): Promise<void> => expect(officer.summaryBox()).not.toContainText(text);
  await officer.write(`${KEPT}. `);
  await officer.whenSaved();
  await officer.write(DELETED);
  await has(DELETED);
  await officer.whenSaved();
  for (let i = 0; i < DELETED.length; i++) await window.keyboard.press('Shift+ArrowLeft');
  await window.keyboard.press('Backspace');
  await hasNot(DELETED);
  await officer.whenSaved();
  await window.keyboard.press('Control+z');
  await has(DELETED);
  await officer.whenSaved();
  await window.keyboard.press('Control+Shift+z');
  await hasNot(DELETED);
  await officer.whenSaved();
}

async function renameSuspect(officer: Desk): Promise<void> {
  const record = officer.window.getByRole('region', { name: 'Case record' });
  await record.getByRole('button', { name: NAME_BEFORE }).click();
  await record.getByRole('textbox', { name: 'Name', exact: true }).fill(NAME_NOW);
  await expect(record.getByRole('button', { name: NAME_NOW })).toBeVisible();
  await expect(record.getByText('Saved', { exact: true })).toBeVisible();
}

/** A computer without a window, of the same post as a window's: it gets the post's keys from that one. */
async function colleague({ servers, dir }: World, role: Role): Promise<Computer> {
  const computer = new Computer(path.join(dir, `node ${role}`));
  await computer.enrol(servers.relayUrl, await servers.newCode(role));
  return computer;
}

/** All it can open once nothing that it was sent waits for a key. */
async function openWhenWhole(computer: Computer, isThere: (all: OpenedAll) => boolean): Promise<OpenedAll> {
  return until(async () => {
    const all = await openAll(computer.session);
    return isThere(all) ? all : null;
  }, 'everything that the keys open');
}

const count = (all: OpenedAll, kind: string): number => all.kinds.get(kind) ?? 0;
const named = (of: readonly Needle[]): readonly string[] => of.map(({ name }) => name).sort();
const clientsIn = (areas: OpenedAll['areas']): readonly number[] => [...areas.values()].flatMap((of) => [...of]);
const namesIn = (needles: readonly Needle[], all: OpenedAll): readonly string[] =>
  [...new Set(searchIn(needles, all.pieces).map(({ needle }) => needle))].sort();

test('what was deleted, replaced or left behind before a release is in nothing that the other side has a key for', async ({
  world,
}) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.newCase({ title: TITLE, suspect: NAME_BEFORE });
  await write(officer);
  await renameSuspect(officer);
  const files = {
    released: await world.makeFile(RELEASED, `A statement. ${KEPT}.`),
    behind: await world.makeFile(BEHIND, 300_000),
  };
  await officer.addFiles(Object.values(files));
  for (const name of [RELEASED, BEHIND]) await expect(officer.fileRow(name)).toContainText('On this computer');
  await officer.release({ to: 'Charging lawyer', without: [BEHIND] });
  await expect(officer.packageRow()).toContainText('Delivered', { timeout: 60_000 });
  await officer.write(LATER);
  await officer.whenSaved();
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.packageStatus()).toContainText('Ready to open');

  const released = [
    phrase('title', TITLE),
    phrase('kept', KEPT),
    phrase('name now', NAME_NOW),
    phrase('name of the released file', RELEASED),
  ];
  const own = [
    phrase('deleted', DELETED),
    phrase('written after', LATER),
    phrase('name before', NAME_BEFORE),
    phrase('name of the file behind', BEHIND),
  ];
  const needles = [...released, ...own, ...(await samplesOf('file behind', files.behind))];

  const ours = await colleague(world, 'officer2');
  const theirs = await colleague(world, 'prosecutor2');
  try {
    const oursAll = await openWhenWhole(ours, (all) => namesIn(own, all).length === own.length);
    expect(namesIn([...released, ...own], oursAll)).toEqual(named([...released, ...own]));

    // The Case file's text, the package and its event: all that the release brought is open before it is searched.
    const theirsAll = await openWhenWhole(
      theirs,
      (all) =>
        namesIn(released, all).length === released.length &&
        count(all, 'edit') >= 2 &&
        count(all, 'package') > 0 &&
        count(all, 'event') >= 3,
    );
    console.log(
      `a prosecutor's device opens: ${JSON.stringify([...theirsAll.kinds])} in ${theirsAll.areas.size} areas; an officer's: ${JSON.stringify([...oursAll.kinds])} in ${oursAll.areas.size}`,
    );
    expect(namesIn(needles, theirsAll)).toEqual(named(released));
    // Nor does the history come along without its words: who wrote how much, and how much of it was deleted.
    const closed = new Map([...oursAll.areas].filter(([area]) => !theirsAll.areas.has(area)));
    expect(clientsIn(closed).length).toBeGreaterThan(1);
    expect(clientsIn(theirsAll.areas).filter((client) => clientsIn(closed).includes(client))).toEqual([]);
    await expectOutOfReach(world, officer, theirs, { held: [...theirsAll.areas.keys()], closed: [...closed.keys()] });
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
});

test('of a package that was withdrawn before delivery the other side opens nothing: no title, no word, no name of a file', async ({
  world,
}) => {
  const [officer, theirs] = await Promise.all([world.desk('officer'), colleague(world, 'prosecutor2')]);
  const ours = await colleague(world, 'officer2');
  try {
    await officer.newCase({ title: TITLE, suspect: NAME_NOW });
    await officer.write(`${KEPT}. `);
    await officer.whenSaved();
    await officer.addFiles([await world.makeFile(RELEASED, `A statement. ${KEPT}.`)]);
    await expect(officer.fileRow(RELEASED)).toContainText('On this computer');
    theirs.goOffline();
    await officer.release({ to: 'Charging lawyer' });
    await expect(officer.packageRow()).toContainText('Sent');
    await officer.showTab('Case file');
    const file = officer.window.getByRole('tabpanel');
    await expect(file).toContainText(
      'Will be live with Fellshire Prosecution Service when the package has been delivered',
    );
    await expect(officer.fileRow(RELEASED)).toContainText('Sent');
    await officer.write(LATER);
    await officer.whenSaved();
    await button(officer.window, 'Show package').click();
    await officer.withdraw('Sent to the wrong post.');
    await expect(officer.packageStatus()).toContainText('Withdrawn');
    await until(() => hasTakenBack(world), 'the relay to let nobody fetch it');
    await officer.openCase(TITLE, 'Case file');
    await expect(file).toContainText(
      'Not live: the package was withdrawn before Fellshire Prosecution Service had it.',
    );
    await expect(officer.fileRow(RELEASED)).toBeHidden();

    theirs.goOnline();
    await until(() => theirs.session.facts.of('withdrawn').length > 0, 'the withdrawal on the other side');
    await until(() => theirs.session.link.open && !theirs.session.log.isBehind(), 'all that the relay has');
    const needles = [
      phrase('title', TITLE),
      phrase('kept', KEPT),
      phrase('suspect', NAME_NOW),
      phrase('name of the file', RELEASED),
      phrase('written while it waited', LATER),
    ];
    const oursAll = await openWhenWhole(ours, (all) => namesIn(needles, all).length === needles.length);
    expect(oursAll.areas.size).toBeGreaterThan(1);
    const theirsAll = await openAll(theirs.session);
    expect(namesIn(needles, theirsAll)).toEqual([]);
    for (const area of oursAll.areas.keys())
      expect(await theirs.session.link.ask({ t: 'pull', area, after: 0, limit: 10 })).toMatchObject({ t: 'declined' });
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
});

/** Whether the relay has done what a withdrawal asks of it. */
function hasTakenBack({ dir }: World): boolean {
  const db = new DatabaseSync(path.join(dir, 'relay', 'relay.sqlite'), { readOnly: true });
  try {
    return db.prepare('SELECT 1 FROM withdrawn').get() !== undefined;
  } finally {
    db.close();
  }
}

/** Neither the log of Working papers nor a chunk of the file behind is given to the other side, though it knows their ids. */
async function expectOutOfReach(
  world: World,
  officer: Desk,
  { session }: Computer,
  { held, closed }: Record<'held' | 'closed', readonly AreaId[]>,
): Promise<void> {
  expect(closed).not.toEqual([]);
  for (const area of closed)
    expect(await session.link.ask({ t: 'pull', area, after: 0, limit: 10 })).toMatchObject({ t: 'declined' });

  const atRelay = await chunksIn(path.join(world.dir, 'relay'));
  const behind = [...(await chunksIn(path.join(officer.computer.profile, 'evidence')))].filter(
    (chunk) => !atRelay.has(chunk),
  );
  expect(behind).toHaveLength(1);
  expect(session.linkState.is).toBe('connected');
  const token = session.linkState.is === 'connected' ? session.linkState.token : '';
  const ask = async (chunk: string, area: string): Promise<number> =>
    (
      await fetch(`${world.servers.relayUrl}/v1/chunks/${chunk}?area=${area}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).status;
  for (const area of [...held, ...closed]) expect(await ask(behind[0]!, area)).toBe(403);
  const areas = await Promise.all(held.map((area) => ask([...atRelay][0]!, area)));
  expect(areas, 'the released one is given, by the same way of asking').toContain(200);
}

async function chunksIn(folder: string): Promise<ReadonlySet<string>> {
  return new Set(
    (await readdir(path.join(folder, 'chunks'), { recursive: true }))
      .map((name) => path.basename(name))
      .filter((name) => /^[0-9a-f]{64}$/.test(name)),
  );
}
