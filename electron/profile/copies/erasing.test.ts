/** Deleting by order alone: whose signature, what goes out first, and going on after an end in the middle. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toBase64Url } from '../../../shared/primitives/bytes.ts';
import { generateBoxKeys } from '../../../shared/primitives/hpke.ts';
import type { BoxKeys } from '../../../shared/primitives/hpke.ts';
import type { DeviceId, OrgId } from '../../../shared/primitives/ids.ts';
import type { Key } from '../../../shared/primitives/platform.ts';
import { exportPublicKey, generateSigningKeys } from '../../../shared/primitives/platform.ts';
import { encodeCard, orgIdOf } from '../../../shared/seal/directory/card.ts';
import { signErasure } from '../../../shared/seal/devices/erasure.ts';
import { openStrangerAsk, sealStrangerAnswer } from '../../../shared/seal/devices/strangerAsk.ts';
import type { Fetch } from '../../../shared/wire/enrolClient.ts';
import type { StrangerAnswer } from '../../../shared/wire/stranger.ts';
import { strangerAsk } from '../../../shared/wire/stranger.ts';
import { platform } from '../../platform.ts';
import { lateIn } from '../late.ts';
import type { Copies } from './erasing.ts';
import { copiesIn } from './erasing.ts';
import { keepWhose } from './whose.ts';

const DEVICE = 'ab'.repeat(16) as DeviceId;
let folder: string;
let org: OrgId;
let key: Key;
let box: BoxKeys;
let answer: () => Promise<StrangerAnswer>;
let told: (number | null)[];
let lateStatus: number;
let erased: number;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copies-'));
  const sign = await generateSigningKeys(platform);
  box = await generateBoxKeys();
  const signKey = await exportPublicKey(platform, sign.publicKey);
  key = sign.privateKey;
  org = await orgIdOf(platform, signKey);
  [told, lateStatus, erased] = [[], 200, 0];
  const card = encodeCard({ name: 'Northmoor Police', signKey, boxKey: box.publicKey });
  await keepWhose(folder, { relay: 'http://127.0.0.1:1', org, device: DEVICE, card });
  await writeFile(path.join(folder, 'vault'), 'sealed');
  await mkdir(path.join(folder, 'journal'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fetchIt: Fetch = async (url, init) => {
  if (url.endsWith('/v1/late')) return { status: lateStatus, json: () => Promise.resolve({}) };
  const ask = strangerAsk.parse(await openStrangerAsk(box, init?.body ?? new Uint8Array()));
  if (ask.do !== 'copies' || ask.device !== DEVICE) throw new Error('asked otherwise');
  told.push(ask.done);
  const sealed = toBase64Url(await sealStrangerAnswer(ask.replyKey, await answer()));
  return { status: 200, json: () => Promise.resolve({ status: 'answered', sealed, time: 1 }) };
};
/** The application started on this profile. */
const started = (eraseStores = (): Promise<void> => Promise.resolve(void erased++)): Copies =>
  copiesIn({
    folder,
    platform,
    fetch: fetchIt,
    late: lateIn(folder, path.join(folder, 'evidence'), fetchIt),
    eraseStores,
    whileLocked,
  });
let isOpen = false;
const whileLocked = <T>(work: () => Promise<T>): Promise<T | null> => (isOpen ? Promise.resolve(null) : work());
const left = async (): Promise<string[]> => (await readdir(folder)).sort();
const order =
  (change: { device?: DeviceId; org?: OrgId; by?: Key } = {}) =>
  async (): Promise<StrangerAnswer> => ({
    is: 'erase',
    order: await signErasure(platform, change.by ?? key, {
      org: change.org ?? org,
      device: change.device ?? DEVICE,
      issued: 7,
    }),
  });

it('says until when, or that it is held, and deletes nothing', async () => {
  answer = () => Promise.resolve({ is: 'keep', day: '2027-01-21', isHeld: false });
  const copies = started();
  expect(await copies.look()).toBe(true);
  expect(copies.word()).toEqual({ day: '2027-01-21', isHeld: false, isUnsent: false });
  expect(await copies.look(), 'not asked again at once').toBe(false);
  answer = () => Promise.resolve({ is: 'keep', day: null, isHeld: true });
  const again = started();
  await again.look();
  expect(again.word()).toEqual({ day: null, isHeld: true, isUnsent: false });
  expect(await left()).toEqual(['journal', 'vault', 'whose']);
  expect(erased).toBe(0);
});

it('deletes by its authority’s order, says so, and tells the authority once', async () => {
  answer = order();
  const copies = started();
  expect(await copies.look()).toBe(true);
  expect([await left(), erased]).toEqual([['erased'], 1]);
  expect(await copies.erased()).toEqual({ org: 'Northmoor Police', at: 7 });
  await started().look();
  expect(told).toEqual([null, 7]);
  expect(await started().erased()).toEqual({ org: 'Northmoor Police', at: 7 });
});

it.each(['another authority', 'another computer', 'another organisation'])(
  'takes no order of or for %s',
  async (whose) => {
    const by = (await generateSigningKeys(platform)).privateKey;
    if (whose === 'another authority') answer = order({ by });
    else
      answer = order(
        whose === 'another computer' ? { device: 'cd'.repeat(16) as DeviceId } : { org: 'ef'.repeat(16) as OrgId },
      );
    expect(await started().look()).toBe(false);
    expect([await left(), erased]).toEqual([['journal', 'vault', 'whose'], 0]);
  },
);

it('brings what was not sent first, and deletes nothing before that was taken', async () => {
  answer = order();
  lateStatus = 507;
  await lateIn(folder, path.join(folder, 'evidence'), fetchIt).keep('http://127.0.0.1:1', {
    org,
    device: DEVICE,
    entries: [new Uint8Array([1])],
    held: [],
  });
  const copies = started();
  expect(await copies.look()).toBe(true);
  expect(copies.word()).toEqual({ day: null, isHeld: false, isUnsent: true });
  expect([await left(), erased]).toEqual([['erased', 'journal', 'late', 'vault', 'whose'], 0]);
  expect(await copies.erased()).toBeNull();
  lateStatus = 200;
  expect(await started().look()).toBe(true);
  expect([await left(), erased]).toEqual([['erased'], 1]);
});

it('deletes nothing where the disk does not say what was not sent', async () => {
  answer = order();
  const unreadable = path.join(folder, 'journal', '00000001.journal');
  await mkdir(unreadable);
  const copies = started();
  await copies.look();
  expect([await left(), erased]).toEqual([['erased', 'journal', 'vault', 'whose'], 0]);
  expect(copies.word()).toMatchObject({ isUnsent: true });
  await rm(unreadable, { recursive: true });
  expect(await started().look()).toBe(true);
  expect([await left(), erased]).toEqual([['erased'], 1]);
});

it('deletes nothing while somebody has it open', async () => {
  answer = order();
  isOpen = true;
  await started().look();
  expect([await left(), erased]).toEqual([['erased', 'journal', 'vault', 'whose'], 0]);
  isOpen = false;
  expect(await started().look()).toBe(true);
  expect([await left(), erased]).toEqual([['erased'], 1]);
});

it('goes on after an end in the middle, without asking anew', async () => {
  answer = order();
  await started(() => Promise.reject(new Error('ended here'))).look();
  expect(await left()).toContain('vault');
  answer = () => Promise.reject(new Error('off line'));
  expect(await started().look()).toBe(true);
  expect([await left(), erased]).toEqual([['erased'], 1]);
});
