/**
 * Two leads let a post in and take it out at once and one on the heels of the other, without waiting for the keys that their
 * computers change meanwhile: in the end the post is in as the last of them meant it, reads or does not accordingly, and
 * nobody is told of an error. The seed is printed; `JOINDER_SEED` sets it.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { doAccess } from '../../../renderer/sync/access/acts.ts';
import { seeded } from '../../../electron/evidence/testing/desk.fixture.ts';
import type { AreaId, SeatId } from '../../../shared/primitives/ids.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { makeCase } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

const SUPERVISOR = 'Supervisor, Kendal CID';
const ROUNDS = 12;
const seed = Number(process.env['JOINDER_SEED'] ?? Date.now() % 2 ** 31);

let world: World;
let officer: Computer;
let tom: Computer;
let ruth: Computer;
let seat: SeatId;

beforeAll(async () => {
  world = await World.begin();
  [officer, tom, ruth] = await world.officerAndSupervisors();
  const own = () => officer.session.directories.current(officer.session.identity.org);
  const post = [...(own()?.posts.values() ?? [])].find(({ title }) => title === SUPERVISOR);
  seat = post?.seat as SeatId;
  await until(() => (own()?.seats.get(seat)?.generation ?? 0) > 0, 'the post’s key');
}, 40_000);
afterAll(() => world.end(), 20_000);

const isIn = ({ session }: Computer, area: AreaId): boolean =>
  session.log.replica(area).access?.seats.has(seat) === true;
const epochOf = ({ session }: Computer, area: AreaId): number => {
  const { access } = session.log.replica(area).state;
  return access === null ? 0 : currentEpoch(access);
};
const readsNewest = (computer: Computer, area: AreaId): boolean =>
  computer.session.keyring.areaKey(area, epochOf(computer, area)) !== null;

it('ends as the last of them meant it', async () => {
  console.info(`races of two leads: seed ${seed}`);
  const random = seeded(seed);
  const of = await makeCase(officer, 'R v Juniper');
  const area = await officer.area(of, 'working papers');
  await until(async () => (await tom.view(of)) !== null && readsNewest(tom, area), 'the case with the other lead');
  const told = [officer, tom].map(({ alarms }) => alarms.length);
  let isMeantIn = false;
  for (let round = 0; round < ROUNDS; round++) {
    const what = isMeantIn
      ? { is: 'end' as const, seat, why: `ended ${round}` }
      : { is: 'give' as const, seat, role: 'reader' as const, until: null, why: `given ${round}` };
    const by = [[officer], [tom], [officer, tom]][Math.floor(random() * 3)] ?? [];
    const done = await Promise.all(by.map(({ session }) => doAccess(session, of, what)));
    // Who comes second may find it done, or changed; never that it cannot be, and one of them does it.
    const causes = done.flatMap((one) => (one.ok ? [] : [one.cause]));
    expect(causes.filter((cause) => cause !== 'already done' && cause !== 'changed meanwhile')).toEqual([]);
    if (done.some(({ ok }) => ok)) isMeantIn = !isMeantIn;
    await until(
      () => isIn(officer, area) === isMeantIn && isIn(tom, area) === isMeantIn,
      `round ${round}: ${what.is}, seed ${seed}`,
    );
    if (random() < 0.5) continue; // on the heels of it: the next key is being made
    await until(() => [officer, tom].every((lead) => readsNewest(lead, area)), `the keys with the leads, seed ${seed}`);
  }
  await until(
    async () =>
      (await Promise.all([officer, tom].map(({ session }) => session.db.outbox.count()))).every((n) => n === 0),
    'everything in order',
  );
  // No computer has still to change the key for who was taken out.
  const isSettled = ({ session }: Computer): boolean => session.log.replica(area).history.cut === null;
  await until(() => [officer, tom].every((lead) => isSettled(lead) && readsNewest(lead, area)), 'the last keys');
  const known = (): boolean => ruth.session.keyring.areaKey(area, epochOf(officer, area)) !== null;
  await until(
    () => known() === isMeantIn,
    () => `the newest key with who came or went last: in ${isMeantIn}, seed ${seed}`,
  );
  expect([officer, tom].map(({ alarms }) => alarms.length)).toEqual(told);
  expect(ruth.alarms).toEqual([]);
}, 120_000);
