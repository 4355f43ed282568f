/** Sources that cannot be taken, for whatever reason, are named and explained, and the rest goes on. */
import { appendFileSync, truncateSync, unlinkSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import nodePath from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportNews } from '../../../shared/ipc/evidence.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { makeBuffers } from '../store/buffers.ts';
import { openStore } from '../store/chunkStore.ts';
import { LARGEST_SEALED } from '../format.ts';
import { sealedIn, seededBytes, sha256, skippedIn, writeSource } from '../testing/desk.fixture.ts';
import { runImport } from './runImport.ts';
import { skipOfRead, skipOfWrite } from './skips.ts';
import { outcome, withDesk } from '../testing/withDesk.fixture.ts';

const on = withDesk();
const { at, chunksOnDisk } = on;

const whyOf = (code: string): string => skipOfRead(Object.assign(new Error('x'), { code })).why;

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
    const news = await on.desk.import(root, at('in', 'not there.pdf'), '/dev/null');
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
    const news = await on.desk.import(at('in'));
    expect(outcome(news)).toEqual({ 'in/near.txt': 'sealed', [`${'z'.repeat(100)}.txt`]: 'path too long' });
    expect(skippedIn(news)[0]?.sentence).toContain('260 characters');
  });

  it('a name that is no text', async () => {
    await writeFile(
      Buffer.concat([Buffer.from(`${at('in')}/`), Buffer.from([0x66, 0xff, 0x2e, 0x74, 0x78, 0x74])]),
      'x',
    );
    expect(outcome(await on.desk.import(at('in')))).toEqual({ 'f\ufffd.txt': 'unreadable' });
  });

  it('the same content twice: two versions with keys and chunks of their own', async () => {
    const bytes = seededBytes(MiB + 5, 1);
    const [one, two] = sealedIn(
      await on.desk.import(
        await writeSource(at('in'), 'one.bin', bytes),
        await writeSource(at('in'), 'two.bin', bytes),
      ),
    );
    expect([one!.content.sha256, two!.content.sha256]).toEqual([sha256(bytes), sha256(bytes)]);
    expect(one!.content.version).not.toBe(two!.content.version);
    expect(one!.content.key).not.toEqual(two!.content.key);
    expect(new Set([...one!.content.chunks, ...two!.content.chunks].map((chunk) => chunk.hash)).size).toBe(4);
  });

  it('a file taken away after it was found', async () => {
    await writeSource(at('in'), 'a.bin', seededBytes(100, 1));
    await writeSource(at('in'), 'b.bin', seededBytes(100, 2));
    on.desk.onImport = (news) => {
      if (news.is === 'found' && news.name === 'b.bin') unlinkSync(at('in', 'b.bin'));
    };
    expect(outcome(await on.desk.import(at('in')))).toEqual({ 'in/a.bin': 'sealed', 'b.bin': 'gone' });
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
    const news = await on.desk.import(file);
    over = true;
    expect(outcome(news)).toEqual({ 'growing.log': 'changed while read' });
    expect(await chunksOnDisk()).toEqual([]);
  });

  it('a file that says it is empty and is not', async () => {
    expect(outcome(await on.desk.import('/proc/self/status'))).toEqual({ status: 'changed while read' });
  });

  it('no room: said before it is written', async () => {
    await on.desk.calls.configure({
      relay: 'http://127.0.0.1:1',
      token: null,
      maxRate: 0,
      freeFloor: Number.MAX_SAFE_INTEGER,
    });
    expect(outcome(await on.desk.import(await writeSource(at('in'), 'large.bin', seededBytes(MiB, 1))))).toEqual({
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
    on.desk.onImport = (news) => news.is === 'found' && shrink();
    const [news] = skippedIn(await on.desk.import(file));
    over = true;
    expect(news?.why).toBe('changed while read');
  });
});
