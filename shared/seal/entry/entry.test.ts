import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../../primitives/bytes.ts';
import { encodeCbor } from '../../primitives/cbor.ts';
import {
  decodeEntry,
  encodeEntry,
  openContent,
  openSalted,
  salted,
  sealContent,
  unwrapStreamKey,
  verifyHeader,
  wrapStreamKey,
} from './entry.ts';
import type { Entry } from './entry.ts';
import type { Area, Writer } from '../fixture.ts';
import {
  enrol,
  flip,
  headerOf,
  makeArea,
  makeOrg,
  platform,
  streamSeal,
  write,
  writeChain,
  createOp,
  grantTo,
} from '../fixture.ts';
import { decodeHeader, encodeHeader, hashHeader } from './header.ts';

let writer: Writer;
let area: Area;
let entry: Entry;
const plain = utf8('The witness saw a red car.');

beforeAll(async () => {
  writer = await enrol(await makeOrg('Force'), 'Officer');
  area = makeArea(writer.org);
  entry = await write(writer, area, 'event', plain);
});

const stream = (e: Entry) => {
  if (e.seal.by !== 'stream') throw new Error('not sealed under a stream');
  return e.seal;
};

async function open(e: Entry, areaKey = area.areaKey, epoch = stream(e).epoch): Promise<unknown> {
  const header = headerOf(e);
  const key = await unwrapStreamKey(platform, { area: area.area, stream: area.stream, epoch }, areaKey, stream(e).slot);
  if (key === null) return 'no key';
  const opened = await openContent(
    platform,
    key,
    { hash: await hashHeader(platform, e.header), commit: header.commit },
    stream(e).sealed,
  );
  return opened.ok ? opened.value : opened.cause;
}

describe('an entry', () => {
  it('comes back from its bytes, verified and opened', async () => {
    const decoded = decodeEntry(encodeEntry(entry));
    if (!decoded.ok) throw new Error(decoded.cause);
    expect(decoded.value).toEqual(entry);
    expect(await verifyHeader(platform, writer.keys.publicKey, decoded.value)).toBe(true);
    expect(await open(decoded.value)).toEqual(plain);
  });

  it('survives a header written anew, field by field', () => {
    const header = {
      ...headerOf(entry),
      seen: { generation: 2, n: 7, h: headerOf(entry).commit, heads: [headerOf(entry).commit] },
      more: { later: 1 },
    };
    expect(decodeHeader(encodeHeader(header))).toEqual({ ok: true, value: header });
  });

  it('is sealed again under another key, header and signature unchanged', async () => {
    const header = headerOf(entry);
    const hash = await hashHeader(platform, entry.header);
    const content = await openSalted(platform, area.streamKey, { hash, commit: header.commit }, stream(entry).sealed);
    if (!content.ok) throw new Error(content.cause);
    const later: Area = { ...area, areaKey: platform.random(32), epoch: 2 };
    const resealed: Entry = { ...entry, seal: await streamSeal(later, hash, content.value) };
    expect(await verifyHeader(platform, writer.keys.publicKey, resealed)).toBe(true);
    expect(await open(resealed, later.areaKey)).toEqual(plain);
    expect(await open(resealed, area.areaKey)).toBe('no key');
    expect(
      await openSalted(platform, platform.random(32), { hash, commit: header.commit }, stream(entry).sealed),
    ).toEqual({ ok: false, cause: 'wrong key' });
  });

  it('opens under no other slot, key, header or epoch', async () => {
    expect(await open(entry, platform.random(32))).toBe('no key');
    expect(await open(entry, area.areaKey, 2)).toBe('no key');
    expect(await open({ ...entry, seal: { ...stream(entry), slot: flip(stream(entry).slot) } })).toBe('no key');
    expect(await open({ ...entry, seal: { ...stream(entry), sealed: flip(stream(entry).sealed, 100) } })).toBe(
      'wrong key',
    );
    const other = await write(writer, area, 'event', utf8('Another event.'));
    expect(await open({ ...entry, seal: stream(other) })).toBe('wrong key');
    const elsewhere = await wrapStreamKey(
      platform,
      { area: area.area, stream: headerOf(entry).device as never, epoch: 1 },
      area.areaKey,
      area.streamKey,
    );
    expect(await open({ ...entry, seal: { ...stream(entry), slot: elsewhere } })).toBe('no key');
  });

  it('is not believed where its content is not what the header commits to', async () => {
    const hash = await hashHeader(platform, entry.header);
    const sealed = await sealContent(
      platform,
      area.streamKey,
      hash,
      salted(platform, utf8('The witness saw a blue car.')),
    );
    expect(await open({ ...entry, seal: { ...stream(entry), sealed } })).toBe('commitment');
    const short = await sealContent(platform, area.streamKey, hash, new Uint8Array(3));
    expect(await open({ ...entry, seal: { ...stream(entry), sealed: short } })).toBe('wrong key');
  });

  it('does not verify under a bent header, signature or another key', async () => {
    const other = await enrol(writer.org, 'Colleague');
    expect(await verifyHeader(platform, other.keys.publicKey, entry)).toBe(false);
    expect(await verifyHeader(platform, writer.keys.publicKey, { ...entry, header: flip(entry.header, 99) })).toBe(
      false,
    );
    expect(
      await verifyHeader(platform, writer.keys.publicKey, { ...entry, signature: flip(entry.signature, 99) }),
    ).toBe(false);
  });
});

const frame = (seal: unknown, ...more: unknown[]) =>
  decodeEntry(encodeCbor([entry.header, entry.signature, seal, ...more]));

describe('an entry frame', () => {
  it('reads each way of sealing', async () => {
    const chain = await writeChain(writer, area, await createOp(area, writer.org.org, [grantTo(writer, 'lead')]));
    expect(decodeEntry(encodeEntry(chain))).toEqual({ ok: true, value: chain });
    for (const seal of [{ by: 'erased' }, { by: 'boxes', sealed: utf8('x') }] as const) {
      expect(decodeEntry(encodeEntry({ ...entry, seal }))).toEqual({ ok: true, value: { ...entry, seal } });
    }
  });
  it('refuses what is no entry, each with its field', () => {
    const slot = new Uint8Array(60);
    for (const seal of [
      [4],
      [],
      [0, 1],
      [1, 1, slot],
      [1, 1, slot, slot, 1],
      [1, -1, slot, slot],
      [1, 1, slot.subarray(1), slot],
      [2],
      [2, 'x'],
      [3, 1],
      0,
      null,
    ]) {
      const read = frame(seal);
      expect(read.ok ? seal : read.cause).toMatch(/^seal/);
    }
    expect(frame([0], 1).ok).toBe(false);
    expect(decodeEntry(new Uint8Array(0)).ok).toBe(false);
    expect(decodeEntry(new Uint8Array([...encodeEntry(entry), 0])).ok).toBe(false);
    expect(decodeEntry(encodeCbor([entry.header, new Uint8Array(63), [0]])).ok).toBe(false);
    const large = decodeEntry(encodeCbor([entry.header, entry.signature, [2, new Uint8Array(1024 * 1024)]]));
    expect(large).toEqual({ ok: false, cause: 'entry: too large' });
  });
});
