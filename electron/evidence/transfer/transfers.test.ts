import { cp, mkdir, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Content, TransferNews } from '../../../shared/ipc/evidence.ts';
import type { AreaId, VersionId } from '../../../shared/primitives/ids.ts';
import { KiB, MiB } from '../../../shared/primitives/units.ts';
import { openDesk, sealedIn, seededBytes, tempFolder, wanted, writeSource } from '../testing/desk.fixture.ts';
import type { Desk } from '../testing/desk.fixture.ts';
import { serveRelay } from '../testing/relay.fixture.ts';
import type { ServedRelay } from '../testing/relay.fixture.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let relay: ServedRelay;
let desk: Desk;
let other: Desk;
const link = (more: object = {}) => ({ relay: relay.url, token: relay.token, maxRate: 0, freeFloor: 0, ...more });

beforeEach(async () => {
  folder = await tempFolder();
  relay = await serveRelay();
  desk = await openDesk(path.join(folder.path, 'one'));
  other = await openDesk(path.join(folder.path, 'other'));
  for (const each of [desk, other]) await each.calls.configure(link());
});
afterEach(async () => {
  await desk.stop();
  await other.stop();
  await relay.close();
  await folder[Symbol.asyncDispose]();
});

const total = (content: Content): number => content.chunks.reduce((sum, chunk) => sum + chunk.size, 0);
let files = 0;
const sealOne = async (size: number): Promise<Content> =>
  sealedIn(await desk.import(await writeSource(folder.path, `${++files}.bin`, seededBytes(size, files))))[0]!.content;
const chunkFile = (name: 'one' | 'other', content: Content, chunk = 0): string => {
  const { hash } = content.chunks[chunk]!;
  return path.join(folder.path, name, 'chunks', hash.slice(0, 2), hash);
};
const send = async (...contents: Content[]): Promise<void> => {
  await desk.calls.want({ up: contents.map((content) => wanted(content)), down: [] });
  await desk.until(() => contents.every((content) => desk.newest(content)?.state === 'whole'));
};
const state = (at: Desk, content: Content): TransferNews['state'] | undefined => at.newest(content)?.state;

describe('what is wanted', () => {
  it('is the whole of it: what is left out stops, what comes back goes on where it stopped', async () => {
    const content = await sealOne(6 * MiB);
    await desk.calls.configure(link({ maxRate: 4 * MiB }));
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => (desk.newest(content)?.done ?? 0) > MiB);
    await desk.calls.want({ up: [], down: [] });
    const told = desk.transfers.length;
    await desk.calls.configure(link());
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => state(desk, content) === 'whole');
    expect(desk.transfers.slice(told).some((news) => news.done > MiB / 2 && news.done < total(content))).toBe(true);
    expect(relay.bodyBytes).toBeLessThan(total(content) + 4 * 256 * KiB);
  });

  it('pauses and resumes, one file and not the others', async () => {
    const [paused, going] = [await sealOne(5 * MiB), await sealOne(2 * MiB)];
    await desk.calls.configure(link({ maxRate: 8 * MiB }));
    await desk.calls.want({ up: [wanted(paused), wanted(going, { rank: 1 })], down: [] });
    await desk.until(() => (desk.newest(paused)?.done ?? 0) > MiB / 2);
    await desk.calls.want({ up: [wanted(paused, { paused: true }), wanted(going, { rank: 1 })], down: [] });
    await desk.until(() => state(desk, paused) === 'paused' && state(desk, going) === 'whole');
    expect(desk.newest(paused)).toMatchObject({ cause: 'paused', nextAt: null });
    await desk.calls.want({ up: [wanted(paused), wanted(going, { rank: 1 })], down: [] });
    await desk.until(() => state(desk, paused) === 'whole');
  });

  it('moves in order of rank', async () => {
    const [large, small] = [await sealOne(9 * MiB), await sealOne(1000)];
    await desk.calls.want({ up: [wanted(large, { rank: 2 }), wanted(small, { rank: 1 })], down: [] });
    await desk.until(() => state(desk, large) === 'whole' && state(desk, small) === 'whole');
    const first = (content: Content): number =>
      desk.transfers.findIndex((news) => news.version === content.version && news.state === 'whole');
    expect(first(small)).toBeLessThan(first(large));
  });

  it('is answered at once for what is whole, and noticed again when it was lost since', async () => {
    const content = await sealOne(3 * MiB);
    await send(content);
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => state(other, content) === 'whole');
    const asked = relay.asked.length;
    const told = other.transfers.length;
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => other.transfers.length > told);
    expect([state(other, content), relay.asked.length]).toEqual(['whole', asked]);
    await writeFile(chunkFile('other', content), 'damaged');
    const handle = await other.calls.open(content);
    expect(handle.ok && (await other.evidence.reads.read(handle.value, 0, 10))).toEqual({
      ok: false,
      cause: 'missing here',
    });
    expect(await other.calls.here([content])).toMatchObject([{ whole: false }]);
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => relay.asked.length > asked && state(other, content) === 'whole');
    expect(handle.ok && (await other.evidence.reads.read(handle.value, 0, 10)).ok).toBe(true);
  });

  it('is sent again when the relay lost it', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    relay.chunks.clear();
    relay.token = 'after the restart';
    await desk.calls.configure(link());
    await desk.until(() => relay.chunks.size === content.chunks.length && state(desk, content) === 'whole');
  });

  it('goes through two areas without mixing them up', async () => {
    const content = await sealOne(MiB);
    const second = 'b0'.repeat(16) as AreaId;
    await desk.calls.want({ up: [wanted(content), wanted(content, { area: second })], down: [] });
    await desk.until(
      () => new Set(desk.transfers.filter((news) => news.state === 'whole').map((news) => news.area)).size === 2,
    );
  });
});

