import { appendFile, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { spawn, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import { platform } from '../../platform.ts';
import { area, makeWriter } from './drafts.fixture.ts';
import type { Writer } from './drafts.fixture.ts';
import type { Journal } from './journal.ts';
import { SEGMENT, openJournal } from './journal.ts';

let folder: string;
let writer: Writer;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'journal-'));
  writer = await makeWriter();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function opened(size = SEGMENT, where = folder): Promise<Journal> {
  const journal = await openJournal(where, writer.author, true, size);
  if (!journal.ok) throw new Error(journal.cause);
  return journal.value;
}

async function commit(journal: Journal, ...drafts: Parameters<Journal['commit']>[0]): Promise<string[]> {
  const answer = await journal.commit(drafts);
  if (!answer.ok) throw new Error(answer.cause);
  return answer.value.map(toHex);
}
const held = async (journal: Journal): Promise<string[]> => (await journal.records()).map((r) => toHex(r.entry));
const hashOfEntry = async (hex: string): Promise<Hash> => {
  const entry = decodeEntry(new Uint8Array(Buffer.from(hex, 'hex')));
  return hashHeader(platform, entry.ok ? entry.value.header : new Uint8Array());
};
const headsByArea = async (journal: Journal) => new Map((await journal.heads()).map((h) => [h.area, h]));
const segmentsIn = async (where: string): Promise<string[]> => (await readdir(where)).sort();

describe('commit', () => {
  test('what was answered is there after a restart, in order, with its boxes, and heads go on', async () => {
    const [a, b] = [area(), area()];
    const first = await opened();
    const answered = [
      ...(await commit(first, await writer.draft(a), await writer.draft(b))),
      ...(await commit(first, await writer.draft(a))),
    ];
    await first.close();

    const second = await opened();
    expect(await held(second)).toEqual(answered);
    expect((await second.records())[0]?.boxes).toHaveLength(1);
    expect((await second.heads()).map((h) => [h.area, h.counter])).toEqual([
      [a, 2],
      [b, 1],
    ]);
    await commit(second, await writer.draft(a));
    expect(await held(second)).toHaveLength(4);
    await second.close();
  });

  test('a signature verifies and the header is as the worker wrote it', async () => {
    const journal = await opened();
    const draft = await writer.draft(area());
    const [entry] = await commit(journal, draft);
    const decoded = decodeEntry(new Uint8Array(Buffer.from(entry ?? '', 'hex')));
    expect(decoded.ok && toHex(decoded.value.header)).toBe(toHex(draft.header));
    await journal.close();
  });

  test('an entry that is not the next is behind, and the whole commit with it', async () => {
    const journal = await opened();
    const a = area();
    await commit(journal, await writer.draft(a));
    const [head] = await journal.heads();
    const good = writer.at(a, 2, head?.header ?? null);
    for (const wrong of [
      writer.at(a, 3, head?.header ?? null),
      writer.at(a, 1, null),
      writer.at(a, 2, null),
      writer.at(a, 2, '11'.repeat(32) as Hash),
    ]) {
      expect(await journal.commit([wrong])).toEqual({ ok: false, cause: 'behind' });
    }
    expect(await journal.commit([good, writer.at(a, 2, head?.header ?? null)])).toEqual({ ok: false, cause: 'behind' });
    expect(await held(journal)).toHaveLength(1);
    await commit(journal, good);
    await journal.close();
  });

  test('of two commits of the same place asked for at once, one is behind', async () => {
    const journal = await opened();
    const a = area();
    const answers = await Promise.all([
      journal.commit([writer.at(a, 1, null)]),
      journal.commit([writer.at(a, 1, null, 33)]),
    ]);
    expect(answers.map((x) => (x.ok ? 'ok' : x.cause))).toEqual(['ok', 'behind']);
    await journal.close();
  });

  test('another device, organisation, version or garbage is malformed', async () => {
    const journal = await opened();
    const other = await makeWriter();
    const good = writer.at(area(), 1, null);
    expect(await journal.commit([other.at(area(), 1, null)])).toEqual({ ok: false, cause: 'malformed' });
    expect(await journal.commit([{ ...good, header: platform.random(40) }])).toEqual({ ok: false, cause: 'malformed' });
    expect(await journal.commit([{ ...good, seal: Uint8Array.of(0xff) }])).toEqual({ ok: false, cause: 'malformed' });
    expect(await journal.commit([writer.at(area(), 1, null, 1024 * 1024)])).toEqual({ ok: false, cause: 'malformed' });
    expect(await held(journal)).toEqual([]);
    await journal.close();
  });

  test('commits asked for at once share few writes and all arrive', async () => {
    const journal = await opened();
    const areas = Array.from({ length: 40 }, area);
    const drafts = await Promise.all(areas.map((a) => writer.draft(a)));
    const answers = await Promise.all(drafts.map((d) => commit(journal, d)));
    expect(await held(journal)).toEqual(answers.flat());
    await journal.close();
  });

  test('a new incarnation begins every area anew and keeps what was written before', async () => {
    const journal = await opened();
    const a = area();
    await commit(journal, await writer.draft(a), await writer.draft(a));
    writer.incarnation = 2;
    expect(await journal.heads()).toEqual([]);
    await commit(journal, writer.at(a, 1, null));
    await journal.close();
    const again = await opened();
    expect(await held(again)).toHaveLength(3);
    expect((await again.heads()).map((h) => h.counter)).toEqual([1]);
    await again.close();
  });
});

