/** The vault opens with its passphrase alone, notices every change of it on disk, and gives no private key of the device away. */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toHex } from '../../shared/primitives/bytes.ts';
import { generateBoxKeys } from '../../shared/primitives/hpke.ts';
import { newId } from '../../shared/primitives/naming.ts';
import type { SeatId } from '../../shared/primitives/ids.ts';
import { sealBox, seatSubject } from '../../shared/seal/boxes.ts';
import { LABEL } from '../../shared/seal/labels.ts';
import { platform } from '../platform.ts';
import { authorOf, vaultCalls } from './calls.ts';
import type { VaultContents } from './contents.ts';
import { openJournal } from './journal/journal.ts';
import type { KeyStore } from './keyStore.ts';
import { noKeyStore } from './keyStore.ts';
import { delayAfter, triesIn } from './tries.ts';
import type { VaultPlace } from './vault.ts';
import { createVault, openVault } from './vault.ts';
import { EASY, someContents, someKeyStore } from './vault.fixture.ts';
import { readVaultFile } from './vaultFile.ts';

const PASSPHRASE = 'correct horse battery staple';
const CLEAR = { person: 'Sam Reed', org: 'Northmoor Police' };
let folder: string;
let contents: VaultContents;
let now = 1_800_000_000_000;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vault-'));
  contents = await someContents();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const place = (keyStore: KeyStore = noKeyStore, hardness = EASY): VaultPlace => ({
  file: path.join(folder, 'vault'),
  platform,
  keyStore,
  tries: triesIn(path.join(folder, 'tries'), () => now),
  hardness,
});

async function made(keyStore?: KeyStore) {
  const vault = await createVault(place(keyStore), PASSPHRASE, CLEAR, contents);
  if (!vault.ok) throw new Error(vault.cause);
  return vault.value;
}

const noFetch = (): Promise<never> => Promise.reject(new Error('no network'));

test('opens with its passphrase and gives back what was put in', async () => {
  await (await made()).close();
  const again = await openVault(place(), PASSPHRASE);
  expect(again.ok && again.value.contents()).toEqual(contents);
});

test('a passphrase typed with other code points for the same letters opens it', async () => {
  const vault = await createVault(place(), 'caf\u00e9 na\u00efve', CLEAR, contents);
  expect(vault.ok).toBe(true);
  expect((await openVault(place(), 'cafe\u0301 nai\u0308ve')).ok).toBe(true);
});

test('a change is there after it was answered; a closed vault gives nothing', async () => {
  const vault = await made();
  await Promise.all([1, 2, 3].map(() => vault.change((c) => ({ ...c, incarnation: c.incarnation + 1 }))));
  await vault.close();
  expect(() => vault.contents()).toThrow('locked');
  const again = await openVault(place(), PASSPHRASE);
  expect(again.ok && again.value.contents().incarnation).toBe(4);
  expect(await readdir(folder)).toEqual(['vault']);
});

test('nothing but the names of person and organisation stands clear on disk', async () => {
  await made();
  const bytes = await readFile(path.join(folder, 'vault'));
  const file = await readVaultFile(path.join(folder, 'vault'));
  expect(file.ok && file.value.clear).toEqual(CLEAR);
  for (const secret of [contents.signKey, contents.boxKeys.privateKey, contents.storeKey])
    expect(bytes.includes(Buffer.from(secret))).toBe(false);
  for (const text of [contents.relay, contents.card, PASSPHRASE]) expect(bytes.includes(text)).toBe(false);
});

