/** Small real files, made here byte by byte: PDF, zip and compound files, with and without a password. */
import { deflateRawSync } from 'node:zlib';

/** A PDF of one empty page, with a table of cross-references; `more` stands in its trailer. */
export function pdf(more = '', objects: readonly string[] = []): Buffer {
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>',
    ...objects,
  ];
  let text = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets = parts.map((part, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${part}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n`;
  for (const at of offsets) text += `${String(at).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${parts.length + 1} /Root 1 0 R ${more} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

export const ENCRYPTION = '<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O (0123) /U (4567) >>';

/** A PDF whose cross-references are a stream (since PDF 1.5); `more` stands in the stream's dictionary. */
export function pdfWithStream(more = ''): Buffer {
  const head =
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n';
  const dictionary = `<< /Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R ${more} /Length 16 >>`;
  return Buffer.from(
    `${head}3 0 obj\n${dictionary}\nstream\n${'\0'.repeat(16)}\nendstream\nendobj\nstartxref\n${head.length}\n%%EOF\n`,
    'latin1',
  );
}

interface Entry {
  readonly name: string;
  readonly text: string;
  readonly encrypted?: boolean;
}

/** A zip of these entries; an encrypted one has its flag and bytes that nobody can read. */
export function zip(entries: readonly Entry[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, text, encrypted = false } of entries) {
    const data = deflateRawSync(Buffer.from(text));
    const flags = encrypted ? 1 : 0;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(text.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, rest, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, directory, end, Buffer.from(comment)]);
}

/** The same with the end record that large archives need. */
export function zip64(entries: readonly Entry[]): Buffer {
  const plain = zip(entries);
  const end = plain.subarray(-22);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(BigInt(end.readUInt32LE(16)), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(plain.length - 22), 8);
  const last = Buffer.from(end);
  last.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([plain.subarray(0, -22), record, locator, last]);
}

const SECTOR = 512;
const FREE = 0xffffffff;
const END = 0xfffffffe;

/** A compound file of these streams; those under 4096 bytes lie in the small ones' stream, as they do in real files. */
export function compound(streams: Readonly<Record<string, Buffer>>): Buffer {
  const sectors: Buffer[] = [];
  const table: number[] = [];
  const put = (data: Buffer): number => {
    const first = sectors.length;
    const count = Math.ceil(data.length / SECTOR);
    for (let i = 0; i < count; i++) {
      sectors.push(padded(data.subarray(i * SECTOR, (i + 1) * SECTOR), SECTOR));
      table.push(i + 1 < count ? first + i + 1 : END);
    }
    return first;
  };
  const small: Buffer[] = [];
  let smallCount = 0;
  const entries = Object.entries(streams).map(([name, data]) => {
    if (data.length >= 4096) return { name, start: put(data), size: data.length };
    const start = smallCount;
    smallCount += Math.ceil(data.length / 64);
    small.push(padded(data, Math.ceil(data.length / 64) * 64));
    return { name, start, size: data.length };
  });
  const smallStream = Buffer.concat(small);
  const root = { name: 'Root Entry', start: smallStream.length > 0 ? put(smallStream) : END, size: smallStream.length };
  const directory = put(Buffer.concat([root, ...entries].map((entry, i) => directoryEntry(entry, i === 0 ? 5 : 2))));
  const header = Buffer.alloc(SECTOR, 0xff);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.fill(0, 8, 76);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(directory, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(END, 60);
  header.writeUInt32LE(END, 68);
  header.writeUInt32LE(sectors.length, 76);
  const allocation = Buffer.alloc(SECTOR, 0xff);
  table.forEach((next, i) => allocation.writeUInt32LE(next, i * 4));
  return Buffer.concat([header, ...sectors, allocation]);
}

const padded = (data: Buffer, length: number): Buffer => Buffer.concat([data, Buffer.alloc(length - data.length)]);

function directoryEntry({ name, start, size }: { name: string; start: number; size: number }, type: number): Buffer {
  const entry = Buffer.alloc(128);
  entry.write(name, 0, 'utf16le');
  entry.writeUInt16LE(name.length * 2 + 2, 64);
  entry[66] = type;
  for (const at of [68, 72, 76]) entry.writeUInt32LE(FREE, at);
  entry.writeUInt32LE(start, 116);
  entry.writeUInt32LE(size, 120);
  return entry;
}

/** The beginning of a Word document's main stream. */
export function wordDocument(flags: number): Buffer {
  const stream = Buffer.alloc(4096);
  stream.writeUInt16LE(0xa5ec, 0);
  stream.writeUInt16LE(0x00c1, 2);
  stream.writeUInt16LE(flags, 10);
  return stream;
}

/** The beginning of a workbook: records by type and length. */
export const workbook = (...records: readonly (readonly [type: number, length: number])[]): Buffer =>
  Buffer.concat(
    records.map(([type, length]) => {
      const record = Buffer.alloc(4 + length);
      record.writeUInt16LE(type, 0);
      record.writeUInt16LE(length, 2);
      return record;
    }),
  );

/** The atom of the current user, of a presentation. */
export function currentUser(token: number): Buffer {
  const atom = Buffer.alloc(40);
  atom.writeUInt16LE(0x0ff6, 2);
  atom.writeUInt32LE(32, 4);
  atom.writeUInt32LE(20, 8);
  atom.writeUInt32LE(token, 12);
  return atom;
}
