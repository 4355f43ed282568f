import { appendFileSync, truncateSync, unlinkSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import nodePath from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportNews } from '../../../shared/ipc/evidence.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { makeBuffers } from '../store/buffers.ts';
import { openStore } from '../store/chunkStore.ts';
import { LARGEST_SEALED } from '../format.ts';
import {
  openDesk,
  sealedIn,
  seededBytes,
  sha256,
  skippedIn,
  tempFolder,
  writeSource,
} from '../testing/desk.fixture.ts';
import type { Desk } from '../testing/desk.fixture.ts';
import { typeOf } from './mime.ts';
import { runImport } from './runImport.ts';
import { skipOfRead, skipOfWrite } from './skips.ts';
import { placeOf } from './walk.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let desk: Desk;
const at = (...parts: string[]): string => nodePath.join(folder.path, ...parts);
const chunksOnDisk = async (store = 'store'): Promise<string[]> =>
  (await readdir(at(store, 'chunks'), { recursive: true })).filter((name) => name.includes(nodePath.sep));

beforeEach(async () => {
  folder = await tempFolder();
  desk = await openDesk(at('store'));
  await mkdir(at('in'));
});
afterEach(async () => {
  await desk.stop();
  await folder[Symbol.asyncDispose]();
});

const whyOf = (code: string): string => skipOfRead(Object.assign(new Error('x'), { code })).why;
const windows = (root: string, file: string) => placeOf(root, file, nodePath.win32);
const start = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

const outcome = (news: readonly ImportNews[]): Record<string, string> => {
  const names = new Map(
    news
      .filter((one) => one.is === 'found')
      .map((one) => [one.file, one.folder ? `${one.folder}/${one.name}` : one.name]),
  );
  return Object.fromEntries([
    ...skippedIn(news).map((one) => [one.name, one.why]),
    ...sealedIn(news).map((one) => [names.get(one.file) ?? '', one.found.includes('empty') ? 'empty' : 'sealed']),
  ] as [string, string][]);
};

