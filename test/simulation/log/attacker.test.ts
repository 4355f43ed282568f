/**
 * An attacker with the relay's whole data, its private key and its place between everybody: they enrol no device for the
 * officer, and nothing that lies there opens anything. An organisation that is admitted at the relay and was granted
 * nothing fetches nothing.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrol, lookUp } from '../../../shared/wire/enrolClient.ts';
import type { Asking } from '../../../shared/wire/enrolClient.ts';
import { fromBase64Url, fromHex, toBase64Url, toHex } from '../../../shared/primitives/bytes.ts';
import { generateBoxKeys, hpkeOpen } from '../../../shared/primitives/hpke.ts';
import type { AreaId, CaseId, Hash } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import {
  decrypt,
  exportPublicKey,
  framed,
  generateSigningKeys,
  importSigningKey,
} from '../../../shared/primitives/platform.ts';
import { encodeCbor } from '../../../shared/primitives/cbor.ts';
import { deviceIdOf, encodeCard } from '../../../shared/seal/directory/card.ts';
import { hashStatement, signStatement } from '../../../shared/seal/directory/directory.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { makeArea } from '../../../renderer/sync/cases/makeArea.ts';
import { intakePiece } from '../../../renderer/sync/cases/pieces.ts';
import { nodePlatform as platform } from '../../../sync-server/common/node.ts';
import { LyingRelay } from '../../support/lyingRelay.ts';
import { addFile, deliver, makeCase, me, partnerPost, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let liar: LyingRelay;
let officer: Computer;
let prosecutor: Computer;
let stranger: Computer;
let of: CaseId;
let working: AreaId;
let shared: AreaId;
let intake: AreaId;
/** A chunk that the officer sent into the prosecutor's intake. */
const chunk = randomBytes(5000);
const chunkHash = createHash('sha256').update(chunk).digest('hex') as Hash;

beforeAll(async () => {
  world = await World.begin();
  liar = await LyingRelay.begin(world.relayUrl, world.relayFolder);
  [officer, prosecutor, stranger] = await Promise.all([
    world.computer('officer', 'officer', liar.url),
    world.computer('prosecutor', 'prosecutor', liar.url),
    world.computer('stranger', 'stranger', liar.url),
  ]);
  of = await makeCase(officer);
  working = await officer.area(of, 'working papers');
  await deliver(prosecutor, await releaseTo(officer, of, [await addFile(officer, of, 'statement.txt')]));
  shared = await prosecutor.area(of, 'case file');
  const [mine, theirs] = [
    await officer.openDocument(shared, 'summary'),
    await prosecutor.openDocument(shared, 'summary'),
  ];
  mine.text.insert(0, 'Seen at the depot. ');
  await until(() => theirs.text.toJSON() === 'Seen at the depot. ');
  const post = partnerPost(officer.session);
  intake = (await officer.session.log.intake(post.org, post.seat)).state.area;
  await officer.session.link.ask({
    t: 'refer',
    area: intake,
    tag: 'ee'.repeat(32) as Hash,
    chunks: [chunkHash],
    from: null,
  });
  expect((await http(officer, `?area=${intake}&size=${chunk.length}&from=0`, chunk)).status).toBe(200);
  expect((await http(prosecutor, `?area=${intake}`)).status).toBe(200);
}, 40_000);
afterAll(async () => {
  await world.end();
  await liar.close();
}, 20_000);

function http({ session }: Computer, query: string, body?: Uint8Array): Promise<Response> {
  const token = session.linkState.is === 'connected' ? session.linkState.token : '';
  const init = body ? { method: 'PUT', body: new Uint8Array(body) } : {};
  return fetch(`${world.relayUrl}/v1/chunks/${chunkHash}${query}`, {
    ...init,
    headers: { authorization: `Bearer ${token}` },
  });
}

