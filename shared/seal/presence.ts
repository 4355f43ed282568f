/**
 * Presence: who is here and where their cursor is. A frame of its own, sealed under a key derived from the epoch, signed
 * by the device, counted, valid for 30 s, never stored and never ordered.
 */
import { fromHex } from '../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../primitives/cbor.ts';
import type { AreaId, DeviceId, OrgId, StreamId } from '../primitives/ids.ts';
import type { Key, Platform } from '../primitives/platform.ts';
import { decrypt, deriveKey, encrypt, verify } from '../primitives/platform.ts';
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import { SECOND } from '../primitives/units.ts';
import { LABEL } from './labels.ts';
import * as read from './read.ts';

export const PRESENCE_LIFE: Millis = 30 * SECOND;

export interface PresenceHead {
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly epoch: number;
  /** Grows with each frame of the device since it opened the area. */
  readonly counter: number;
  readonly time: Millis;
}

const headParts = (h: PresenceHead): Uint8Array =>
  encodeCbor([fromHex(h.area), fromHex(h.stream), fromHex(h.org), fromHex(h.device), h.epoch, h.counter, h.time]);

const keyFor = (platform: Platform, areaKey: Uint8Array, h: PresenceHead): Promise<Uint8Array> =>
  deriveKey(platform, areaKey, LABEL.presenceKey, fromHex(h.area));

/** The frame: CBOR [head, sealed awareness update, signature over both]. `signer` is the vault's. */
export async function sealPresence(
  platform: Platform,
  areaKey: Uint8Array,
  head: PresenceHead,
  plain: Uint8Array,
  signer: (label: string, ...parts: Uint8Array[]) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const encoded = headParts(head);
  const sealed = await encrypt(platform, await keyFor(platform, areaKey, head), encoded, plain);
  return encodeCbor([encoded, sealed, await signer(LABEL.presence, encoded, sealed)]);
}

function readFrame(frame: Uint8Array): {
  readonly encoded: Uint8Array;
  readonly sealed: Uint8Array;
  readonly signature: Uint8Array;
} {
  const [encoded, sealed, signature] = read.tuple(decodeCbor(frame), 'presence', 3);
  return {
    encoded: read.bytes(encoded, 'head'),
    sealed: read.bytes(sealed, 'sealed'),
    signature: read.bytes(signature, 'signature', 64),
  };
}

/** Reads a frame's head, unverified: to find the keys it is to be verified with. */
export function readPresenceHead(frame: Uint8Array): Result<PresenceHead, string> {
  return read.reading(() => {
    const { encoded } = readFrame(frame);
    const [area, stream, org, device, epoch, counter, time] = read.tuple(decodeCbor(encoded), 'head', 7);
    return {
      area: read.id<AreaId>(area, 'area'),
      stream: read.id<StreamId>(stream, 'stream'),
      org: read.id<OrgId>(org, 'org'),
      device: read.id<DeviceId>(device, 'device'),
      epoch: read.count(epoch, 'epoch'),
      counter: read.count(counter, 'counter'),
      time: read.count(time, 'time'),
    };
  });
}

/** Verifies and opens a frame; the caller holds counter and age against what it has seen. */
export async function openPresence(
  platform: Platform,
  areaKey: Uint8Array,
  deviceKey: Key,
  frame: Uint8Array,
): Promise<Result<Uint8Array, 'bad signature' | 'wrong key'>> {
  const head = readPresenceHead(frame);
  if (!head.ok) return fail('bad signature');
  const { encoded, sealed, signature } = readFrame(frame);
  if (!(await verify(platform, deviceKey, signature, LABEL.presence, encoded, sealed))) return fail('bad signature');
  const plain = await decrypt(platform, await keyFor(platform, areaKey, head.value), encoded, sealed);
  return plain === null ? fail('wrong key') : ok(plain);
}
