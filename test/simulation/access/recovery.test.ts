/**
 * Keys brought back by two custodians: a person with a post of their own made a case off line, the laptop sent it and was lost.
 * Real authority, relay, profiles and vaults. One custodian alone cannot, nor a forged agreement; and the areas' keys change after.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { AreaId, CaseId, PersonId, WorkId } from '../../../shared/primitives/ids.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { openInner, openOuter, custodySubject } from '../../../shared/seal/custodians.ts';
import type { RecoveryRow } from '../../../shared/ipc/recovery.ts';
import {
  answerRecovery,
  askRecovery,
  lackingKeys,
  recoveries,
  withdrawRecovery,
} from '../../../renderer/sync/access/recovery/recovering.ts';
import { recoveryView } from '../../../renderer/sync/access/recovery/view.ts';
import { act, intakePiece } from '../../../renderer/sync/cases/pieces.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import { addPerson, addPost, giveRoles } from '../../../sync-server/authority/acts.ts';
import { issueCode } from '../../../sync-server/authority/enrol/codes.ts';
import { addFile, makeCase, me } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let ann: Computer;
let bob: Computer;
let lone: Computer;
let person: PersonId;
let of: CaseId;
let area: AreaId;
let other: AreaId;

beforeAll(async () => {
  world = await World.begin();
  ({ computer: ann } = await join('Ann', ['custodian']));
  ({ computer: bob } = await join('Bob', ['custodian']));
  ({ computer: lone, person } = await join('Lone', ['officer', 'file builder']));
}, 60_000);
afterAll(() => world.end(), 20_000);

async function join(name: string, roles: readonly string[]): Promise<{ computer: Computer; person: PersonId }> {
  const authority = world.authority('police');
  const post = await addPost(authority, `Post of ${name}`, 'Kendal', roles);
  const added = post.ok ? await addPerson(authority, name, [`Post of ${name}`]) : post;
  if (!added.ok) throw new Error(added.cause);
  const computer = await enrolled(name, name, added.value);
  return { computer, person: added.value };
}

async function enrolled(folder: string, name: string, who: PersonId): Promise<Computer> {
  const code = await issueCode(world.authority('police'), who, 1);
  if (!code.ok) throw new Error(`${name}: ${code.cause}`);
  world.publish('police');
  const computer = world.add(new Computer(`${world.dir}/${folder}`));
  await computer.enrol(world.relayUrl, code.value.code);
  return computer;
}

const epochOf = ({ session }: Computer): number => {
  const { access } = session.log.replica(area).state;
  return access ? currentEpoch(access) : 0;
};
const hasKey = (computer: Computer, epoch = 1): boolean => computer.session.keyring.areaKey(area, epoch) !== null;
const row = (computer: Computer): RecoveryRow | undefined => recoveryView(computer.session).rows[0];
const word = (computer: Computer): string => row(computer)?.word.text ?? '';
const id = (): WorkId => row(ann)?.id ?? ('' as WorkId);
const word0 = (computer: Computer, why: string): string =>
  recoveryView(computer.session).rows.find((one) => one.why === why)?.word.text ?? '';

let next: Computer;
it('a case made off line on the laptop that is lost: its keys went to the relay with it, for two custodians', async () => {
  await until(() => recoveryView(lone.session).isEnough, 'both custodians and their keys');
  lone.goOffline();
  of = await makeCase(lone, 'R v Ash');
  area = await lone.area(of, 'working papers');
  await addFile(lone, of, 'statement.txt');
  const text = await lone.openDocument(area, 'summary');
  text.text.insert(0, 'Written off line.');
  const second = await makeCase(lone, 'R v Elm');
  other = await lone.area(second, 'working papers');
  lone.goOnline();
  for (const one of [of, second])
    await until(async () => (await lone.word(one)).startsWith('Up to date'), 'the case at the relay');

  // The laptop is lost: a key-admin removes it, and lets a new one in.
  world.authority('police').store.devices.setKeyAdmin(ann.session.identity.person, true, Date.now());
  const { device } = lone.session.identity;
  expect((await ann.session.vault.askAuthority({ do: 'remove', device })).ok).toBe(true);
  await until(async () => (await lone.lockedWhy()) === 'ended', 'the lost laptop locked');
  next = await enrolled('next', 'Lone', person);
  await until(() => epochOf(next) === 1, 'the log of the case, sealed');
  await until(() => lackingKeys(next.session).length === 2, 'what cannot be opened');
  expect(recoveryView(next.session).places).toMatchObject([{ kind: 'working papers', wasAsked: false }, {}]);
  expect(hasKey(next)).toBe(false);
});

it('is asked for with a reason, and each custodian sees who and why', async () => {
  expect(await askRecovery(next.session, '  ')).toEqual({ ok: false, cause: 'malformed' });
  expect(await askRecovery(next.session, 'Laptop stolen in Kendal')).toEqual({ ok: true, value: null });
  await until(() => recoveryView(next.session).isAsked, 'one’s own request');
  expect(await askRecovery(next.session, 'Once more, by mistake')).toEqual({ ok: false, cause: 'already done' });
  for (const custodian of [ann, bob])
    await until(() => row(custodian)?.can === 'agree first', 'the request with a custodian');
  expect(row(bob)).toMatchObject({ by: 'Lone', why: 'Laptop stolen in Kendal', places: 2 });
  expect(await answerRecovery(next.session, id(), null)).toMatchObject({ ok: false });
});

it('is taken back by who asked alone: no custodian can agree any more, and it can be asked for again', async () => {
  const first = id();
  expect(await withdrawRecovery(ann.session, first)).toEqual({ ok: false, cause: 'not allowed' });
  expect(row(next)?.mayWithdraw).toBe(true);
  expect(await withdrawRecovery(next.session, first)).toEqual({ ok: true, value: null });
  for (const computer of [next, ann, bob])
    await until(() => word(computer) === 'Withdrawn by Lone', 'that it was taken back');
  expect([row(ann)?.can, row(next)?.mayWithdraw]).toEqual([null, false]);
  expect(await answerRecovery(ann.session, first, null)).toMatchObject({ cause: 'already done' });
  expect(await withdrawRecovery(next.session, first)).toEqual({ ok: false, cause: 'already done' });
  expect(await askRecovery(next.session, 'Stolen after all')).toEqual({ ok: true, value: null });
  for (const custodian of [ann, bob])
    await until(() => row(custodian)?.why === 'Stolen after all', 'the second request with a custodian');
});

it('one custodian alone cannot', async () => {
  const { session } = ann;
  const subject = await custodySubject(session.platform, area, 1);
  const answer = await session.link.ask<'boxes'>({ t: 'boxes', subjects: [subject] });
  const outers = answer?.t === 'boxes' ? answer.boxes : [];
  expect(outers.length).toBeGreaterThan(0);
  for (const outer of outers) {
    const keys = session.keyring.seat(outer.to, outer.generation);
    if (!keys) throw new Error('not for us');
    const parts = await openOuter(keys, outer);
    expect(parts).toHaveLength(1);
    for (const part of parts)
      expect(await openInner(session.platform, keys, { area, epoch: 1, first: me(session).seat }, part)).toBe(null);
  }
  // The link goes away while the boxes are asked for: nothing is agreed to that would hold a part alone.
  const lost = vi.spyOn(session.link, 'ask').mockResolvedValueOnce(null);
  expect(await answerRecovery(session, id(), null)).toEqual({ ok: false, cause: 'offline' });
  lost.mockRestore();
  expect(row(ann)?.can).toBe('agree first');
  // A custodian for whom nothing was kept is told so, and the request stays open for others.
  const none = vi.spyOn(session.link, 'ask').mockResolvedValue({ t: 'boxes', q: 0, boxes: [] });
  expect(await answerRecovery(session, id(), null)).toEqual({ ok: false, cause: 'not kept' });
  none.mockRestore();
  expect(row(ann)?.can).toBe('agree first');
  // Of the other case the relay has nothing for her: what she passes on is a part.
  const real = session.link.ask.bind(session.link);
  const lost2 = await custodySubject(session.platform, other, 1);
  const part = vi
    .spyOn(session.link, 'ask')
    .mockImplementation((message: Parameters<typeof real>[0]) =>
      message.t === 'boxes' && message.subjects.includes(lost2)
        ? Promise.resolve({ t: 'boxes', q: 0, boxes: [] })
        : real(message),
    );
  expect(await answerRecovery(session, id(), null)).toEqual({ ok: true, value: null });
  part.mockRestore();
  await until(() => word(next) === 'Waits for a second custodian', 'the first word with who asked');
  expect(row(ann)?.can).toBe(null);
  expect(await answerRecovery(session, id(), null)).toMatchObject({ cause: 'already done' });
  // A modified client that says it twice, or gives what it made up, opens nothing and counts for nothing.
  const asked = recoveries(next.session).get(id())?.asked.fact.by;
  if (!asked) throw new Error('not asked');
  const made = { is: 'recovery given' as const, request: id(), keys: [{ area, epoch: 1, key: new Uint8Array(32) }] };
  const fact = encodeFact({ ...made, by: me(session), at: session.platform.now() });
  await act(session, [await intakePiece(session, asked, 'event', fact)]);
  await until(() => next.session.facts.of('recovery given').length > 0, 'what was made up');
  expect([hasKey(next), word(next)]).toEqual([false, 'Waits for a second custodian']);
});

it('two together bring them back; the case opens, and gets another key', async () => {
  await until(() => row(bob)?.can === 'agree second', 'what the first passed on');
  expect(hasKey(bob) || hasKey(ann), 'no custodian has the case').toBe(false);
  expect(await answerRecovery(bob.session, id(), null)).toEqual({ ok: true, value: null });
  await until(() => hasKey(next), 'the key');
  await until(async () => (await next.view(of))?.items.some(({ file }) => file.name === 'statement.txt'), 'its files');
  const text = await next.openDocument(area, 'summary');
  await until(() => text.text.toJSON().includes('Written off line.'), 'its text');
  // Everybody is told that it was a part, and which is lacking still; it can be asked for again.
  for (const computer of [next, ann, bob])
    await until(() => word(computer) === 'Keys brought back of 1 of 2 places', 'that it was a part');
  expect(row(ann)?.acted).toHaveLength(2);
  await until(() => recoveryView(next.session).lacking === 1, 'what is lacking still');
  expect(recoveryView(next.session)).toMatchObject({ isAsked: false, places: [{ wasAsked: true }] });
  expect(await askRecovery(next.session, 'The other one')).toEqual({ ok: true, value: null });
  const again = () => recoveryView(ann.session).rows.find((one) => one.why === 'The other one')?.id;
  await until(() => again() !== undefined, 'the third request');
  const third = again() as WorkId;
  expect(await answerRecovery(ann.session, third, null)).toEqual({ ok: true, value: null });
  const can = () => recoveryView(bob.session).rows.find((one) => one.id === third)?.can;
  await until(() => can() === 'agree second', 'her word with the second');
  expect(await answerRecovery(bob.session, third, null)).toEqual({ ok: true, value: null });
  for (const computer of [next, ann, bob])
    await until(() => word0(computer, 'The other one') === 'Keys brought back', 'the record');
  await until(() => epochOf(next) > 1 && hasKey(next, epochOf(next)), 'another key, that no custodian has held');
  await until(() => lackingKeys(next.session).length === 0, 'every key');
  expect(recoveryView(next.session).lacking).toBe(0);
});

it('says so when there are not two custodians any more', async () => {
  const { seat } = me(bob.session);
  expect((await giveRoles(world.authority('police'), seat, [])).ok).toBe(true);
  world.publish('police');
  await until(() => !recoveryView(ann.session).isEnough, 'the warning');
  expect(recoveryView(ann.session).custodians).toHaveLength(1);
  expect(await askRecovery(next.session, 'Once more')).toMatchObject({ ok: false });
});
