/** `relay retention`, `audit verify` and `doctor`: what may go, whether everything holds, and what an administrator should see to. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { checkAuditCsv, verifyAudit as verifyAuditText } from '../../../shared/model/audit/export.ts';
import { CommandFailure, NOT_WELL } from '../../common/options.ts';
import { nodePlatform } from '../../common/node.ts';
import { verifyStore } from '../backup/verifyStore.ts';
import { count as numberFrom } from '../../common/config/kinds.ts';
import { bytesIn, findHalf, hold, readHolds, releaseHold, sweepHalf } from '../decisions/retention.ts';
import { examine } from '../observe/doctor.ts';
import { readActs } from '../store/acts.ts';
import type { Common } from './common.ts';
import { act, answer, common, dataOf, settingsOf, withStore } from './common.ts';
import { bytes, count, time } from '../observe/words.ts';
import { fromBase64Url } from '../../../shared/primitives/bytes.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { addWords, checkWords, relayKeyIn } from './words.ts';

export function addCare(program: Command): void {
  const retention = program.command('retention').description('what lies here and nobody went on with');
  common(retention.command('list'))
    .option('--days <number>', 'untouched for so long')
    .description('half uploads')
    .action(listHalf);
  common(retention.command('sweep'))
    .option('--days <number>', 'untouched for so long')
    .description('drop them; a laptop that still wants to send one begins it anew')
    .action(sweepHalfUploads);
  common(retention.command('hold'))
    .argument('<org>', 'its id, as `org list` shows it')
    .description('drop nothing of this organisation until it is released')
    .action(holdOrg);
  common(retention.command('release')).argument('<org>', 'its id').description('end a hold').action(releaseOrg);
  common(retention.command('holds')).description('what is held, and since when').action(listHolds);

  const audit = program.command('audit').description('what administrators did, and whether the records hold');
  common(audit.command('verify'))
    .option(
      '--export <file>',
      'check an audit that was taken out of Joinder (JSON lines) instead, with nothing of this relay',
    )
    .option('--csv <file>', 'with --export: whether this CSV says what that proves')
    .option('--against <files...>', 'and whether words that others kept are among the records')
    .description(
      'recompute every order and chain and check every signature, act and checkpoint; exit code 3 where something does not hold',
    )
    .action(verifyAudit);
  addWords(audit);
  common(audit.command('list')).description('the acts').action(listActs);

  common(program.command('doctor'))
    .description('look over everything, and say what to do; exit code 3 where something is not well')
    .action(doctor);
}

type DaysFlags = Common & { readonly days?: string };

function readDays({ days, ...options }: DaysFlags): { dir: string; limit: number } {
  const { config, dir } = dataOf(options);
  const read = days === undefined ? null : numberFrom('days', 0, 3650).read(days);
  if (read && !read.ok) throw new CommandFailure(`--days: ${read.cause}`);
  return { dir, limit: read?.value ?? config['retention.half-uploads'] };
}

async function listHalf(options: DaysFlags): Promise<void> {
  const { dir, limit } = readDays(options);
  const found = await withStore(dir, (db) => findHalf(db, dir, limit, nodePlatform.now()));
  const oldest = found.reduce<number | null>((old, { touched }) => Math.min(old ?? touched, touched), null);
  const held = found.filter((one) => one.held);
  answer(options.json, { days: limit, uploads: found.length, bytes: bytesIn(found), held: held.length, oldest }, () => [
    `Uploads untouched for ${count(limit, 'day')}: ${found.length}, ${bytes(bytesIn(found))}${oldest === null ? '' : `; the oldest since ${time(oldest)}`}.`,
    ...(held.length === 0 ? [] : [`Held, and so kept: ${held.length}, ${bytes(bytesIn(held))}.`]),
  ]);
}

async function sweepHalfUploads(options: DaysFlags): Promise<void> {
  const { dir, limit } = readDays(options);
  const dropped = await withStore(dir, async (db) => {
    const gone = sweepHalf(findHalf(db, dir, limit, nodePlatform.now()));
    if (gone.length > 0)
      await act(dir, db, 'retention sweep', { uploads: gone.length, bytes: bytesIn(gone), days: limit });
    return gone;
  });
  answer(options.json, { days: limit, dropped: dropped.length, bytes: bytesIn(dropped) }, () => [
    `Dropped: ${count(dropped.length, 'half upload')}, ${bytes(bytesIn(dropped))}.`,
  ]);
}

async function holdOrg(org: string, options: Common): Promise<void> {
  const { dir } = dataOf(options);
  const changed = await withStore(dir, async (db) => {
    const isNew = hold(db, org, 'command line', nodePlatform.now());
    if (isNew) await act(dir, db, 'retention hold', { org });
    else if (!readHolds(db).some((one) => one.org === org))
      throw new CommandFailure(`No organisation ${org} is admitted here. 'relay org list' shows them.`);
    return isNew;
  });
  answer(options.json, { org, changed }, () => [changed ? 'Held: nothing of it is dropped.' : 'It was held already.']);
}

async function releaseOrg(org: string, options: Common): Promise<void> {
  const { dir } = dataOf(options);
  const changed = await withStore(dir, async (db) => {
    const was = releaseHold(db, org);
    if (was) await act(dir, db, 'retention release', { org });
    return was;
  });
  answer(options.json, { org, changed }, () => [changed ? 'It is held no more.' : 'It was not held.']);
}

async function listHolds(options: Common): Promise<void> {
  const holds = await withStore(dataOf(options).dir, readHolds);
  answer(options.json, { holds }, () =>
    holds.length === 0
      ? ['Nothing is held.']
      : holds.map(({ org, since, by }) => `${org}  since ${time(since)}, by ${by}`),
  );
}

const DAMAGED = 'Stop the relay, keep this folder as it is, and restore from a copy that verifies.';
const WORDS_DIFFER =
  'The records themselves hold. Keep this folder and those files as they are, and find out where the words that are named come from.';

type VerifyFlags = Common & { readonly export?: string; readonly csv?: string; readonly against?: string[] };

async function verifyAudit({ export: file, csv, against = [], ...options }: VerifyFlags): Promise<void> {
  if (file !== undefined) return verifyExport(file, csv, options.json);
  if (csv !== undefined)
    throw new CommandFailure(
      '--csv: a CSV proves nothing by itself. Name the export with proof of the same audit, too: --export FILE.',
    );
  const { store: said, advice: next } = await withStore(dataOf(options).dir, async (db) => {
    const store = await verifyStore(nodePlatform, db);
    const stored = relayKeyIn(db);
    const key = stored === null ? null : await importVerifyKey(nodePlatform, fromBase64Url(stored));
    const words = key === null ? [] : await checkWords(db, key, against);
    const advice = store.faults.length > 0 ? DAMAGED : words.length > 0 ? WORDS_DIFFER : null;
    return { store: { ...store, faults: [...store.faults, ...words] }, advice };
  });
  const isWell = next === null;
  if (!isWell) process.exitCode = NOT_WELL;
  answer(options.json, { ok: isWell, ...said }, () => [
    `${count(said.areas, 'area')} with ${count(said.entries, 'entry', 'entries')}, ${count(said.acts, 'act')} (${said.unsignedActs} from before the key).`,
    ...(isWell ? ['Everything holds.'] : [...said.faults, next]),
  ]);
}

/** An audit as an auditor took it out: proved by what stands in it alone. */
async function verifyExport(file: string, csv: string | undefined, json: boolean | undefined): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new CommandFailure('--export: the file cannot be read.');
  const table = csv === undefined ? undefined : await readFile(csv, 'utf8').catch(() => null);
  if (table === null) throw new CommandFailure('--csv: the file cannot be read.');
  const proof = await verifyAuditText(nodePlatform, text);
  const differs =
    table === undefined || !proof.ok ? [] : await checkAuditCsv(nodePlatform, table, { proof: text, written });
  const said = { ...proof, ok: proof.ok && differs.length === 0, faults: [...proof.faults, ...differs] };
  if (!said.ok) process.exitCode = NOT_WELL;
  answer(json, said, () => [
    `${count(said.entries, 'entry', 'entries')} of ${count(said.devices, 'computer')}, with ${count(said.acts, 'act')}.`,
    ...(said.ok ? ['Everything holds.'] : said.faults),
  ]);
}

const written = (at: number): string => new Date(at).toISOString();

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
