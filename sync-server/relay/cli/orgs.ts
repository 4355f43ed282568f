/** `relay org`, `quota` and `device`: who is served, how much they may keep, and which computer is kept out for a time. */
import type { Command } from 'commander';
import type { OrgId } from '../../../shared/primitives/ids.ts';
import { HOUR } from '../../../shared/primitives/units.ts';
import { decodeCard, orgIdOf } from '../../../shared/seal/directory/card.ts';
import { authorityDigits } from '../../../shared/seal/devices/enrolment.ts';
import { readCard } from '../../common/card.ts';
import { CommandFailure } from '../../common/options.ts';
import { nodePlatform } from '../../common/node.ts';
import { count, size } from '../../common/config/kinds.ts';
import type { ComputerLine } from '../decisions/computers.ts';
import { listComputers, resume as letIn, suspend as suspendComputer } from '../decisions/computers.ts';
import {
  listQuotas as quotasIn,
  MEASURE_NAMES,
  quotasOf,
  readMeasure,
  setQuota as decideQuota,
} from '../decisions/quotas.ts';
import { askRunning, summary } from '../observe/status.ts';
import { orgStore } from '../store/orgs.ts';
import { LONGEST_SUSPENSION } from '../store/rules.ts';
import type { Common } from './common.ts';
import { act, answer, common, dataOf, withStore } from './common.ts';
import { bytes, time } from '../observe/words.ts';
import { directoriesOf } from '../decisions/directories.ts';

export function addOrgs(program: Command): void {
  const orgs = program.command('org').description('the organisations that this relay serves');
  common(orgs.command('add'))
    .description('admit an organisation by the public card of its authority; works while the relay runs')
    .requiredOption('--authority <card>', 'the card, or a file that holds it')
    .action(addOrg);
  common(orgs.command('list')).description('list them').action(listOrgs);

  const quotas = program
    .command('quota')
    .description('what an organisation may keep: in an intake, in an area, in all');
  common(quotas.command('list')).description('list them').action(listQuotas);
  common(quotas.command('set'))
    .argument('<org>', 'its id, as `org list` shows it')
    .argument('<size>', 'as 400GiB; `default` for what the settings say')
    .option('--of <measure>', 'intake: in one intake of another; area: in one area of a case; total: in all', 'intake')
    .description('decide it for one organisation; in force within a second')
    .action(setQuota);

  const devices = program.command('device').description('the computers of these organisations');
  common(devices.command('list'))
    .option('--org <org>', 'of this organisation only')
    .description('ids, last contact, and who is kept out')
    .action(listDevices);
  common(devices.command('suspend'))
    .argument('<device>', 'its id')
    .option('--hours <number>', 'for so long, 1 to 72', '72')
    .description('end its link within a second and let it in no more for a time; only its authority can do so for good')
    .action(suspend);
  common(devices.command('resume')).argument('<device>', 'its id').description('let it in again').action(resume);
}

async function addOrg({ authority, ...options }: Common & { readonly authority: string }): Promise<void> {
  const { dir } = dataOf(options);
  const text = readCard(authority) ?? authority;
  const card = decodeCard(text);
  if (!card.ok)
    throw new CommandFailure(
      `This is no authority's card (${card.cause}). The authority prints its card with 'authority card'.`,
    );
  const org = await orgIdOf(nodePlatform, card.value.signKey);
  const digits = await authorityDigits(nodePlatform, card.value);
  const row = { org, digits, card: text, since: nodePlatform.now() };
  const added = await withStore(
    dir,
    async (db) => {
      const isNew = orgStore(db).add(row);
      if (isNew) await act(dir, db, 'org add', { org });
      return isNew;
    },
    true,
  );
  const { name, fingerprint } = summary(row);
  answer(options.json, { org, name, fingerprint, added }, () => [
    `${added ? 'Added' : 'Already here'}: ${name}, fingerprint ${fingerprint}`,
  ]);
}

async function listOrgs(options: Common): Promise<void> {
  const rows = await withStore(dataOf(options).dir, (db) => orgStore(db).all().map(summary));
  answer(options.json, { orgs: rows }, () =>
    orNone(
      rows.map(({ org, name, fingerprint }) => `${fingerprint}  ${org}  ${name}`),
      NO_ORG,
    ),
  );
}

