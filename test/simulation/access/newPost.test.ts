/**
 * A post that is newer than the computers of those who hold it: it gets its key from one of them, with nobody's help, and
 * what a partner releases to it arrives. Real relay and authority.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PackageId, SeatId } from '../../../shared/primitives/ids.ts';
import { addFile, makeCase, me, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let prosecutor: Computer;
let colleague: Computer;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor, colleague] = await Promise.all([
    world.computer('officer', 'officer'),
    world.computer('prosecutor', 'prosecutor'),
    world.computer('colleague', 'prosecutor2'),
  ]);
}, 40_000);
afterAll(() => world.end(), 20_000);

/** The key that this computer's directory has for the post. */
const signed = ({ session }: Computer, seat: SeatId) =>
  session.directories.current(me(prosecutor.session).org)?.seats.get(seat);
const holds = ({ session }: Computer, seat: SeatId): boolean => session.keyring.seat(seat, 1) !== null;
const hears = ({ session }: Computer, of: PackageId): boolean =>
  session.facts.of('package').some(({ fact }) => fact.package === of);

async function release(name: string, to: SeatId): Promise<PackageId> {
  await until(() => officer.session.directories.current(me(prosecutor.session).org)?.posts.has(to));
  const of = await makeCase(officer, name);
  return releaseTo(officer, of, [await addFile(officer, of, `${name}.txt`)], to);
}

it('makes its key while the holder is at work, and what is released to it arrives', async () => {
  const seat = await world.givePost('Duty lawyer', 'prosecutor');
  await until(() => holds(prosecutor, seat), 'the key');
  expect(signed(prosecutor, seat)).toMatchObject({ generation: 1, madeBy: prosecutor.session.identity.device });
  const sent = await release('R v Alder', seat);
  await until(() => hears(prosecutor, sent), 'the package');
  expect(hears(colleague, sent)).toBe(false);
});

it('keeps the key through a crash, and before the relay has passed it on', async () => {
  const seat = await world.givePost('Night lawyer', 'prosecutor');
  await until(() => signed(officer, seat), 'the key in the directory');
  await prosecutor.crash();
  await until(() => holds(prosecutor, seat), 'the key after the crash');
  const sent = await release('R v Birch', seat);
  await until(() => hears(prosecutor, sent), 'the package');
});

it('is used once however many of its holders propose one, and both open what comes', async () => {
  const seat = await world.givePost('Court lawyer', 'prosecutor', 'prosecutor2');
  const sent = await release('R v Cedar', seat);
  await until(() => holds(prosecutor, seat) && holds(colleague, seat), 'both to hold the key');
  const [one, other] = [prosecutor, colleague].map(({ session }) => session.keyring.seat(seat, 1)?.publicKey);
  expect(one).toEqual(signed(prosecutor, seat)?.publicKey);
  expect(other).toEqual(one);
  await until(() => hears(prosecutor, sent) && hears(colleague, sent), 'the package on both');
});

it('gets its key once the authority can be asked, however often that failed before', async () => {
  prosecutor.asksNobody = true;
  const seat = await world.givePost('Appeals lawyer', 'prosecutor');
  const sent = await release('R v Dogwood', seat);
  await until(() => prosecutor.session.directories.current(me(prosecutor.session).org)?.posts.has(seat));
  expect([signed(prosecutor, seat), hears(prosecutor, sent)]).toEqual([undefined, false]);
  prosecutor.asksNobody = false;
  await until(() => holds(prosecutor, seat), 'the key');
  await until(() => hears(prosecutor, sent), 'the package');
});