describe('odd sources are named and explained, and the rest goes on', () => {
  it('a folder with one of each', async () => {
    const root = at('in', 'Exhibits');
    await mkdir(nodePath.join(root, 'b', 'deep'), { recursive: true });
    await mkdir(nodePath.join(root, 'empty folder'));
    for (const name of ['c.txt', 'a.txt', 'b/z.txt', 'b/deep/Ünïcode, with spaces.txt'])
      await writeFile(nodePath.join(root, name), name);
    await writeFile(nodePath.join(root, 'nothing.txt'), '');
    await symlink(root, nodePath.join(root, 'round'));
    await symlink(nodePath.join(root, 'a.txt'), nodePath.join(root, 'link.txt'));
    await symlink('/nowhere', nodePath.join(root, 'broken'));
    const news = await desk.import(root, at('in', 'not there.pdf'), '/dev/null');
    expect(outcome(news)).toEqual({
      'Exhibits/a.txt': 'sealed',
      'Exhibits/b/deep/Ünïcode, with spaces.txt': 'sealed',
      'Exhibits/b/z.txt': 'sealed',
      'Exhibits/c.txt': 'sealed',
      'Exhibits/nothing.txt': 'empty',
      broken: 'not a file',
      'link.txt': 'not a file',
      'not there.pdf': 'gone',
      null: 'not a file',
      round: 'not a file',
    });
    expect(news.filter((one) => one.is === 'found').map((one) => one.name)).toEqual([
      'a.txt',
      'Ünïcode, with spaces.txt',
      'z.txt',
      'c.txt',
      'nothing.txt',
    ]);
    for (const skipped of skippedIn(news)) expect(skipped.sentence).toMatch(/^[A-Z].{20,}\.$/);
    expect(news.at(-1)).toEqual({ is: 'finished', cancelled: false });
  });

  it('a path of over 260 characters', async () => {
    const long = at('in', 'x'.repeat(100), 'y'.repeat(100));
    await mkdir(long, { recursive: true });
    await writeFile(nodePath.join(long, `${'z'.repeat(100)}.txt`), 'far down');
    await writeFile(at('in', 'near.txt'), 'near');
    const news = await desk.import(at('in'));
    expect(outcome(news)).toEqual({ 'in/near.txt': 'sealed', [`${'z'.repeat(100)}.txt`]: 'path too long' });
    expect(skippedIn(news)[0]?.sentence).toContain('260 characters');
  });

  it('a name that is no text', async () => {
    await writeFile(
      Buffer.concat([Buffer.from(`${at('in')}/`), Buffer.from([0x66, 0xff, 0x2e, 0x74, 0x78, 0x74])]),
      'x',
    );
    expect(outcome(await desk.import(at('in')))).toEqual({ 'f\ufffd.txt': 'unreadable' });
  });

  it('the same content twice: two versions with keys and chunks of their own', async () => {
    const bytes = seededBytes(MiB + 5, 1);
    const [one, two] = sealedIn(
      await desk.import(await writeSource(at('in'), 'one.bin', bytes), await writeSource(at('in'), 'two.bin', bytes)),
    );
    expect([one!.content.sha256, two!.content.sha256]).toEqual([sha256(bytes), sha256(bytes)]);
    expect(one!.content.version).not.toBe(two!.content.version);
    expect(one!.content.key).not.toEqual(two!.content.key);
    expect(new Set([...one!.content.chunks, ...two!.content.chunks].map((chunk) => chunk.hash)).size).toBe(4);
  });

  it('a file taken away after it was found', async () => {
    await writeSource(at('in'), 'a.bin', seededBytes(100, 1));
    await writeSource(at('in'), 'b.bin', seededBytes(100, 2));
    desk.onImport = (news) => {
      if (news.is === 'found' && news.name === 'b.bin') unlinkSync(at('in', 'b.bin'));
    };
    expect(outcome(await desk.import(at('in')))).toEqual({ 'in/a.bin': 'sealed', 'b.bin': 'gone' });
  });

  it('a file that is written to while it is read, and leaves no chunk', async () => {
    const file = await writeSource(at('in'), 'growing.log', seededBytes(6 * MiB, 1));
    let over = false;
    const grow = (): void => {
      if (over) return;
      appendFileSync(file, 'a line\n');
      setImmediate(grow);
    };
    grow();
    const news = await desk.import(file);
    over = true;
    expect(outcome(news)).toEqual({ 'growing.log': 'changed while read' });
    expect(await chunksOnDisk()).toEqual([]);
  });

  it('a file that says it is empty and is not', async () => {
    expect(outcome(await desk.import('/proc/self/status'))).toEqual({ status: 'changed while read' });
  });

  it('no room: said before it is written', async () => {
    await desk.calls.configure({
      relay: 'http://127.0.0.1:1',
      token: null,
      maxRate: 0,
      freeFloor: Number.MAX_SAFE_INTEGER,
    });
    expect(outcome(await desk.import(await writeSource(at('in'), 'large.bin', seededBytes(MiB, 1))))).toEqual({
      'large.bin': 'no space',
    });
    expect(await chunksOnDisk()).toEqual([]);
  });

  it('a disk that fills up or fails in the middle', async () => {
    const store = await openStore(at('second'));
    const files = [
      await writeSource(at('in'), 'a.bin', seededBytes(5 * MiB, 1)),
      await writeSource(at('in'), 'b.bin', seededBytes(10, 2)),
    ];
    for (const [code, why] of [
      ['ENOSPC', 'no space'],
      ['EIO', 'disk error'],
    ] as const) {
      let kept = 0;
      const failing = {
        ...store,
        keep: async (...args: Parameters<typeof store.keep>) =>
          ++kept === 3 ? Promise.reject(Object.assign(new Error(code), { code })) : store.keep(...args),
      };
      const news: ImportNews[] = [];
      await runImport(
        [files[0]!],
        { only: null, names: null },
        {
          store: failing,
          buffers: makeBuffers(2, LARGEST_SEALED),
          freeFloor: () => 0,
          note: (name) => store.note(name),
          signal: new AbortController().signal,
          tell: (one) => news.push(one),
        },
      );
      expect(outcome(news)).toEqual({ 'a.bin': why });
      expect([await chunksOnDisk('second'), await store.unnamed()]).toEqual([[], []]);
    }
    const news: ImportNews[] = [];
    await runImport(
      [files[1]!],
      { only: null, names: null },
      {
        store,
        buffers: makeBuffers(2, LARGEST_SEALED),
        freeFloor: () => 0,
        note: (name) => store.note(name),
        signal: new AbortController().signal,
        tell: (one) => news.push(one),
      },
    );
    expect(outcome(news)).toEqual({ 'b.bin': 'sealed' });
  });

  it('what an operating system says about a source is put in one of our words', () => {
    expect(
      ['EACCES', 'EPERM', 'EBUSY', 'ENOENT', 'EIO', 'ENODEV', 'ELOOP', 'ENAMETOOLONG', 'EWHATEVER'].map(whyOf),
    ).toEqual([
      'unreadable',
      'unreadable',
      'unreadable',
      'gone',
      'gone',
      'gone',
      'not a file',
      'path too long',
      'unreadable',
    ]);
    expect(skipOfWrite(Object.assign(new Error('x'), { code: 'EDQUOT' })).why).toBe('no space');
  });
});

