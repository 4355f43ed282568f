import fc from 'fast-check';
import { open } from 'node:fs/promises';
import nodePath from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, sealedIn, tempFolder, writeSource } from '../../testing/desk.fixture.ts';
import {
  ENCRYPTION,
  compound,
  currentUser,
  pdf,
  pdfWithStream,
  wordDocument,
  workbook,
  zip,
  zip64,
} from './files.fixture.ts';
import { inspect } from './inspect.ts';
import { keysOf } from './pdf.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
beforeEach(async () => {
  folder = await tempFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

async function found(name: string, bytes: Uint8Array): Promise<readonly string[]> {
  const handle = await open(await writeSource(folder.path, 'file', bytes));
  try {
    return await inspect(handle, name, bytes.length);
  } finally {
    await handle.close();
  }
}
const text = (content: string): Buffer => Buffer.from(content, 'latin1');
const WORD = [
  { name: '[Content_Types].xml', text: '<Types/>' },
  { name: 'word/document.xml', text: '<w/>' },
];
const SECRET = { name: 'note.txt', text: 'nobody reads this', encrypted: true };
const ole = (streams: Record<string, Buffer>) => compound(streams);
const BOF: [number, number] = [0x0809, 16];

describe('a PDF', () => {
  it.each<[string, Buffer, readonly string[]]>([
    ['without a password', pdf(), []],
    ['with one', pdf('/Encrypt 4 0 R', [ENCRYPTION]), ['encrypted pdf']],
    ['with one in place', pdf(`/Encrypt ${ENCRYPTION}`), ['encrypted pdf']],
    ['with one, its name written otherwise', pdf('/#45ncrypt 4 0 R', [ENCRYPTION]), ['encrypted pdf']],
    ['whose cross-references are a stream', pdfWithStream(), []],
    ['the same with a password', pdfWithStream('/Encrypt 5 0 R'), ['encrypted pdf']],
    [
      'that speaks of encryption in its text',
      pdf('', ['<< /Length 9 >>\nstream\n/Encrypt 1 0 R\nendstream', '(/Encrypt 4 0 R)']),
      [],
    ],
    [
      'with a string in its trailer that looks like it',
      pdf('/Info (a \\) /Encrypt 4 0 R (b) ) /ID [<00> (/Encrypt)]'),
      [],
    ],
    ['with the word deeper in its trailer', pdf('/Info << /Encrypt 4 0 R >>'), []],
    ['with a comment that says so', pdf('% /Encrypt 4 0 R\n'), []],
    ['with a name that only begins so', pdf('/EncryptMetadata false'), []],
    ['that took its encryption back', pdf('/Encrypt null'), []],
    [
      'changed once more after it was made',
      Buffer.concat([pdf(`/Encrypt ${ENCRYPTION}`), text('\n')]),
      ['encrypted pdf'],
    ],
    ['cut off', pdf().subarray(0, 120), ['not readable']],
    ['after some other bytes', Buffer.concat([text('\n\n'), pdf()]), []],
    ['with a pointer to nowhere', text('%PDF-1.4\nstartxref\n999999999\n%%EOF'), []],
  ])('%s', async (_, bytes, codes) => expect(await found('a.pdf', bytes)).toEqual(codes));

  it('is looked at by its last pages only, however long it is', async () => {
    const long = Buffer.concat([pdf(), Buffer.alloc(3_000_000, 32), pdf('/Encrypt 9 0 R').subarray(9)]);
    expect(await found('a.pdf', long)).toEqual(['encrypted pdf']);
  });
  it('has the keys of its trailer, and no others', () => {
    expect([...keysOf('<< /A 1 0 R /B [ /C /D ] /E << /F 1 >> /G (x (y) /H) /I null /J /K /L <0 1> >> /M 1')]).toEqual([
      'A',
      'B',
      'E',
      'G',
      'J',
      'L',
    ]);
    expect([...keysOf('<< /A 1')]).toEqual(['A']);
    expect([...keysOf('nothing')]).toEqual([]);
  });
});

describe('an archive, or a document that is one', () => {
  it.each<[string, string, Buffer, readonly string[]]>([
    ['without a password', 'a.zip', zip(WORD), []],
    ['with one for its last entry', 'a.zip', zip([...WORD, SECRET]), ['protected archive']],
    [
      'of a great many entries',
      'a.zip',
      zip([...Array.from({ length: 6000 }, (_, i) => ({ name: `entry ${i}`, text: '' })), SECRET]),
      ['protected archive'],
    ],
    ['with a comment after its end', 'a.zip', zip([SECRET], 'PK\u0005\u0006 and more'), ['protected archive']],
    ['large, without a password', 'a.zip', zip64(WORD), []],
    ['large, with one', 'a.zip', zip64([...WORD, SECRET]), ['protected archive']],
    ['of nothing', 'a.zip', zip([]), []],
    ['cut off', 'a.zip', zip(WORD).subarray(0, 80), ['not readable']],
    ['of another name', 'evidence', zip([SECRET]), ['protected archive']],
    ['a document', 'a.docx', zip(WORD), []],
    ['a document cut off', 'a.docx', zip(WORD).subarray(0, -30), ['not readable']],
    ['a document with locked parts', 'a.docx', zip([SECRET]), ['encrypted office']],
  ])('%s', async (_, name, bytes, codes) => expect(await found(name, bytes)).toEqual(codes));
});

describe('an older Office file, or an envelope', () => {
  const big = Buffer.alloc(5000);
  it.each<[string, string, Buffer, readonly string[]]>([
    [
      'the envelope of a document with a password',
      'a.docx',
      ole({ EncryptionInfo: big, EncryptedPackage: big }),
      ['encrypted office'],
    ],
    [
      'the same, its parts small',
      'a.xlsx',
      ole({ EncryptionInfo: Buffer.alloc(100), EncryptedPackage: Buffer.alloc(100) }),
      ['encrypted office'],
    ],
    ['an older document', 'a.doc', ole({ WordDocument: wordDocument(0x0200), '1Table': big }), []],
    ['one with a password', 'a.doc', ole({ WordDocument: wordDocument(0x0300), '1Table': big }), ['encrypted office']],
    ['an older workbook', 'a.xls', ole({ Workbook: workbook(BOF, [0x0042, 2], [0x0031, 300]) }), []],
    ['one with a password', 'a.xls', ole({ Workbook: workbook(BOF, [0x002f, 54]) }), ['encrypted office']],
    [
      'one for which a password is needed to write',
      'a.xls',
      ole({ Workbook: workbook(BOF, [0x0086, 0], [0x002f, 54]) }),
      ['encrypted office'],
    ],
    [
      'a larger workbook with a password',
      'a.xls',
      ole({ Workbook: Buffer.concat([workbook(BOF, [0x002f, 54]), big]) }),
      ['encrypted office'],
    ],
    ['a still older one', 'a.xls', ole({ Book: workbook(BOF, [0x002f, 4]) }), ['encrypted office']],
    [
      'an older presentation',
      'a.ppt',
      ole({ 'PowerPoint Document': big, 'Current User': currentUser(0xe391c05f) }),
      [],
    ],
    [
      'one with a password',
      'a.ppt',
      ole({ Pictures: Buffer.alloc(700), 'Current User': currentUser(0xf3d1c4df) }),
      ['encrypted office'],
    ],
    ['a message', 'a.msg', ole({ '__properties_version1.0': big }), []],
    ['cut off', 'a.doc', ole({ WordDocument: wordDocument(0) }).subarray(0, 300), ['not readable']],
    ['without its directory', 'a.doc', ole({ WordDocument: wordDocument(0) }).subarray(0, 2048), ['not readable']],
  ])('%s', async (_, name, bytes, codes) => expect(await found(name, bytes)).toEqual(codes));
});

describe('a name', () => {
  const jpeg = Buffer.from('ffd8ffe000104a46', 'hex');
  const program = Buffer.concat([text('MZ'), Buffer.alloc(100)]);
  it.each<[string, Buffer, boolean]>([
    ['a.jpg', jpeg, false],
    ['A.JPEG', jpeg, false],
    ['a.png', jpeg, true],
    ['a.pdf', jpeg, true],
    ['a.pdf', program, true],
    ['a.docx', pdf(), true],
    ['a.doc', zip(WORD), true],
    ['a.doc', text('{\\rtf1 }'), true],
    ['a.rtf', text('{\\rtf1 }'), false],
    ['a.txt', text('BM is how this note begins'), false],
    ['a.txt', text('\u00ff\u00feA\0'), false],
    ['a.txt', program, true],
    ['a.csv', pdf(), true],
    ['a.html', text('<html>'), false],
    ['a.mp4', Buffer.from('0000002066747970', 'hex'), false],
    ['a.mp4', text('RIFF\0\0\0\0AVI '), true],
    ['a.avi', text('RIFF\0\0\0\0AVI '), false],
    // A name that claims nothing belies nothing.
    ['CCTV.dav', Buffer.from('0000002066747970', 'hex'), false],
    ['photograph', jpeg, false],
    ['.pdf', jpeg, false],
    ['a.constructor', jpeg, false],
  ])('%s: %#', async (name, bytes, belied) =>
    expect((await found(name, bytes)).includes('content differs from name')).toBe(belied),
  );

  it('of an empty file says nothing: it is empty', async () =>
    expect(await found('a.pdf', Buffer.alloc(0))).toEqual(['empty']));
});

describe('whatever the bytes', () => {
  const marks = ['255044462d', '504b0304', 'd0cf11e0a1b11ae1', 'ffd8ff', ''];
  it('a look is answered, and soon', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...marks),
        fc.uint8Array({ maxLength: 3000 }),
        fc.constantFrom('a.pdf', 'a.zip', 'a.doc', 'a'),
        async (mark, bytes, name) => {
          expect(Array.isArray(await found(name, Buffer.concat([Buffer.from(mark, 'hex'), bytes])))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
  it('a real file with some of them changed is answered', async () => {
    const files = [
      pdf('/Encrypt 4 0 R'),
      zip64([SECRET]),
      compound({ Workbook: workbook(BOF, [0x002f, 54]), 'Current User': currentUser(1) }),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
        async (whole, changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          expect(Array.isArray(await found('a', bytes))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
  it('a chain of sectors that goes round ends', async () => {
    const bytes = compound({ Workbook: Buffer.alloc(5000) });
    const directory = bytes.readUInt32LE(48);
    const table = (bytes.readUInt32LE(76) + 1) * 512;
    bytes.writeUInt32LE(directory, table + directory * 4);
    expect(await found('a.xls', bytes)).toEqual([]);
  });
});

it('an import tells what was found in each file, and seals it all the same', async () => {
  const desk = await openDesk(nodePath.join(folder.path, 'store'));
  try {
    const files = [
      await writeSource(folder.path, 'a.pdf', pdf('/Encrypt 4 0 R')),
      await writeSource(folder.path, 'b.docx', zip(WORD)),
      await writeSource(folder.path, 'c.pdf', zip([SECRET])),
      await writeSource(folder.path, 'd.txt', Buffer.alloc(0)),
    ];
    const news = sealedIn(await desk.import(...files)).toSorted((a, b) => a.file - b.file);
    expect(news.map(({ found: codes }) => codes)).toEqual([
      ['encrypted pdf'],
      [],
      ['protected archive', 'content differs from name'],
      ['empty'],
    ]);
  } finally {
    await desk.stop();
  }
});
