/**
 * The relay's command line. Answers on stdout (one JSON line with --json, and always for `serve`), words for people on
 * stderr. Exit code 1: it could not be done; 2: the command line was not understood.
 */
import './common/threads.ts';
import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Result } from '../shared/primitives/result.ts';
import { decodeCard, orgIdOf } from '../shared/seal/card.ts';
import { authorityDigits } from '../shared/seal/enrolment.ts';
import type { LogLevel } from './common/log.ts';
import { LOG_LEVELS, makeLog } from './common/log.ts';
import { nodePlatform } from './common/node.ts';
import { quickPlatform } from './common/quickPlatform.ts';
import { CommandFailure, byteCount, oneOf, port, runCommandLine } from './common/options.ts';
import { jsonLine } from './common/output.ts';
import { restoreRelay } from './relay/restore.ts';
import type { RunningRelay, ServeCause } from './relay/serve.ts';
import { serveRelay } from './relay/serve.ts';
import { askRunning, readStored, summary } from './relay/status.ts';
import { orgStore } from './relay/store/orgs.ts';
import { hasDatabase, openDatabase } from './relay/store/schema.ts';

interface ServeOptions {
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly quota: number;
  readonly logLevel: LogLevel;
}
interface DataOptions {
  readonly data: string;
  readonly json?: boolean;
}

const program = new Command('relay').description(
  'The relay: keeps and passes on sealed entries and chunks that it cannot read.',
);

program
  .command('serve')
  .description('run the relay until it is told to stop')
  .requiredOption('--data <folder>', 'where everything is kept; made when missing')
  .option('--port <number>', 'port to listen on; 0 takes any that is free', port, 8787)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--quota <size>', 'what one organisation may keep in one intake of another', byteCount, 200 * 2 ** 30)
  .option('--log-level <level>', `one of ${LOG_LEVELS.join(', ')}`, oneOf(LOG_LEVELS), 'info')
  .option('--json', 'print JSON (serve always does)')
  .action(serve);

const orgs = program.command('org').description('the organisations that this relay serves');
orgs
  .command('add')
  .description('admit an organisation by the public card of its authority; works while the relay runs')
  .requiredOption('--authority <card>', 'the card, or a file that holds it')
  .requiredOption('--data <folder>', "the relay's data folder")
  .option('--json', 'print JSON')
  .action(addOrg);
orgs
  .command('list')
  .description('list them')
  .requiredOption('--data <folder>', "the relay's data folder")
  .option('--json', 'print JSON')
  .action(listOrgs);

program
  .command('status')
  .description('counts and sizes; never content')
  .requiredOption('--data <folder>', "the relay's data folder")
  .option('--json', 'print JSON')
  .action(showStatus);

program
  .command('restore')
  .description('say that the data folder was put back from a copy; the relay must not be running')
  .requiredOption('--data <folder>', "the relay's data folder")
  .option('--json', 'print JSON')
  .action(restore);

const WHY_NOT: Record<ServeCause, string> = {
  'held by another':
    'Another relay is running on this data folder. Stop it, or give this one a folder of its own with --data.',
  'key lost':
    "This folder's relay.key is missing or belongs to another relay. Put the one back that was here; under another key, everything it signed would look forged.",
  'port in use': 'Something else listens on this port. Choose another with --port, or 0 for any that is free.',
  'no such address': 'This machine cannot listen on that address and port. Check --host and --port.',
};

async function serve(options: ServeOptions): Promise<void> {
  const started: Result<RunningRelay, ServeCause> = await serveRelay(quickPlatform, makeLog(options.logLevel), options);
  if (!started.ok) throw new CommandFailure(WHY_NOT[started.cause]);
  jsonLine({ listening: started.value.url });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void started.value.drain());
}

async function restore({ data, json }: DataOptions): Promise<void> {
  openExisting(data).close();
  const restored = await restoreRelay(nodePlatform, data);
  if (!restored.ok) throw new CommandFailure(WHY_NOT[restored.cause]);
  const { generation, missingChunks } = restored.value;
  if (json) return jsonLine({ generation, missingChunks });
  const missing = missingChunks === 0 ? '' : `Chunks that it names and lacks: ${missingChunks}. `;
  process.stdout.write(
    `Generation ${generation}. ${missing}Start the relay: laptops send again what this copy lacks, each as it comes on line.\n`,
  );
}

/** The data of a relay that has been here; asking about one must not make it. */
function openExisting(data: string): ReturnType<typeof openDatabase> {
  if (!hasDatabase(data))
    throw new CommandFailure('No relay has kept its data in this folder. Check --data, or begin with org add.');
  return openDatabase(data);
}

async function addOrg({ authority, data, json }: DataOptions & { readonly authority: string }): Promise<void> {
  const text = existsSync(authority) ? readFileSync(authority, 'utf8') : authority;
  const card = decodeCard(text);
  if (!card.ok)
    throw new CommandFailure(
      `This is no authority's card (${card.cause}). The authority prints its card with 'authority card'.`,
    );
  const org = await orgIdOf(nodePlatform, card.value.signKey);
  const row = {
    org,
    digits: await authorityDigits(nodePlatform, card.value),
    card: text.trim(),
    since: nodePlatform.now(),
  };
  const db = openDatabase(data);
  const added = orgStore(db).add(row);
  db.close();
  const { name, fingerprint } = summary(row);
  if (json) jsonLine({ org, name, fingerprint, added });
  else process.stdout.write(`${added ? 'Added' : 'Already here'}: ${name}, fingerprint ${fingerprint}\n`);
}

function listOrgs({ data, json }: DataOptions): void {
  const db = openExisting(data);
  const rows = orgStore(db).all().map(summary);
  db.close();
  if (json) return jsonLine({ orgs: rows });
  for (const { name, fingerprint } of rows) process.stdout.write(`${fingerprint}  ${name}\n`);
}

async function showStatus({ data, json }: DataOptions): Promise<void> {
  const db = openExisting(data);
  const stored = readStored(db);
  db.close();
  const running = await askRunning(data);
  if (json) return jsonLine({ ...stored, running });
  const lines = [
    running
      ? `Running at ${running.url} with ${running.links} links and ${running.authorities} authorities`
      : 'Not running',
    `${stored.orgs} organisations, ${stored.areas} areas, ${stored.entries} entries (${stored.entryBytes} bytes)`,
    `${stored.boxes} boxes, ${stored.chunks} chunks (${stored.chunkBytes} bytes)`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

await runCommandLine(program, process.argv);
