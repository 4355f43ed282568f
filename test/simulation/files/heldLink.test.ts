/**
 * Waiting for another link, as a person chose, over a real relay and real evidence processes with a proxy that counts: on a
 * slow link, or one that a person calls metered, no file moves in either direction, the reason is said, words still go, and it
 * goes on once when a person says so, or by itself when the link is another.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NO_LIMITS } from '../../../shared/ipc/limits.ts';
import type { Limits, LimitsView } from '../../../shared/ipc/limits.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { CaseId, PackageId } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { callsOf } from '../../../renderer/sync/calls.ts';
import { filedIn, packages } from '../../../renderer/sync/cases/caseIndex.ts';
import type { FaultProxy } from '../../support/faultProxy.ts';
import { startFaultProxy } from '../../support/faultProxy.ts';
import { makeCase, releaseOf, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { computerWithFiles } from './withFiles.ts';
import { World } from '../world.ts';

const SIZE = 2 * MiB;
/** Far more than packages and the words around them take. */
const WORDS = MiB / 2;

let world: World;
let up: FaultProxy;
let down: FaultProxy;
let officer: Computer;
let prosecutor: Computer;
let of: CaseId;
let files = 0;

beforeAll(async () => {
  world = await World.begin();
  [up, down] = await Promise.all([
    startFaultProxy({ target: world.relayUrl }),
    startFaultProxy({ target: world.relayUrl }),
  ]);
  [officer, prosecutor] = await Promise.all([
    computerWithFiles(world, 'officer', 'officer', up.url),
    computerWithFiles(world, 'prosecutor', 'prosecutor', down.url),
  ]);
  of = await makeCase(officer);
}, 60_000);
afterAll(async () => {
  await world.end();
  await Promise.all([up.close(), down.close()]);
}, 20_000);
beforeEach(async () => {
  for (const computer of [officer, prosecutor]) {
    computer.linkKind = 'usual';
    await choose(computer, {});
  }
});

const choose = (computer: Computer, limits: Partial<Limits>): Promise<void> =>
  callsOf(computer.desktop).setLimits({ ...NO_LIMITS, ...limits });
const goOnOnce = (computer: Computer): Promise<void> => callsOf(computer.desktop).goOnOnce(true);
const limitsOf = ({ desktop }: Computer): Omit<LimitsView, 'limits'> => {
  const { link, held, once } = desktop.moving.limiting.now();
  return { link, held, once };
};

async function add(): Promise<FileRecord> {
  const name = `Film ${++files}.bin`;
  const folder = path.join(world.dir, 'drive');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, name), randomBytes(SIZE));
  const tokens = (await officer.evidence?.choose([path.join(folder, name)])) ?? [];
  expect((await officer.desktop.importing.add(of, tokens)).ok).toBe(true);
  return until(
    () => filedIn(officer.session, of).find(({ fact }) => fact.is === 'added' && fact.file.name === name)?.fact.file,
    'the file added',
  );
}
const rowOf = async (computer: Computer, id: PackageId) => {
  const isKnown = packages(computer.session).some((one) => one.package === id);
  return isKnown ? (await computer.view(of)).packages.find((one) => one.package === id)?.files[0] : undefined;
};
/** Every way in which it is told on the screen. */
const told = async (computer: Computer, id: PackageId): Promise<string> =>
  JSON.stringify((await rowOf(computer, id)) ?? null);
const waits = (computer: Computer, id: PackageId): Promise<unknown> =>
  until(async () => (await told(computer, id)).includes('Waiting: metered or slow link'), 'the reason on the screen');
const arrives = (id: PackageId): Promise<unknown> =>
  until(async () => ((await rowOf(officer, id))?.receipts.length ?? 0) > 0, 'its receipt');

it('sends no file on a slow link, says why, and goes on once when told so, until the link changes', async () => {
  await choose(officer, { hold: 'metered or slow' });
  officer.linkKind = 'slow';
  const before = up.bytes('up');
  const id = await releaseTo(officer, of, [await add()]);
  await waits(officer, id);
  // The package itself is only words: it goes, and is told over there.
  await until(() => prosecutor.session.facts.of('package').length === 1, 'the package');
  expect(limitsOf(officer)).toEqual({ link: 'slow', held: true, once: false });
  expect(up.bytes('up') - before).toBeLessThan(WORDS);
  await goOnOnce(officer);
  await arrives(id);
  expect(limitsOf(officer)).toEqual({ link: 'slow', held: false, once: true });
  officer.linkKind = 'usual';
  officer.desktop.moving.look(); // as it does every second
  officer.linkKind = 'slow'; // the same kind of link, come again, is another
  expect(limitsOf(officer)).toEqual({ link: 'slow', held: true, once: false });
});

it('stops what is under way, and goes on by itself on another link with what is missing', async () => {
  await choose(officer, { hold: 'metered or slow', rate: MiB / 2 });
  const before = up.bytes('up');
  const file = await add();
  const id = await releaseTo(officer, of, [file]);
  await until(() => up.bytes('up') - before > WORDS / 2, 'some of it to be on its way');
  officer.linkKind = 'slow';
  await waits(officer, id);
  expect((await rowOf(officer, id))?.receipts).toEqual([]);
  officer.linkKind = 'usual';
  await choose(officer, { hold: 'metered or slow' });
  await arrives(id);
});

it('receives no file where a person says that the link is metered, also after a restart', async () => {
  await choose(prosecutor, { hold: 'metered', metered: true });
  await prosecutor.crash();
  await until(() => prosecutor.session.link.open, 'the link');
  const before = down.bytes('down');
  const id = await releaseTo(officer, of, [await add()]);
  await until(
    () => officer.session.facts.of('all sent').some(({ fact }) => fact.package === id),
    'all of it at the relay',
  );
  await waits(prosecutor, id);
  expect(limitsOf(prosecutor)).toEqual({ link: 'metered', held: true, once: false });
  expect(down.bytes('down') - before).toBeLessThan(WORDS);
  await choose(prosecutor, { hold: 'metered' });
  await arrives(id);
});

it('keeps back a package that is not to go on a metered link where a person says that it is one', async () => {
  await choose(officer, { metered: true });
  const when = { sealed: false, at: null, unmetered: true };
  const released = await callsOf(officer.desktop).release(releaseOf(officer, of, [await add()], { when }));
  if (!released.ok) throw new Error(released.cause);
  await until(async () => (await told(officer, released.value)).includes('metered or slow link'), 'the reason');
  expect(officer.session.facts.of('posted').some(({ fact }) => fact.package === released.value)).toBe(false);
  await choose(officer, {});
  await arrives(released.value);
});
