/**
 * The sieve with its real worker, on what an attacker would send: what hangs or throws does it there, is quarantined, and
 * is not met again; what is honest passes, also right behind it.
 */
import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Suspect, Verdicts } from '../../../renderer/sync/docs/sieve.ts';
import { Sieve } from '../../../renderer/sync/docs/sieve.ts';
import type { Records } from '../../../renderer/sync/store/records.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { V2_BOMB, slowPair } from '../../support/bombs.ts';
import { startSieveThread } from './sieveThread.ts';

const sieves: Sieve[] = [];
afterEach(() => sieves.splice(0).forEach((sieve) => sieve.close()));

/** Records that outlive a sieve, as the database does. */
function memory(): Records {
  const rows = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(rows.get(key)),
    put: (key, value) => Promise.resolve(void rows.set(key, value)),
    drop: (key) => Promise.resolve(void rows.delete(key)),
    dropWhere: (prefixes, is) => {
      for (const key of rows.keys()) if (prefixes.some((prefix) => key.startsWith(prefix)) && is(key)) rows.delete(key);
      return Promise.resolve();
    },
    dropAll: (prefix) => {
      for (const key of rows.keys()) if (key.startsWith(prefix)) rows.delete(key);
      return Promise.resolve();
    },
    list: (prefix) =>
      Promise.resolve([...rows].filter(([key]) => key.startsWith(prefix)).map(([key, value]) => ({ key, value }))),
  };
}

async function open(records = memory(), start = startSieveThread): Promise<Sieve> {
  const sieve = new Sieve({ records, start });
  sieves.push(sieve);
  await sieve.load();
  return sieve;
}

let made = 0;
const suspect = (update: Uint8Array): Suspect => ({ hash: String(++made).padStart(64, '0') as Hash, update });

/** Sends these through for a document and applies what is sound; the verdicts in words. */
async function pass(sieve: Sieve, doc: Y.Doc, suspects: readonly Suspect[]): Promise<string[]> {
  let words: string[] = [];
  await sieve.through('document', doc, suspects, (bad: Verdicts) => {
    words = suspects.map(({ hash }) => bad.get(hash) ?? 'sound');
    for (const { hash, update } of suspects) if (!bad.has(hash)) Y.applyUpdate(doc, update);
    return true;
  });
  return words;
}

function typed(doc: Y.Doc, text: string): Uint8Array {
  const before = Y.encodeStateVector(doc);
  doc.getText('text').insert(0, text);
  return Y.encodeStateAsUpdate(doc, before);
}

it('lets through what was typed elsewhere, on top of what was typed here meanwhile', async () => {
  const sieve = await open();
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
  expect(await pass(sieve, mine, [suspect(typed(theirs, 'one ')), suspect(typed(theirs, 'two '))])).toEqual([
    'sound',
    'sound',
  ]);
  Y.applyUpdate(theirs, typed(mine, 'mine '));
  expect(await pass(sieve, mine, [suspect(typed(theirs, 'three '))])).toEqual(['sound']);
  expect(mine.getText('text').toJSON()).toBe(theirs.getText('text').toJSON());
});

it('refuses what is no V1 update, and goes on behind it', async () => {
  const sieve = await open();
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
  const garbage = Uint8Array.from({ length: 200 }, (_, i) => (i * 89) % 256);
  const words = await pass(sieve, mine, [suspect(V2_BOMB), suspect(garbage), suspect(typed(theirs, 'honest'))]);
  expect(words).toEqual(['malformed', 'malformed', 'sound']);
  expect(mine.getText('text').toJSON()).toBe('honest');
});

it('quarantines what would hang the application, goes on behind it, and does not meet it again after a restart', async () => {
  const records = memory();
  const sieve = await open(records);
  const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
  const [first, second] = slowPair(7, 16_000).map(suspect) as [Suspect, Suspect];
  const honest = suspect(typed(theirs, 'honest'));
  expect(await pass(sieve, mine, [first, second, honest])).toEqual(['sound', 'quarantined', 'sound']);
  expect(mine.getText('text').toJSON()).toContain('honest');
  sieve.close();
  const asked: number[] = [];
  const again = await open(records, () => {
    const thread = startSieveThread();
    return {
      ...thread,
      post: (message) => {
        if (message.is === 'try') asked.push(message.update.length);
        thread.post(message);
      },
    };
  });
  expect(await pass(again, mine, [second, honest])).toEqual(['quarantined', 'sound']);
  expect(asked).toEqual([honest.update.length]);
}, 20_000);

it('quarantines alone what the whole computer twice did not survive', async () => {
  const records = memory();
  const [bad, good] = [suspect(typed(new Y.Doc(), 'bad')), suspect(typed(new Y.Doc(), 'good'))];
  /** The computer dies while `apply` is at it: nothing after is written. */
  const die = async (suspects: readonly Suspect[]): Promise<void> => {
    const sieve = await open({ ...records, drop: () => Promise.reject(new Error('dead')) });
    await expect(sieve.through('document', new Y.Doc(), suspects, () => true)).rejects.toThrow('dead');
  };
  await die([bad, good]);
  expect(await pass(await open(records), new Y.Doc(), [good])).toEqual(['sound']);
  await die([bad]);
  await die([bad]);
  expect(await pass(await open(records), new Y.Doc(), [bad, good])).toEqual(['quarantined', 'sound']);
});

it('lets nothing through where its worker cannot be started', async () => {
  const sieve = await open(memory(), () => ({ post: () => {}, listen: (_, ended) => ended(), kill: () => {} }));
  let applied = false;
  await expect(
    sieve.through('document', new Y.Doc(), [suspect(typed(new Y.Doc(), 'x'))], () => (applied = true)),
  ).rejects.toThrow('does not start');
  expect(applied).toBe(false);
});
