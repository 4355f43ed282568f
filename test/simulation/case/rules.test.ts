/**
 * Rule data travels as what it is, a statement of a directory: to computers that are on line, to partners, and to one that
 * is enrolled when more of it stands than one answer holds. What is whole and in force judges at once, without a restart;
 * of anything else each computer says why it is not taken, and keeps the last good.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { computeView } from '../../../renderer/sync/views/views.ts';
import type { OrganisationRules } from '../../../shared/ipc/rules.ts';
import { bundleOf } from '../../../shared/model/rules/bundle.ts';
import { smallRule, smallRules } from '../../../shared/model/rules/fixture.ts';
import { sentenceOf } from '../../../shared/model/rules/parts.ts';
import { toHex, utf8 } from '../../../shared/primitives/bytes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { sha256 } from '../../../shared/primitives/platform.ts';
import { ok } from '../../../shared/primitives/result.ts';
import { MAX_RULES } from '../../../shared/seal/directory/statements.ts';
import { LIMITS } from '../../../shared/wire/link.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
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

/** Straight into the directory: these bytes are no rule data that a command would publish. */
async function publish(version: string, bytes: Uint8Array): Promise<void> {
  const hash = toHex(await sha256(nodePlatform, bytes)) as Hash;
  const statement = { is: 'rules', name: 'Rules', version, from: '2026-11-22', sha256: hash, bytes } as const;
  await world.authority('police').directory.change(() => ok({ statements: [statement], value: null }));
  world.publish('police');
}

const versionsAt = ({ session }: Computer) =>
  session.directories.current(officer.session.identity.org)?.rules.map(({ version }) => version) ?? [];

/** A whole edition, as a command would publish it. */
function edition(name: string, dates: { from?: string; to?: string | null } = {}, rules = [smallRule()]): Uint8Array {
  const made = bundleOf(smallRules({ rules }, { edition: name, ...dates }));
  if (!made.ok) throw new Error(made.cause.map(sentenceOf).join(' '));
  return made.value.bytes;
}
const viewOf = async ({ desktop }: Computer) => (await computeView(desktop, 'rules')) as readonly OrganisationRules[];
/** What is shown of the police's rules on a computer, once that edition judges there. */
const shown = (computer: Computer, name: string): Promise<OrganisationRules> =>
  until(
    async () => (await viewOf(computer)).find((one) => one.org === 'Fellshire Police' && one.edition.edition === name),
    `edition ${name} in force`,
  );
const refusedAt = (computer: Computer, name: string) =>
  until(
    async () => (await viewOf(computer)).flatMap(({ refused }) => refused).find((one) => one.edition === name),
    `edition ${name} refused`,
  );

it('judges by what comes with this version until an authority publishes its own', async () => {
  const [own, partner] = await viewOf(officer);
  expect([own?.own, own?.published, own?.edition.sha256]).toEqual([true, null, partner?.edition.sha256]);
  expect(partner?.org).toBe('Fellshire Prosecution Service');
});

it('judges by a new edition as soon as it comes, on both sides, and shows what it changed', async () => {
  await publish('1', edition('1'));
  await shown(officer, '1');
  const more = smallRule({ code: 'second', sentence: 'There is no second.' });
  await publish('2', edition('2', {}, [smallRule(), more]));
  for (const computer of [officer, prosecutor]) {
    const row = await shown(computer, '2');
    expect(row.changes).toEqual([{ is: 'new', code: 'second', sentence: 'There is no second.' }]);
    expect(row.published).toEqual(expect.any(Number));
    expect(row.own).toBe(computer === officer);
  }
  const own = officer.session.rules.own();
  expect(officer.session.rules.byHash(own.edition.sha256)).toBe(own.set);
  expect(own.set.rules.map(({ code }) => code)).toEqual(['urn-missing', 'second']);
});

it('keeps the last good edition where a newer one is ill-formed, and says so once, with why', async () => {
  await publish('3', utf8('{"format":"joinder rule bundle"'));
  for (const computer of [officer, prosecutor]) {
    expect((await refusedAt(computer, '3')).why).toEqual(['bundle, line 1, column 32: It is not JSON from here on.']);
    await shown(computer, '2');
    await until(() => computer.alarms.some((said) => said.includes('edition 3 is ill-formed')), 'the warning');
  }
  const [alarm] = officer.session.alarms.open();
  expect(alarm).toMatchObject({
    sentence: 'New rules of Fellshire Police are not used: edition 3 is ill-formed.',
    next: expect.stringContaining('Edition 2, the last good one, still judges.'),
  });
  await officer.session.alarms.markSeen(alarm?.id ?? '');
  await officer.crash();
  await refusedAt(officer, '3');
  await shown(officer, '2');
  expect(officer.alarms).toEqual([]);
});

it('lets an edition wait for its first day, and does not take one that has ended', async () => {
  await publish('later', edition('later', { from: '2999-01-01' }));
  await publish('over', edition('over', { from: '2020-01-01', to: '2020-12-31' }));
  expect((await refusedAt(officer, 'over')).why).toEqual([
    'rules.json, to: These rules were in force to 2020-12-31 only.',
  ]);
  const row = await shown(officer, '2');
  expect(row.waiting.map((one) => one.edition.edition)).toEqual(['later']);
  const state = officer.session.directories.current(officer.session.identity.org);
  expect(officer.session.rules.at(state, '2999-01-01').edition.edition).toBe('later');
  await publish('4', edition('4'));
  expect(await shown(officer, '4')).toMatchObject({ waiting: [], refused: [] });
});

it('reaches every computer, and one that is enrolled later, however much of it there is', async () => {
  for (let i = 0; i < 9; i++) await publish(`large ${i}`, new Uint8Array(MAX_RULES).fill(i));
  const { rules } = await world.authority('police').directory.state();
  const all = rules.map(({ version }) => version).join();
  expect(rules.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeGreaterThan(LIMITS.answer);
  await until(() => versionsAt(officer).join() === all, 'all rule data on the officer\u2019s computer');
  await until(() => versionsAt(prosecutor).join() === all, 'all rule data at the partner');

  const second = await world.computer('second', 'officer2');
  expect(versionsAt(second).join()).toBe(all);
  const newcomer = await world.computer('newcomer', 'prosecutor2');
  await until(() => versionsAt(newcomer).join() === all, 'all rule data at a partner who was enrolled since');
  await world.stopRelay();
  await world.startRelay(); // folds it all from its own disk
  await second.crash();
  expect(versionsAt(second).join()).toBe(all);
}, 60_000);