describe('an import', () => {
  it('can be cancelled, says so and leaves nothing of the file at hand', async () => {
    await writeSource(at('in'), 'a.bin', seededBytes(12 * MiB, 1));
    await writeSource(at('in'), 'b.bin', seededBytes(12 * MiB, 2));
    desk.onImport = (news, id) => {
      if (news.is === 'found' && news.name === 'b.bin') void desk.calls.cancelImport(id);
    };
    const news = await desk.import(at('in'));
    expect(news.at(-1)).toEqual({ is: 'finished', cancelled: true });
    expect(sealedIn(news)).toEqual([]);
    expect(await chunksOnDisk()).toEqual([]);
  });

  it('goes on with many small files at once, in one go', async () => {
    for (let i = 0; i < 60; i++) await writeFile(at('in', `${String(i).padStart(3, '0')}.txt`), `file ${i}`);
    const news = await desk.import(at('in'));
    expect(sealedIn(news)).toHaveLength(60);
    expect(news.filter((one) => one.is === 'found').map((one) => one.file)).toEqual(
      Array.from({ length: 60 }, (_, i) => i),
    );
  });

  it('takes a token once, and one for writing never', async () => {
    await desk.evidence.host.offer('w', await writeSource(at('in'), 'a.txt', Buffer.from('x')), 'write');
    await desk.calls.importFiles('odd', ['w', 'nobody offered this']);
    await desk.until(() => desk.imported.some(({ id, news }) => id === 'odd' && news.is === 'finished'));
    expect(desk.imported.flatMap(({ id, news }) => (id === 'odd' ? [news.is] : []))).toEqual(['all found', 'finished']);
  });

  it('keeps nothing readable in the store: not the content, not the name', async () => {
    const phrase = 'a phrase that stands nowhere in the clear';
    await desk.import(await writeSource(at('in'), 'secret name.txt', Buffer.from(`${phrase}\n`.repeat(1000))));
    const { readFile } = await import('node:fs/promises');
    const names = await readdir(at('store'), { recursive: true, withFileTypes: true });
    expect(names.filter((name) => name.name.includes('secret'))).toEqual([]);
    const contents = await Promise.all(
      names.filter((name) => name.isFile()).map((name) => readFile(nodePath.join(name.parentPath, name.name))),
    );
    expect(contents.length).toBeGreaterThan(0);
    expect(contents.filter((content) => content.includes(phrase))).toEqual([]);
  });

  it('starts clean after it was ended in the middle', async () => {
    await desk.stop();
    await writeFile(at('store', 'temp', 'left over'), 'x');
    desk = await openDesk(at('store'));
    expect(await readdir(at('store', 'temp'))).toEqual([]);
  });
});