describe('what is not at the relay yet', () => {
  it('is waited for, part after part, and fetched as it comes', async () => {
    const content = await sealOne(3 * MiB);
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => other.newest(content)?.cause === 'not there yet');
    expect(other.newest(content)).toMatchObject({ state: 'queued', nextAt: null });
    const [first] = content.chunks;
    relay.chunks.set(first!.hash, await readFile(chunkFile('one', content)));
    await other.until(() => (other.newest(content)?.done ?? 0) >= first!.size);
    const handle = await other.calls.open(content);
    const opened = handle.ok ? handle.value : '';
    expect((await other.evidence.reads.read(opened, 0, MiB)).ok).toBe(true);
    const further = other.evidence.reads.read(opened, 0, MiB + 1);
    await send(content);
    expect((await further).ok).toBe(true);
    await other.until(() => state(other, content) === 'whole');
  });
});

describe('damage', () => {
  it('on the way down is discarded and fetched again', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    let spoiled = 0;
    relay.behave.spoil = () => spoiled++ < 2;
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => state(other, content) === 'whole');
  });

  it('that does not end is said, and tried again on request', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    relay.behave.spoil = (hash) => hash === content.chunks[1]!.hash;
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => state(other, content) === 'failed');
    expect(other.newest(content)?.cause).toBe('does not verify');
    expect(relay.asked.filter((ask) => ask.startsWith(`GET ${content.chunks[1]!.hash.slice(0, 8)}`))).toHaveLength(3);
    relay.behave = {};
    await other.calls.retryNow();
    await other.until(() => state(other, content) === 'whole');
  });

  it('of a chunk on this disk stops its upload and says so', async () => {
    const content = await sealOne(2 * MiB);
    const file = chunkFile('one', content, 1);
    const good = await readFile(file);
    await writeFile(file, seededBytes(good.length, 99));
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => state(desk, content) === 'failed');
    expect(desk.newest(content)?.cause).toBe('missing here');
    expect(await desk.calls.here([content])).toMatchObject([{ whole: false }]);
    await writeFile(file, good);
    await desk.calls.retryNow();
    await desk.until(() => state(desk, content) === 'whole');
  });

  it('of a manifest is refused before anything is asked', async () => {
    const content = await sealOne(2 * MiB);
    const lies: Partial<Content>[] = [
      { size: content.size + 1 },
      { size: -1 },
      { size: Number.NaN },
      { chunkSize: 0 },
      { chunkSize: 3 },
      { chunkSize: 2 ** 40 },
      { key: new Uint8Array(31) },
      { sha256: 'x' as Content['sha256'] },
      { version: '../../etc' as VersionId },
      { chunks: content.chunks.slice(1) },
      { chunks: [content.chunks[0]!, content.chunks[0]!] },
      { chunks: content.chunks.map((chunk) => ({ ...chunk, hash: '../../../etc/passwd' as Content['sha256'] })) },
    ];
    for (const lie of lies) {
      const lied = { ...content, ...lie };
      await other.calls.want({ up: [wanted(lied)], down: [wanted(lied)] });
      await other.until(() => state(other, lied) === 'failed');
      expect(other.newest(lied)?.cause).toBe('does not verify');
      expect(await other.calls.open(lied)).toEqual({ ok: false, cause: 'does not verify' });
      await other.calls.want({ up: [], down: [] });
      other.transfers.length = 0;
    }
    expect(relay.asked).toEqual([]);
  });

  it('of a manifest that only the content shows is said when all has come', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    const lied = { ...content, sha256: '0'.repeat(64) as Content['sha256'] };
    await other.calls.want({ up: [], down: [wanted(lied)] });
    await other.until(() => state(other, lied) === 'failed');
    expect(other.newest(lied)).toMatchObject({ cause: 'does not verify', done: total(content) });
    expect(await other.calls.here([lied])).toMatchObject([{ whole: false }]);
    await other.evidence.host.offer('save', path.join(folder.path, 'out'), 'write');
    expect(await other.calls.exportFile(lied, 'save')).toEqual({ ok: false, cause: 'does not verify' });
  });
});

