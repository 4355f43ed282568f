/** Many small files go and come in few requests, and one of them that is lost, spoiled or cut holds up no other. */
import { mkdir, readdir, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../shared/ipc/evidence.ts';
import { sealedIn, wanted } from '../testing/desk.fixture.ts';
import { state, withTwoDesks } from '../testing/twoDesks.fixture.ts';

const at = withTwoDesks();
const { send } = at;

describe('many small files', () => {
  const many = async (): Promise<Content[]> => {
    const root = path.join(at.folder, 'many');
    await mkdir(root);
    for (let i = 0; i < 150; i++) await writeFile(path.join(root, `${i}.txt`), `file ${i}`);
    return sealedIn(await at.desk.import(root)).map((news) => news.content);
  };
  const puts = (): string[] => at.relay.asked.filter((ask) => ask.startsWith('PUT'));

  it('go one by one to a relay that takes no more at once', async () => {
    at.relay.behave.alone = true;
    await send(...(await many()));
    expect(at.relay.chunks.size).toBe(150);
    expect(new Set(puts().filter((put) => put.includes('from'))).size).toBe(150);
  });

  it('go in few requests, and one that is lost or spoiled holds up no other', async () => {
    const contents = await many();
    const [lost, spoiled] = contents.map(({ chunks }) => chunks[0]!.hash);
    at.relay.behave.spoil = (hash) => hash === spoiled;
    await unlink(path.join(at.folder, 'one', 'chunks', lost!.slice(0, 2), lost!));
    await at.desk.calls.want({ up: contents.map((content) => wanted(content)), down: [] });
    await at.desk.until(() => contents.every((content) => ['whole', 'failed'].includes(state(at.desk, content) ?? '')));
    expect(contents.flatMap((content) => at.desk.newest(content)?.cause ?? [])).toEqual(['missing here']);
    expect(at.relay.chunks.size).toBe(149); // the spoiled one went again, alone
  });

  it('go both ways with one question for all, and each chunk once', async () => {
    const contents = await many();
    await send(...contents);
    expect(at.relay.chunks.size).toBe(150);
    expect(at.relay.bodyBytes).toBe(contents.reduce((sum, { chunks }) => sum + chunks[0]!.size, 0));
    expect(puts().length).toBeLessThan(6);
    expect(at.relay.asked.filter((ask) => ask.startsWith('POST')).length).toBeLessThan(4);
    at.relay.asked.length = 0;
    await at.other.calls.want({ up: [], down: contents.map((content) => wanted(content)) });
    await at.other.until(() => contents.every((content) => state(at.other, content) === 'whole'));
    expect(at.relay.sentBytes).toBe(at.relay.bodyBytes);
    expect(at.relay.asked.length).toBeLessThan(30);
  });

  const all = (): Promise<void> => at.other.until(() => at.other.transfers.length > 0 && isAllHere());
  let coming: readonly Content[] = [];
  const isAllHere = (): boolean => coming.every((content) => state(at.other, content) === 'whole');
  const bring = async (): Promise<void> => {
    coming = await many();
    await send(...coming);
    at.relay.asked.length = 0;
    await at.other.calls.want({ up: [], down: coming.map((content) => wanted(content)) });
  };

  it('come one by one from a relay that gives no more at once', async () => {
    coming = await many();
    await send(...coming);
    at.relay.behave.alone = true;
    at.relay.asked.length = 0;
    await at.other.calls.want({ up: [], down: coming.map((content) => wanted(content)) });
    await all();
    expect(new Set(at.relay.asked.filter((ask) => ask.startsWith('GET'))).size).toBe(150);
  });

  it('come again only as far as they had not come before a cut', async () => {
    at.relay.behave.cutAfter = 2000; // some twenty of them
    await bring();
    await at.other.until(() => coming.filter((content) => state(at.other, content) === 'whole').length > 30);
    delete at.relay.behave.cutAfter;
    const before = at.relay.asked.length;
    await at.other.calls.retryNow();
    await all();
    expect(at.relay.asked.length - before).toBeLessThan(20);
  });

  it('come though one among them is spoiled on the way, which fails by itself', async () => {
    coming = await many();
    await send(...coming);
    const spoiled = coming[70]!.chunks[0]!.hash;
    at.relay.behave.spoil = (hash) => hash === spoiled;
    await at.other.calls.want({ up: [], down: coming.map((content) => wanted(content)) });
    await at.other.until(() => coming.every((content) => ['whole', 'failed'].includes(state(at.other, content) ?? '')));
    expect(coming.filter((content) => state(at.other, content) === 'failed')).toEqual([coming[70]]);
    expect(at.other.newest(coming[70]!)?.cause).toBe('does not verify');
    expect(await readdir(path.join(at.folder, 'other', 'damaged'))).toEqual([]); // it never got its name
  });

  it('come as they are there, while others are still to be sent', async () => {
    coming = await many();
    await send(...coming.slice(0, 100));
    await at.other.calls.want({ up: [], down: coming.map((content) => wanted(content)) });
    await at.other.until(() => coming.slice(0, 100).every((content) => state(at.other, content) === 'whole'));
    await send(...coming);
    await all();
  });
});