describe('an import that was cut off', () => {
  const placesIn = (news: readonly ImportNews[]): Record<string, string> =>
    Object.fromEntries(news.flatMap((one) => (one.is === 'found' ? [[one.name, one.place]] : [])));

  it('goes on with the places it is told, and no others; what is no longer there is named', async () => {
    await mkdir(at('in', 'box'));
    for (const name of ['a.txt', 'b.txt', 'c.txt']) await writeFile(at('in', 'box', name), name);
    await writeFile(at('in', 'a.txt'), 'another of that name');
    const first = await desk.import(at('in', 'box'), at('in', 'a.txt'));
    const found = first.flatMap((one) => (one.is === 'found' ? [one.place] : []));
    expect(new Set(found).size).toBe(4);
    expect(first.findIndex((one) => one.is === 'all found')).toBe(4); // before anything is sealed
    const places = placesIn(first);
    unlinkSync(at('in', 'box', 'c.txt'));
    unlinkSync(at('in', 'a.txt'));
    await writeFile(at('in', 'box', 'new.txt'), 'put there since');
    for (const [i, chosen] of [at('in', 'box'), at('in', 'a.txt')].entries())
      await desk.evidence.host.offer(`again ${i}`, chosen, 'read');
    const only = [places['b.txt']!, places['c.txt']!, places['a.txt']!];
    await desk.calls.importFiles('again', ['again 0', 'again 1'], only);
    const again = (): ImportNews[] => desk.imported.flatMap(({ id, news }) => (id === 'again' ? [news] : []));
    await desk.until(() => again().some((one) => one.is === 'finished'));
    expect(outcome(again())).toEqual({ 'box/b.txt': 'sealed', 'a.txt': 'gone' });
    expect(skippedIn(again())[0]!.place).toBe(places['a.txt']);
  });

  it('tells a line that came since nothing', async () => {
    await writeSource(at('in'), 'a.bin', seededBytes(12 * MiB, 1));
    await desk.evidence.host.offer('t', at('in'), 'read');
    await desk.calls.importFiles('i', ['t']);
    await desk.until(() => desk.imported.some(({ news }) => news.is === 'found'));
    const heard: unknown[] = [];
    const { calls } = desk.evidence.attach((_, data) => heard.push(data));
    await calls.clear([], []);
    expect(heard).toEqual([]);
    expect([await chunksOnDisk(), await readdir(at('store', 'unnamed'))]).toEqual([[], []]);
  });
});

