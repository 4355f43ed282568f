/**
 * Records of the journal: length, CRC-32, payload. Owns their form on disk. One record is one commit, so that a commit is
 * there whole or not at all; the first record of a segment holds the heads that stood when it was begun.
 */
import { fromHex } from '../../../shared/primitives/bytes.ts';
import { decodeFrame, encodeCbor } from '../../../shared/primitives/cbor.ts';
import type { AreaId, DeviceId, Hash, SeatId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { encodeBox } from '../../../shared/seal/boxes.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import type { JournalRecord } from '../../../shared/ipc/vault.ts';
import * as read from '../../../shared/seal/read.ts';
import { crc32 } from './crc32.ts';

const FRAME = 8;
/** A length beyond this is damage, not a record. */
export const MAX_RECORD = 64 * MiB;

/** This device's newest entry in an area. */
export interface Head {
  readonly area: AreaId;
  readonly incarnation: number;
  readonly counter: number;
  readonly header: Hash;
}

export function frameRecord(payload: Uint8Array): Uint8Array {
  const framed = new Uint8Array(FRAME + payload.length);
  const view = new DataView(framed.buffer);
  view.setUint32(0, payload.length);
  view.setUint32(4, crc32(payload));
  framed.set(payload, FRAME);
  return framed;
}

/** The payloads from the start up to the first that is torn or rotten, and where that begins. */
export function readRecords(bytes: Uint8Array): { readonly payloads: readonly Uint8Array[]; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payloads: Uint8Array[] = [];
  let end = 0;
  while (end + FRAME <= bytes.length) {
    const length = view.getUint32(end);
    const next = end + FRAME + length;
    if (length === 0 || length > MAX_RECORD || next > bytes.length) break;
    const payload = bytes.subarray(end + FRAME, next);
    if (crc32(payload) !== view.getUint32(end + 4)) break;
    payloads.push(payload);
    end = next;
  }
  return { payloads, end };
}

const HEADS = 'joinder journal 1';

export const encodeHeads = (heads: Iterable<Head>): Uint8Array =>
  encodeCbor([HEADS, [...heads].map((h) => [fromHex(h.area), h.incarnation, h.counter, fromHex(h.header)])]);

export function decodeHeads(payload: Uint8Array): Result<readonly Head[], string> {
  return read.reading(() => {
    const [label, rows] = read.tuple(decodeFrame(payload), 'heads', 2);
    read.oneOf(label, 'heads', [HEADS]);
    return read.list(rows, 'heads').map((row) => {
      const [area, incarnation, counter, header] = read.tuple(row, 'head', 4);
      return {
        area: read.id<AreaId>(area, 'area'),
        incarnation: read.count(incarnation, 'incarnation'),
        counter: read.count(counter, 'counter'),
        header: read.hash(header, 'header'),
      };
    });
  });
}

export const encodeCommit = (records: readonly JournalRecord[]): Uint8Array =>
  encodeCbor(records.map(({ entry, boxes }) => [entry, boxes.map(encodeBox)]));

/** Entries and boxes are copies: what is handed on must not drag the whole segment behind it. */
export function decodeCommit(payload: Uint8Array): Result<readonly JournalRecord[], string> {
  return read.reading(() =>
    read.list(decodeFrame(payload), 'commit').map((row) => {
      const [entry, boxes] = read.tuple(row, 'record', 2);
      return { entry: read.bytes(entry, 'entry').slice(), boxes: read.list(boxes, 'boxes').map(readBox) };
    }),
  );
}

function readBox(value: unknown): Box {
  const [subject, to, generation, sealed] = read.tuple(value, 'box', 4);
  return {
    subject: read.hash(subject, 'subject'),
    to: read.id<SeatId | DeviceId>(to, 'to'),
    generation: read.count(generation, 'generation'),
    sealed: read.bytes(sealed, 'sealed').slice(),
  };
}
