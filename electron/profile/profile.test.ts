/** A profile from the first look-up of a code to the end: enrolled, locked, opened, shut out, deleted and enrolled anew. */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProfileState } from '../../shared/ipc/preload.ts';
import { RELAY, someAuthority } from '../enrol/authority.fixture.ts';
import { platform } from '../platform.ts';
import { noKeyStore } from '../vault/keyStore.ts';
import { EASY } from '../vault/vault.fixture.ts';
import { endedIn } from './ended.ts';
import { profileAt } from './profile.ts';
import type { Profile } from './profile.ts';

const PASSPHRASE = 'correct horse battery staple';
let folder: string;
let authority: Awaited<ReturnType<typeof someAuthority>>;
let heard: string[];
let profiles: Profile[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'profile-'));
  authority = await someAuthority();
  heard = [];
});
afterEach(async () => {
  for (const profile of profiles) await profile.lock('asked');
  profiles = [];
  await rm(folder, { recursive: true, force: true });
});

/** The application started on this profile: another call is another start. */
function started(where = folder, closing = (): Promise<void> => Promise.resolve(void heard.push('closing'))): Profile {
  const profile = profileAt({
    folder: where,
    evidence: path.join(where, 'evidence'),
    platform,
    keyStore: noKeyStore,
    hardness: EASY,
    fetch: (url, init) => authority.fetch(url, init),
    failedByAddress: () => false,
    openBrowser: () => Promise.resolve(),
    eraseStores: () => Promise.resolve(),
    opened: () => Promise.resolve(void heard.push('opened')),
    closing,
    changed: (state: ProfileState) => void heard.push(state.is),
  });
  profiles.push(profile);
  return profile;
}

async function enrolled(): Promise<Profile> {
  const profile = started();
  expect(await profile.lookUp(RELAY, authority.codeText)).toMatchObject({ ok: true });
  expect(await profile.enrol(PASSPHRASE, 'Laptop')).toEqual({ ok: true, value: null });
  return profile;
}

test('shows who it would be before anything is made, then enrols and is open', async () => {
  const profile = started();
  expect(await profile.state()).toEqual({ is: 'new' });
  const offer = await profile.lookUp(RELAY, authority.codeText);
  expect(offer).toMatchObject({
    ok: true,
    value: {
      person: 'Sam Reed',
      org: 'Northmoor Police',
      posts: [
        { title: 'Officer', unit: 'CID' },
        { title: 'Supervisor', unit: 'CID' },
      ],
      relay: RELAY,
    },
  });
  expect(authority.devices()).toBe(0);
  expect(await profile.enrol(PASSPHRASE, 'Laptop')).toEqual({ ok: true, value: null });
  expect(await profile.state()).toEqual({ is: 'open', person: 'Sam Reed', org: 'Northmoor Police', lease: null });
  expect(heard).toEqual(['opened', 'open']);
  const identity = await profile.session()?.calls.identity();
  expect(identity?.incarnation).toBe(1);
  expect(identity?.seatKeys.map((k) => k.seat)).toEqual(authority.posts);
  expect(await profile.lookUp(RELAY, authority.codeText)).toEqual({ ok: false, cause: 'already enrolled' });
  expect(await profile.enrol(PASSPHRASE, 'Laptop')).toEqual({ ok: false, cause: 'already enrolled' });
  expect((await readdir(folder)).sort()).toEqual(['journal', 'vault', 'whose']);
});

test('enrolling before a code was looked up is refused', async () => {
  expect(await started().enrol(PASSPHRASE, 'Laptop')).toEqual({ ok: false, cause: 'malformed' });
});

test('locking forgets the session; the next start is locked, and the passphrase opens it', async () => {
  const profile = await enrolled();
  const { calls } = profile.session() ?? {};
  await profile.lock('idle');
  expect(heard.slice(2)).toEqual(['closing', 'locked']);
  expect(profile.session()).toBe(null);
  expect(() => calls?.identity()).toThrow('locked');
  expect(await calls?.commit([{ header: new Uint8Array(1), seal: new Uint8Array(1), boxes: [] }])).toEqual({
    ok: false,
    cause: 'locked',
  });
  expect(await profile.state()).toEqual({
    is: 'locked',
    person: 'Sam Reed',
    org: 'Northmoor Police',
    why: 'idle',
    waitUntil: null,
    copies: null,
    keyStore: 'none',
  });

  const again = started();
  expect(await again.state()).toMatchObject({ is: 'locked', why: 'start' });
  expect(await again.unlock('wrong')).toEqual({ ok: false, cause: 'wrong passphrase' });
  expect(await again.unlock(PASSPHRASE)).toEqual({ ok: true, value: null });
  expect(await again.state()).toMatchObject({ is: 'open' });
});

