/**
 * The search is worth what it finds: every needle is planted in every form and every container, and found; and in a clean
 * folder nothing is.
 */
import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createDeflateRaw, deflateRawSync, deflateSync, gzipSync, constants } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { patternsOf, phrase, samplesOf } from './needles.ts';
import type { Needle } from './needles.ts';
import { leakSearch, searchIn } from './search.ts';

const TEXT = 'R v Ashdown/Øre: “the heron”';
const needle = phrase('the title', TEXT);
const SEED = 'seven herons';
/** The same noise each time, so that a failure is there again. */
const noise = (bytes: number): Buffer =>
  createCipheriv('aes-128-ctr', Buffer.alloc(16, SEED), Buffer.alloc(16)).update(Buffer.alloc(bytes));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-search-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const put = async (name: string, bytes: Uint8Array | string): Promise<void> => {
  await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
  await writeFile(path.join(dir, name), bytes);
};
const find = async (needles: readonly Needle[]): Promise<readonly string[]> =>
  (await leakSearch(needles)([dir])).findings.map(({ encoding }) => encoding);

const written = (text: string): string => Buffer.from(text).toString('latin1');

describe('forms', () => {
  for (const { encoding, bytes } of patternsOf([needle])) {
    it(`finds a phrase as ${encoding}, among noise and at both ends of a file`, async () => {
      await put('middle', Buffer.concat([noise(5000), bytes, noise(5000)]));
      await put('start', Buffer.concat([bytes, noise(100)]));
      await put('end', Buffer.concat([noise(101), bytes]));
      const { findings } = await leakSearch([needle])([dir]);
      expect(new Set(findings.map(({ file }) => path.basename(file)))).toEqual(new Set(['middle', 'start', 'end']));
      expect(findings).toContainEqual({ file: path.join(dir, 'middle'), needle: 'the title', encoding, offset: 5000 });
      expect(JSON.stringify(findings)).not.toContain('heron');
    });
  }

  it('knows the forms that are asked for', () => {
    const forms = patternsOf([needle]).map(({ bytes }) => bytes.toString('latin1'));
    for (const before of ['', 'x', 'xy']) {
      const standing = Buffer.from(`${before}${TEXT}and more`);
      for (const base of ['base64', 'base64url'] as const)
        expect(forms.some((form) => standing.toString(base).includes(form))).toBe(true);
    }
    const json = JSON.stringify(TEXT).slice(1, -1);
    expect(forms).toContain(written(json.replaceAll('/', String.raw`\/`)));
    expect(forms).toContain(
      written(
        json
          .replaceAll('Ø', String.raw`\u00d8`)
          .replaceAll('“', String.raw`\u201c`)
          .replaceAll('”', String.raw`\u201d`),
      ),
    );
    expect(forms).toContain(Buffer.from(TEXT).toString('hex'));
    expect(forms).toContain(written(encodeURIComponent(TEXT)));
  });

  it('finds it across the border of two readings, in a file larger than one', async () => {
    const file = Buffer.alloc(70 * 1024 * 1024);
    needle.bytes.copy(file, 64 * 1024 * 1024 - 5);
    await put('large', file);
    expect(await find([needle])).toContain('UTF-8');
  });

  it('finds it in the name of a file, and of a folder', async () => {
    await put(path.join('R v Ashdown', 'x'), 'nothing');
    expect(await find([phrase('the title', 'R v Ashdown')])).toEqual(['UTF-8 in the name of the file']);
  });

  it('finds samples of a file where its bytes lie, as they are and armoured', async () => {
    await put('elsewhere/evidence', noise(10_000));
    const samples = await samplesOf('the video', path.join(dir, 'elsewhere/evidence'));
    expect(samples).toHaveLength(3);
    await rm(path.join(dir, 'elsewhere'), { recursive: true });
    await put('part', noise(10_000).subarray(4000, 6000));
    await put('text', JSON.stringify({ data: noise(10_000).subarray(8000, 9500).toString('base64') }));
    const { findings } = await leakSearch(samples)([dir]);
    expect(findings.map((one) => [path.basename(one.file), one.needle])).toEqual([
      ['part', 'the video, second sample'],
      ['text', 'the video, third sample'],
    ]);
  });

  it('takes no sample that is in every file, and no phrase that is found by chance', async () => {
    await put('zeros', Buffer.alloc(10_000));
    expect(await samplesOf('zeros', path.join(dir, 'zeros'))).toEqual([]);
    expect(() => phrase('short', 'URN')).toThrow('too short');
  });
});

const fixture = (name: string): Promise<Buffer> => readFile(new URL(`fixtures/${name}.bin`, import.meta.url));

