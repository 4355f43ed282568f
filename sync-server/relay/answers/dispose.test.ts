/**
 * Disposal at the relay: two people of the organisation, or nothing; afterwards no byte of the area is on its disk, no entry
 * is taken for it, and its word for that is signed. What another organisation or another area still needs stays.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromHex } from '../../../shared/primitives/bytes.ts';
import type { AreaId, Hash, WorkId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import { importVerifyKey, sign } from '../../../shared/primitives/platform.ts';
import { epochSubject } from '../../../shared/seal/boxes.ts';
import type { Disposed, SignedOrder } from '../../../shared/seal/area/disposal.ts';
import { encodeOrder, hashOrder, verifyDisposed } from '../../../shared/seal/area/disposal.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import type { TestDevice } from '../testing/device.fixture.ts';
import { grant, newArea } from '../testing/device.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import type { Member, World } from '../testing/world.fixture.ts';
import { intake, makeWorld } from '../testing/world.fixture.ts';

/** What must not be at all. */
function fails(what = 'nothing there'): never {
  throw new Error(what);
}

let world: World;
let colleague: Member;
let other: Member;
let [officer, second, prosecutor, another]: TestLink[] = [];
beforeAll(async () => {
  world = await makeWorld();
  colleague = await world.police.officer();
  other = await world.crown.officer();
  await world.publish();
  await links();
}, 30_000);
afterAll(async () => {
  for (const one of [officer, second, prosecutor, another]) await one?.close();
  await world.end();
});
async function links(): Promise<void> {
  const to = [world.officer, colleague, world.prosecutor, other];
  [officer, second, prosecutor, another] = await Promise.all(to.map((member) => connect(world.relay.url, member)));
}
const link = (one: TestLink | undefined): TestLink => one ?? fails('no link');

async function order(areas: readonly AreaId[], ...signers: readonly TestDevice[]): Promise<SignedOrder> {
  const org = signers[0]?.org ?? fails('nobody');
  const body = encodeOrder({ org, disposal: newId<WorkId>(platform), areas, time: platform.now() });
  const signatures = signers.map(async ({ device, keys }) => ({
    device,
    signature: await sign(platform, keys.privateKey, LABEL.disposal, body),
  }));
  return { body, signatures: await Promise.all(signatures) };
}

/** Everything in the relay's folder, as one. */
const disk = (): Buffer =>
  Buffer.concat(
    readdirSync(world.relay.data, { recursive: true, withFileTypes: true }).flatMap((file) =>
      file.isFile() ? [readFileSync(path.join(file.parentPath, file.name))] : [],
    ),
  );
const onDisk = (bytes: Uint8Array): boolean => disk().includes(Buffer.from(bytes));
const signatureOf = (encoded: Uint8Array): Uint8Array => {
  const entry = decodeEntry(encoded);
  return entry.ok ? entry.value.signature : fails(entry.cause);
};
/** The sealed part of an entry. */
const sealedOf = (encoded: Uint8Array): Uint8Array => {
  const entry = decodeEntry(encoded);
  return entry.ok && 'sealed' in entry.value.seal ? entry.value.seal.sealed : fails('no seal');
};

const PIECE = 100_000;
interface Filled {
  readonly area: AreaId;
  readonly entries: readonly Uint8Array[];
  readonly chunk: Uint8Array;
  readonly box: Uint8Array;
}
/** An area of both police officers and, where asked, both prosecutors, with an edit, a key's box and a chunk. */
async function filled(...seats: readonly Member[]): Promise<Filled> {
  const area = newArea();
  const made = await world.officer.create(
    area,
    seats.map((member) => grant(member.seat, member.org)),
  );
  const edit = await world.officer.edit(area, 'a line that nobody may keep');
  const box = new Uint8Array(randomBytes(120));
  const subject = await epochSubject(platform, area, 1);
  const boxes = seats.map((member) => ({ subject, to: member.seat, generation: 1, sealed: box }));
  expect((await link(officer).append(made, boxes)).t).toBe('appended');
  expect((await link(officer).append(edit)).t).toBe('appended');
  const chunk = new Uint8Array(randomBytes(PIECE));
  await link(officer).ask('refer', { area, tag: edit.hash, chunks: [chunkName(chunk)], from: null });
  expect((await link(officer).put(area, chunk)).status).toBe(200);
  return { area, entries: [made.entry, edit.entry], chunk, box };
}
const traces = ({ entries, chunk, box }: Filled): boolean[] => [...entries.map(signatureOf), chunk, box].map(onDisk);
const declined = (cause: string) => ({ t: 'declined', cause });

