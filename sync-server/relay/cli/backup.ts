/** `relay backup …` and `relay restore`: copies made on line, looked over, and put back. */
import type { Command } from 'commander';
import path from 'node:path';
import { CommandFailure, MISUSE, NOT_WELL, refusedBy } from '../../common/options.ts';
import { nodePlatform } from '../../common/node.ts';
import type { Copy } from '../backup/copies.ts';
import { listCopies } from '../backup/copies.ts';
import { makeCopy } from '../backup/create.ts';
import type { PutBackCause } from '../backup/putBack.ts';
import { putBack } from '../backup/putBack.ts';
import type { Restored } from '../backup/restored.ts';
import { restoreRelay } from '../backup/restored.ts';
import { verifyCopy } from '../backup/verifyCopy.ts';
import type { Config } from '../config/schema.ts';
import type { Common } from './common.ts';
import { act, answer, common, dataOf, settingsOf, withStore } from './common.ts';
import { bytes, count } from '../observe/words.ts';
import { WHY_NOT } from './serve.ts';

interface CopyFlags extends Common {
  readonly to?: string;
  readonly from?: string;
  readonly copy?: string;
  readonly key?: string;
  readonly quick?: boolean;
}

export function addBackup(program: Command): void {
  const backup = program.command('backup').description('copies of everything that this relay keeps');
  common(backup.command('create'))
    .option('--to <folder>', 'where to; goes before the setting backup.folder')
    .description('make a copy, while the relay runs or not; only what no earlier copy there has is copied')
    .action(create);
  common(backup.command('list'))
    .option('--from <folder>', 'the folder of copies')
    .description('list them')
    .action(list);
  common(backup.command('verify'))
    .option('--from <folder>', 'the folder of copies')
    .option('--copy <name>', 'which; the newest where it is not said')
    .option('--quick', 'look at chunks by size, and do not read them')
    .description('say whether a copy would do; exit code 3 where it would not')
    .action(verify);
  common(backup.command('restore'))
    .option('--from <folder>', 'the folder of copies')
    .option('--copy <name>', 'which; the newest where it is not said')
    .option('--key <file>', 'relay.key, where neither copy nor data folder holds it')
    .description('put a copy into an empty data folder, and open a new generation')
    .action(restore);

  common(program.command('restore'))
    .description('say that the data folder was put back from a copy by other means; the relay must not be running')
    .action(sayRestored);
}

function folderOf(config: Config, said: string | undefined): string {
  const folder = said ?? config['backup.folder'];
  if (folder === '')
    throw new CommandFailure('Which folder of copies? Say it with --to or --from, or set backup.folder.', MISUSE);
  return folder;
}

async function create({ to, ...options }: CopyFlags): Promise<void> {
  const { config, dir } = dataOf(options);
  const folder = folderOf(config, to);
  const fromData = path.relative(path.resolve(dir), path.resolve(folder));
  if (fromData === '' || !fromData.startsWith('..'))
    throw new CommandFailure('The folder of copies lies within the data folder. Put it on another disk.');
  const made = await withStore(dir, async (db) => {
    const copy = await makeCopy({
      dir,
      folder,
      withKey: config['backup.with-key'],
      keep: config['backup.keep'],
      now: nodePlatform.now(),
    }).catch((error: unknown) => notCopied(error, folder));
    await act(dir, db, 'backup create', { copy: copy.name, chunks: copy.chunks });
    return copy;
  });
  answer(options.json, { folder, ...made, withKey: config['backup.with-key'] }, () => [
    `Copy ${made.name}: ${count(made.chunks, 'chunk')}, of which ${made.copied} (${bytes(made.bytes)}) ${made.copied === 1 ? 'was' : 'were'} new.`,
    ...(made.left === 0 ? [] : [`Left out, since they were withdrawn meanwhile or are damaged: ${made.left}.`]),
    ...(made.removed.length === 0 ? [] : [`Older copies removed: ${made.removed.length}.`]),
    ...(config['backup.with-key']
      ? []
      : ['It holds no relay.key: keep that in a safe, or a restore is worth nothing.']),
  ]);
}

