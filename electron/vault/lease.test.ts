/** A lease runs by time that was met or signed, and nothing that is done to clock, power or file makes it longer. */
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toBase64Url } from '../../shared/primitives/bytes.ts';
import { generateBoxKeys, hpkeOpen } from '../../shared/primitives/hpke.ts';
import type { DeviceId, OrgId } from '../../shared/primitives/ids.ts';
import { newId } from '../../shared/primitives/naming.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import { exportPublicKey, framed, generateSigningKeys } from '../../shared/primitives/platform.ts';
import { DAY, HOUR } from '../../shared/primitives/units.ts';
import { encodeCard, orgIdOf } from '../../shared/seal/directory/card.ts';
import { sealDeviceAnswer } from '../../shared/seal/devices/deviceAsk.ts';
import { encodeLeaseFile, signLease } from '../../shared/seal/devices/lease.ts';
import { decodeCbor } from '../../shared/primitives/cbor.ts';
import { LABEL } from '../../shared/seal/labels.ts';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import { signKeysFrom } from '../enrol/signKeys.ts';
import { platform as real } from '../platform.ts';
import type { VaultContents } from './contents.ts';
import { noKeyStore } from './keyStore.ts';
import type { LeaseKeeper } from './lease.ts';
import { openLease } from './lease.ts';
import { EASY, someContents } from './vault.fixture.ts';
import type { OpenVault } from './vault.ts';
import { createVault, openVault } from './vault.ts';

const BEGIN = Date.parse('2026-03-02T09:00:00Z');
const untried = {
  waitUntil: () => Promise.resolve(null),
  begin: () => Promise.resolve(),
  succeeded: () => Promise.resolve(),
};

let folder: string;
let authority: { key: Key; org: OrgId; card: string; box: Awaited<ReturnType<typeof generateBoxKeys>> };
let own: VaultContents;
let deviceKey: Key;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lease-'));
  const sign = await generateSigningKeys(real);
  const box = await generateBoxKeys();
  const signKey = await exportPublicKey(real, sign.publicKey);
  const card = encodeCard({ name: 'Fellshire Police', signKey, boxKey: box.publicKey });
  authority = { key: sign.privateKey, org: await orgIdOf(real, signKey), card, box };
  own = { ...(await someContents()), org: authority.org, card };
  deviceKey = (await signKeysFrom(real, own.signKey)).privateKey;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A computer whose clock, network and running a test decides; real time passes only by `pass`. */
class Laptop {
  /** Real time. */
  at = BEGIN;
  /** By how much the clock is ahead. */
  ahead = 0;
  ran = 0;
  isOnLine = false;
  keeper!: LeaseKeeper;
  private vault!: OpenVault;
  private readonly platform: Platform = { ...real, now: () => this.at + this.ahead };

  static async of(file: string, contents: VaultContents = own): Promise<Laptop> {
    const laptop = new Laptop();
    const made = await createVault(laptop.place(file), 'words', { person: '', org: '' }, contents);
    if (!made.ok) throw new Error(made.cause);
    laptop.vault = made.value;
    await laptop.open();
    return laptop;
  }
  private place(file: string) {
    return { file: path.join(folder, file), platform: real, keyStore: noKeyStore, hardness: EASY, tries: untried };
  }
  private async open(): Promise<void> {
    this.keeper = await openLease({
      platform: this.platform,
      vault: this.vault,
      key: deviceKey,
      fetch: this.fetch,
      counter: () => this.ran,
    });
    await this.keeper.note(true);
  }
  /** Closed, and open again after real time has passed. */
  async restart(after = 0): Promise<void> {
    await this.keeper.note(true);
    this.at += after;
    await this.open();
  }
  /** As from the disk: what was not written down is gone. */
  async crash(file: string): Promise<void> {
    const again = await openVault(this.place(file), 'words');
    if (!again.ok) throw new Error(again.cause);
    this.vault = again.value;
    await this.open();
  }
  pass(time: number): void {
    this.at += time;
    this.ran += time;
  }
  private readonly fetch: Fetch = async (_url, init) => {
    if (!this.isOnLine || init === undefined) throw new Error('no network');
    const plain = await hpkeOpen(authority.box, framed(LABEL.deviceAsk), init.body);
    const [body] = decodeCbor(plain ?? new Uint8Array()) as [Uint8Array];
    const replyKey = (decodeCbor(body) as Uint8Array[])[3] as Uint8Array;
    const sealed = await sealDeviceAnswer(replyKey, { is: 'lease', lease: await this.lease() });
    const answer = { status: 'answered', sealed: toBase64Url(sealed), time: 0 };
    return { status: 200, json: () => Promise.resolve(answer) };
  };
  lease(change: { org?: OrgId; devices?: DeviceId[]; until?: number } = {}, key = authority.key) {
    return signLease(real, key, {
      org: authority.org,
      devices: [own.device],
      issued: this.at,
      until: this.at + 14 * DAY,
      ...change,
    });
  }
}

