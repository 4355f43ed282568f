/** When a leaver's computer is ordered to delete what it holds: never early, never under a hold, once, and on record. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { utf8 } from '../../../shared/primitives/bytes.ts';
import { generateBoxKeys } from '../../../shared/primitives/hpke.ts';
import type { DeviceId } from '../../../shared/primitives/ids.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { deviceIdOf } from '../../../shared/seal/directory/card.ts';
import { readErasure } from '../../../shared/seal/devices/erasure.ts';
import { STRANGER_ASK, openStrangerAnswer, sealStrangerAsk } from '../../../shared/seal/devices/strangerAsk.ts';
import type { StrangerAnswer } from '../../../shared/wire/stranger.ts';
import { strangerAnswer } from '../../../shared/wire/stranger.ts';
import { addPerson, revokeDevice } from '../acts.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { codeFor, enrol, makeAuthority, makeLaptop, relayKey } from '../authority.fixture.ts';
import { answerAsk } from '../enrol/answer.ts';
import { importPersonnel } from '../hr/hrImport.ts';
import { takePost } from '../people/byHand.ts';
import { deleteDue, endHold, holdLeaver } from '../people/retention.ts';

let authority: TestAuthority;
beforeEach(async () => void (authority = await makeAuthority()));
afterEach(() => authority.remove());

const take = async (...rows: string[]): Promise<void> => {
  const bytes = utf8(['staff number,name,unit,post,start,end', ...rows].join('\n'));
  expect((await importPersonnel(authority, bytes, { dryRun: false, force: true })).ok).toBe(true);
};
const PRIYA = 'E1,Priya Nair,Kendal CID,Officer,2020-01-06,';
const SAM = 'E2,Sam Hale,Penrith,Clerk,2020-01-06,';
const inDays = (days: number): string => new Date(authority.platform.now() + days * DAY).toISOString().slice(0, 10);

async function laptopOf(name: string): Promise<DeviceId> {
  const state = await authority.directory.state();
  const person = [...state.people.values()].find((one) => one.name === name)!.person;
  const laptop = await makeLaptop();
  expect((await enrol(authority, await codeFor(authority, person), laptop)).answer).toMatchObject({ is: 'enrolled' });
  return deviceIdOf(authority.platform, laptop.signKey);
}

async function ask(device: DeviceId, done: number | null = null, off = 0): Promise<StrangerAnswer> {
  const reply = await generateBoxKeys();
  const body = { do: 'copies', device, done, replyKey: reply.publicKey, time: authority.platform.now() + off };
  const told = await answerAsk(authority, relayKey, STRANGER_ASK, await sealStrangerAsk(authority.keys.card, body));
  return strangerAnswer.parse(await openStrangerAnswer(reply, told.sealed!));
}
const issuedOf = async (answer: StrangerAnswer, device: DeviceId): Promise<number> => {
  if (answer.is !== 'erase') throw new Error(JSON.stringify(answer));
  const key = await importVerifyKey(authority.platform, authority.keys.card.signKey);
  const read = await readErasure(authority.platform, key, answer.order);
  if (!read.ok) throw new Error(read.cause);
  expect(read.value).toMatchObject({ org: authority.keys.org, device });
  return read.value.issued;
};
const whatHappened = (): string[] => authority.people.record().map(({ what }) => what);

it('says until when copies are kept, then orders them deleted, whatever the computer’s clock says', async () => {
  await take(PRIYA, SAM);
  const laptop = await laptopOf('Priya Nair');
  expect(await ask(laptop), 'who is in').toEqual({ is: 'keep', day: null, isHeld: false });
  await take(SAM);
  const day = inDays(60);
  expect(await ask(laptop, null, 90 * DAY)).toEqual({ is: 'keep', day, isHeld: false });
  authority.pass(59 * DAY);
  expect(await ask(laptop, null, 90 * DAY)).toEqual({ is: 'keep', day, isHeld: false });
  authority.pass(DAY);
  const issued = await issuedOf(await ask(laptop, null, -900 * DAY), laptop);
  expect(await issuedOf(await ask(laptop), laptop), 'one order').toBe(issued);
  expect(deleteDue(authority, 'the day')).toBe(1);
  expect(await issuedOf(await ask(laptop), laptop), 'also when nothing is known of them any more').toBe(issued);
  expect(whatHappened().filter((what) => what.startsWith('copies'))).toEqual(['copies ordered']);
  await ask(laptop, issued - 1);
  expect(authority.store.devices.erasure(laptop)).toMatchObject({ deleted: null });
  await ask(laptop, issued);
  await ask(laptop, issued);
  expect(whatHappened().filter((what) => what.startsWith('copies'))).toEqual(['copies ordered', 'copies deleted']);
});

it('is stopped by a hold, and by coming back; of a computer that was lost nothing is ordered', async () => {
  await take(PRIYA, SAM);
  const [laptop, lost] = [await laptopOf('Priya Nair'), await laptopOf('Sam Hale')];
  expect((await revokeDevice(authority, lost)).ok).toBe(true);
  await take(SAM);
  expect((await holdLeaver(authority, 'Priya Nair', 'an inquiry')).ok).toBe(true);
  authority.pass(70 * DAY);
  expect(await ask(laptop)).toEqual({ is: 'keep', day: null, isHeld: true });
  expect(await ask(lost)).toEqual({ is: 'keep', day: null, isHeld: false });
  expect((await endHold(authority, 'Priya Nair')).ok).toBe(true);
  await take(PRIYA, SAM);
  expect(await ask(laptop), 'who returned').toEqual({ is: 'keep', day: null, isHeld: false });
  expect(whatHappened()).not.toContain('copies ordered');
});

it('counts, for somebody added by hand, from the day on which the computer was shut out, and can be held too', async () => {
  const added = await addPerson(authority, 'Ada Fell', ['A post'], { unit: 'A unit' });
  if (!added.ok) throw new Error(added.cause);
  const laptop = await laptopOf('Ada Fell');
  await revokeDevice(authority, laptop);
  authority.pass(61 * DAY);
  expect(await ask(laptop), 'holds a post still').toEqual({ is: 'keep', day: null, isHeld: false });
  expect(await holdLeaver(authority, 'Ada Fell', 'why')).toEqual({ ok: false, cause: 'no leaver' });
  await takePost(authority, 'Ada Fell', 'A post');
  expect((await ask(laptop)).is).toBe('erase');
});

it('says nothing of a computer that it does not know', async () => {
  expect(await ask('f'.repeat(32) as DeviceId)).toEqual({ is: 'keep', day: null, isHeld: false });
});
