/** The journal takes what is next and nothing else, keeps it in segments, and destroys what it is told to without a trace. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { platform } from '../../platform.ts';
import { area, makeWriter } from './drafts.fixture.ts';
import { openJournal } from './journal.ts';
import { commit, hashOfEntry, headsByArea, held, withJournalFolder } from './journal.fixture.ts';

const at = withJournalFolder();
const { opened } = at;

const segmentsIn = async (where: string): Promise<string[]> => (await readdir(where)).sort();

describe('commit', () => {
  test('what was answered is there after a restart, in order, with its boxes, and heads go on', async () => {
    const [a, b] = [area(), area()];
    const first = await opened();
    const answered = [
      ...(await commit(first, await at.writer.draft(a), await at.writer.draft(b))),
      ...(await commit(first, await at.writer.draft(a))),
    ];
    await first.close();

    const second = await opened();
    expect(await held(second)).toEqual(answered);
    expect((await second.records())[0]?.boxes).toHaveLength(1);
    expect((await second.heads()).map((h) => [h.area, h.counter])).toEqual([
      [a, 2],
      [b, 1],
    ]);
    await commit(second, await at.writer.draft(a));
    expect(await held(second)).toHaveLength(4);
    await second.close();
  });

  test('a signature verifies and the header is as the worker wrote it', async () => {
    const journal = await opened();
    const draft = await at.writer.draft(area());
    const [entry] = await commit(journal, draft);
    const decoded = decodeEntry(new Uint8Array(Buffer.from(entry ?? '', 'hex')));
    expect(decoded.ok && toHex(decoded.value.header)).toBe(toHex(draft.header));
    await journal.close();
  });

  test('an entry that is not the next is behind, and the whole commit with it', async () => {
    const journal = await opened();
    const a = area();
    await commit(journal, await at.writer.draft(a));
    const [head] = await journal.heads();
    const good = at.writer.at(a, 2, head?.header ?? null);
    for (const wrong of [
      at.writer.at(a, 3, head?.header ?? null),
      at.writer.at(a, 1, null),
      at.writer.at(a, 2, null),
      at.writer.at(a, 2, '11'.repeat(32) as Hash),
    ]) {
      expect(await journal.commit([wrong])).toEqual({ ok: false, cause: 'behind' });
    }
    expect(await journal.commit([good, at.writer.at(a, 2, head?.header ?? null)])).toEqual({
      ok: false,
      cause: 'behind',
    });
    expect(await held(journal)).toHaveLength(1);
    await commit(journal, good);
    await journal.close();
  });

  test('of two commits of the same place asked for at once, one is behind', async () => {
    const journal = await opened();
    const a = area();
    const answers = await Promise.all([
      journal.commit([at.writer.at(a, 1, null)]),
      journal.commit([at.writer.at(a, 1, null, 33)]),
    ]);
    expect(answers.map((x) => (x.ok ? 'ok' : x.cause))).toEqual(['ok', 'behind']);
    await journal.close();
  });

  test('another device, organisation, version or garbage is malformed', async () => {
    const journal = await opened();
    const other = await makeWriter();
    const good = at.writer.at(area(), 1, null);
    expect(await journal.commit([other.at(area(), 1, null)])).toEqual({ ok: false, cause: 'malformed' });
    expect(await journal.commit([{ ...good, header: platform.random(40) }])).toEqual({ ok: false, cause: 'malformed' });
    expect(await journal.commit([{ ...good, seal: Uint8Array.of(0xff) }])).toEqual({ ok: false, cause: 'malformed' });
    expect(await journal.commit([at.writer.at(area(), 1, null, 1024 * 1024)])).toEqual({
      ok: false,
      cause: 'malformed',
    });
    expect(await held(journal)).toEqual([]);
    await journal.close();
  });

  test('commits asked for at once share few writes and all arrive', async () => {
    const journal = await opened();
    const areas = Array.from({ length: 40 }, area);
    const drafts = await Promise.all(areas.map((a) => at.writer.draft(a)));
    const answers = await Promise.all(drafts.map((d) => commit(journal, d)));
    expect(await held(journal)).toEqual(answers.flat());
    await journal.close();
  });

  test('a new incarnation begins every area anew and keeps what was written before', async () => {
    const journal = await opened();
    const a = area();
    await commit(journal, await at.writer.draft(a), await at.writer.draft(a));
    at.writer.incarnation = 2;
    expect(await journal.heads()).toEqual([]);
    await commit(journal, at.writer.at(a, 1, null));
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
    for (let i = 0; i < 12; i++) entries.push(...(await commit(journal, await at.writer.draft(a, 100))));
    const before = await segmentsIn(at.folder);
    expect(before.length).toBeGreaterThan(3);

    await journal.release(await Promise.all(entries.slice(0, 11).map(hashOfEntry)));
    expect((await segmentsIn(at.folder)).length).toBe(1);
    expect(await held(journal)).toEqual(entries.slice(11));
    await journal.release(await Promise.all(entries.map(hashOfEntry)));
    await journal.close();

    const again = await opened(600);
    expect((await again.heads()).map((h) => h.counter)).toEqual([12]);
    await commit(again, await at.writer.draft(a));
    await again.close();
  });

  test('a segment with one entry that is still needed stays, and only that entry is told', async () => {
    const journal = await opened(600);
    const a = area();
    const entries: string[] = [];
    for (let i = 0; i < 12; i++) entries.push(...(await commit(journal, await at.writer.draft(a, 100))));
    await journal.release(await Promise.all(entries.slice(1).map(hashOfEntry)));
    expect(await held(journal)).toEqual(entries.slice(0, 1));
    await journal.close();
  });

  test('a segment being made when the process was killed is no obstacle', async () => {
    const journal = await opened();
    const entries = await commit(journal, await at.writer.draft(area()));
    await journal.close();
    await writeFile(path.join(at.folder, '00000002.journal.new'), 'half');
    const again = await opened();
    expect(await held(again)).toEqual(entries);
    expect(await segmentsIn(at.folder)).toEqual(['00000001.journal']);
    await again.close();
  });

  test('no journal where one must be is said, not made', async () => {
    expect(await openJournal(path.join(at.folder, 'none'), at.writer.author, false)).toEqual({
      ok: false,
      cause: 'missing',
    });
  });
});

describe('destroying', () => {
  test('an area leaves no byte in any segment; the rest, its order and every head stay, also after a restart', async () => {
    const [gone, kept] = [area(), area()];
    const first = await opened(2000);
    const doomed: string[] = [];
    const stays: string[] = [];
    for (let i = 0; i < 12; i++) {
      const [a, b] = await commit(first, await at.writer.draft(gone, 300), await at.writer.draft(kept, 300));
      doomed.push(a ?? '');
      stays.push(b ?? '');
    }
    expect((await segmentsIn(at.folder)).length).toBeGreaterThan(2);
    await first.release([await hashOfEntry(stays.shift() ?? '')]);
    const entry = stays.pop() ?? '';
    expect((await first.destroy({ areas: [gone], entries: [await hashOfEntry(entry)] })).ok).toBe(true);
    expect(await held(first)).toEqual(stays);
    const onDisk = async (): Promise<Buffer> =>
      Buffer.concat(
        await Promise.all((await segmentsIn(at.folder)).map((name) => readFile(path.join(at.folder, name)))),
      );
    const seals = [...doomed, entry].map((hex) => {
      const decoded = decodeEntry(new Uint8Array(Buffer.from(hex, 'hex')));
      return Buffer.from(decoded.ok ? decoded.value.signature : []);
    });
    expect(seals.every((seal) => seal.length === 64)).toBe(true);
    expect((await Promise.all(seals.map(async (seal) => (await onDisk()).includes(seal)))).includes(true)).toBe(false);
    const before = await first.heads();
    stays.push(...(await commit(first, await at.writer.draft(kept))));
    await first.close();
    const second = await opened(2000);
    expect(await held(second)).toEqual(stays);
    expect((await headsByArea(second)).get(gone)).toEqual(before.find((head) => head.area === gone));
    expect((await second.destroy({ areas: [gone], entries: [] })).ok).toBe(true);
    expect(await held(second)).toEqual(stays);
    await second.close();
  });
});