describe('containers', () => {
  const around = Buffer.concat([Buffer.from('before '), needle.bytes, Buffer.from(' after, and more text')]);

  it('opens zlib and gzip streams in the middle of a file, zip members, and a raw stream', async () => {
    const member = deflateRawSync(around);
    const header = Buffer.alloc(30);
    header.write('PK\u0003\u0004', 'latin1');
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(5, 26);
    const packed: Readonly<Record<string, Buffer>> = {
      zlib: Buffer.concat([noise(999), deflateSync(around), noise(99)]),
      gzip: Buffer.concat([noise(999), gzipSync(around), noise(99)]),
      raw: member,
      zip: Buffer.concat([noise(99), header, Buffer.from('a.txt'), member, noise(50)]),
      torn: deflateSync(Buffer.concat([Buffer.from(around.toString('utf8').repeat(20)), noise(5000)])).subarray(
        0,
        1000,
      ),
      twice: gzipSync(deflateSync(around)),
    };
    for (const [name, bytes] of Object.entries(packed)) {
      expect(bytes.includes(around)).toBe(false);
      await put(name, bytes);
    }
    const { findings } = await leakSearch([needle])([dir]);
    expect(new Set(findings.map(({ file }) => path.basename(file)))).toEqual(new Set(Object.keys(packed)));
  });

  it('puts a value of SQLite together that lies on several pages, also while it is only in the write-ahead log', async () => {
    const database = new DatabaseSync(path.join(dir, 'relay.db'));
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE "odd ""name" (k INTEGER PRIMARY KEY, v BLOB)',
    );
    const insert = database.prepare('INSERT INTO "odd ""name" (v) VALUES (?)');
    // Wherever a page ends, it ends within the phrase in one of these.
    for (let at = 0; at < 4200; at += 20)
      insert.run(Buffer.concat([noise(at), Buffer.from(TEXT.repeat(8)), noise(9000)]));
    const found = await find([needle]);
    database.close();
    expect(found.filter((how) => how === 'UTF-8 in a SQLite value')).toHaveLength(1680 / 8);
  });

  it('names a database that it could not read', async () => {
    await put('broken.db', Buffer.concat([Buffer.from('SQLite format 3\0', 'latin1'), noise(5000)]));
    await put('broken.ldb', noise(5000));
    const { unread } = await leakSearch([needle])([dir]);
    expect(unread.map((file) => path.basename(file)).sort()).toEqual(['broken.db', 'broken.ldb']);
  });

  it('reads tables and logs of IndexedDB that Chromium wrote: each row’s value, text of either kind and bytes, and each key', async () => {
    await put('db.indexeddb.leveldb/000005.ldb', await fixture('table'));
    await put('db.indexeddb.leveldb/000004.log', await fixture('log'));
    for (const [name, file] of [
      ['table', '000005.ldb'],
      ['log', '000004.log'],
    ] as const) {
      for (let row = 0; row < 60; row++) {
        const text = `a ${row % 2 ? 'grey' : 'white'} owl sat by the ${row % 3 ? 'mill' : 'weir'} of ${name} at ${row}; `;
        const { findings } = await leakSearch([phrase('text', text), phrase('key', `The key of ${name}, row ${row}`)])([
          dir,
        ]);
        const how = findings
          .filter((one) => one.file.endsWith(file))
          .map(({ needle: of, encoding }) => `${of}: ${encoding.split(' in ')[0]}`);
        expect(how).toEqual(expect.arrayContaining(['text: UTF-8', 'text: UTF-16LE', 'key: UTF-16BE']));
      }
    }
  });

  it('would not find these in the files as they lie', async () => {
    expect(
      searchIn([phrase('text', 'a grey owl sat by the mill of table at 35; ')], [['table', await fixture('table')]]),
    ).toEqual([]);
  });

  it('unmasks what a browser sent over a link, and unpacks it where that was agreed', async () => {
    const head = 'GET /link HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
    await put(
      'wire/0001-up.bin',
      Buffer.concat([
        Buffer.from(head),
        frame(noise(300), 2),
        frame(around.subarray(0, 20), 2, false),
        frame(around.subarray(20), 0),
      ]),
    );
    const packer = createDeflateRaw();
    const messages = [await pack(packer, around), await pack(packer, Buffer.concat([around, Buffer.from(' again')]))];
    await put(
      'wire/0002-up.bin',
      Buffer.concat([Buffer.from(head), ...messages.map((message) => frame(message, 2 | 64))]),
    );
    await put('wire/0003-up.bin', Buffer.concat([Buffer.from('PUT /chunks HTTP/1.1\r\n\r\n'), noise(500)]));
    expect(await find([needle])).toEqual(['UTF-8 in a WebSocket message', 'UTF-8 in a WebSocket message']);
  });
});

it('finds nothing in clean folders, and says how much it looked at', async () => {
  await put('a/b/c', noise(3_000_000));
  await put('d', randomBytes(3_000_000));
  const report = await leakSearch([needle])([dir]);
  expect(report).toEqual({ findings: [], unread: [], files: 2, bytes: 6_000_000 });
});

it('refuses to say of a folder that is not there that it is clean', async () => {
  await expect(leakSearch([needle])([path.join(dir, 'elsewhere')])).rejects.toThrow('ENOENT');
});

function frame(payload: Buffer, opcode: number, last = true): Buffer {
  const mask = noise(4);
  const length =
    payload.length < 126
      ? Buffer.from([128 | payload.length])
      : Buffer.from([128 | 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([
    Buffer.from([(last ? 128 : 0) | opcode]),
    length,
    mask,
    Buffer.from(payload.map((byte, i) => byte ^ mask[i & 3]!)),
  ]);
}

/** One message of permessage-deflate: flushed, and without the four bytes that every flush ends with. */
function pack(packer: ReturnType<typeof createDeflateRaw>, message: Buffer): Promise<Buffer> {
  const pieces: Buffer[] = [];
  packer.removeAllListeners('data').on('data', (piece: Buffer) => pieces.push(piece));
  packer.write(message);
  return new Promise((resolve) =>
    packer.flush(constants.Z_SYNC_FLUSH, () => resolve(Buffer.concat(pieces).subarray(0, -4))),
  );
}