describe('clearing', () => {
  const sealTwo = async () =>
    sealedIn(
      await desk.import(
        await writeSource(at('in'), 'a.bin', seededBytes(MiB + 1, 1)),
        await writeSource(at('in'), 'b.bin', seededBytes(MiB + 1, 2)),
      ),
    ).map((one) => one.content);
  const reopen = async (): Promise<void> => {
    await desk.stop();
    desk = await openDesk(at('store'));
  };

  it('deletes what an earlier import made and nobody named, and nothing that was just made', async () => {
    const [first, second] = await sealTwo();
    await desk.calls.clear([], []);
    expect(await desk.calls.here([first!, second!])).toMatchObject([{ whole: true }, { whole: true }]);
    await desk.calls.named([first!]);
    await reopen();
    await desk.calls.clear([], []);
    expect(await desk.calls.here([first!, second!])).toMatchObject([{ whole: true }, { whole: false, held: 0 }]);
    expect(await chunksOnDisk()).toHaveLength(2);
    expect(await readdir(at('store', 'unnamed'))).toEqual([]);
  });

  it('keeps what the log names, whether or not that was told at the time', async () => {
    const [first, second] = await sealTwo();
    await reopen();
    await desk.calls.clear([first!, second!], []);
    await reopen();
    await desk.calls.clear([], []);
    expect(await desk.calls.here([first!, second!])).toMatchObject([{ whole: true }, { whole: true }]);
  });

  it('deletes what is of no use, but for a chunk that something needed uses as well, or that is being read', async () => {
    const [first, second] = await sealTwo();
    await desk.calls.named([first!, second!]);
    const handle = await desk.calls.open(second!);
    await desk.calls.clear([first!], [second!]);
    expect(await desk.calls.here([second!])).toMatchObject([{ whole: true }]);
    if (handle.ok) await desk.calls.close(handle.value);
    const borrowed = { ...second!, version: first!.version, chunks: [...second!.chunks, ...first!.chunks] };
    await desk.calls.clear([first!], [borrowed]);
    expect(await desk.calls.here([first!, second!])).toMatchObject([{ whole: true }, { whole: false, held: 0 }]);
  });
});

describe('names and places', () => {
  it('have folders with slashes, on Windows as well', () => {
    expect(windows('C:\\Users\\Ann\\Photos', 'C:\\Users\\Ann\\Photos\\day 1\\IMG_1.jpg')).toEqual({
      name: 'IMG_1.jpg',
      folder: 'Photos/day 1',
    });
    expect(windows('C:\\Users\\Ann\\a.pdf', 'C:\\Users\\Ann\\a.pdf')).toEqual({ name: 'a.pdf', folder: '' });
    expect(windows('D:\\', 'D:\\DCIM\\x.mp4')).toEqual({ name: 'x.mp4', folder: 'DCIM' });
    expect(windows('\\\\server\\share\\case', '\\\\server\\share\\case\\a\\b.txt')).toEqual({
      name: 'b.txt',
      folder: 'case/a',
    });
    expect(placeOf('/media/usb', '/media/usb/a/b\\c.txt', nodePath.posix)).toEqual({
      name: 'b\\c.txt',
      folder: 'usb/a',
    });
  });

  it('give a type: by content first, by name where that says more', () => {
    expect(typeOf('statement.pdf', Buffer.from('%PDF-1.7\n'))).toBe('application/pdf');
    expect(typeOf('renamed.txt', Buffer.from('%PDF-1.7\n'))).toBe('application/pdf');
    expect(typeOf('photo', start('ffd8ffe000104a46'))).toBe('image/jpeg');
    expect(typeOf('report.docx', start('504b030414000600'))).toBe(
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    );
    expect(typeOf('interview.m4a', start('00000020667479706d703432'))).toBe('audio/mp4');
    expect(typeOf('clip.mov', start('0000001466747970717420200000'))).toBe('video/quicktime');
    expect(typeOf('notes', Buffer.from('Ünïcode text\n'))).toBe('text/plain');
    expect(typeOf('notes', Buffer.from('é'.repeat(400)).subarray(0, 511))).toBe('text/plain');
    expect(typeOf('dump', start('00010203'))).toBe('application/octet-stream');
    expect(typeOf('.csv', new Uint8Array(0))).toBe('application/octet-stream');
    expect(typeOf('table.CSV', Buffer.from('a,b'))).toBe('text/csv');
  });
});

describe('a file that shrinks', () => {
  it('under the reader is not taken for whole', async () => {
    const file = await writeSource(at('in'), 'shrinks.bin', seededBytes(8 * MiB, 1));
    let size = 8 * MiB;
    let over = false;
    const shrink = (): void => {
      if (over) return;
      truncateSync(file, --size);
      setImmediate(shrink);
    };
    desk.onImport = (news) => news.is === 'found' && shrink();
    const [news] = skippedIn(await desk.import(file));
    over = true;
    expect(news?.why).toBe('changed while read');
  });
});
