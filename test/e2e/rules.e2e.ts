/**
 * Rule data in the running application: an edition with one more rule, another time limit and another step judges in open
 * windows of both organisations without a restart; what is ill-formed is refused by the command, and by every window where an authority signs it all the same.
 */
import type { Locator } from '@playwright/test';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toHex, utf8 } from '../../shared/primitives/bytes.ts';
import type { Hash } from '../../shared/primitives/ids.ts';
import { sha256 } from '../../shared/primitives/platform.ts';
import { ok } from '../../shared/primitives/result.ts';
import { openAuthority } from '../../sync-server/authority/authority.ts';
import { nodePlatform } from '../../sync-server/common/node.ts';
import { RULES, dataOf } from '../support/fellshire.ts';
import { findings } from './axe.ts';
import { button, choose, region, reveal } from './find.ts';
import type { Desk, World } from './world.ts';
import { expect, test } from './world.ts';

const POLICE = 'Fellshire Police';
const SENTENCE = 'Nobody has said whether a dog was there. Say so in the case.';
const RULE = {
  code: 'dog-not-said',
  sentence: SENTENCE,
  path: 'case/title',
  stages: 'every',
  require: { exists: 'case/title' },
  source: 'Fellshire Police, for a test',
  verified: false,
};

const LIMIT = 'bail-before-charge';
const LIMIT_SENTENCE = 'Two months with the first day of bail, by an order of Fellshire.';
const STEP = 'charging-build';
const STEP_TITLE = 'Gather what a charging decision needs';

type Rows = readonly Record<string, unknown>[];
const changed = (rows: unknown, key: string, value: string, by: object): Rows =>
  (rows as Rows).map((one) => (one[key] === value ? { ...one, ...by } : one));

/** A copy of the rule data with this edition's name, a rule more, another time limit and another step. */
async function changedRules(world: World, edition: string): Promise<string> {
  const folder = path.join(world.dir, `rules ${edition}`);
  await cp(RULES, folder, { recursive: true });
  const change = async (name: string, by: (content: Record<string, unknown>) => object): Promise<void> => {
    const file = path.join(folder, name);
    const content = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify({ ...content, ...by(content) }));
  };
  await change('rules.json', () => ({ edition }));
  await change('file-standard.json', ({ rules, reasons }) => ({
    rules: [...(rules as object[]), { ...RULE, reason: (reasons as { code: string }[])[0]?.code }],
  }));
  await change('time-limits.json', ({ limits }) => ({
    limits: changed(limits, 'code', LIMIT, {
      period: { months: 2 },
      sentence: LIMIT_SENTENCE,
      source: 'Fellshire Police, for a test',
    }),
  }));
  await change('process.json', ({ steps }) => ({ steps: changed(steps, 'id', STEP, { title: STEP_TITLE }) }));
  return folder;
}

/** Signs what no command would: as an authority does whose program was changed. */
async function publishAnyway(world: World, edition: string, bytes: Uint8Array): Promise<void> {
  const authority = await openAuthority(nodePlatform, dataOf(world.dir, 'police'));
  if (!authority.ok) throw new Error(authority.cause);
  const hash = toHex(await sha256(nodePlatform, bytes)) as Hash;
  const statement = {
    is: 'rules',
    name: 'Changed',
    version: edition,
    from: '2026-01-01',
    sha256: hash,
    bytes,
  } as const;
  await authority.value.directory.change(() => ok({ statements: [statement], value: null }));
  authority.value.store.close();
}

const part = ({ window }: Desk, name: string): Promise<void> =>
  button(window.getByRole('navigation', { name: 'Joinder' }), name).click();
const nextSteps = ({ window }: Desk): Locator => window.getByRole('list', { name: 'Next steps' });

/** A case with a suspect on bail, left with its deadlines in sight. */
async function caseOnBail(officer: Desk): Promise<Locator> {
  const { window } = officer;
  await officer.newCase({ title: 'R v Quillfeather', suspect: 'Quillfeather, Bertram' });
  await expect(nextSteps(officer)).toContainText('Build the file for a charging decision');
  await part(officer, 'Hearings and custody');
  await button(window, 'Add period of custody or bail').click();
  const bail = window.getByRole('group', { name: 'Period of custody or bail 1' });
  await choose(window, bail, 'Kind', 'police bail');
  await bail.getByLabel('From', { exact: true }).fill('2026-11-04');
  await part(officer, 'Deadlines');
  return window.getByRole('listitem', { name: 'Police bail before charge' });
}

const rulesOf = ({ window }: Desk, org: string): Locator => region(window, org);

test('a new edition judges in open windows at once; an ill-formed one is refused, and the last good kept', async ({
  world,
}) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  const limit = await caseOnBail(officer);
  await expect(limit).toContainText('3 Feb 2027');
  await expect(limit).toContainText('Three months with the first day of bail');
  await prosecutor.goTo('Rules');
  await expect(rulesOf(prosecutor, POLICE)).not.toContainText(SENTENCE);
  await expect(rulesOf(prosecutor, POLICE)).toContainText('Partner');

  const folder = await changedRules(world, 'with a dog');
  const said = await world.servers.authority('police', 'rules', 'publish', '--dir', folder);
  await expect(limit).toContainText('3 Jan 2027');
  await expect(limit).toContainText(LIMIT_SENTENCE);
  await expect(limit).toContainText('Fellshire Police, for a test');
  await expect(region(officer.window, 'Deadlines')).toContainText('edition with a dog');
  await part(officer, 'Overview');
  await expect(nextSteps(officer)).toContainText(STEP_TITLE);
  await officer.goTo('Rules');
  await expect(rulesOf(officer, POLICE)).toContainText('Your organisation');
  await expect(rulesOf(officer, POLICE)).toContainText(`signed by the authority of ${POLICE}`);
  for (const desk of [officer, prosecutor]) {
    await expect(rulesOf(desk, POLICE)).toContainText('with a dog');
    await expect(rulesOf(desk, POLICE)).toContainText(`New: ${SENTENCE}`);
    await expect(rulesOf(desk, POLICE)).toContainText(String(said['sha256']).slice(0, 4));
  }
  await expect(await reveal(officer.window, `Rules of ${POLICE}`, SENTENCE)).toContainText('Not verified');

  await writeFile(path.join(folder, 'file-standard.json'), '{ "format": "joinder checks", ');
  await expect(world.servers.authority('police', 'rules', 'publish', '--dir', folder)).rejects.toThrow(
    /file-standard\.json, line 1, column 31: It is not JSON/,
  );
  await publishAnyway(world, 'forged', utf8('{"files":{},"format":"joinder rule bundle","version":1}'));
  for (const desk of [officer, prosecutor]) {
    const warning = region(desk.window, 'Warnings').getByRole('alert');
    await expect(warning).toContainText(`New rules of ${POLICE} are not used: edition forged is ill-formed.`);
    await expect(warning).toContainText('Edition with a dog, the last good one, still judges.');
    await expect(rulesOf(desk, POLICE)).toContainText('Edition forged of Changed is ill-formed and was refused.');
    await expect(rulesOf(desk, POLICE)).toContainText('rules.json');
    await expect(rulesOf(desk, POLICE)).toContainText(`New: ${SENTENCE}`);
  }
  expect(await findings(officer.window)).toEqual([]);
});