describe('segments', () => {
  test('a segment goes when all in it was released; heads outlive it', async () => {
    const journal = await opened(600);
    const a = area();
    const entries: string[] = [];
    for (let i = 0; i < 12; i++) entries.push(...(await commit(journal, await writer.draft(a, 100))));
    const before = await segmentsIn(folder);
    expect(before.length).toBeGreaterThan(3);

    await journal.release(await Promise.all(entries.slice(0, 11).map(hashOfEntry)));
    expect((await segmentsIn(folder)).length).toBe(1);
    expect(await held(journal)).toEqual(entries.slice(11));
    await journal.release(await Promise.all(entries.map(hashOfEntry)));
    await journal.close();

    const again = await opened(600);
    expect((await again.heads()).map((h) => h.counter)).toEqual([12]);
    await commit(again, await writer.draft(a));
    await again.close();
  });

  test('a segment with one entry that is still needed stays, and only that entry is told', async () => {
    const journal = await opened(600);
    const a = area();
    const entries: string[] = [];
    for (let i = 0; i < 12; i++) entries.push(...(await commit(journal, await writer.draft(a, 100))));
    await journal.release(await Promise.all(entries.slice(1).map(hashOfEntry)));
    expect(await held(journal)).toEqual(entries.slice(0, 1));
    await journal.close();
  });

  test('a segment being made when the process was killed is no obstacle', async () => {
    const journal = await opened();
    const entries = await commit(journal, await writer.draft(area()));
    await journal.close();
    await writeFile(path.join(folder, '00000002.journal.new'), 'half');
    const again = await opened();
    expect(await held(again)).toEqual(entries);
    expect(await segmentsIn(folder)).toEqual(['00000001.journal']);
    await again.close();
  });

  test('no journal where one must be is said, not made', async () => {
    expect(await openJournal(path.join(folder, 'none'), writer.author, false)).toEqual({ ok: false, cause: 'missing' });
  });
});

/** Two commits on disk, the second of two entries; answers with the file's bytes and where the last record begins. */
async function twoCommits(): Promise<{
  bytes: Buffer;
  last: number;
  first: string[];
  file: string;
  second: Awaited<ReturnType<Writer['draft']>>[];
}> {
  const journal = await opened();
  const a = area();
  const file = path.join(folder, '00000001.journal');
  const first = await commit(journal, await writer.draft(a));
  const last = (await readFile(file)).length;
  const second = [await writer.draft(a), await writer.draft(area())];
  await commit(journal, ...second);
  await journal.close();
  return { bytes: await readFile(file), last, first, file, second };
}

describe('after a crash', () => {
  test('cut at any byte of the last record: the rest is there, nothing twice, and writing goes on', async () => {
    const { bytes, last, first, file, second } = await twoCommits();
    for (let cut = last; cut < bytes.length; cut++) {
      await writeFile(file, bytes.subarray(0, cut));
      const journal = await opened();
      expect(await held(journal)).toEqual(first);
      const more = cut % 37 === 0 ? await commit(journal, ...second) : [];
      expect(await held(journal)).toEqual([...first, ...more]);
      await journal.close();
    }
  });

  test('rubbish or zeros behind the last record are cut off', async () => {
    const { bytes, file } = await twoCommits();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ minLength: 1, maxLength: 300 }),
          fc.nat(5000).map((n) => new Uint8Array(n + 1)),
        ),
        async (rubbish) => {
          await writeFile(file, bytes);
          await appendFile(file, rubbish);
          const journal = await opened();
          expect(await held(journal)).toHaveLength(3);
          await journal.close();
          expect((await readFile(file)).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a flipped bit in the last record drops that commit whole, never half of it', async () => {
    const { bytes, last, first, file } = await twoCommits();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: last, max: bytes.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const bad = Buffer.from(bytes);
          bad[at] = (bad[at] ?? 0) ^ (1 << bit);
          await writeFile(file, bad);
          const journal = await opened();
          expect(await held(journal)).toEqual(first);
          await journal.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  test('damage in an older segment is said', async () => {
    const journal = await opened(300);
    const a = area();
    for (let i = 0; i < 5; i++) await commit(journal, await writer.draft(a, 100));
    await journal.close();
    const file = path.join(folder, '00000001.journal');
    await truncate(file, (await readFile(file)).length - 1);
    expect(await openJournal(folder, writer.author, true)).toEqual({ ok: false, cause: 'damaged' });
  });
});

test('killed while it writes: what was answered is there, once, and commits are whole', async () => {
  for (const moment of [0, 3, 40, 200]) {
    const where = path.join(folder, String(moment));
    const child = spawn(process.execPath, ['--no-warnings', path.join(import.meta.dirname, 'kill.fixture.ts'), where], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('\n').length > moment) child.kill('SIGKILL');
    });
    await new Promise((resolve) => child.once('close', resolve));
    const answered = said
      .split('\n')
      .slice(0, -1)
      .flatMap((line) => line.split(' '));
    const journal = await opened(20_000, where);
    const there = await held(journal);
    expect(there).toEqual(expect.arrayContaining(answered));
    expect(new Set(there).size).toBe(there.length);
    expect(there.length % 2).toBe(0);
    await journal.close();
  }
});