async function dispose(from: TestLink, signed: SignedOrder): Promise<readonly Disposed[]> {
  const answer = await from.ask('dispose', { order: signed, also: [] });
  return answer.t === 'disposed' ? answer.areas : fails(JSON.stringify(answer));
}

test('two people, both of whom read the area, or nothing', async () => {
  const { area } = await filled(world.officer, colleague);
  const laptop = await world.police.device(world.officer.person);
  const stranger = await world.police.officer();
  await world.publish();
  const tries: readonly [SignedOrder, string][] = [
    [await order([area], world.officer), 'malformed'],
    [await order([area], world.officer, world.officer), 'no right'],
    [await order([area], world.officer, laptop), 'no right'],
    [await order([area], world.officer, stranger), 'no right'],
    [await order([area], world.officer, other), 'unknown device'],
    [await order([area, await intake(world.officer)], world.officer, colleague), 'no right'],
  ];
  for (const [signed, cause] of tries.slice(1))
    expect(await link(officer).ask('dispose', { order: signed, also: [] })).toMatchObject(declined(cause));
  const good = await order([area], world.officer, colleague);
  const bent = { ...good, body: new Uint8Array([...good.body.slice(0, -1), (good.body.at(-1) ?? 0) ^ 1]) };
  expect(await link(officer).ask('dispose', { order: bent, also: [] })).toMatchObject({ t: 'declined' });
  expect(await link(prosecutor).ask('dispose', { order: good, also: [] })).toMatchObject(declined('no right'));
  expect(await link(officer).pull(area)).toMatchObject({ t: 'log' });
});

test('nothing of the area is left, its word for that is signed, and it takes no entry there again', async () => {
  const gone = await filled(world.officer, colleague);
  expect(traces(gone)).not.toContain(false);
  const before = await link(officer).pull(gone.area);
  const tip = before.t === 'log' ? before.tip : fails(before.t);
  const signed = await order([gone.area], world.officer, colleague);
  const [said] = await dispose(link(officer), signed);
  expect(said).toMatchObject({ area: gone.area, n: tip.n, h: tip.h, gone: true });
  const key = await importVerifyKey(platform, link(officer).challenge.relayKey);
  expect(said && (await verifyDisposed(platform, key, said))).toBe(true);
  expect(said && (await verifyDisposed(platform, key, { ...said, gone: false }))).toBe(false);
  expect(traces(gone)).not.toContain(true);
  const after = async (): Promise<void> => {
    expect(await link(officer).pull(gone.area)).toMatchObject(declined('not here'));
    expect(
      await link(officer).append(await colleague.create(gone.area, [grant(colleague.seat, colleague.org)])),
    ).toMatchObject(declined('disposed'));
    expect(
      await link(second).append(await colleague.create(gone.area, [grant(colleague.seat, colleague.org)])),
    ).toMatchObject(declined('disposed'));
    expect((await link(officer).get(gone.area, chunkName(gone.chunk))).status).toBe(403);
    expect(await link(second).ask('disposals', { areas: [gone.area] })).toMatchObject({ areas: [{ gone: true }] });
    expect(await link(prosecutor).ask('disposals', { areas: [gone.area] })).toMatchObject({ areas: [] });
    expect(await dispose(link(second), signed)).toMatchObject([{ area: gone.area, gone: true }]);
  };
  await after();
  await world.restart('kill');
  await links();
  await after();
  expect(traces(gone)).not.toContain(true);
});

