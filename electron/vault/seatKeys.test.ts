/** Keys of posts: on disk before anybody hears of them, one for each generation, and none lost that was the post’s. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeCbor } from '../../shared/primitives/cbor.ts';
import type { BoxKeys } from '../../shared/primitives/hpke.ts';
import { generateBoxKeys } from '../../shared/primitives/hpke.ts';
import type { SeatId } from '../../shared/primitives/ids.ts';
import { newId } from '../../shared/primitives/naming.ts';
import { exportPublicKey, generateSigningKeys, importSigningKey } from '../../shared/primitives/platform.ts';
import { encodeCard, orgIdOf } from '../../shared/seal/directory/card.ts';
import { emptyDirectory } from '../../shared/seal/directory/directory.ts';
import { openSeatAsk } from '../../shared/seal/devices/seatAsk.ts';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import { signKeysFrom } from '../enrol/signKeys.ts';
import { platform } from '../platform.ts';
import { decodeContents } from './contents.ts';
import { noKeyStore } from './keyStore.ts';
import type { SeatKeysPlace } from './seatKeys.ts';
import { proposeSeatKeys, settleSeatKeys } from './seatKeys.ts';
import type { OpenVault, VaultPlace } from './vault.ts';
import { createVault, openVault } from './vault.ts';
import { EASY, someContents } from './vault.fixture.ts';

const PASSPHRASE = 'correct horse battery staple';
const [one, two] = [newId<SeatId>(platform), newId<SeatId>(platform)];
let folder: string;
let vault: OpenVault;
let authority: { card: string; box: BoxKeys };
/** Public keys that the authority was asked to sign, ask by ask; `away` while it cannot be reached. */
let asked: Map<SeatId, Uint8Array>[];
let away: boolean;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'seat-keys-'));
  const box = await generateBoxKeys();
  const sign = await exportPublicKey(platform, (await generateSigningKeys(platform)).publicKey);
  authority = { card: encodeCard({ name: 'Northmoor Police', signKey: sign, boxKey: box.publicKey }), box };
  [asked, away] = [[], false];
  const contents = { ...(await someContents()), card: authority.card, org: await orgIdOf(platform, sign) };
  const made = await createVault(place(), PASSPHRASE, { person: '', org: '' }, contents);
  if (!made.ok) throw new Error(made.cause);
  vault = made.value;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const place = (): VaultPlace => ({
  file: path.join(folder, 'vault'),
  platform,
  keyStore: noKeyStore,
  tries: {
    waitUntil: () => Promise.resolve(null),
    begin: () => Promise.resolve(),
    succeeded: () => Promise.resolve(),
  },
  hardness: EASY,
});

const fetch: Fetch = async (_, init) => {
  if (away) throw new Error('no network');
  const { org, device, signKey } = vault.contents();
  const known = { device, person: vault.contents().person, name: '', boxKey: new Uint8Array(65) };
  const own = await exportPublicKey(platform, (await signKeysFrom(platform, signKey)).publicKey);
  const state = { ...emptyDirectory(org), devices: new Map([[device, { ...known, signKey: own }]]) };
  const ask = await openSeatAsk(platform, authority.box, state, init?.body ?? new Uint8Array());
  if (!ask.ok) throw new Error(ask.cause);
  asked.push(new Map(ask.value.seats.map(({ seat, publicKey }) => [seat, publicKey])));
  return { status: 200, json: () => Promise.resolve({ status: 'answered', sealed: null, time: 0 }) };
};
const here = async (): Promise<SeatKeysPlace> => ({
  platform,
  vault,
  key: await importSigningKey(platform, vault.contents().signKey),
  fetch,
});
const first = (seat: SeatId) => ({ seat, generation: 1 });

async function restart(): Promise<void> {
  await vault.close();
  const again = await openVault(place(), PASSPHRASE);
  if (!again.ok) throw new Error(again.cause);
  vault = again.value;
}

test('a key is on disk before the authority hears of it, and the same one is proposed ever after', async () => {
  away = true;
  expect(await proposeSeatKeys(await here(), [first(one)])).toEqual({ ok: false, cause: 'no network' });
  await restart();
  away = false;
  expect(await proposeSeatKeys(await here(), [first(one), first(two), first(one)])).toEqual({ ok: true, value: null });
  expect(await proposeSeatKeys(await here(), [first(one)])).toEqual({ ok: true, value: null });
  expect(asked.map((ask) => ask.size)).toEqual([2, 1]);
  expect(asked[0]?.get(one)).toEqual(asked[1]?.get(one));
  expect(asked[0]?.get(one)).toEqual(vault.contents().proposed.find(({ seat }) => seat === one)?.keys.publicKey);
});

test('asked for twice at one moment, there is one key', async () => {
  await Promise.all([proposeSeatKeys(await here(), [first(one)]), proposeSeatKeys(await here(), [first(one)])]);
  expect(vault.contents().proposed).toHaveLength(1);
  expect(asked[0]).toEqual(asked[1]);
});

test('what the directory names is kept as the seat’s, for good', async () => {
  await proposeSeatKeys(await here(), [first(one), first(two)]);
  const publicKey = asked[0]?.get(one) ?? new Uint8Array();
  const keys = await settleSeatKeys(await here(), one, 1, publicKey);
  expect(keys?.publicKey).toEqual(publicKey);
  // A worker that died before it heard the answer asks again.
  expect(await settleSeatKeys(await here(), one, 1, publicKey)).toEqual(keys);
  await restart();
  expect(vault.contents().seatKeys).toEqual([{ seat: one, generation: 1, keys }]);
  expect(vault.contents().proposed.map(({ seat }) => seat)).toEqual([two]);
});

test('the loser of a race throws its own away, and never a key that was the seat’s', async () => {
  await proposeSeatKeys(await here(), [first(one)]);
  const other = (await generateBoxKeys()).publicKey;
  expect(await settleSeatKeys(await here(), one, 1, other)).toBe(null);
  expect([vault.contents().proposed, vault.contents().seatKeys]).toEqual([[], []]);
  await proposeSeatKeys(await here(), [first(two)]);
  await settleSeatKeys(await here(), two, 1, asked[1]?.get(two) ?? new Uint8Array());
  expect(await settleSeatKeys(await here(), two, 1, other)).toBe(null);
  expect(vault.contents().seatKeys).toHaveLength(1);
});

test('the next key of a post is another than its first, and neither is taken for the other', async () => {
  await proposeSeatKeys(await here(), [first(one), { seat: one, generation: 2 }]);
  const [g1, g2] = vault.contents().proposed.map(({ keys }) => keys.publicKey);
  expect(g1).not.toEqual(g2);
  expect(await settleSeatKeys(await here(), one, 2, g1 ?? new Uint8Array())).toBe(null);
  expect((await settleSeatKeys(await here(), one, 1, g1 ?? new Uint8Array()))?.publicKey).toEqual(g1);
  expect(vault.contents().proposed).toEqual([]);
});

test('a vault that was written before there were proposals opens', async () => {
  const { proposed: _, ...contents } = vault.contents();
  expect(decodeContents(encodeCbor({ format: 1, contents }))).toEqual({ ...contents, proposed: [] });
});