test('any flipped bit is noticed and nothing is overwritten', async () => {
  await made();
  const good = await readFile(path.join(folder, 'vault'));
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.nat(7), async (at, bit) => {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ (1 << bit);
      await writeFile(path.join(folder, 'vault'), bad);
      await rm(path.join(folder, 'tries'), { force: true });
      const opened = await openVault(place(), PASSPHRASE);
      // A flipped bit in how hard the stretching is, or in the salt, reads as a wrong passphrase: none is a success.
      expect(opened.ok).toBe(false);
      expect((await readFile(path.join(folder, 'vault'))).equals(bad)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('wrong passphrases wait longer and longer, also after a restart and a clock set back; the right one ends it', async () => {
  await made();
  expect([0, 1, 2, 3, 4, 5, 6, 11, 12, 40].map(delayAfter)).toEqual([
    0, 0, 0, 1000, 2000, 4000, 8000, 256_000, 300_000, 300_000,
  ]);
  for (let i = 0; i < 3; i++)
    expect(await openVault(place(), 'wrong')).toEqual({ ok: false, cause: 'wrong passphrase' });
  expect(await openVault(place(), PASSPHRASE)).toEqual({ ok: false, cause: 'wait' });
  expect(await place().tries.waitUntil()).toBe(now + 1000);
  now -= 1_000_000;
  expect(await place().tries.waitUntil()).toBe(now + 1000);
  now += 1_001_000;
  expect(await openVault(place(), 'wrong')).toEqual({ ok: false, cause: 'wrong passphrase' });
  expect(await place().tries.waitUntil()).toBe(now + 2000);
  now += 2000;
  expect((await openVault(place(), PASSPHRASE)).ok).toBe(true);
  expect(await openVault(place(), 'wrong')).toEqual({ ok: false, cause: 'wrong passphrase' });
  expect(await place().tries.waitUntil()).toBe(null);
});

test('a key store takes part: without it the passphrase alone does not open', async () => {
  const store = someKeyStore('kwallet6');
  await made(store);
  expect((await openVault(place(store), PASSPHRASE)).ok).toBe(true);
  expect(await openVault(place(store), 'wrong')).toEqual({ ok: false, cause: 'wrong passphrase' });
  expect(await openVault(place(someKeyStore('kwallet6')), PASSPHRASE)).toEqual({
    ok: false,
    cause: 'key store changed',
  });
  expect(await openVault(place(), PASSPHRASE)).toEqual({ ok: false, cause: 'key store changed' });
  expect((await openVault(place(store), PASSPHRASE)).ok).toBe(true);
});

test('a key store that appears later, or another hardness, is taken up at the next unlocking', async () => {
  await made();
  const store = someKeyStore('dpapi');
  expect((await openVault(place(store, { ...EASY, rounds: 2 }), PASSPHRASE)).ok).toBe(true);
  const file = await readVaultFile(path.join(folder, 'vault'));
  expect(file.ok && [file.value.keyStore?.name, file.value.hardness.rounds]).toEqual(['dpapi', 2]);
  expect(await openVault(place(), PASSPHRASE)).toEqual({ ok: false, cause: 'key store changed' });
  const again = await openVault(place(store), PASSPHRASE);
  expect(again.ok && again.value.contents()).toEqual(contents);
});

test('no vault is no damage', async () => {
  expect(await openVault(place(), PASSPHRASE)).toEqual({ ok: false, cause: 'none' });
});

test('the worker gets no private key of the device, and signatures for links and presence only', async () => {
  const vault = await made();
  const { author, key } = await authorOf(platform, vault);
  const journal = await openJournal(path.join(folder, 'journal'), author, true);
  if (!journal.ok) throw new Error(journal.cause);
  const calls = vaultCalls(platform, vault, journal.value, key, noFetch);
  expect(Object.keys(await calls.identity())).not.toContain('signKey');
  expect(Object.keys(await calls.identity())).not.toContain('boxKeys');
  expect(await calls.sign(LABEL.link, [platform.random(32)])).toHaveLength(64);
  expect(() => calls.sign(LABEL.entry, [platform.random(32)])).toThrow('not signed');
  expect(await calls.newIncarnation()).toBe(2);
  await journal.value.close();
});

test('what the worker gets lies in memory of its own: no clone of it can carry a private key along', async () => {
  await (await made()).close();
  const again = await openVault(place(), PASSPHRASE);
  if (!again.ok) throw new Error(again.cause);
  const { relayKey, storeKey, statements } = again.value.contents();
  for (const bytes of [relayKey, storeKey, ...statements.map((s) => s.body)])
    expect(bytes.buffer.byteLength).toBe(bytes.length);
});

test('a seat key boxed to this device is opened and kept; one for another device or seat is not', async () => {
  const vault = await made();
  const { author, key } = await authorOf(platform, vault);
  const journal = await openJournal(path.join(folder, 'journal'), author, true);
  if (!journal.ok) throw new Error(journal.cause);
  const calls = vaultCalls(platform, vault, journal.value, key, noFetch);
  const [seat, other] = [newId<SeatId>(platform), newId<SeatId>(platform)];
  const keys = await generateBoxKeys();
  const box = await sealBox(
    await seatSubject(platform, seat, 3),
    contents.device,
    1,
    contents.boxKeys.publicKey,
    keys.privateKey,
  );
  expect(await calls.openSeatBox(box, other)).toBe(null);
  expect(await calls.openSeatBox({ ...box, to: other }, seat)).toBe(null);
  const opened = await calls.openSeatBox(box, seat);
  expect(toHex(opened?.publicKey ?? new Uint8Array())).toBe(toHex(keys.publicKey));
  await calls.openSeatBox(box, seat);
  expect((await calls.identity()).seatKeys).toEqual([{ seat, generation: 3, keys }]);
  await journal.value.close();
});
