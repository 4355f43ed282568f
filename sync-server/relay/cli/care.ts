/** `relay retention`, `audit verify` and `doctor`: what may go, whether everything holds, and what an administrator should see to. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { DAY } from '../../../shared/primitives/units.ts';
import { NOT_WELL } from '../../common/options.ts';
import { nodePlatform } from '../../common/node.ts';
import { verifyStore } from '../backup/verifyStore.ts';
import { count } from '../config/kinds.ts';
import { examine } from '../observe/doctor.ts';
import { readActs } from '../store/acts.ts';
import type { Common } from './common.ts';
import { act, answer, bytes, common, dataOf, settingsOf, time, withStore } from './common.ts';
import { CommandFailure } from '../../common/options.ts';

export function addCare(program: Command): void {
  const retention = program.command('retention').description('what lies here and nobody went on with');
  common(retention.command('list'))
    .option('--days <number>', 'untouched for so long')
    .description('half uploads')
    .action(listHalf);
  common(retention.command('sweep'))
    .option('--days <number>', 'untouched for so long')
    .description('drop them; a laptop that still wants to send one begins it anew')
    .action(sweepHalf);

  const audit = program.command('audit').description('what administrators did, and whether the records hold');
  common(audit.command('verify'))
    .description('recompute every order and check every act; exit code 3 where something does not hold')
    .action(verifyAudit);
  common(audit.command('list')).description('the acts').action(listActs);

  common(program.command('doctor'))
    .description('look over everything, and say what to do; exit code 3 where something is not well')
    .action(doctor);
}

interface Half {
  readonly file: string;
  readonly bytes: number;
  readonly touched: number;
}

type DaysFlags = Common & { readonly days?: string };

function findHalf({ days, ...options }: DaysFlags): { dir: string; limit: number; found: Half[] } {
  const { config, dir } = dataOf(options);
  const read = days === undefined ? null : count('days', 0, 3650).read(days);
  if (read && !read.ok) throw new CommandFailure(`--days: ${read.cause}`);
  const limit = read?.value ?? config['retention.half-uploads'];
  const folder = path.join(dir, 'partial');
  const before = nodePlatform.now() - limit * DAY;
  const found = (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => {
    const stat = statSync(path.join(folder, name), { throwIfNoEntry: false });
    return stat && stat.mtimeMs <= before
      ? [{ file: path.join(folder, name), bytes: stat.size, touched: stat.mtimeMs }]
      : [];
  });
  return { dir, limit, found };
}

const sum = (found: readonly Half[]): number => found.reduce((all, one) => all + one.bytes, 0);

function listHalf(options: DaysFlags): void {
  const { limit, found } = findHalf(options);
  const oldest = found.reduce<number | null>((old, { touched }) => Math.min(old ?? touched, touched), null);
  answer(options.json, { days: limit, uploads: found.length, bytes: sum(found), oldest }, () => [
    `Uploads untouched for ${limit} days: ${found.length}, ${bytes(sum(found))}${oldest === null ? '' : `; the oldest since ${time(oldest)}`}.`,
  ]);
}

async function sweepHalf(options: DaysFlags): Promise<void> {
  const { dir, limit, found } = findHalf(options);
  await withStore(dir, async (db) => {
    for (const { file } of found) rmSync(file, { force: true });
    if (found.length > 0)
      await act(dir, db, 'retention sweep', { uploads: found.length, bytes: sum(found), days: limit });
  });
  answer(options.json, { days: limit, dropped: found.length, bytes: sum(found) }, () => [
    `Dropped: ${found.length} half uploads, ${bytes(sum(found))}.`,
  ]);
}

async function verifyAudit(options: Common): Promise<void> {
  const said = await withStore(dataOf(options).dir, (db) => verifyStore(nodePlatform, db));
  const isWell = said.faults.length === 0;
  if (!isWell) process.exitCode = NOT_WELL;
  answer(options.json, { ok: isWell, ...said }, () => [
    `${said.areas} areas with ${said.entries} entries, ${said.acts} acts (${said.unsignedActs} from before the key).`,
    ...(isWell
      ? ['Everything holds.']
      : [...said.faults, 'Stop the relay, keep this folder as it is, and restore from a copy that verifies.']),
  ]);
}

async function listActs(options: Common): Promise<void> {
  const acts = (await withStore(dataOf(options).dir, readActs)).map(({ n, time: at, act: what, detail }) => ({
    n,
    time: at,
    act: what,
    detail: JSON.parse(detail) as unknown,
  }));
  answer(options.json, { acts }, () =>
    acts.map((one) => `${one.n}  ${time(one.time)}  ${one.act}  ${JSON.stringify(one.detail)}`),
  );
}

async function doctor(options: Common): Promise<void> {
  settingsOf(options);
  const { config, dir } = dataOf(options);
  const found = await withStore(dir, (db) => examine(nodePlatform, db, dir, config));
  const isWell = found.every(({ ok }) => ok);
  if (!isWell) process.exitCode = NOT_WELL;
  answer(options.json, { ok: isWell, findings: found }, () =>
    found.map(({ ok, what, next }) => (ok ? `ok    ${what}` : `SEE   ${what} ${next ?? ''}`.trimEnd())),
  );
}