const NO_ORG = 'No organisation is admitted yet. Next: relay org add --authority CARD';
const orNone = (lines: readonly string[], none: string): readonly string[] => (lines.length > 0 ? lines : [none]);

const unknownOrg = (org: string): CommandFailure =>
  new CommandFailure(`No organisation ${org} is admitted here. 'relay org list' shows them.`);

async function listQuotas(options: Common): Promise<void> {
  const { dir, config } = dataOf(options);
  const quotas = await withStore(dir, async (db) => quotasIn(db, quotasOf(config), await directoriesOf(db)));
  answer(options.json, { quotas }, () =>
    orNone(
      quotas.map(
        (one) =>
          `${one.org}  ${one.of}: ${bytes(one.bytes)}${one.isDefault ? ' (the setting)' : ''}, ` +
          `${one.of === 'total' ? 'used' : 'fullest'} ${bytes(one.fullest)}`,
      ),
      NO_ORG,
    ),
  );
}

async function setQuota(
  org: string,
  wanted: string,
  { of: named, ...options }: Common & { readonly of: string },
): Promise<void> {
  const of = readMeasure(named);
  if (of === null) throw new CommandFailure('--of: it is intake, area or total.');
  const { dir, config } = dataOf(options);
  const read = wanted === 'default' ? null : size.read(wanted);
  if (read && !read.ok) throw new CommandFailure(read.cause);
  await withStore(dir, async (db) => {
    if (!decideQuota(db, org, of, read?.value ?? null)) throw unknownOrg(org);
    await act(dir, db, 'quota set', { org, of, bytes: read?.value ?? null });
  });
  const now = read?.value ?? quotasOf(config)[of];
  answer(options.json, { org, of, bytes: now }, () => [`${org} may now keep ${bytes(now)} in ${MEASURE_NAMES[of]}.`]);
}

async function listDevices({ org, ...options }: Common & { readonly org?: string }): Promise<void> {
  const { dir } = dataOf(options);
  const running = await askRunning(dir);
  const devices = await withStore(dir, async (db) => {
    if (org !== undefined && orgStore(db).find(org as OrgId) === null) throw unknownOrg(org);
    const all = listComputers(db, await directoriesOf(db), running, nodePlatform.now());
    return all.filter((one) => org === undefined || one.org === org);
  });
  answer(options.json, { devices }, () =>
    orNone(devices.map(describe), 'No computer has been enrolled yet. Next: authority enrol-code, at its organisation'),
  );
}

function describe(one: ComputerLine): string {
  const seen = one.lastContact === null ? 'never here' : `last here ${time(one.lastContact)}`;
  const words = [
    one.linked ? 'linked' : seen,
    ...(one.revoked ? ['revoked'] : []),
    ...(one.suspendedUntil === null ? [] : [`suspended until ${time(one.suspendedUntil)}`]),
  ];
  return `${one.device}  of ${one.org}  ${words.join(', ')}`;
}

async function suspend(device: string, { hours, ...options }: Common & { readonly hours: string }): Promise<void> {
  const { dir } = dataOf(options);
  const read = count('hours', 1, LONGEST_SUSPENSION / HOUR).read(hours);
  if (!read.ok) throw new CommandFailure(`--hours: ${read.cause} For good, its authority revokes it.`);
  const until = await withStore(dir, async (db) => {
    const done = suspendComputer(db, await directoriesOf(db), device, read.value, nodePlatform.now());
    if (!done.ok) throw new CommandFailure(`No computer ${device} is known here. 'relay device list' shows them.`);
    await act(dir, db, 'device suspend', { device, until: done.value.until });
    return done.value.until;
  });
  answer(options.json, { device, until }, () => [
    `Kept out until ${time(until)}. What was on it stays on it; its authority revokes it for good.`,
  ]);
}

async function resume(device: string, options: Common): Promise<void> {
  const { dir } = dataOf(options);
  const changed = await withStore(dir, async (db) => {
    const wasOut = letIn(db, device);
    if (wasOut) await act(dir, db, 'device resume', { device });
    return wasOut;
  });
  answer(options.json, { device, changed }, () => [changed ? 'It is let in again.' : 'It was not suspended.']);
}
