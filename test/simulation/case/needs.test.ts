/**
 * What waits for a person: a package that was returned, until it is answered; one with a file that cannot go on by itself;
 * each with its case, and as many as the number beside "Needs me". What was received waits in the Inbox.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TransferNews } from '../../../shared/ipc/evidence.ts';
import type { NeedRow } from '../../../shared/ipc/needs.ts';
import type { LinkView } from '../../../shared/ipc/worker.ts';
import type { AreaId, PackageId, VersionId } from '../../../shared/primitives/ids.ts';
import { packageOf } from '../../../renderer/sync/cases/caseIndex.ts';
import { decide } from '../../../renderer/sync/cases/release/receiving.ts';
import { computeView } from '../../../renderer/sync/views/views.ts';
import { addFile, deliver, makeCase, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let prosecutor: Computer;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor] = await world.officerAndProsecutor();
}, 40_000);
afterAll(() => world.end(), 20_000);

const needs = async (computer: Computer): Promise<readonly NeedRow[]> =>
  (await computeView(computer.desktop, 'needs')) as readonly NeedRow[];
const numberBeside = async (computer: Computer): Promise<number> =>
  ((await computeView(computer.desktop, 'link')) as LinkView).needsMe;

async function released(name: string) {
  const of = await makeCase(officer, `R v ${name}`);
  const file = await addFile(officer, of, `${name}.txt`);
  return { of, pkg: await releaseTo(officer, of, [file]), version: file.content.version };
}
async function returned(pkg: PackageId, reason: string): Promise<void> {
  await until(() => packageOf(prosecutor.session, pkg), 'the package at the prosecutor');
  expect(await decide(prosecutor.session, pkg, { returned: reason })).toEqual({ ok: true, value: null });
}
const waits = (count: number): Promise<unknown> =>
  until(async () => (await numberBeside(officer)) === count, `${count} needs`);

const stuck = (direction: 'up' | 'down', version: VersionId, area: AreaId): TransferNews => ({
  version,
  area,
  direction,
  state: 'failed',
  done: 0,
  total: 26,
  rate: 0,
  cause: 'does not verify',
  nextAt: null,
});

it('a returned package waits with its reason and its case, until it is answered or nobody asks any more', async () => {
  const first = await released('Arkwright');
  const second = await released('Bellweather');
  expect(await needs(officer)).toEqual([]);
  await returned(first.pkg, 'The statement is not signed.');
  await waits(1);
  await returned(second.pkg, 'No exhibits.');
  await waits(2);
  expect(await needs(officer)).toMatchObject([
    {
      case: first.of,
      caseTitle: 'R v Arkwright',
      package: { id: first.pkg, direction: 'sent', purpose: 'charging decision' },
      why: expect.stringMatching(/^Returned by .+: The statement is not signed\.$/) as string,
    },
    { case: second.of, caseTitle: 'R v Bellweather', package: { id: second.pkg } },
  ]);
  // Who returned it has nothing left to do.
  expect(await needs(prosecutor)).toEqual([]);

  await releaseTo(officer, first.of, [await addFile(officer, first.of, 'Signed.txt')], undefined, first.pkg);
  await waits(1);
  expect(await needs(officer)).toMatchObject([{ case: second.of }]);
});

it('a package with a file that cannot go on by itself waits on either side, with the Problem and the file', async () => {
  const { of, pkg, version } = await released('Cotterill');
  await until(() => packageOf(prosecutor.session, pkg), 'the package at the prosecutor');
  const intake = await until(() => packageOf(officer.session, pkg)?.posted?.intake, 'where it was posted');
  for (const [computer, direction, word] of [
    [officer, 'up', 'sent'],
    [prosecutor, 'down', 'received'],
  ] as const) {
    const before = await numberBeside(computer);
    // Said again as long as it is so, as the evidence process does: its own account of this file comes between.
    const waiting = await until(async () => {
      await computer.desktop.moving.heard([stuck(direction, version, intake)]);
      const rows = (await needs(computer)).filter((row) => row.case === of);
      return rows.length > 0 && rows;
    }, 'the file among what waits');
    expect(waiting).toMatchObject([
      {
        caseTitle: 'R v Cotterill',
        package: { id: pkg, direction: word },
        why: expect.stringMatching(/^Problem: .+ \(Cotterill\.txt\)$/) as string,
      },
    ]);
    expect(await numberBeside(computer)).toBe(before + 1);
  }
});

it('a person is told once of what came while they looked elsewhere, also over a restart; the icon says how much waits', async () => {
  await until(() => officer.told.includes('1 returned') && prosecutor.told.includes('1 problem'), 'both notices');
  await until(async () => officer.badge === (await numberBeside(officer)), 'the number on the icon');
  const before = [...officer.told];
  await officer.crash();
  const { pkg } = await released('Dunwoody');
  await until(() => packageOf(prosecutor.session, pkg), 'the package at the prosecutor');
  expect(prosecutor.told).not.toContain('1 ready');
  await deliver(prosecutor, pkg, 'Dunwoody.txt');
  await until(() => prosecutor.told.includes('1 ready'), 'the notice that it is ready');
  await returned(pkg, 'Not what was asked for.');
  await until(() => officer.told.length > before.length, 'the next notice');
  expect(officer.told).toEqual([...before, '1 returned']);
});
