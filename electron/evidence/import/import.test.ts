/** An import runs to its end or is cancelled, goes on where it was cut off, and leaves nothing readable and nothing unnamed. */
import { unlinkSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import nodePath from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportNews } from '../../../shared/ipc/evidence.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { openDesk, sealedIn, seededBytes, skippedIn, writeSource } from '../testing/desk.fixture.ts';
import { outcome, withDesk } from '../testing/withDesk.fixture.ts';

const on = withDesk();
const { at, chunksOnDisk, reopen } = on;

describe('an import', () => {
  it('can be cancelled, says so and leaves nothing of the file at hand', async () => {
    await writeSource(at('in'), 'a.bin', seededBytes(12 * MiB, 1));
    await writeSource(at('in'), 'b.bin', seededBytes(12 * MiB, 2));
    on.desk.onImport = (news, id) => {
      if (news.is === 'found' && news.name === 'b.bin') void on.desk.calls.cancelImport(id);
    };
    const news = await on.desk.import(at('in'));
    expect(news.at(-1)).toEqual({ is: 'finished', cancelled: true });
    expect(sealedIn(news)).toEqual([]);
    expect(await chunksOnDisk()).toEqual([]);
  });

  it('goes on with many small files at once, in one go', async () => {
    for (let i = 0; i < 60; i++) await writeFile(at('in', `${String(i).padStart(3, '0')}.txt`), `file ${i}`);
    const news = await on.desk.import(at('in'));
    expect(sealedIn(news)).toHaveLength(60);
    expect(news.filter((one) => one.is === 'found').map((one) => one.file)).toEqual(
      Array.from({ length: 60 }, (_, i) => i),
    );
  });

  it('takes a token once, and one for writing never', async () => {
    await on.desk.evidence.host.offer('w', await writeSource(at('in'), 'a.txt', Buffer.from('x')), 'write');
    await on.desk.calls.importFiles('odd', ['w', 'nobody offered this']);
    await on.desk.until(() => on.desk.imported.some(({ id, news }) => id === 'odd' && news.is === 'finished'));
    expect(on.desk.imported.flatMap(({ id, news }) => (id === 'odd' ? [news.is] : []))).toEqual([
      'all found',
      'finished',
    ]);
  });

  it('keeps nothing readable in the store: not the content, not the name', async () => {
    const phrase = 'a phrase that stands nowhere in the clear';
    await on.desk.import(await writeSource(at('in'), 'secret name.txt', Buffer.from(`${phrase}\n`.repeat(1000))));
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
    await on.desk.stop();
    await writeFile(at('store', 'temp', 'left over'), 'x');
    on.desk = await openDesk(at('store'));
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
    const first = await on.desk.import(at('in', 'box'), at('in', 'a.txt'));
    const found = first.flatMap((one) => (one.is === 'found' ? [one.place] : []));
    expect(new Set(found).size).toBe(4);
    expect(first.findIndex((one) => one.is === 'all found')).toBe(4); // before anything is sealed
    const places = placesIn(first);
    unlinkSync(at('in', 'box', 'c.txt'));
    unlinkSync(at('in', 'a.txt'));
    await writeFile(at('in', 'box', 'new.txt'), 'put there since');
    for (const [i, chosen] of [at('in', 'box'), at('in', 'a.txt')].entries())
      await on.desk.evidence.host.offer(`again ${i}`, chosen, 'read');
    const only = [places['b.txt']!, places['c.txt']!, places['a.txt']!];
    await on.desk.calls.importFiles('again', ['again 0', 'again 1'], only);
    const again = (): ImportNews[] => on.desk.imported.flatMap(({ id, news }) => (id === 'again' ? [news] : []));
    await on.desk.until(() => again().some((one) => one.is === 'finished'));
    expect(outcome(again())).toEqual({ 'box/b.txt': 'sealed', 'a.txt': 'gone' });
    expect(skippedIn(again())[0]!.place).toBe(places['a.txt']);
  });

  it('tells a line that came since nothing', async () => {
    await writeSource(at('in'), 'a.bin', seededBytes(12 * MiB, 1));
    await on.desk.evidence.host.offer('t', at('in'), 'read');
    await on.desk.calls.importFiles('i', ['t']);
    await on.desk.until(() => on.desk.imported.some(({ news }) => news.is === 'found'));
    const heard: unknown[] = [];
    const { calls } = on.desk.evidence.attach((_, data) => heard.push(data));
    await calls.clear([], []);
    expect(heard).toEqual([]);
    expect([await chunksOnDisk(), await readdir(at('store', 'unnamed'))]).toEqual([[], []]);
  });
});

describe('clearing', () => {
  const sealTwo = async () =>
    sealedIn(
      await on.desk.import(
        await writeSource(at('in'), 'a.bin', seededBytes(MiB + 1, 1)),
        await writeSource(at('in'), 'b.bin', seededBytes(MiB + 1, 2)),
      ),
    ).map((one) => one.content);

  it('deletes what an earlier import made and nobody named, and nothing that was just made', async () => {
    const [first, second] = await sealTwo();
    await on.desk.calls.clear([], []);
    expect(await on.desk.calls.here([first!, second!])).toMatchObject([{ whole: true }, { whole: true }]);
    await on.desk.calls.named([first!]);
    await reopen();
    await on.desk.calls.clear([], []);
    expect(await on.desk.calls.here([first!, second!])).toMatchObject([{ whole: true }, { whole: false, held: 0 }]);
    expect(await chunksOnDisk()).toHaveLength(2);
    expect(await readdir(at('store', 'unnamed'))).toEqual([]);
  });

  it('keeps what the log names, whether or not that was told at the time', async () => {
    const [first, second] = await sealTwo();
    await reopen();
    await on.desk.calls.clear([first!, second!], []);
    await reopen();
    await on.desk.calls.clear([], []);
    expect(await on.desk.calls.here([first!, second!])).toMatchObject([{ whole: true }, { whole: true }]);
  });

  it('deletes what is of no use, but for a chunk that something needed uses as well, or that is being read', async () => {
    const [first, second] = await sealTwo();
    await on.desk.calls.named([first!, second!]);
    const handle = await on.desk.calls.open(second!);
    await on.desk.calls.clear([first!], [second!]);
    expect(await on.desk.calls.here([second!])).toMatchObject([{ whole: true }]);
    if (handle.ok) await on.desk.calls.close(handle.value);
    const borrowed = { ...second!, version: first!.version, chunks: [...second!.chunks, ...first!.chunks] };
    await on.desk.calls.clear([first!], [borrowed]);
    expect(await on.desk.calls.here([first!, second!])).toMatchObject([{ whole: true }, { whole: false, held: 0 }]);
  });
});