describe('enrolling a device for the officer', () => {
  const asking = (code: string): Asking => ({
    relay: liar.url,
    code,
    platform,
    fetch: (url, init) => fetch(url, init ? { ...init, body: new Uint8Array(init.body) } : {}),
  });
  const newDevice = async () => ({
    signKeys: await generateSigningKeys(platform),
    boxKey: (await generateBoxKeys()).publicKey,
    name: 'not the officer’s',
    seats: [],
  });
  const devices = (computer: Computer): number =>
    computer.session.directories.current(me(officer.session).org)?.devices.size ?? 0;

  it('by a statement of its own is believed by nobody, and said', async () => {
    const { privateKey } = JSON.parse(readFileSync(path.join(world.relayFolder, 'relay.key'), 'utf8')) as {
      privateKey: string;
    };
    const own = await generateSigningKeys(platform);
    const signKey = await exportPublicKey(platform, own.publicKey);
    const state = officer.session.directories.current(me(officer.session).org);
    if (!state) throw new Error('no directory');
    const device = {
      is: 'device' as const,
      device: await deviceIdOf(platform, signKey),
      person: me(officer.session).person,
      name: 'laptop',
      signKey,
      boxKey: (await generateBoxKeys()).publicKey,
    };
    const before = devices(officer);
    for (const key of [own.privateKey, await importSigningKey(platform, fromBase64Url(privateKey))]) {
      const statement = await signStatement(platform, key, state, Date.now(), device);
      const head = await hashStatement(platform, statement.body);
      for (const computer of [officer, prosecutor])
        liar.say(computer.session.identity.device, {
          t: 'directory',
          q: null,
          org: state.org,
          after: state.n,
          statements: [statement],
          n: state.n + 1,
          head,
        });
    }
    for (const computer of [officer, prosecutor]) {
      await until(() =>
        computer.alarms.some((alarm) =>
          alarm.includes('a directory of Fellshire Police that its authority did not sign'),
        ),
      );
      expect(devices(computer)).toBe(before);
    }
  });

  it('by an ask that it kept enrols nobody but the laptop that asked', async () => {
    const code = await world.code('officer2');
    const laptop = await newDevice();
    const enrolled = await enrol(asking(code), laptop);
    expect(enrolled.ok).toBe(true);
    const before = (await world.authority('police').directory.state()).devices.size;
    for (const { path: at, body } of liar.asked.filter((one) => one.path.includes('/ask/')))
      await fetch(world.relayUrl + at, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': 'application/octet-stream' },
      });
    expect((await world.authority('police').directory.state()).devices.size).toBe(before);
    expect(await enrol(asking(code), await newDevice())).toEqual({ ok: false, cause: 'used' });
  });

  it('by standing between laptop and authority fails: with a card, an answer or a guess of its own', async () => {
    const code = await world.code('officer');
    const box = await generateBoxKeys();
    const { signKey, name } = world.authority('police').keys.card;
    liar.answer = (at, body) =>
      /authorities\/[^/]+$/.test(at)
        ? Buffer.from(JSON.stringify({ card: encodeCard({ name, signKey, boxKey: box.publicKey }) }))
        : body;
    expect(await lookUp(asking(code))).toEqual({ ok: false, cause: 'not that authority' });
    liar.answer = (at, body) =>
      at.includes('/ask/')
        ? Buffer.from(JSON.stringify({ status: 'answered', sealed: toBase64Url(randomBytes(400)), time: Date.now() }))
        : body;
    expect(await lookUp(asking(code))).toEqual({ ok: false, cause: 'malformed' });
    liar.answer = null;
    // The relay knows a code's name and the authority's card, not the secret: five guesses, and the code is void.
    const guess = code.replaceAll('-', '').slice(0, 4);
    const digits = code.replaceAll('-', '').slice(4, 24);
    const words: unknown[] = [];
    for (let i = 0; i < 6; i++) {
      const sealed = randomBytes(300);
      const answer = await fetch(`${world.relayUrl}/v1/authorities/${digits}/ask/${guess}`, {
        method: 'POST',
        body: new Uint8Array(sealed),
        headers: { 'content-type': 'application/octet-stream' },
      });
      words.push(((await answer.json()) as { status: string }).status);
    }
    expect(words.slice(0, 4)).toEqual(Array(4).fill('wrong secret'));
    expect(words.at(-1)).toBe('void');
    expect(await lookUp(asking(code))).toMatchObject({ ok: false, cause: 'void' });
  });
});