describe('a full disk', () => {
  test('is said; nothing half-written stays; writing goes on when there is room', async ({ skip }) => {
    const mount = path.join(folder, 'small');
    spawnSync('mkdir', [mount]);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', mount]).status === 0;
    if (!mounted) skip('needs root: a small tmpfs cannot be mounted');
    try {
      const journal = await opened(64 * 1024, mount);
      const areas = [area(), area(), area()];
      /** Three commits at once, which go in one write: the disk fills up in the midst of them. */
      const three = async (to: Journal) => {
        const now = await headsByArea(to);
        return Promise.all(
          areas.map((a) => to.commit([writer.at(a, (now.get(a)?.counter ?? 0) + 1, now.get(a)?.header ?? null, 5000)])),
        );
      };
      const entries: string[] = [];
      let refused: string[] = [];
      await writeFile(path.join(mount, 'ballast'), Buffer.alloc(100 * 1024));
      for (let i = 0; i < 60 && refused.length === 0; i++) {
        for (const answer of await three(journal)) {
          if (answer.ok) entries.push(...answer.value.map(toHex));
          else refused = [...refused, answer.cause];
        }
      }
      expect(refused).toEqual(['disk full', 'disk full', 'disk full']);
      expect(await held(journal)).toEqual(entries);
      await journal.close();
      const after = await opened(64 * 1024, mount);
      expect(await held(after)).toEqual(entries);
      await rm(path.join(mount, 'ballast'));
      for (const answer of await three(after)) entries.push(...(answer.ok ? answer.value.map(toHex) : [answer.cause]));
      await after.close();
      const again = await opened(64 * 1024, mount);
      expect(await held(again)).toEqual(entries);
      const counters = (await again.records()).map((r) => {
        const entry = decodeEntry(r.entry);
        const header = entry.ok ? decodeHeader(entry.value.header) : null;
        return header?.ok ? header.value.counter : 0;
      });
      expect(counters).toEqual(entries.map((_, i) => Math.floor(i / 3) + 1));
      await again.close();
    } finally {
      spawnSync('umount', [mount]);
    }
  });
});

describe('destroying', () => {
  test('an area leaves no byte in any segment; the rest, its order and every head stay, also after a restart', async () => {
    const [gone, kept] = [area(), area()];
    const first = await opened(2000);
    const doomed: string[] = [];
    const stays: string[] = [];
    for (let i = 0; i < 12; i++) {
      const [a, b] = await commit(first, await writer.draft(gone, 300), await writer.draft(kept, 300));
      doomed.push(a ?? '');
      stays.push(b ?? '');
    }
    expect((await segmentsIn(folder)).length).toBeGreaterThan(2);
    await first.release([await hashOfEntry(stays.shift() ?? '')]);
    const entry = stays.pop() ?? '';
    expect((await first.destroy({ areas: [gone], entries: [await hashOfEntry(entry)] })).ok).toBe(true);
    expect(await held(first)).toEqual(stays);
    const onDisk = async (): Promise<Buffer> =>
      Buffer.concat(await Promise.all((await segmentsIn(folder)).map((name) => readFile(path.join(folder, name)))));
    const seals = [...doomed, entry].map((hex) => {
      const decoded = decodeEntry(new Uint8Array(Buffer.from(hex, 'hex')));
      return Buffer.from(decoded.ok ? decoded.value.signature : []);
    });
    expect(seals.every((seal) => seal.length === 64)).toBe(true);
    expect((await Promise.all(seals.map(async (seal) => (await onDisk()).includes(seal)))).includes(true)).toBe(false);
    const before = await first.heads();
    stays.push(...(await commit(first, await writer.draft(kept))));
    await first.close();
    const second = await opened(2000);
    expect(await held(second)).toEqual(stays);
    expect((await headsByArea(second)).get(gone)).toEqual(before.find((head) => head.area === gone));
    expect((await second.destroy({ areas: [gone], entries: [] })).ok).toBe(true);
    expect(await held(second)).toEqual(stays);
    await second.close();
  });
});