test('an answer lost on the way, and a crash after it, do not cost the code: the same keys ask again', async () => {
  authority.loseAnswer = true;
  const cut = started();
  await cut.lookUp(RELAY, authority.codeText);
  expect(await cut.enrol(PASSPHRASE, 'Laptop')).toEqual({ ok: false, cause: 'no network' });
  expect(authority.devices()).toBe(1);
  expect(await cut.state()).toEqual({ is: 'new' });

  authority.loseAnswer = false;
  const profile = await enrolled();
  expect(authority.devices()).toBe(1);
  expect((await profile.session()?.calls.identity())?.seatKeys).toHaveLength(2);
});

test('another computer cannot use the code again', async () => {
  await enrolled();
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'profile-'));
  expect(await started(elsewhere).lookUp(RELAY, authority.codeText)).toEqual({ ok: false, cause: 'used' });
  await rm(elsewhere, { recursive: true });
});

test('of a post that another device gave a key first, no key is kept', async () => {
  authority.takenSeat = authority.posts[0] ?? null;
  const profile = await enrolled();
  expect((await profile.session()?.calls.identity())?.seatKeys.map((k) => k.seat)).toEqual([authority.posts[1]]);
});

test('a journal that went missing means a new incarnation: no counter is given twice', async () => {
  const profile = await enrolled();
  await profile.lock('asked');
  await rm(path.join(folder, 'journal'), { recursive: true });
  const again = started();
  expect(await again.unlock(PASSPHRASE)).toEqual({ ok: true, value: null });
  expect((await again.session()?.calls.identity())?.incarnation).toBe(2);
});

test('a damaged vault is said, and left as it is', async () => {
  const profile = await enrolled();
  await profile.lock('asked');
  const file = path.join(folder, 'vault');
  const bytes = await readFile(file);
  await rm(file);
  await writeFile(file, bytes.subarray(0, 100));
  const again = started();
  expect(await again.state()).toMatchObject({ is: 'locked' });
  expect(await again.unlock(PASSPHRASE)).toEqual({ ok: false, cause: 'damaged' });
  expect(await readFile(file)).toHaveLength(100);
  expect(await again.lookUp(RELAY, authority.codeText)).toEqual({ ok: false, cause: 'already enrolled' });
});

test('a computer whose access has ended locks, and is unlocked no more, by whatever starts next', async () => {
  const profile = await enrolled();
  await profile.session()?.calls.accessEnded(false);
  await vi.waitFor(async () => expect(await profile.state()).toMatchObject({ is: 'locked', why: 'ended' }));
  expect(profile.session()).toBe(null);
  expect(await profile.unlock(PASSPHRASE)).toEqual({ ok: false, cause: 'access ended' });
  const again = started();
  expect(await again.state()).toMatchObject({ is: 'locked', why: 'ended' });
  expect(await again.unlock(PASSPHRASE)).toEqual({ ok: false, cause: 'access ended' });
});

test('locks, and keeps no key, also where what works on the profile fails to stop', async () => {
  await (await enrolled()).lock('asked');
  const profile = started(folder, () => Promise.reject(new Error('it is gone already')));
  await profile.unlock(PASSPHRASE);
  const { calls } = profile.session() ?? {};
  await expect(profile.lock('idle')).rejects.toThrow('gone already');
  expect(profile.session()).toBe(null);
  expect(() => calls?.identity()).toThrow('locked');
  expect(await profile.state()).toMatchObject({ is: 'locked', why: 'idle' });
});

test('a guest’s computer forgets every key as well, and is not taken for a new one', async () => {
  const profile = await enrolled();
  await profile.session()?.calls.accessEnded(true);
  await vi.waitFor(async () => expect(await profile.state()).toMatchObject({ is: 'locked', why: 'ended' }));
  await vi.waitFor(async () => expect(await readdir(folder)).not.toContain('vault'));
  expect(await readdir(folder)).not.toContain('journal');
  const again = started();
  expect(await again.state()).toMatchObject({ is: 'locked', why: 'ended', person: '', org: 'Northmoor Police' });
  expect(await again.unlock(PASSPHRASE)).toEqual({ ok: false, cause: 'access ended' });
  expect(await again.lookUp(RELAY, authority.codeText)).toEqual({ ok: false, cause: 'already enrolled' });
});