test('a lease runs for as long as the authority said, is near its end for three days, then has ended', async () => {
  const laptop = await Laptop.of('plain');
  laptop.isOnLine = true;
  expect(await laptop.keeper.renew()).toEqual({ ok: true, value: null });
  laptop.isOnLine = false;
  laptop.pass(10 * DAY);
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'good', isNear: false });
  await laptop.restart(2 * DAY);
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'good', isNear: true, until: BEGIN + 14 * DAY });
  await laptop.restart(2 * DAY + 1);
  expect(laptop.keeper.verdict()).toEqual({ is: 'ended', until: BEGIN + 14 * DAY });
  expect((await laptop.keeper.renew()).ok).toBe(false);
  laptop.isOnLine = true;
  await laptop.keeper.renew();
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'good', isNear: false });
});

test('a clock that was set back is noticed while at work, after a restart and after a crash, and put right by clock or authority', async () => {
  const laptop = await Laptop.of('back');
  laptop.isOnLine = true;
  await laptop.keeper.renew();
  laptop.isOnLine = false;
  await laptop.restart(5 * DAY);
  laptop.pass(HOUR);
  laptop.ahead = -3 * DAY;
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'clock' });
  await laptop.restart();
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'clock', behind: 3 * DAY });
  await laptop.crash('back');
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'clock', behind: 3 * DAY });
  laptop.ahead = 0;
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'good', isClockBehind: false });
  laptop.ahead = -3 * DAY;
  laptop.isOnLine = true;
  await laptop.keeper.renew();
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'good', isClockBehind: true });
});

test('a signed time that was met counts like a clock that was seen', async () => {
  const laptop = await Laptop.of('seen');
  laptop.keeper.saw(BEGIN + 6 * DAY);
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'clock', behind: 6 * DAY });
});

test('a clock that had run ahead is put right by the authority’s answer, and by nothing else', async () => {
  const laptop = await Laptop.of('ahead');
  laptop.ahead = 400 * DAY;
  await laptop.restart();
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'ended' });
  laptop.ahead = 0;
  await laptop.restart();
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'ended' });
  laptop.isOnLine = true;
  await laptop.keeper.renew();
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'good', isClockBehind: false });
});

test('a lease file lets the computers on that it names; one of others, of another authority, or that is over does nothing', async () => {
  const laptop = await Laptop.of('file');
  await laptop.restart(20 * DAY);
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'ended' });
  const stranger = (await generateSigningKeys(real)).privateKey;
  const bad = [
    'joinder-lease-1.AAAA',
    'hello',
    encodeLeaseFile(await laptop.lease({}, stranger)),
    encodeLeaseFile(await laptop.lease({ devices: [newId<DeviceId>(real)] })),
    encodeLeaseFile(await laptop.lease({ org: newId<OrgId>(real) })),
    encodeLeaseFile(await laptop.lease({ until: laptop.at - 1 })),
  ];
  for (const text of bad) {
    expect(await laptop.keeper.takeFile(text)).toEqual({ ok: false, cause: 'lease file' });
    expect(laptop.keeper.verdict()).toMatchObject({ is: 'ended' });
  }
  const good = encodeLeaseFile(await laptop.lease({ devices: [newId<DeviceId>(real), own.device] }));
  expect(await laptop.keeper.takeFile(good)).toEqual({ ok: true, value: null });
  await laptop.crash('file');
  expect(laptop.keeper.verdict()).toMatchObject({ is: 'good' });
});

test('whatever is done to clock, power and file off line, the time that is left never grows, and work never outlasts the lease', async () => {
  const days = (most: number) => fc.integer({ min: -most * 24, max: most * 24 }).map((hours) => hours * HOUR);
  const step = fc.oneof(
    fc.record({ do: fc.constant('work' as const), time: fc.integer({ min: 0, max: 72 }).map((h) => h * HOUR) }),
    fc.record({ do: fc.constant('close' as const), time: fc.integer({ min: 0, max: 72 }).map((h) => h * HOUR) }),
    fc.record({ do: fc.constant('clock' as const), time: days(20) }),
    fc.record({ do: fc.constant('crash' as const), time: fc.constant(0) }),
  );
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const file = `history ${n++}`;
      const laptop = await Laptop.of(file);
      laptop.isOnLine = true;
      await laptop.keeper.renew();
      laptop.isOnLine = false;
      await laptop.restart();
      let worked = 0;
      let wasHonest = true;
      let time = 0;
      for (const one of steps) {
        if (one.do === 'work' && laptop.keeper.verdict().is === 'good') {
          laptop.pass(one.time);
          if (laptop.keeper.verdict().is === 'good') worked += one.time;
        } else if (one.do === 'close') await laptop.restart(one.time);
        else if (one.do === 'crash') {
          await laptop.keeper.note(true);
          await laptop.crash(file);
        } else if (one.do === 'clock') {
          laptop.ahead = one.time;
          wasHonest &&= one.time === 0;
        }
        const verdict = laptop.keeper.verdict();
        const clock = laptop.at + laptop.ahead;
        const isGood = verdict.is === 'good';
        expect(isGood ? verdict.until : BEGIN + 14 * DAY).toBe(BEGIN + 14 * DAY);
        expect(isGood ? clock : time).toBeGreaterThanOrEqual(time - 2 * HOUR);
        if (isGood) time = Math.max(time, clock);
        const honest = laptop.at <= BEGIN + 14 * DAY ? 'good' : 'ended';
        expect(wasHonest ? verdict.is : honest).toBe(honest);
        expect(worked).toBeLessThanOrEqual(14 * DAY + 2 * HOUR);
      }
    }),
    { numRuns: 40 },
  );
}, 30_000);
