/**
 * The marking of a case asks for vetting, by the organisation's own rule data: whoever lacks it is denied by that rule, shown as
 * denied, and taken out with another key; who has it reads on. Over real relay and authority.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { doAccess } from '../../../renderer/sync/access/acts.ts';
import { whoView } from '../../../renderer/sync/access/who.ts';
import { bundleOf } from '../../../shared/model/rules/bundle.ts';
import { smallRules } from '../../../shared/model/rules/fixture.ts';
import template from '../../../shared/model/rules/data/agreement.json' with { type: 'json' };
import { recordRoot } from '../../../shared/model/record.ts';
import { setField } from '../../../shared/model/register.ts';
import { toHex } from '../../../shared/primitives/bytes.ts';
import { sha256 as hashed } from '../../../shared/primitives/platform.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
import type { Hash, SeatId } from '../../../shared/primitives/ids.ts';
import { ok } from '../../../shared/primitives/result.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { giveAttributes } from '../../../sync-server/authority/acts.ts';
import { makeCase } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let vetted: Computer;
let unvetted: Computer;
let seats: readonly [SeatId, SeatId];

beforeAll(async () => {
  world = await World.begin();
  officer = await world.computer('officer', 'officer');
  const one = await world.computerInNewPost('Una Field', 'police', 'Analyst');
  const two = await world.computerInNewPost('Cal Orme', 'police', 'Typist');
  [vetted, unvetted, seats] = [one.computer, two.computer, [one.seat, two.seat]];
  for (const name of ['Una Field', 'DC Priya Nair', 'DS Tom Okafor'])
    expect((await giveAttributes(world.authority('police'), name, ['MV'])).ok).toBe(true);
  const markings = template.markings.map((rule) =>
    rule.marking === 'OFFICIAL-SENSITIVE' ? { ...rule, vetting: ['MV', 'SC'] } : rule,
  );
  const files: Record<string, string> = {
    ...smallRules(),
    'agreement.json': JSON.stringify({ ...template, markings }),
  };
  const head = JSON.parse(files['rules.json'] ?? '') as { files: string[] };
  files['rules.json'] = JSON.stringify({ ...head, files: [...head.files, 'agreement.json'] });
  const made = bundleOf(files);
  if (!made.ok) throw new Error(JSON.stringify(made.cause));
  const { bytes } = made.value;
  const sha256 = toHex(await hashed(nodePlatform, bytes)) as Hash;
  const statement = { is: 'rules', name: 'Rules', version: '1', from: '2020-01-01', sha256, bytes } as const;
  await world.authority('police').directory.change(() => ok({ statements: [statement], value: null }));
  world.publish('police');
  const own = () => officer.session.directories.current(officer.session.identity.org);
  await until(() => own()?.rules.length === 1, 'the rules');
  for (const seat of seats) await until(() => own()?.seats.has(seat), 'the keys of the posts');
}, 40_000);
afterAll(() => world.end(), 20_000);

it('denies by the marking, says so, and takes the post out; who is vetted reads on', async () => {
  const of = await makeCase(officer, 'R v Larch');
  const area = await officer.area(of, 'working papers');
  await until(() => officer.session.log.replica(area).state.access, 'the case at the relay');
  const give = (seat: SeatId) =>
    doAccess(officer.session, of, { is: 'give', seat, role: 'reader', until: null, why: 'helps with it' });
  for (const seat of seats) await until(async () => (await give(seat)).ok, 'the post let in');
  for (const one of [vetted, unvetted]) await until(async () => (await one.view(of)) !== null, 'the case');
  const doc = await officer.openDocument(area, 'record');
  setField(recordRoot(doc.doc), 'marking', 'OFFICIAL-SENSITIVE', {
    by: 'DC Priya Nair',
    at: 1,
    newKey: () => 'ab'.repeat(16),
  });
  await until(async () => (await unvetted.view(of)) === null, 'the case gone from who is not vetted');
  const access = () => officer.session.log.replica(area).state.access;
  const has = (seat: SeatId) => access()?.seats.has(seat);
  await until(() => has(seats[1]) === false, 'the post taken out');
  expect(has(seats[0])).toBe(true);
  const epoch = (): number => currentEpoch(access() ?? (undefined as never));
  await until(() => epoch() > 1 && vetted.session.keyring.areaKey(area, epoch()), 'the next key with who stays');
  expect(unvetted.session.keyring.areaKey(area, epoch())).toBe(null);
  expect((await whoView(officer.session, of)).limits.marking).toEqual({
    marking: 'OFFICIAL-SENSITIVE',
    vetting: ['MV', 'SC'],
  });
  expect(await give(seats[1])).toEqual({ ok: false, cause: 'denied' });
});
