/**
 * What a stick bundle says, sealed to one post: entries as signed and sealed bytes with the boxes that open them, the writer's
 * directory so far, and the list of chunks that lie behind. Signed by the device that put it together, so that a list that
 * somebody made up is not taken for it; each entry, statement and chunk proves itself besides. Pure.
 */
import { fromHex } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { BoxKeys } from '../../primitives/hpke.ts';
import { hpkeOpen, hpkeSeal } from '../../primitives/hpke.ts';
import type { DeviceId, OrgId, SeatId } from '../../primitives/ids.ts';
import type { Platform } from '../../primitives/platform.ts';
import { decrypt, encrypt, framed, importVerifyKey, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import type { Box } from '../boxes.ts';
import { encodeBox } from '../boxes.ts';
import type { SignedStatement } from '../directory/directory.ts';
import type { DirectoryState } from '../directory/directoryState.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';
import type { ChunkOnStick } from './head.ts';

/** An entry as it would go to the relay. */
export interface CarriedEntry {
  readonly entry: Uint8Array;
  readonly boxes: readonly Box[];
}
export interface StickContents {
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly time: Millis;
  /** Of `org`, from the first. */
  readonly statements: readonly SignedStatement[];
  readonly entries: readonly CarriedEntry[];
  /** In the order in which they lie on the stick. */
  readonly chunks: readonly ChunkOnStick[];
}
/** For whom it is. */
export interface StickReader {
  readonly seat: SeatId;
  readonly generation: number;
}

const encodeContents = ({ org, device, time, statements, entries, chunks }: StickContents): Uint8Array =>
  encodeCbor([
    fromHex(org),
    fromHex(device),
    time,
    statements.map(({ body, signature }) => [body, signature]),
    entries.map(({ entry, boxes }) => [entry, boxes.map(encodeBox)]),
    chunks.map(({ hash, size }) => [fromHex(hash), size]),
  ]);

const readBox = (value: unknown): Box => {
  const [subject, to, generation, sealed] = read.tuple(value, 'box', 4);
  return {
    subject: read.hash(subject, 'box.subject'),
    to: read.id<SeatId>(to, 'box.to'),
    generation: read.count(generation, 'box.generation'),
    sealed: read.bytes(sealed, 'box.sealed'),
  };
};

const decodeContents = (body: Uint8Array): Result<StickContents, string> =>
  read.reading(() => {
    const [org, device, time, statements, entries, chunks] = read.tuple(decodeCbor(body), 'stick', 6);
    return {
      org: read.id<OrgId>(org, 'stick.org'),
      device: read.id<DeviceId>(device, 'stick.device'),
      time: read.count(time, 'stick.time'),
      statements: read.list(statements, 'stick.statements').map((one) => {
        const [said, signature] = read.tuple(one, 'statement', 2);
        return {
          body: read.bytes(said, 'statement.body'),
          signature: read.bytes(signature, 'statement.signature', 64),
        };
      }),
      entries: read.list(entries, 'stick.entries').map((one) => {
        const [entry, boxes] = read.tuple(one, 'entry', 2);
        return { entry: read.bytes(entry, 'entry'), boxes: read.list(boxes, 'entry.boxes').map(readBox) };
      }),
      chunks: read.list(chunks, 'stick.chunks').map((one) => {
        const [hash, size] = read.tuple(one, 'chunk', 2);
        return { hash: read.hash(hash, 'chunk.hash'), size: read.count(size, 'chunk.size') };
      }),
    };
  });

const info = ({ seat, generation }: StickReader): Uint8Array =>
  framed(LABEL.stickKey, fromHex(seat), encodeCbor(generation));

/** Sealed to the post's key; `sign` signs as the device under `LABEL.stick`. */
export async function sealContents(
  platform: Platform,
  contents: StickContents,
  to: StickReader & { readonly publicKey: Uint8Array },
  sign: (body: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const body = encodeContents(contents);
  const key = platform.random(32);
  const sealed = await encrypt(platform, key, info(to), encodeCbor([body, await sign(body)]));
  return encodeCbor([fromHex(to.seat), to.generation, await hpkeSeal(to.publicKey, info(to), key), sealed]);
}

/** For whom sealed contents are; null where they are none. */
export function readerOf(sealed: Uint8Array): StickReader | null {
  const outer = read.reading(() => readOuter(sealed));
  return outer.ok ? { seat: outer.value.seat, generation: outer.value.generation } : null;
}
function readOuter(sealed: Uint8Array): StickReader & { readonly box: Uint8Array; readonly inner: Uint8Array } {
  const [seat, generation, box, inner] = read.tuple(decodeCbor(sealed), 'contents', 4);
  return {
    seat: read.id<SeatId>(seat, 'contents.seat'),
    generation: read.count(generation, 'contents.generation'),
    box: read.bytes(box, 'contents.box'),
    inner: read.bytes(inner, 'contents.sealed'),
  };
}

export interface OpenedContents {
  readonly contents: StickContents;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** What the post's private key opens. Nothing of it is proved before `isSignedBy`. */
export async function openContents(
  platform: Platform,
  sealed: Uint8Array,
  keys: BoxKeys,
): Promise<Result<OpenedContents, 'damaged'>> {
  const outer = read.reading(() => readOuter(sealed));
  if (!outer.ok) return fail('damaged');
  const key = await hpkeOpen(keys, info(outer.value), outer.value.box);
  const plain = key?.length === 32 ? await decrypt(platform, key, info(outer.value), outer.value.inner) : null;
  const inner = plain && read.reading(() => read.tuple(decodeCbor(plain), 'signed', 2));
  if (!inner?.ok) return fail('damaged');
  const [body, signature] = inner.value;
  if (!(body instanceof Uint8Array) || !(signature instanceof Uint8Array)) return fail('damaged');
  const contents = decodeContents(body);
  return contents.ok ? ok({ contents: contents.value, body, signature }) : fail('damaged');
}

/** Whether the device that it names, of that directory and not revoked, signed it. */
export async function isSignedBy(
  platform: Platform,
  { contents, body, signature }: OpenedContents,
  directory: DirectoryState,
): Promise<boolean> {
  const device = directory.org === contents.org ? directory.devices.get(contents.device) : undefined;
  if (!device || signature.length !== 64) return false;
  return verify(platform, await importVerifyKey(platform, device.signKey), signature, LABEL.stick, body);
}
