/**
 * A laptop's enrolment against a real authority, with a stand-in for the relay, for faults that the real one does not have.
 * The way through the real relay: `../../enrolment.test.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../shared/primitives/bytes.ts';
import { generateBoxKeys } from '../../../shared/primitives/hpke.ts';
import type { SeatId } from '../../../shared/primitives/ids.ts';
import { exportPublicKey, generateSigningKeys } from '../../../shared/primitives/platform.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { Card } from '../../../shared/seal/directory/card.ts';
import { decodeCard, deviceIdOf, encodeCard } from '../../../shared/seal/directory/card.ts';
import type { Asking, Fetch, NewDevice } from '../../../shared/wire/enrolClient.ts';
import { enrol, lookUp } from '../../../shared/wire/enrolClient.ts';
import type { Running } from '../../../test/support/programs.ts';
import { runJson, startServer, until } from '../../../test/support/programs.ts';
import { nodePlatform } from '../../common/node.ts';
import type { StandInRelay } from '../link/standInRelay.fixture.ts';
import { startStandIn } from '../link/standInRelay.fixture.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'joinder-authority-'));
let card: Card;
let otherCard: Card;
let fingerprint: string;
let relay: StandInRelay;
let server: Running;

const authority = (...args: string[]) => runJson('authority', ...args, '--data', path.join(dir, 'one'));
const readCard = (made: Record<string, unknown>): Card => {
  const read = decodeCard(String(made['card']));
  if (!read.ok) throw new Error(read.cause);
  return read.value;
};

beforeAll(async () => {
  const made = await authority('init', '--name', 'Fellshire Police');
  [card, fingerprint] = [readCard(made), String(made['fingerprint'])];
  otherCard = readCard(await runJson('authority', 'init', '--name', 'Another', '--data', path.join(dir, 'two')));
  relay = await startStandIn(card);
  server = await startServer('authority', ['serve', '--data', path.join(dir, 'one'), '--relay', relay.url]);
  await until('the link', () => (relay.connected() === 1 ? true : null));
});
afterAll(async () => {
  await server.kill();
  await relay.stop();
  rmSync(dir, { recursive: true });
});
afterEach(() => {
  for (const name of Object.keys(relay.fault) as (keyof StandInRelay['fault'])[]) delete relay.fault[name];
});

async function newCode(name: string, ...posts: string[]): Promise<string> {
  const person = await authority('person', 'add', '--name', name, ...posts.flatMap((post) => ['--post', post]));
  return String((await authority('enrol-code', '--person', String(person['id'])))['code']);
}

const fetchBytes: Fetch = (url, init) =>
  fetch(url, init === undefined ? {} : { ...init, headers: { ...init.headers }, body: new Uint8Array(init.body) });
const asking = (code: string, change: Partial<Asking> = {}): Asking => ({
  relay: relay.url,
  code,
  platform: nodePlatform,
  fetch: fetchBytes,
  ...change,
});

async function newDevice(...seats: SeatId[]): Promise<NewDevice> {
  const fresh = await Promise.all(
    seats.map(async (seat) => ({ seat, publicKey: (await generateBoxKeys()).publicKey })),
  );
  return {
    signKeys: await generateSigningKeys(nodePlatform),
    boxKey: (await generateBoxKeys()).publicKey,
    name: 'laptop',
    seats: fresh,
  };
}

describe('a laptop that enrols', () => {
  it('sees who it would be, then is in a directory that verifies, at the relay before it hears so', async () => {
    const typed = (await newCode('DC Priya Nair', 'Officer in the case')).toLowerCase().replaceAll('-', ' ');
    const offer = await lookUp(asking(typed));
    if (!offer.ok) throw new Error(offer.cause);
    expect(offer.value).toMatchObject({
      orgName: 'Fellshire Police',
      personName: 'DC Priya Nair',
      fingerprint,
      relay: relay.url,
      cardText: encodeCard(card),
      posts: [{ title: 'Officer in the case', hasKey: false }],
    });

    const seat = offer.value.posts[0]!.seat;
    const device = await newDevice(seat);
    const enrolled = await enrol(asking(typed), device);
    if (!enrolled.ok) throw new Error(enrolled.cause);
    const id = await deviceIdOf(nodePlatform, await exportPublicKey(nodePlatform, device.signKeys.publicKey));
    expect(enrolled.value).toMatchObject({
      device: id,
      person: offer.value.person,
      accepted: [seat],
      org: offer.value.org,
    });
    expect(enrolled.value.directory.devices.get(id)?.name).toBe('laptop');
    expect(relay.statements.length).toBeGreaterThanOrEqual(enrolled.value.statements.length);
    expect(enrolled.value.statements).toEqual(relay.statements.slice(0, enrolled.value.statements.length));

    const again = await enrol(asking(typed), device);
    expect(again).toMatchObject({ ok: true, value: { device: id, accepted: [seat] } });
    expect(await enrol(asking(typed), await newDevice())).toEqual({ ok: false, cause: 'used' });
    expect(await lookUp(asking(typed))).toEqual({ ok: false, cause: 'used' });
    expect(await lookUp(asking(typed, { resuming: true }))).toMatchObject({
      ok: true,
      value: { personName: 'DC Priya Nair' },
    });
  });

  it('hears that a colleague made the key of its post', async () => {
    const post = 'A post of two';
    const codes = [await newCode('One', post), await newCode('Two', post)];
    const seats: (readonly SeatId[])[] = [];
    for (const code of codes) {
      const offer = await lookUp(asking(code));
      if (!offer.ok) throw new Error(offer.cause);
      const enrolled = await enrol(asking(code), await newDevice(offer.value.posts[0]!.seat));
      if (!enrolled.ok) throw new Error(enrolled.cause);
      seats.push(enrolled.value.accepted);
    }
    expect(seats.map((accepted) => accepted.length)).toEqual([1, 0]);
  });
});

const withStatus =
  (status: number): Fetch =>
  async (url, init) =>
    init === undefined ? fetchBytes(url) : { status, json: () => Promise.resolve({ error: 'no' }) };

describe('a laptop that cannot enrol', () => {
  let code: string;
  beforeAll(async () => (code = await newCode('Somebody')));
  const cause = async (change: Partial<Asking>, typed = code) => {
    const told = await lookUp(asking(typed, change));
    return told.ok ? 'none' : told.cause;
  };

  it('hears that the address is no address, or not a safe one', async () => {
    expect(await cause({ relay: 'http://relay.example' })).toBe('insecure address');
    expect(await cause({ relay: 'not an address' })).toBe('wrong address');
  });

  it('hears that nothing answers', async () => {
    expect(await cause({ relay: 'http://127.0.0.1:9' })).toBe('no network');
  });

  it('hears that what answers is no relay', async () => {
    expect(await cause({ relay: server.url })).toBe('wrong address');
    relay.fault.body = '<html>Welcome to the hotel</html>';
    expect(await cause({})).toBe('wrong address');
  });

  it('hears that the code is mistyped, before anything is asked', async () => {
    const last = code.endsWith('0') ? '1' : '0';
    expect(await cause({ fetch: () => Promise.reject(new Error('asked')) }, code.slice(0, -1) + last)).toBe('mistyped');
    expect(await cause({}, code.slice(0, -6))).toBe('mistyped');
  });

  it('hears that its clock is off', async () => {
    expect(await cause({ platform: { ...nodePlatform, now: () => Date.now() - 2 * DAY } })).toBe('clock');
  });

  it('is not taken in by another authority’s card under this code', async () => {
    relay.fault.shownCard = encodeCard(otherCard);
    expect(await cause({})).toBe('not that authority');
    relay.fault.shownCard = encodeCard({ ...card, boxKey: otherCard.boxKey });
    expect(await cause({})).toBe('not that authority');
  });

  it('hears that the relay is another than the authority’s', async () => {
    relay.fault.shownRelayKey = new Uint8Array(65).fill(3);
    expect(await cause({})).toBe('wrong address');
  });

  it('believes no answer that the relay made up', async () => {
    const made = JSON.stringify({ status: 'answered', sealed: toBase64Url(new Uint8Array(300)), time: 0 });
    const forging: Fetch = async (url, init) =>
      init === undefined ? fetchBytes(url) : { status: 200, json: () => Promise.resolve(JSON.parse(made)) };
    expect(await cause({ fetch: forging })).toBe('malformed');
  });

  it('hears that the relay does not know the authority, or that the authority is away', async () => {
    expect(await cause({ fetch: withStatus(404) })).toBe('not that authority');
    expect(await cause({ fetch: withStatus(503) })).toBe('authority away');
    expect(await cause({ fetch: withStatus(429) })).toBe('authority away');
  });

  it('hears each word of the authority', async () => {
    for (const status of ['unknown code', 'wrong secret', 'used', 'expired', 'void', 'clock', 'malformed'] as const) {
      const saying: Fetch = async (url, init) =>
        init === undefined
          ? fetchBytes(url)
          : { status: 200, json: () => Promise.resolve({ status, sealed: null, time: 0 }) };
      expect(await cause({ fetch: saying })).toBe(status);
    }
  });
});
