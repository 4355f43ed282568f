/** `relay audit checkpoint`, `verify --against` and `compare`: the relay's signed words on all that it accepted, kept by others. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { DatabaseSync } from 'node:sqlite';
import { fromBase64Url, toBase64Url } from '../../../shared/primitives/bytes.ts';
import type { Key } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Checkpoint } from '../../../shared/seal/area/checkpoint.ts';
import {
  compareWords,
  hashCheckpoint,
  readCheckpoint,
  readWord,
  writeWord,
} from '../../../shared/seal/area/checkpoint.ts';
import { nodePlatform } from '../../common/node.ts';
import { CommandFailure, MISUSE, NOT_WELL } from '../../common/options.ts';
import type { WordCause } from '../backup/verifyCheckpoints.ts';
import { checkWord } from '../backup/verifyCheckpoints.ts';
import { count, time } from '../observe/words.ts';
import { checkpointStore } from '../store/checkpoints.ts';
import type { Common } from './common.ts';
import { answer, common, dataOf, withStore } from './common.ts';

export function addWords(audit: Command): void {
  common(audit.command('checkpoint'))
    .description('print the newest signed word on all that was accepted: to be kept elsewhere, and compared')
    .action(printNewest);
  audit
    .command('compare')
    .argument('<files...>', 'files with a word on each line, from whoever kept them')
    .requiredOption('--key <key>', 'the relay’s public key, as /v1/relay says it and laptops hold it')
    .option('--json', 'print JSON')
    .description('without any data of the relay: whether words can all be of one history; exit code 3 where two cannot')
    .action(compare);
}

async function printNewest(options: Common): Promise<void> {
  const newest = await withStore(dataOf(options).dir, (db) => checkpointStore(db).newest());
  if (newest === null)
    throw new CommandFailure('There is no checkpoint yet: a relay that runs makes one within a minute.');
  const word = writeWord(newest);
  answer(options.json, { n: newest.n, hash: newest.hash, word }, () => [word]);
}

function linesOf(files: readonly string[]): { readonly file: string; readonly text: string }[] {
  return files.flatMap((file) => {
    try {
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines
        .map((text) => text.trim())
        .filter((text) => text !== '')
        .map((text) => ({ file, text }));
    } catch {
      throw new CommandFailure(`${file} cannot be read.`, MISUSE);
    }
  });
}

const WORDS: Readonly<Record<WordCause, string>> = {
  'no word': 'this is no word of a relay',
  'not of this relay': 'it was not signed by this relay’s key',
  'another history':
    'this relay’s records say otherwise: it has told two histories, and this word is the proof. Keep it',
  'from before': 'it is from before this relay was restored, and what it covers is not here any more',
};

/** Each word that somebody kept, against the records here; what does not hold, as sentences. */
export async function checkWords(db: DatabaseSync, key: Key, files: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [i, { file, text }] of linesOf(files).entries()) {
    const said = await checkWord(nodePlatform, db, key, text);
    if (typeof said === 'string') faults.push(`Word ${i + 1}, in ${file}: ${WORDS[said]}.`);
  }
  return faults;
}

async function keyFrom(text: string): Promise<Key> {
  try {
    return await importVerifyKey(nodePlatform, fromBase64Url(text));
  } catch {
    throw new CommandFailure('--key: this is no public key. /v1/relay says it as relayKey.', MISUSE);
  }
}

async function compare(
  files: readonly string[],
  options: { readonly key: string; readonly json?: boolean },
): Promise<void> {
  const key = await keyFrom(options.key);
  const read: (Checkpoint & { readonly file: string; readonly hash: Hash })[] = [];
  for (const [i, { file, text }] of linesOf(files).entries()) {
    const signed = readWord(text);
    const said = signed === null ? null : await readCheckpoint(nodePlatform, key, signed);
    if (!signed || !said?.ok)
      throw new CommandFailure(`Word ${i + 1}, in ${file}: this is no word of the relay with that key.`);
    read.push({ file, ...said.value, hash: await hashCheckpoint(nodePlatform, signed.body) });
  }
  const forks = read.flatMap((a, i) =>
    read.slice(i + 1).flatMap((b) => (compareWords(a, b) === 'fork' ? [{ one: a, other: b }] : [])),
  );
  if (forks.length > 0) process.exitCode = NOT_WELL;
  const shown = forks.map(({ one, other }) => ({ one: one.file, other: other.file, n: Math.max(one.n, other.n) }));
  answer(options.json, { ok: forks.length === 0, words: read.length, forks: shown }, () =>
    forks.length === 0
      ? [
          `${count(read.length, 'word')}, the newest of ${time(Math.max(...read.map((one) => one.time)))}: all can be of one history.`,
        ]
      : shown.map(
          ({ one, other, n }) =>
            `${one} and ${other} cannot both be (checkpoint ${n}): the relay told two histories. Keep both.`,
        ),
  );
}

export const relayKeyIn = (db: DatabaseSync): string | null => {
  const stored = db.prepare("SELECT value FROM settings WHERE name = 'relay key'").get()?.['value'];
  return typeof stored === 'string' ? toBase64Url(fromBase64Url(stored)) : null;
};