test('when its copies were deleted by order, the application that still runs is a new computer’s', async () => {
  const profile = await enrolled();
  await profile.session()?.calls.accessEnded(true);
  await vi.waitFor(async () => expect(await profile.state()).toMatchObject({ is: 'locked', why: 'ended' }));
  for (const name of await readdir(folder)) await rm(path.join(folder, name), { recursive: true });
  expect(await profile.state()).toEqual({ is: 'new' });
  expect(await profile.lookUp(RELAY, authority.codeText)).not.toMatchObject({ cause: 'already enrolled' });
});

/** Shut out, and its copies deleted by its authority's order, while the application runs on. */
async function shutOutAndErased(profile: Profile): Promise<void> {
  await profile.session()?.calls.accessEnded(false);
  await vi.waitFor(async () => expect(await profile.state()).toMatchObject({ is: 'locked', why: 'ended' }));
  authority.erases = true;
  void profile.lookAtLease();
  await vi.waitFor(async () => expect(await profile.state()).toMatchObject({ is: 'new', erased: { at: 7 } }), 10_000);
}

test('one application enrols, is shut out, deleted and enrolled anew for somebody else, and again: nothing of before is left', async () => {
  let ahead = 0;
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + ahead);
  const profile = await enrolled();
  const stores = new Set([(await profile.session()?.calls.identity())?.storeId]);
  for (let again = 1; again <= 2; again++) {
    // The order is carried out, and the authority hears of it only once the next profile stands.
    let hear = (): void => undefined;
    const before = authority;
    before.beforeTold = () => new Promise((done) => (hear = done));
    await shutOutAndErased(profile);
    await vi.waitFor(() => expect(before.told).toEqual([null, 7]));
    expect(await readdir(folder)).toEqual(['erased']);

    authority = await someAuthority();
    expect(await profile.lookUp(RELAY, authority.codeText)).toMatchObject({ ok: true });
    expect(await profile.enrol('another passphrase entirely', 'Laptop')).toEqual({ ok: true, value: null });
    hear();
    expect(await profile.state()).toMatchObject({ is: 'open', lease: null });
    await profile.lock('idle');
    expect(await profile.state()).toMatchObject({ is: 'locked', why: 'idle', waitUntil: null, copies: null });
    expect((await readdir(folder)).sort()).toEqual(['journal', 'vault', 'whose']);
    expect(await profile.unlock(PASSPHRASE)).toEqual({ ok: false, cause: 'wrong passphrase' });
    expect(await profile.unlock('another passphrase entirely')).toEqual({ ok: true, value: null });
    stores.add((await profile.session()?.calls.identity())?.storeId);
    ahead += 7 * 3_600_000; // it asks the authority now and then
  }
  expect(stores.size, 'a case store of its own each time').toBe(3);
  clock.mockRestore();
}, 30_000);

test('shut out on a disk that takes no more: it stays locked while the application runs, and forgets it once it is a new one’s', async () => {
  const ended = endedIn(path.join(folder, 'not there'));
  await ended.mark();
  expect(await ended.is()).toBe(true);
  ended.forget();
  expect(await ended.is()).toBe(false);
});

test('with the passphrase lost, it begins anew after what may not have been sent was agreed to, and can be enrolled', async () => {
  const profile = await enrolled();
  expect(await profile.leftHere(), 'open').toEqual({ ok: false, cause: 'not locked' });
  await profile.lock('asked');
  const chunk = 'ab'.repeat(32);
  await mkdir(path.join(folder, 'evidence', 'chunks', 'ab'), { recursive: true });
  await writeFile(path.join(folder, 'evidence', 'chunks', 'ab', chunk), 'sealed');
  expect(await profile.leftHere()).toEqual({ ok: true, value: { written: 'none', most: 0, files: true } });
  expect(await profile.beginAnew(false)).toEqual({ ok: false, cause: 'not sent' });
  expect(await profile.state()).toMatchObject({ is: 'locked' });
  expect(await profile.beginAnew(true)).toEqual({ ok: true, value: null });
  expect(await profile.state()).toEqual({ is: 'new' });
  expect(heard.at(-1)).toBe('new');
  expect(await readdir(folder)).toEqual([]);
});

test('a computer that was shut out is not begun anew from its locked screen', async () => {
  const profile = await enrolled();
  await profile.lock('asked');
  await endedIn(folder).mark();
  expect(await profile.leftHere()).toEqual({ ok: false, cause: 'not locked' });
  expect(await profile.beginAnew(true)).toEqual({ ok: false, cause: 'not locked' });
  expect(await readdir(folder)).toContain('vault');
});
