/**
 * Owns whether an archive needs a password, or is cut off, by its central directory: the first bit of an entry's flags says
 * that it is encrypted. Source: PKWARE's .ZIP application note, 4.3.12 to 4.3.16 and 4.4.4.
 */
import type { Source } from './source.ts';
import { AT_ONCE } from './source.ts';

export type ZipState = 'good' | 'encrypted' | 'cut off';

const END = 0x06054b50;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
/** Of the end record, with the longest comment. */
const LONGEST_END = 22 + 65_535;

export async function lookAtZip(source: Source): Promise<ZipState> {
  const from = Math.max(0, source.size - LONGEST_END);
  const tail = await source.read(from, LONGEST_END);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) return 'cut off';
  const offset = tail.readUInt32LE(end + 16);
  const start = offset === 0xffffffff ? await startOf64(source, from + end) : offset;
  return start === null ? 'cut off' : entriesFrom(source, start);
}

/** Where the central directory begins, of an archive that needs eight bytes to say so. */
async function startOf64(source: Source, end: number): Promise<number | null> {
  const locator = await source.read(end - 20, 20);
  if (locator.length < 20 || locator.readUInt32LE(0) !== END_64_LOCATOR) return null;
  const record = await source.read(Number(locator.readBigUInt64LE(8)), 56);
  return record.length < 56 || record.readUInt32LE(0) !== END_64 ? null : Number(record.readBigUInt64LE(48));
}

/** Goes through the entries, as many as may be read. */
async function entriesFrom(source: Source, start: number): Promise<ZipState> {
  let at = start;
  let block = await source.read(at, AT_ONCE);
  let inBlock = 0;
  for (let entries = 0; ; entries++) {
    if (block.length - inBlock < 46) {
      block = await source.read(at, AT_ONCE);
      inBlock = 0;
    }
    if (block.length - inBlock < 46 || block.readUInt32LE(inBlock) !== ENTRY)
      return entries === 0 && !(await isEmpty(source)) ? 'cut off' : 'good';
    if ((block.readUInt16LE(inBlock + 8) & 1) === 1) return 'encrypted';
    const length =
      46 + block.readUInt16LE(inBlock + 28) + block.readUInt16LE(inBlock + 30) + block.readUInt16LE(inBlock + 32);
    at += length;
    inBlock += length;
  }
}

/** An archive of nothing is only its end record. */
const isEmpty = async (source: Source): Promise<boolean> => {
  const first = await source.read(0, 4);
  return first.length === 4 && first.readUInt32LE(0) === END;
};
