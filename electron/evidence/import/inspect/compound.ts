/**
 * Owns whether an older Office file, or an Office file in an encrypted envelope, needs a password. Reads the directory of a
 * compound file and the first bytes of single streams. Sources: MS-CFB 2; MS-OFFCRYPTO 2.3; MS-DOC 2.5.2 (fEncrypted);
 * MS-XLS 2.4.117 (FilePass); MS-PPT 2.3.2 (headerToken).
 */
import type { Source } from './source.ts';

export type CompoundState = 'good' | 'encrypted' | 'cut off';

const LAST_SECTOR = 0xfffffffa;
const MOST_SECTORS = 2000;

interface Stream {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}
interface Layout {
  readonly source: Source;
  readonly header: Buffer;
  readonly sector: number;
  readonly streams: readonly Stream[];
}

export async function lookAtCompound(source: Source): Promise<CompoundState> {
  const layout = await layoutOf(source);
  if (layout === null) return 'cut off';
  const find = (name: string) => layout.streams.find((stream) => stream.name === name);
  if (find('EncryptionInfo') && find('EncryptedPackage')) return 'encrypted';
  const [word, sheet, slides] = [find('WordDocument'), find('Workbook') ?? find('Book'), find('Current User')];
  if (word && isWordEncrypted(await startOf(layout, word, 12))) return 'encrypted';
  if (sheet && isSheetEncrypted(await startOf(layout, sheet, 4096))) return 'encrypted';
  if (slides && isShowEncrypted(await startOf(layout, slides, 16))) return 'encrypted';
  return 'good';
}

async function layoutOf(source: Source): Promise<Layout | null> {
  const header = await source.read(0, 512);
  if (header.length < 512) return null;
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return null;
  const layout: Layout = { source, header, sector: 2 ** shift, streams: [] };
  const directory = await chain(layout, header.readUInt32LE(48), MOST_SECTORS);
  if (directory.length === 0) return null;
  const blocks = await Promise.all(directory.map((number) => readSector(layout, number)));
  const streams = blocks.flatMap((block) =>
    Array.from({ length: Math.floor(block.length / 128) }, (_, i) => streamOf(block.subarray(i * 128, i * 128 + 128))),
  );
  return streams[0]?.name === 'Root Entry' || streams.some(({ name }) => name !== '') ? { ...layout, streams } : null;
}

function streamOf(entry: Buffer): Stream {
  const length = Math.min(Math.max(0, entry.readUInt16LE(64) - 2), 62);
  return { name: entry.toString('utf16le', 0, length), start: entry.readUInt32LE(116), size: entry.readUInt32LE(120) };
}

const readSector = ({ source, sector }: Pick<Layout, 'source' | 'sector'>, number: number): Promise<Buffer> =>
  source.read((number + 1) * sector, sector);

/** The sectors of a chain from its first, as far as they are there; a chain that goes round ends at its limit. */
async function chain(layout: Layout, first: number, most: number): Promise<readonly number[]> {
  const numbers: number[] = [];
  let next: number | null = first;
  while (next !== null && next < LAST_SECTOR && numbers.length < most) {
    numbers.push(next);
    next = await after(layout, next);
  }
  return numbers;
}

/** What the allocation table says comes after a sector; null where the table does not reach. */
async function after(layout: Layout, number: number): Promise<number | null> {
  const each = layout.sector / 4;
  const table = await tableSector(layout, Math.floor(number / each));
  if (table === null) return null;
  const entry = await layout.source.read((table + 1) * layout.sector + (number % each) * 4, 4);
  return entry.length < 4 ? null : entry.readUInt32LE(0);
}

/** The sector that holds the n-th part of the allocation table: of the first 109 the header says so. */
async function tableSector(layout: Layout, n: number): Promise<number | null> {
  if (n < 109) return valid(layout.header.readUInt32LE(76 + n * 4));
  const each = layout.sector / 4 - 1;
  let at = valid(layout.header.readUInt32LE(68));
  for (let skipped = Math.floor((n - 109) / each); at !== null && skipped > 0; skipped--)
    at = valid(numberAt(await readSector(layout, at), each * 4));
  return at === null ? null : valid(numberAt(await readSector(layout, at), ((n - 109) % each) * 4));
}

const valid = (number: number): number | null => (number < LAST_SECTOR ? number : null);
const numberAt = (block: Buffer, at: number): number => (at + 4 <= block.length ? block.readUInt32LE(at) : 0xffffffff);

/** The first bytes of a stream, from one sector: of a small one within the stream that holds all small ones. */
async function startOf(layout: Layout, { start, size }: Stream, wanted: number): Promise<Buffer> {
  const cutoff = layout.header.readUInt32LE(56);
  const length = Math.min(size, wanted);
  if (size >= cutoff) return (await readSector(layout, start)).subarray(0, length);
  const root = layout.streams.find(({ name }) => name === 'Root Entry');
  if (!root) return Buffer.alloc(0);
  const at = start * 64;
  const sectors = await chain(layout, root.start, Math.floor(at / layout.sector) + 1);
  const within = at % layout.sector;
  const found = sectors[Math.floor(at / layout.sector)];
  return found === undefined
    ? Buffer.alloc(0)
    : (await readSector(layout, found)).subarray(within, within + Math.min(length, 64));
}

/** The flag fEncrypted of the file information block. */
const isWordEncrypted = (block: Buffer): boolean =>
  block.length >= 12 && block.readUInt16LE(0) === 0xa5ec && (block.readUInt16LE(10) & 0x0100) !== 0;

/** A record FilePass among the first ones of the workbook. */
function isSheetEncrypted(block: Buffer): boolean {
  for (let at = 0, records = 0; at + 4 <= block.length && records < 40; records++) {
    const type = block.readUInt16LE(at);
    if (records === 0 && type !== 0x0809) return false;
    if (type === 0x002f) return true;
    at += 4 + block.readUInt16LE(at + 2);
  }
  return false;
}

/** The token that the atom of the current user begins with. */
const isShowEncrypted = (block: Buffer): boolean => block.length >= 16 && block.readUInt32LE(12) === 0xf3d1c4df;
