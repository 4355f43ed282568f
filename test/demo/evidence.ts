/**
 * The demonstration's own evidence: fictional, made afresh in a folder, the same bytes each time. A PDF, pictures, a text
 * that holds the marker, an empty file, and a large one that stands for CCTV.
 */
import { createCipheriv } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deflateSync, crc32 } from 'node:zlib';

const MiB = 1024 * 1024;

export const MARKER = 'a grey heron stood by the lychgate';

export async function makeEvidence(folder: string, largeBytes = 96 * MiB): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const at = (name: string): string => path.join(folder, name);
  const files: readonly (readonly [string, Uint8Array])[] = [
    ['Statement of Agnes Holt.txt', Buffer.from(STATEMENT)],
    [
      'Custody record.pdf',
      pdf([
        'Custody record',
        'Fellshire Police, Kendal',
        'Detained person: Colin Ashdown',
        'Fictional, for demonstration only',
      ]),
    ],
    ['Gate at Church Lane.png', picture(640, 420)],
    ['Rear window.png', picture(420, 640)],
    ['Body-worn clip (failed upload).mp4', new Uint8Array()],
  ];
  for (const [name, bytes] of files) await writeFile(at(name), bytes);
  const largest = at('CCTV Church Lane 21.40 to 22.10.mkv');
  await writeNoise(largest, largeBytes);
  return [...files.map(([name]) => at(name)), largest];
}

const STATEMENT = `WITNESS STATEMENT (fictional, for demonstration only)

Agnes Holt, over 18, retired.

On the evening of 14 October I was walking my dog along Church Lane. It was getting dark. I remember that ${MARKER},
because the dog would not go past it. A man in a green coat came over the wall with a bag. I know him by sight.

I am willing to attend court.
`;

/** The mark of the container that the name promises. */
const MATROSKA = Buffer.from('1a45dfa3', 'hex');

/** Bytes that neither compress nor repeat, the same each time, after the mark of a recording. */
async function writeNoise(file: string, bytes: number): Promise<void> {
  const stream = createCipheriv('aes-128-ctr', Buffer.alloc(16, 'joinder'), Buffer.alloc(16));
  const zeros = Buffer.alloc(MiB);
  const to = await open(file, 'w');
  try {
    for (let left = bytes; left > 0; left -= MiB) await to.write(stream.update(zeros.subarray(0, Math.min(left, MiB))));
    await to.write(MATROSKA, 0, MATROSKA.length, 0);
  } finally {
    await to.close();
  }
}

/** One page of text: the least that a reader takes. */
function pdf(lines: readonly string[]): Uint8Array {
  const text = lines
    .map(
      (line, index) =>
        `BT /F1 ${index === 0 ? 24 : 14} Tf 72 ${760 - index * 32} Td (${line.replaceAll(/[()\\]/g, String.raw`\$&`)}) Tj ET`,
    )
    .join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + end, 'latin1');
}

/** A PNG of soft bands: something to look at, made without a library. */
function picture(width: number, height: number): Uint8Array {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      const hill = y > height * 0.6 + 30 * Math.sin(x / 60) ? 60 : 0;
      rows[at] = 90 + hill + (x * 40) / width;
      rows[at + 1] = 120 + hill / 2;
      rows[at + 2] = 170 - hill - (y * 60) / height;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([size, typed, check]);
}
