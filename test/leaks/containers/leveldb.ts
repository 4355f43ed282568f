/**
 * LevelDB, as Chromium keeps IndexedDB and local storage in it: tables (`*.ldb`) of packed blocks whose keys leave out what
 * they share with the one before, and logs (`*.log`, `MANIFEST-*`) whose records are cut at every 32 KiB. Yields what was
 * stored, whole; a torn end, as a running database has, is passed over.
 */
import { readVarint, unpackSnappy } from './snappy.ts';

const FOOTER = 48;
const MAGIC = Buffer.from('57fb808b247547db', 'hex');
const TRAILER = 5;
const BLOCK = 32 * 1024;
const HEADER = 7;

interface Extent {
  readonly offset: number;
  readonly size: number;
}

/** Every block of a table unpacked, and the keys in it spelt out; null: no table, or one that cannot be read. */
export function readTable(file: Buffer): readonly Buffer[] | null {
  if (file.length < FOOTER || !file.subarray(file.length - 8).equals(MAGIC)) return null;
  const footer = file.subarray(file.length - FOOTER);
  const meta = readExtent(footer, 0);
  const index = meta && readExtent(footer, meta.next);
  const top = index && readBlock(file, index.extent);
  if (!top) return null;
  const found: Buffer[] = [];
  for (const { value } of entriesOf(top)) {
    const extent = readExtent(value, 0);
    const block = extent && readBlock(file, extent.extent);
    if (!block) return null;
    found.push(block, Buffer.concat([...entriesOf(block)].map(({ key }) => key)));
  }
  return found;
}

function readExtent(bytes: Buffer, at: number): { readonly extent: Extent; readonly next: number } | null {
  const offset = readVarint(bytes, at);
  const size = offset && readVarint(bytes, offset.next);
  return size && { extent: { offset: offset.value, size: size.value }, next: size.next };
}

function readBlock(file: Buffer, { offset, size }: Extent): Buffer | null {
  if (offset + size + TRAILER > file.length) return null;
  const stored = file.subarray(offset, offset + size);
  switch (file[offset + size]) {
    case 0:
      return stored;
    case 1:
      return unpackSnappy(stored);
    default:
      return null;
  }
}

function* entriesOf(block: Buffer): Generator<{ readonly key: Buffer; readonly value: Buffer }> {
  if (block.length < 4) return;
  const end = block.length - 4 - 4 * block.readUInt32LE(block.length - 4);
  let key = Buffer.alloc(0);
  for (let at = 0; at < end;) {
    const shared = readVarint(block, at);
    const own = shared && readVarint(block, shared.next);
    const length = own && readVarint(block, own.next);
    if (!shared || !own || !length) return;
    const valueAt = length.next + own.value;
    key = Buffer.concat([key.subarray(0, shared.value), block.subarray(length.next, valueAt)]);
    yield { key, value: block.subarray(valueAt, valueAt + length.value) };
    at = valueAt + length.value;
  }
}

/** A log's records, each put together again from its pieces. */
export function readLog(file: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  let pieces: Buffer[] = [];
  for (let at = 0; at + HEADER <= file.length;) {
    const room = BLOCK - (at % BLOCK);
    if (room < HEADER) {
      at += room;
      continue;
    }
    const length = file.readUInt16LE(at + 4);
    const kind = file[at + 6]!;
    if (kind === 0 || kind > 4 || length + HEADER > room) {
      // Zeros up to the block's end, or something torn: the next block begins anew.
      at += room;
      pieces = [];
      continue;
    }
    const piece = file.subarray(at + HEADER, at + HEADER + length);
    const [whole, first, last] = [kind === 1, kind === 2, kind === 4];
    if (whole || first) pieces = [];
    pieces.push(piece);
    if (whole || last) {
      records.push(Buffer.concat(pieces));
      pieces = [];
    }
    at += HEADER + length;
  }
  return records;
}

/** Blink packs a larger value once more, behind three bytes that say so. */
const PACKED_VALUE = Buffer.from([0xff, 0x11, 0x02]);

export function* packedValues(bytes: Buffer): Generator<Buffer> {
  for (let at = bytes.indexOf(PACKED_VALUE); at !== -1; at = bytes.indexOf(PACKED_VALUE, at + 1)) {
    const value = unpackSnappy(bytes.subarray(at + PACKED_VALUE.length), 'may go on');
    if (value !== null) yield value;
  }
}
