import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../primitives/bytes.ts';
import { encodeCbor } from '../primitives/cbor.ts';
import { newId } from '../primitives/naming.ts';
import { sign } from '../primitives/platform.ts';
import type { Writer } from './fixture.ts';
import { NOON, enrol, flip, makeOrg, platform } from './fixture.ts';
import type { PresenceHead } from './presence.ts';
import { openPresence, readPresenceHead, sealPresence } from './presence.ts';

let writer: Writer;
let head: PresenceHead;
let frame: Uint8Array;
const areaKey = platform.random(32);
const here = utf8('cursor at 17');

beforeAll(async () => {
  writer = await enrol(await makeOrg('Force'), 'Officer');
  head = {
    area: newId(platform),
    stream: newId(platform),
    org: writer.org.org,
    device: writer.device,
    epoch: 1,
    counter: 4,
    time: NOON,
  };
  frame = await sealPresence(platform, areaKey, head, here, (label, ...parts) =>
    sign(platform, writer.keys.privateKey, label, ...parts),
  );
});

const open = (bytes: Uint8Array, key = areaKey) => openPresence(platform, key, writer.keys.publicKey, bytes);

describe('presence', () => {
  it('is read and opened by who holds the epoch key', async () => {
    expect(readPresenceHead(frame)).toEqual({ ok: true, value: head });
    expect(await open(frame)).toEqual({ ok: true, value: here });
    expect(await open(frame, platform.random(32))).toEqual({ ok: false, cause: 'wrong key' });
  });
  it('is believed from its device only, unbent', async () => {
    const other = await enrol(writer.org, 'Colleague');
    expect(await openPresence(platform, areaKey, other.keys.publicKey, frame)).toEqual({
      ok: false,
      cause: 'bad signature',
    });
    for (let bit = 0; bit < frame.length * 8; bit += 37) expect((await open(flip(frame, bit))).ok).toBe(false);
  });
  it('is not thrown by garbage', async () => {
    for (const bytes of [
      new Uint8Array(0),
      utf8('hello'),
      encodeCbor([1, 2, 3]),
      encodeCbor([utf8('x'), 1, 'y']),
      platform.random(300),
    ]) {
      expect((await open(bytes)).ok).toBe(false);
      expect(readPresenceHead(bytes).ok).toBe(false);
    }
  });
});
