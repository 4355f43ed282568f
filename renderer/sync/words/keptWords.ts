/**
 * The relay's words that stay on this computer: the newest, the last of each day for as long as anybody may ask, and every
 * two that cannot both be. One line each, as `relay audit compare` and `audit verify --against` read them.
 */
import type { Records } from '../store/records.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { SignedCheckpoint } from '../../../shared/seal/area/checkpoint.ts';
import { readWord, writeWord } from '../../../shared/seal/area/checkpoint.ts';

const NEWEST = 'relay word';
const BY_DAY = 'relay words ';
const FORKS = 'relay fork ';
/** As long as the longest of the usual retention classes is reviewed at least once. */
const DAYS = 800;

export interface KeptWords {
  newest(): Promise<SignedCheckpoint | null>;
  /** Oldest first. */
  keep(words: readonly { readonly time: Millis; readonly signed: SignedCheckpoint }[]): Promise<void>;
  keepFork(words: readonly string[]): Promise<void>;
  /** Every line that is held, oldest first. */
  lines(): Promise<readonly string[]>;
}

const keyOf = (time: Millis): string => `${BY_DAY}${String(Math.floor(time / DAY)).padStart(6, '0')}`;

export function openKeptWords(records: Records): KeptWords {
  /** As last read: the auditor's view asks after every change, and a word comes every few minutes. */
  let read: Promise<readonly string[]> | null = null;
  const changed = (): void => {
    read = null;
  };
  return {
    async newest() {
      const word = await records.get(NEWEST);
      return typeof word === 'string' ? readWord(word) : null;
    },
    async keep(words) {
      const days = new Map(words.map(({ time, signed }) => [keyOf(time), writeWord(signed)]));
      for (const [key, word] of days) await records.put(key, word);
      const last = words.at(-1);
      if (!last) return;
      await records.put(NEWEST, writeWord(last.signed));
      const oldest = keyOf(Math.max(0, last.time - DAYS * DAY));
      await records.dropWhere([BY_DAY], (key) => key < oldest);
      changed();
    },
    keepFork: (words) => records.put(`${FORKS}${words.join(' ').slice(-24)}`, [...words]).then(changed),
    lines: () =>
      (read ??= readLines(records).catch((cause: unknown) => {
        changed();
        throw cause;
      })),
  };
}

async function readLines(records: Records): Promise<readonly string[]> {
  const days = (await records.list(BY_DAY)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const forks = await records.list(FORKS);
  const all = [...days.map(({ value }) => value), ...forks.flatMap(({ value }) => value as unknown[])];
  return [...new Set(all.filter((one) => typeof one === 'string'))];
}