describe('refusals', () => {
  it.each([
    [403, undefined, 'refused', 'retrying'],
    [507, undefined, 'no space at the relay', 'retrying'],
    [507, 'quota of the area', 'area quota', 'retrying'],
    [507, 'quota of the organisation', 'organisation quota', 'retrying'],
    [413, undefined, 'quota', 'retrying'],
    [429, undefined, 'busy', 'retrying'],
    [503, undefined, 'busy', 'retrying'],
    [500, undefined, 'relay unreachable', 'retrying'],
    [404, undefined, 'relay unreachable', 'retrying'],
    [410, undefined, 'withdrawn', 'failed'],
  ] as const)('%i %s of an upload: %s', async (status, cause, told, standing) => {
    const content = await sealOne(MiB);
    relay.behave = { status: (method) => (method === 'PUT' ? status : null), ...(cause ? { cause } : {}) };
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.cause === told && state(desk, content) === standing);
    relay.behave = {};
    await desk.calls.retryNow();
    await desk.until(() => state(desk, content) === 'whole');
  });

  it('of one file do not hold up another', async () => {
    const [refused, other2] = [await sealOne(MiB), await sealOne(MiB)];
    relay.behave.status = (method, hash) => (method === 'PUT' && hash === refused.chunks[0]!.hash ? 403 : null);
    await desk.calls.want({ up: [wanted(refused), wanted(other2)], down: [] });
    await desk.until(() => desk.newest(refused)?.cause === 'refused' && state(desk, other2) === 'whole');
  });
});

describe('limits', () => {
  it('of free space stop fetching, and it goes on when there is room', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    await other.calls.configure(link({ freeFloor: Number.MAX_SAFE_INTEGER }));
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => other.newest(content)?.cause === 'no space here');
    expect(state(other, content)).toBe('retrying');
    await other.calls.configure(link());
    await other.until(() => state(other, content) === 'whole');
  });

  it('keep at most four chunks on their way', async () => {
    const contents = [await sealOne(4 * MiB), await sealOne(3 * MiB), await sealOne(5)];
    await desk.calls.configure(link({ maxRate: 40 * MiB }));
    await desk.calls.want({ up: contents.map((content) => wanted(content)), down: [] });
    await desk.until(() => contents.every((content) => state(desk, content) === 'whole'));
    expect(relay.most).toBeLessThanOrEqual(4);
  });
});