/** Where the machine refused, it is the folder of copies that somebody must see to: of the data folder, it only reads. */
function notCopied(error: unknown, folder: string): never {
  const word = refusedBy(error);
  if (word === null) throw error;
  throw new CommandFailure(
    `No copy was made (${word}); the relay's data and the copies before it are as they were. Check that ${folder} may be written and its disk has room.`,
  );
}

function list({ from, ...options }: CopyFlags): void {
  const copies = listCopies(folderOf(settingsOf(options).config, from)).map(({ name, time }) => ({ name, time }));
  answer(options.json, { copies }, () => (copies.length === 0 ? ['No copies.'] : copies.map(({ name }) => name)));
}

function chosen(folder: string, name: string | undefined): Copy {
  const copies = listCopies(folder);
  const copy = name === undefined ? copies.at(-1) : copies.find((one) => one.name === name);
  if (copy) return copy;
  if (copies.length === 0)
    throw new CommandFailure(`There is no whole copy in ${folder}. 'relay backup create' makes one.`);
  throw new CommandFailure(`There is no copy ${name} in ${folder}. 'relay backup list' shows them.`);
}

async function verify({ from, copy: name, quick, ...options }: CopyFlags): Promise<void> {
  const folder = folderOf(settingsOf(options).config, from);
  const said = await verifyCopy(nodePlatform, folder, chosen(folder, name), quick === true);
  const isWell = said.faults.length === 0;
  if (!isWell) process.exitCode = NOT_WELL;
  answer(options.json, { ok: isWell, ...said }, () => [
    `Copy ${said.copy}: ${count(said.store?.areas ?? 0, 'area')}, ${count(said.store?.entries ?? 0, 'entry', 'entries')}, ${count(said.chunks, 'chunk')}; relay.key ${said.hasKey ? 'is' : 'is not'} in it.`,
    ...(isWell
      ? ['It would do.']
      : [
          ...said.faults,
          'Delete the chunks that are named from the folder of copies, make a new copy, and find out what that disk did.',
        ]),
  ]);
}

const WHY_NOT_BACK: Record<PutBackCause, string> = {
  ...WHY_NOT,
  'not empty':
    'The data folder is not empty, and nothing is written over. Name a new one with --data, or move the old one away.',
  'damaged copy': "This copy's database is missing or not the one that was copied. Take another: 'relay backup list'.",
  'another key':
    'That is no relay.key, or not the one of the relay that was copied. Say where the right one is: --key FILE. Nothing was made.',
  'no key': 'This copy holds no relay.key. Say where the one from the safe is: --key FILE.',
};

async function restore({ from, copy: name, key, ...options }: CopyFlags): Promise<void> {
  const { config, dir } = dataOf(options);
  const folder = folderOf(config, from);
  const copy = chosen(folder, name);
  const back = await putBack(nodePlatform, { folder, copy, dir, key: key ?? null });
  if (!back.ok) throw new CommandFailure(WHY_NOT_BACK[back.cause]);
  await finishRestore(options, dir, back.value, copy.name);
}

async function sayRestored(options: Common): Promise<void> {
  const { dir } = dataOf(options);
  await withStore(dir, () => {}); // a folder without a relay's data is named before anything is made there
  const restored = await restoreRelay(nodePlatform, dir);
  if (!restored.ok) throw new CommandFailure(WHY_NOT[restored.cause]);
  await finishRestore(options, dir, restored.value, null);
}

async function finishRestore(
  { json }: Common,
  dir: string,
  { generation, missingChunks }: Restored,
  copy: string | null,
): Promise<void> {
  await withStore(dir, (db) => act(dir, db, 'restore', { generation, copy }));
  const missing = missingChunks === 0 ? '' : `Chunks that it names and lacks: ${missingChunks}. `;
  answer(json, { generation, missingChunks, copy }, () => [
    `Generation ${generation}. ${missing}Start the relay: laptops send again what this copy lacks, each as it comes on line.`,
  ]);
}
