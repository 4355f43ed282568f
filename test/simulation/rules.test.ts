/**
 * Rule data travels as what it is, a statement of a directory: to computers that are on line, to partners, and to one that
 * is enrolled when more of it stands than one answer holds.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toHex } from '../../shared/primitives/bytes.ts';
import type { Hash } from '../../shared/primitives/ids.ts';
import { sha256 } from '../../shared/primitives/platform.ts';
import { ok } from '../../shared/primitives/result.ts';
import { MAX_RULES } from '../../shared/seal/statements.ts';
import { nodePlatform } from '../../sync-server/common/node.ts';
import type { Computer } from './computer.ts';
import { until } from './computer.ts';
import { World } from './world.ts';

let world: World;
let officer: Computer;
let prosecutor: Computer;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor] = await Promise.all([
    world.computer('officer', 'officer'),
    world.computer('prosecutor', 'prosecutor'),
  ]);
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

it('reaches every computer, and one that is enrolled later, however much of it there is', async () => {
  const versions = Array.from({ length: 9 }, (_, i) => `${i + 1}`);
  for (const version of versions) await publish(version, new Uint8Array(MAX_RULES).fill(Number(version)));
  const all = versions.join();
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
