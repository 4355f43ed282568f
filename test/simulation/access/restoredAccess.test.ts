/**
 * A relay that is put back from a copy of before a computer was removed: the authority says the removal again, the removed one stays
 * out, and areas keep the key that came after.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { makeCase } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let lost: Computer;
let area: AreaId;
beforeAll(async () => {
  world = await World.begin();
  officer = await world.computer('officer', 'officer');
  lost = await world.computer('lost', 'officer');
  const of = await makeCase(officer);
  area = await officer.area(of, 'working papers');
  await lost.area(of, 'working papers');
}, 60_000);
afterAll(() => world.end(), 20_000);

const epoch = ({ session }: Computer): number => {
  const { access } = session.log.replica(area).state;
  return access ? currentEpoch(access) : 0;
};

it('keeps out who was removed after the copy, and keeps the key that came after', async () => {
  await world.copyRelay();
  lost.goOffline();
  const { device } = lost.session.identity;
  expect((await officer.session.vault.askAuthority({ do: 'remove', device })).ok).toBe(true);
  await until(() => epoch(officer) === 2, 'the next key');
  await until(async () => (await officer.session.db.outbox.count()) === 0, 'all sent');

  await world.putCopyBack(true);
  await until(() => officer.session.link.open && officer.alarms.length > 0, 'the officer on line, and told');
  await until(() => epoch(officer) >= 2 && !officer.session.log.isBehind(), 'the key that came after');
  lost.goOnline();
  await until(async () => (await lost.lockedWhy()) === 'ended', 'the removed one shut out');
  const newcomer = await world.computer('newcomer', 'officer2');
  await until(() => epoch(newcomer) >= 2, 'a newcomer, with the key that came after');
  expect(officer.session.log.all().some((one) => one.lie !== null)).toBe(false);
});

it('notices the same copy put back where nobody says so, and keeps the key all the same', async () => {
  const before = officer.alarms.length;
  await world.putCopyBack(false);
  await until(() => officer.alarms.slice(before).some((one) => one.includes('gone back')), 'it to be noticed');
  expect(epoch(officer)).toBeGreaterThanOrEqual(2);
});
