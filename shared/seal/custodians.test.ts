/** Keys for custodians: two together open, one alone never, nor two of whom one holds both posts. */
import { beforeEach, expect, it } from 'vitest';
import type { AreaId } from '../primitives/ids.ts';
import { newId } from '../primitives/naming.ts';
import { custodyName, custodySubject, isRecoverable, openInner, openOuter, sealForCustodians } from './custodians.ts';
import type { Org, Writer } from './fixture.ts';
import { enrol, makeOrg, platform, say } from './fixture.ts';

let force: Org;
let ann: Writer;
let bob: Writer;
const area = newId<AreaId>(platform);
const key = platform.random(32);
const sealed = () => sealForCustodians(platform, force.directory, { area, epoch: 3, key });

beforeEach(async () => {
  force = await makeOrg('Force');
  [ann, bob] = [await enrol(force, 'Ann'), await enrol(force, 'Bob')];
  for (const { seat, boxKeys, device } of [ann, bob])
    await say(force, { is: 'seat', seat, generation: 1, publicKey: boxKeys.publicKey, madeBy: device });
  await say(force, { is: 'roles', seat: ann.seat, roles: ['custodian'] });
});

it('needs two people who share no post', async () => {
  expect([isRecoverable(force.directory), custodyName(force.directory), await sealed()]).toEqual([false, '', []]);
  await say(force, { is: 'roles', seat: bob.seat, roles: ['custodian'] });
  expect(isRecoverable(force.directory)).toBe(true);
  expect(await sealed()).toHaveLength(2);
  const before = custodyName(force.directory);
  await say(force, { is: 'holds', person: ann.person, seat: bob.seat });
  expect([isRecoverable(force.directory), await sealed()]).toEqual([false, []]);
  await say(force, { is: 'leaves', person: ann.person, seat: bob.seat });
  expect(custodyName(force.directory)).toBe(before);
});

it('opens for two, in either order, and for neither alone', async () => {
  await say(force, { is: 'roles', seat: bob.seat, roles: ['custodian'] });
  const boxes = await sealed();
  for (const [first, second] of [
    [ann, bob],
    [bob, ann],
  ] as const) {
    const outer = boxes.find(({ to }) => to === first.seat);
    if (!outer) throw new Error('no box');
    expect(outer.subject).toBe(await custodySubject(platform, area, 3));
    const [part, ...more] = await openOuter(first.boxKeys, outer);
    if (!part) throw new Error('no part');
    expect(more).toEqual([]);
    const of = { area, epoch: 3, first: first.seat };
    expect(await openInner(platform, second.boxKeys, of, part)).toEqual(key);
    expect(await openInner(platform, first.boxKeys, of, part), 'who passed it on').toBe(null);
    expect(await openOuter(second.boxKeys, outer), 'who was not passed it').toEqual([]);
    expect(await openInner(platform, second.boxKeys, { ...of, epoch: 2 }, part), 'for something else').toBe(null);
    expect(await openInner(platform, second.boxKeys, { ...of, first: second.seat }, part)).toBe(null);
  }
});
