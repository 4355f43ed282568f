/**
 * A person's computers: one lets another in, a lost one is shut out, and what it had sent comes back by a colleague's computer.
 * Real authority, relay, profiles and vaults.
 */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { DeviceAnswer, DeviceAskBody } from '../../../shared/wire/deviceAsk.ts';
import { makeCase } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let colleague: Computer;
beforeAll(async () => {
  world = await World.begin();
  [officer, colleague] = await Promise.all([
    world.computer('officer', 'officer'),
    world.computer('colleague', 'officer2'),
  ]);
}, 40_000);
afterAll(() => world.end(), 20_000);

async function ask(computer: Computer, what: DeviceAskBody): Promise<DeviceAnswer> {
  const answer = await computer.session.vault.askAuthority(what);
  if (!answer.ok) throw new Error(answer.cause);
  return answer.value;
}
const personOf = (computer: Computer): PersonId => computer.session.identity.person;

async function codeFrom(computer: Computer, person = personOf(computer)): Promise<string> {
  const answer = await ask(computer, { do: 'code', person });
  if (answer.is !== 'code') throw new Error(answer.is);
  return answer.code;
}
/** The one computer that waits for this one's word. */
const waiting = (computer: Computer) =>
  until(async () => {
    const answer = await ask(computer, { do: 'waiting' });
    return answer.is === 'waiting' ? answer.computers[0] : null;
  }, 'a computer that waits');

/** How it ended; an error is told as its words. */
const ending = (enrolled: Promise<void>): Promise<string> =>
  enrolled.then(
    () => 'enrolled',
    (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
  );
const fresh = (name: string): Computer => world.add(new Computer(path.join(world.dir, name)));
const sees = ({ session }: Computer, area: string): boolean =>
  session.log.all().some(({ state }) => state.area === area) && session.keyring.areaKey(area as never, 1) !== null;
const devicesOf = (computer: Computer, person: PersonId): string[] => {
  const state = computer.session.directories.current(computer.session.identity.org);
  return [...(state?.devices.values() ?? [])].filter((one) => one.person === person).map((one) => one.device);
};

it('lets a new computer in from an old one, after the same digits were seen on both, and brings it the cases', async () => {
  const of = await makeCase(officer, 'R v Ash');
  const area = await officer.area(of, 'working papers');
  const second = fresh('second');
  const ended = ending(second.enrol(world.relayUrl, await codeFrom(officer)));
  const one = await waiting(officer);
  await until(() => second.comparing, 'digits on the new computer');
  expect(second.comparing).toBe(one.digits);
  expect(one).toMatchObject({ personName: 'DC Priya Nair', name: 'test laptop' });
  expect(devicesOf(officer, personOf(officer)), 'nothing is admitted before').toHaveLength(1);

  expect((await ask(colleague, { do: 'waiting' })).is === 'waiting').toBe(true);
  expect(await ask(colleague, { do: 'decide', code: one.code, digits: one.digits })).toMatchObject({
    cause: 'not yours',
  });
  expect(await ask(officer, { do: 'decide', code: one.code, digits: '000 000' })).toMatchObject({ cause: 'not known' });
  expect(devicesOf(officer, personOf(officer))).toHaveLength(1);

  expect(await ask(officer, { do: 'decide', code: one.code, digits: one.digits })).toEqual({ is: 'done' });
  expect(await ended).toBe('enrolled');
  await until(() => sees(second, area), 'the case on the new computer');
  await until(() => devicesOf(colleague, personOf(officer)).length === 2, 'the new computer with a colleague');
});

it('refuses a second computer with the same code, and one of which somebody says that it is not theirs', async () => {
  const code = await codeFrom(officer);
  const third = fresh('third');
  const ended = ending(third.enrol(world.relayUrl, code));
  const one = await waiting(officer);
  expect(await ending(fresh('thief').enrol(world.relayUrl, code))).toBe('enrol: used');
  await ask(officer, { do: 'decide', code: one.code, digits: null });
  expect(await ended).toBe('enrol: void');
  const fourth = fresh('fourth');
  const stopped = ending(fourth.enrol(world.relayUrl, await codeFrom(officer)));
  await until(() => fourth.comparing, 'digits');
  fourth.stopEnrolling();
  expect(await stopped).toBe('enrol: not approved');
  expect(devicesOf(officer, personOf(officer))).toHaveLength(2);
});

it('takes nobody’s word about another person’s computers but a key-admin’s', async () => {
  const theirs = personOf(officer);
  expect(await ask(colleague, { do: 'code', person: theirs })).toEqual({ is: 'declined', cause: 'not yours' });
  for (const device of devicesOf(officer, theirs)) {
    expect(await ask(colleague, { do: 'remove', device: device as never })).toMatchObject({ cause: 'not yours' });
    expect(await ask(colleague, { do: 'name', device: device as never, name: 'Mine' })).toMatchObject({
      cause: 'not yours',
    });
  }
  expect(
    await ask(officer, { do: 'name', device: officer.session.identity.device, name: ' The Kendal laptop ' }),
  ).toEqual({
    is: 'done',
  });
  const named = (): string | undefined => {
    const { org, device } = officer.session.identity;
    return colleague.session.directories.current(org)?.devices.get(device)?.name;
  };
  await until(() => named() === 'The Kendal laptop', 'the name with a colleague');
});

it('after every computer of a person was lost: a key-admin removes them, lets a new one in, and what they had sent comes back', async () => {
  officer.goOffline();
  const of = await makeCase(officer, 'R v Beech');
  const area = await officer.area(of, 'working papers');
  officer.goOnline();
  await until(async () => (await officer.word(of)).startsWith('Up to date'), 'what was made off line at the relay');
  const person = personOf(officer);
  world.authority('police').store.devices.setKeyAdmin(personOf(colleague), true, Date.now());
  const lost = devicesOf(colleague, person);
  for (const device of lost)
    expect(await ask(colleague, { do: 'remove', device: device as never })).toEqual({ is: 'done' });
  await until(async () => (await officer.lockedWhy()) === 'ended', 'the lost computer locked');

  const next = fresh('next');
  const ended = ending(next.enrol(world.relayUrl, await codeFrom(colleague, person)));
  const one = await waiting(colleague);
  expect(one.personName).toBe('DC Priya Nair');
  await until(() => next.comparing === one.digits, 'the same digits on both');
  await ask(colleague, { do: 'decide', code: one.code, digits: one.digits });
  expect(await ended).toBe('enrolled');
  await until(() => sees(next, area), 'the case that was made off line on the lost computer');
  await until(async () => (await next.word(of)) !== '', 'its row in the list');
  const removed = next.session.directories.current(next.session.identity.org);
  expect(lost.every((device) => removed?.devices.has(device as never) === false)).toBe(true);
});