describe('what lies at the relay', () => {
  const files = (): Buffer[] =>
    readdirSync(world.relayFolder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(path.join(one.parentPath, one.name)));

  it('holds no key that any computer uses, in any writing', async () => {
    const secrets: Uint8Array[] = [];
    for (const { session } of [officer, prosecutor]) {
      const { storeKey, seatKeys } = session.identity;
      const areaKeys = [working, shared].flatMap((area) => session.keyring.areaKey(area, 1) ?? []);
      const fileKeys = session.facts
        .of('released')
        .flatMap(({ fact }) => fact.content.files.map((file) => file.content.key));
      const letters = session.facts.of('posted').map(({ fact }) => fact.key);
      secrets.push(storeKey, ...seatKeys.map(({ keys }) => keys.privateKey), ...areaKeys, ...fileKeys, ...letters);
    }
    expect(secrets.length).toBeGreaterThan(8);
    const forms = secrets.flatMap((key) => [
      Buffer.from(key),
      Buffer.from(toHex(key)),
      Buffer.from(toBase64Url(key)),
      Buffer.from(Buffer.from(key).toString('base64').slice(0, -2)),
    ]);
    for (const file of files()) for (const form of forms) expect(file.includes(form)).toBe(false);
  });

  it('opens no box and no entry with anything that lies there', async () => {
    const db = new DatabaseSync(path.join(world.relayFolder, 'relay.sqlite'), { readOnly: true });
    const boxes = db.prepare('SELECT subject, reader, generation, sealed FROM boxes').all() as unknown as Box[];
    const entries = db.prepare('SELECT entry FROM log WHERE entry IS NOT NULL').all() as { entry: Uint8Array }[];
    db.close();
    expect(boxes.length).toBeGreaterThan(3);
    const candidates = keysIn(files());
    expect(candidates.length).toBeGreaterThan(50);
    const publicKeys = await publicKeysOf();
    const opens = async (privateKey: Uint8Array, publicKey: Uint8Array, box: Box): Promise<boolean> =>
      (await hpkeOpen(
        { publicKey, privateKey },
        framed(LABEL.box, fromHex(box.subject), fromHex(box.reader), encodeCbor(box.generation)),
        box.sealed,
      )) !== null;
    for (const box of boxes)
      for (const key of candidates.slice(0, 40))
        for (const publicKey of publicKeys) expect(await opens(key, publicKey, box)).toBe(false);
    // The same search finds a key where there is one.
    const held = officer.session.identity.seatKeys.map(({ keys }) => keys);
    expect(
      await some(boxes, (box) => some(held, ({ privateKey, publicKey }) => opens(privateKey, publicKey, box))),
    ).toBe(true);

    const streams = await streamKeys();
    let found = 0;
    for (const { entry } of entries) {
      const decoded = decodeEntry(entry);
      if (!decoded.ok || decoded.value.seal.by === 'none' || decoded.value.seal.by === 'erased') continue;
      const { seal, header } = decoded.value;
      const hash = createHash('sha256').update(framed(LABEL.header, header)).digest();
      const aad = encodeCbor([LABEL.seal, new Uint8Array(hash)]);
      for (const key of candidates) expect(await decrypt(platform, key, aad, seal.sealed)).toBeNull();
      if (await some(streams, async (key) => (await decrypt(platform, key, aad, seal.sealed)) !== null)) found++;
    }
    expect(found).toBeGreaterThan(5);
  }, 25_000);

  it('opens nothing for a stranger who is given all of it', async () => {
    const boxes = (await officer.session.db.boxes.toArray()).concat(await prosecutor.session.db.boxes.toArray());
    await stranger.session.db.boxes.bulkPut(boxes);
    for (const area of [working, shared]) {
      const items = [...liar.order(area)];
      liar.say(stranger.session.identity.device, {
        t: 'log',
        q: null,
        area,
        items,
        tip: await liar.sign(area, items.at(-1) as (typeof items)[number]),
      });
    }
    liar.say(stranger.session.identity.device, {
      t: 'new boxes',
      subjects: [...new Set(boxes.map(({ subject }) => subject))],
    });
    await until(async () => (await stranger.session.link.ask({ t: 'ping' })) !== null);
    await until(() => !stranger.session.log.isBehind(), 'the stranger to have tried');
    for (const area of [working, shared]) expect(stranger.session.keyring.areaKey(area, 1)).toBeNull();
    expect(stranger.session.facts.all()).toEqual([]);
  });

  async function publicKeysOf(): Promise<Uint8Array[]> {
    const state = await world.authority('police').directory.state();
    return [...state.seats.values()]
      .map(({ publicKey }) => publicKey)
      .concat([...state.devices.values()].map(({ boxKey }) => boxKey));
  }
});

