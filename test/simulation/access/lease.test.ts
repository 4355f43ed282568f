/**
 * Working off line for as long as the lease lets one, and no longer, with real authority, relay, profile and vault: what ends it,
 * what brings it back, and that nothing is lost meanwhile.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../shared/primitives/units.ts';
import { revokeDevice } from '../../../sync-server/authority/acts.ts';
import { extension, setLeaseDays } from '../../../sync-server/authority/devices/leases.ts';
import { makeCase } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let lost: Computer;
beforeAll(async () => {
  world = await World.begin();
  [officer, lost] = await Promise.all([world.computer('officer', 'officer'), world.computer('lost', 'officer2')]);
  await Promise.all([officer, lost].map(hasLease));
}, 40_000);
afterAll(() => world.end(), 20_000);

/** The lease of the authority, and not the one that a profile begins with. */
const hasLease = (computer: Computer): Promise<boolean> =>
  until(async () => (await computer.leaseIssued()) > 0, 'a lease of the authority');

it('works off line until the lease ends, then locks and deletes nothing; on line again it goes on by itself', async () => {
  officer.goOffline();
  const of = await makeCase(officer, 'R v Ash');
  world.pass(13 * DAY, officer);
  await officer.lookAtLease();
  expect([await officer.lockedWhy(), await officer.leaseIsNear()]).toEqual([null, true]);
  world.pass(2 * DAY, officer);
  await officer.lookAtLease();
  expect(await officer.lockedWhy()).toBe('lease');
  expect(await officer.tryPassphrase()).toBe('lease ended');
  officer.setClock(-10 * DAY);
  expect(await officer.tryPassphrase(), 'a clock that was set back does not help').toBe('lease ended');
  officer.setClock(10 * DAY);
  officer.offline = false;
  expect(await officer.tryPassphrase()).toBe('open');
  await officer.start();
  expect((await officer.view(of)).areas).toHaveLength(1);
  await until(async () => (await officer.word(of)).startsWith('Up to date'), 'what was made off line, sent');
});

it('locks when its clock is set back while it works off line, and opens with the right time', async () => {
  officer.goOffline();
  await officer.close();
  expect(await officer.tryPassphrase()).toBe('open');
  await officer.start();
  officer.setClock(-5 * HOUR);
  await officer.lookAtLease();
  expect(await officer.lockedWhy()).toBe('clock');
  expect(await officer.tryPassphrase()).toBe('clock behind');
  officer.setClock(5 * HOUR);
  expect(await officer.tryPassphrase()).toBe('open');
  await officer.start();
});

it('in a long outage a signed file lets computers on, but no one that was revoked', async () => {
  const authority = world.authority('police');
  lost.goOffline();
  const revoked = await revokeDevice(authority, lost.session.identity.device);
  expect(revoked.ok).toBe(true);
  const { text, computers } = await extension(authority, 30);
  expect(computers).toBe(1);
  officer.goOffline();
  lost.setClock(15 * DAY);
  world.pass(16 * DAY, officer, lost);
  for (const computer of [officer, lost]) {
    await computer.lookAtLease();
    expect(await computer.lockedWhy()).toBe('lease');
    await computer.chooseLeaseFile(text);
  }
  expect(await officer.tryPassphrase()).toBe('open');
  expect(await lost.tryPassphrase()).toBe('lease file');
  expect(await lost.tryPassphrase()).toBe('lease ended');
  lost.offline = false;
  expect(await lost.tryPassphrase(), 'a revoked computer gets no lease on line either').toBe('access ended');
  expect(await lost.lockedWhy(), 'and knows it from then on').toBe('ended');
  lost.offline = true;
  await officer.start();
});

it('runs for as many days as the administrator said, from the next lease on', async () => {
  setLeaseDays(world.authority('police'), 2);
  officer.goOffline();
  world.pass(40 * DAY, officer);
  await officer.lookAtLease();
  expect(await officer.lockedWhy()).toBe('lease');
  officer.offline = false;
  expect(await officer.tryPassphrase()).toBe('open');
  expect(await officer.leaseIsNear()).toBe(true);
  await officer.start();
});