test('an area that another organisation keeps is served to it alone, until it disposes of it too', async () => {
  const shared = await filled(world.officer, colleague, world.prosecutor, other);
  const [said] = await dispose(link(officer), await order([shared.area], world.officer, colleague));
  expect(said?.gone).toBe(false);
  expect(await link(officer).pull(shared.area)).toMatchObject(declined('not here'));
  expect(await link(officer).append(await world.officer.edit(shared.area, 'late'))).toMatchObject(declined('disposed'));
  expect(await link(second).ask('boxes', { subjects: [await epochSubject(platform, shared.area, 1)] })).toMatchObject({
    boxes: [],
  });
  expect(await link(prosecutor).pull(shared.area)).toMatchObject({ t: 'log' });
  expect((await link(prosecutor).get(shared.area, chunkName(shared.chunk))).status).toBe(200);
  const [last] = await dispose(link(another), await order([shared.area], world.prosecutor, other));
  expect(last?.gone).toBe(true);
  expect(traces(shared)).not.toContain(true);
});

test('a chunk that another area refers to stays for it', async () => {
  const gone = await filled(world.officer, colleague);
  const kept = await filled(world.officer, colleague);
  const chunk = chunkName(gone.chunk);
  const tag = randomBytes(32).toString('hex') as Hash;
  await link(officer).ask('refer', { area: kept.area, tag, chunks: [chunk], from: gone.area });
  await dispose(link(officer), await order([gone.area], world.officer, colleague));
  expect((await link(officer).get(kept.area, chunk)).status).toBe(200);
  await dispose(link(officer), await order([kept.area], world.officer, colleague));
  expect(onDisk(gone.chunk)).toBe(false);
});

test('letters of an own intake lose content, boxes and chunks for an order that was lodged; the order of the intake still holds', async () => {
  const area = await intake(world.prosecutor);
  const letter = await world.officer.letter(area, 'package', 'sealed for the prosecution');
  const box = {
    subject: letter.hash,
    to: world.prosecutor.seat,
    generation: 1,
    sealed: new Uint8Array(randomBytes(90)),
  };
  const chunk = new Uint8Array(randomBytes(PIECE));
  await link(officer).append(letter, [box]);
  await link(officer).ask('refer', { area, tag: letter.hash, chunks: [chunkName(chunk)], from: null });
  expect((await link(officer).put(area, chunk)).status).toBe(200);
  const before = await link(prosecutor).pull(area);
  const lodged = await order([(await filled(world.officer, world.prosecutor, other)).area], world.prosecutor, other);
  const hash = await hashOrder(platform, lodged.body);
  const ask = { area, entries: [letter.hash], order: hash };
  expect(await link(prosecutor).ask('erase', ask)).toMatchObject(declined('no right'));
  await dispose(link(prosecutor), lodged);
  for (const one of [officer, another]) expect(await link(one).ask('erase', ask)).toMatchObject(declined('no right'));
  expect((await link(prosecutor).ask('erase', ask)).t).toBe('done');
  expect((await link(prosecutor).ask('erase', ask)).t).toBe('done');
  expect([sealedOf(letter.entry), box.sealed, chunk].map(onDisk)).toEqual([false, false, false]);
  expect(onDisk(signatureOf(letter.entry))).toBe(true);
  const after = await link(prosecutor).pull(area);
  const items = (answer: typeof after) => (answer.t === 'log' ? answer.items.map(({ n, h }) => [n, h]) : fails());
  expect(items(after)).toEqual(items(before));
  expect(await link(officer).ask('add boxes', { area, boxes: [box] })).toMatchObject(declined('not here'));
  expect(fromHex(letter.hash)).toHaveLength(32);
});