interface Box {
  readonly subject: string;
  readonly reader: string;
  readonly generation: number;
  readonly sealed: Uint8Array;
}

async function some<T>(all: readonly T[], is: (one: T) => Promise<boolean>): Promise<boolean> {
  for (const one of all) if (await is(one)) return true;
  return false;
}

/** The keys with which the officer's computer writes. */
async function streamKeys(): Promise<Uint8Array[]> {
  const { keyring, platform: here } = officer.session;
  const streams = [working, shared].flatMap((area) =>
    (['events', 'record', 'summary'] as const).map(async (name) =>
      keyring.keyToWrite(area, await streamOf(here, area, name), 1),
    ),
  );
  return (await Promise.all(streams)).flatMap((one) => (one ? [one.key] : []));
}

/** The relay's own private key, and everything else of 32 bytes that stands there by itself, in hex or base64. */
function keysIn(found: readonly Buffer[]): Uint8Array[] {
  const keys = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array): void => void (bytes.length === 32 && keys.set(toHex(bytes), bytes));
  for (const file of found) {
    const text = file.toString('latin1');
    for (const [hex] of text.matchAll(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g)) add(fromHex(hex));
    for (const [word] of text.matchAll(/[A-Za-z0-9_-]{43,200}/g)) {
      const bytes = new Uint8Array(Buffer.from(word, 'base64url'));
      for (let at = 0; at + 32 <= bytes.length && at < 120; at++) add(bytes.slice(at, at + 32));
    }
    if (keys.size > 400) break;
  }
  return [...keys.values()];
}

describe('an organisation without a grant', () => {
  it('fetches neither entries nor boxes nor statements of others', async () => {
    const { link } = stranger.session;
    for (const area of [working, shared, intake])
      expect(await link.ask({ t: 'pull', area, after: 0, limit: 100 })).toMatchObject({
        t: 'declined',
        cause: 'not here',
      });
    const subjects = [
      ...new Set(
        (await officer.session.db.boxes.toArray())
          .concat(await prosecutor.session.db.boxes.toArray())
          .map((box) => box.subject),
      ),
    ];
    expect(subjects.length).toBeGreaterThan(1);
    expect(await link.ask({ t: 'boxes', subjects })).toMatchObject({ t: 'boxes', boxes: [] });
    for (const { session } of [officer, prosecutor])
      expect(await link.ask({ t: 'statements', org: me(session).org, after: 0 })).toMatchObject({
        t: 'declined',
        cause: 'no right',
      });
  });

  it('fetches no chunks, also not by naming them in an area of its own', async () => {
    for (const area of [intake, shared, working])
      expect((await http(stranger, `?area=${area}`)).status).toBeGreaterThanOrEqual(403);
    const by = me(stranger.session);
    const made = await makeArea(stranger.session, {
      kind: 'working papers',
      owner: by.org,
      seats: [{ seat: by.seat, org: by.org, role: 'lead' }],
      from: null,
    });
    await stranger.session.log.writer.write([made.piece]);
    await until(async () => (await stranger.session.db.outbox.count()) === 0);
    for (const from of [null, intake]) {
      await stranger.session.link.ask({
        t: 'refer',
        area: made.area,
        tag: newId<Hash>(platform).repeat(2) as Hash,
        chunks: [chunkHash],
        from,
      });
      const answer = await http(stranger, `?area=${made.area}`);
      expect(answer.status).toBeGreaterThanOrEqual(403);
      expect(Buffer.from(await answer.arrayBuffer()).includes(chunk.subarray(0, 32))).toBe(false);
    }
  });

  it('puts nothing into an intake of who has not pinned it, nor into a case', async () => {
    const to = me(officer.session);
    const { row } = await officer.session.log.intake(to.org, to.seat);
    const letter = await intakePiece(stranger.session, to, 'event', new Uint8Array(10));
    await stranger.session.log.writer.write([letter]);
    await until(
      () => stranger.alarms.some((alarm) => alarm.includes('did not get to the relay')),
      'the relay to decline',
    );
    expect((await officer.session.log.intake(to.org, to.seat)).row.n).toBe(row.n);
  });
});