describe('after a restart', () => {
  it('what had come counts, and only the rest is fetched', async () => {
    const content = await sealOne(6 * MiB);
    await send(content);
    await other.calls.configure(link({ maxRate: 6 * MiB }));
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => (other.newest(content)?.done ?? 0) > 2 * MiB);
    await other.stop();
    const again = await openDesk(path.join(folder.path, 'other'));
    const [here] = await again.calls.here([content]);
    expect(here).toMatchObject({ whole: false });
    expect(here!.held).toBeGreaterThan(2 * MiB - 4 * 256 * KiB);
    relay.sentBytes = 0;
    await again.calls.configure(link());
    await again.calls.want({ up: [], down: [wanted(content)] });
    await again.until(() => state(again, content) === 'whole');
    expect(relay.sentBytes).toBe(total(content) - here!.held);
    await again.stop();
  });

  it('what is all here but was not verified is verified, without the relay', async () => {
    const content = await sealOne(2 * MiB);
    await send(content);
    await other.stop();
    await cp(path.join(folder.path, 'one', 'chunks'), path.join(folder.path, 'other', 'chunks'), { recursive: true });
    await mkdir(path.join(folder.path, 'other'), { recursive: true });
    await rm(path.join(folder.path, 'other', 'verified'), { recursive: true });
    const again = await openDesk(path.join(folder.path, 'other'));
    expect(await again.calls.here([content])).toEqual([
      { version: content.version, whole: false, held: total(content) },
    ]);
    await again.calls.want({ up: [], down: [wanted(content)] });
    await again.until(() => state(again, content) === 'whole');
    expect(await again.calls.here([content])).toMatchObject([{ whole: true }]);
    await again.stop();
  });
});

describe('two manifests that name one version', () => {
  it('are kept apart: the lie fails, the truth arrives', async () => {
    const [content, other2] = [await sealOne(2 * MiB), await sealOne(3 * MiB)];
    await send(content, other2);
    const lie = { ...other2, version: content.version };
    await other.calls.want({ up: [], down: [wanted(content), wanted(lie)] });
    await other.until(() =>
      ['whole', 'failed'].every((end) =>
        other.transfers.some((news) => news.version === content.version && news.state === end),
      ),
    );
    expect(await other.calls.here([content, lie])).toMatchObject([{ whole: true }, { whole: false }]);
  });
});

describe('many small files', () => {
  const many = async (): Promise<Content[]> => {
    const root = path.join(folder.path, 'many');
    await mkdir(root);
    for (let i = 0; i < 150; i++) await writeFile(path.join(root, `${i}.txt`), `file ${i}`);
    return sealedIn(await desk.import(root)).map((news) => news.content);
  };
  const puts = (): string[] => relay.asked.filter((ask) => ask.startsWith('PUT'));

  it('go one by one to a relay that takes no more at once', async () => {
    relay.behave.alone = true;
    await send(...(await many()));
    expect(relay.chunks.size).toBe(150);
    expect(new Set(puts().filter((put) => put.includes('from'))).size).toBe(150);
  });

  it('go in few requests, and one that is lost or spoiled holds up no other', async () => {
    const contents = await many();
    const [lost, spoiled] = contents.map(({ chunks }) => chunks[0]!.hash);
    relay.behave.spoil = (hash) => hash === spoiled;
    await unlink(path.join(folder.path, 'one', 'chunks', lost!.slice(0, 2), lost!));
    await desk.calls.want({ up: contents.map((content) => wanted(content)), down: [] });
    await desk.until(() => contents.every((content) => ['whole', 'failed'].includes(state(desk, content) ?? '')));
    expect(contents.flatMap((content) => desk.newest(content)?.cause ?? [])).toEqual(['missing here']);
    expect(relay.chunks.size).toBe(149); // the spoiled one went again, alone
  });

  it('go both ways with one question for all, and each chunk once', async () => {
    const contents = await many();
    await send(...contents);
    expect(relay.chunks.size).toBe(150);
    expect(relay.bodyBytes).toBe(contents.reduce((sum, { chunks }) => sum + chunks[0]!.size, 0));
    expect(puts().length).toBeLessThan(6);
    expect(relay.asked.filter((ask) => ask.startsWith('POST')).length).toBeLessThan(4);
    relay.asked.length = 0;
    await other.calls.want({ up: [], down: contents.map((content) => wanted(content)) });
    await other.until(() => contents.every((content) => state(other, content) === 'whole'));
    expect(relay.sentBytes).toBe(relay.bodyBytes);
    expect(relay.asked.length).toBeLessThan(30);
  });

  const all = (): Promise<void> => other.until(() => other.transfers.length > 0 && isAllHere());
  let coming: readonly Content[] = [];
  const isAllHere = (): boolean => coming.every((content) => state(other, content) === 'whole');
  const bring = async (): Promise<void> => {
    coming = await many();
    await send(...coming);
    relay.asked.length = 0;
    await other.calls.want({ up: [], down: coming.map((content) => wanted(content)) });
  };

  it('come one by one from a relay that gives no more at once', async () => {
    coming = await many();
    await send(...coming);
    relay.behave.alone = true;
    relay.asked.length = 0;
    await other.calls.want({ up: [], down: coming.map((content) => wanted(content)) });
    await all();
    expect(new Set(relay.asked.filter((ask) => ask.startsWith('GET'))).size).toBe(150);
  });

  it('come again only as far as they had not come before a cut', async () => {
    relay.behave.cutAfter = 2000; // some twenty of them
    await bring();
    await other.until(() => coming.filter((content) => state(other, content) === 'whole').length > 30);
    delete relay.behave.cutAfter;
    const before = relay.asked.length;
    await other.calls.retryNow();
    await all();
    expect(relay.asked.length - before).toBeLessThan(20);
  });

  it('come though one among them is spoiled on the way, which fails by itself', async () => {
    coming = await many();
    await send(...coming);
    const spoiled = coming[70]!.chunks[0]!.hash;
    relay.behave.spoil = (hash) => hash === spoiled;
    await other.calls.want({ up: [], down: coming.map((content) => wanted(content)) });
    await other.until(() => coming.every((content) => ['whole', 'failed'].includes(state(other, content) ?? '')));
    expect(coming.filter((content) => state(other, content) === 'failed')).toEqual([coming[70]]);
    expect(other.newest(coming[70]!)?.cause).toBe('does not verify');
    expect(await readdir(path.join(folder.path, 'other', 'damaged'))).toEqual([]); // it never got its name
  });

  it('come as they are there, while others are still to be sent', async () => {
    coming = await many();
    await send(...coming.slice(0, 100));
    await other.calls.want({ up: [], down: coming.map((content) => wanted(content)) });
    await other.until(() => coming.slice(0, 100).every((content) => state(other, content) === 'whole'));
    await send(...coming);
    await all();
  });
});

describe('limits', () => {
  const imported = async (): Promise<Content> => {
    const file = await writeSource(folder.path, 'held.bin', seededBytes(3 * MiB, 5));
    return sealedIn(await desk.import(file))[0]!.content;
  };
  const isQueued = (content: Content): boolean => desk.newest(content)?.state === 'queued';

  it('hold everything back from a metered link, stop what is under way, and let it go on where it was', async () => {
    const content = await imported();
    await desk.calls.configure(link({ held: true }));
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.cause === 'metered');
    expect([isQueued(content), relay.asked]).toEqual([true, []]);
    await desk.calls.configure(link({ maxRate: MiB }));
    await expect.poll(() => relay.bodyBytes, { interval: 5 }).toBeGreaterThan(0);
    await desk.calls.configure(link({ held: true }));
    await desk.until(() => desk.newest(content)?.cause === 'metered' && isQueued(content));
    expect(relay.chunks.size).toBeLessThan(3);
    await desk.calls.configure(link());
    await desk.until(() => state(desk, content) === 'whole');
    expect(relay.bodyBytes).toBe(content.chunks.reduce((sum, { size }) => sum + size, 0));
  });

  it('are a number of requests at once', async () => {
    const content = await imported();
    await desk.calls.configure(link({ atOnce: 1 }));
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => state(desk, content) === 'whole');
    expect(relay.most).toBe(1);
  });

  it('move what was put first before what was wanted before it', async () => {
    const [one, two] = [await imported(), await imported()];
    await desk.calls.configure(link({ atOnce: 1, maxRate: 8 * MiB }));
    await desk.calls.want({ up: [wanted(one, { rank: 1 }), wanted(two, { rank: 2 })], down: [] });
    await desk.until(() => relay.chunks.size > 0);
    await desk.calls.want({ up: [wanted(one, { rank: 1 }), wanted(two, { rank: 0 })], down: [] });
    await desk.until(() => state(desk, two) === 'whole');
    expect(state(desk, one)).not.toBe('whole');
    await desk.until(() => state(desk, one) === 'whole');
  });
});
