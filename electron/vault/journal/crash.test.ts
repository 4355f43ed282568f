/** A journal that was cut, damaged, killed or short of room: what it answered is there, once, in whole commits, or it says so. */
import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../shared/primitives/bytes.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader } from '../../../shared/seal/entry/header.ts';
import { area } from './drafts.fixture.ts';
import type { Writer } from './drafts.fixture.ts';
import type { Journal } from './journal.ts';
import { openJournal } from './journal.ts';
import { commit, headsByArea, held, withJournalFolder } from './journal.fixture.ts';

const at = withJournalFolder();
const { opened } = at;

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
  const file = path.join(at.folder, '00000001.journal');
  const first = await commit(journal, await at.writer.draft(a));
  const last = (await readFile(file)).length;
  const second = [await at.writer.draft(a), await at.writer.draft(area())];
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
        async (byte, bit) => {
          const bad = Buffer.from(bytes);
          bad[byte] = (bad[byte] ?? 0) ^ (1 << bit);
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
    for (let i = 0; i < 5; i++) await commit(journal, await at.writer.draft(a, 100));
    await journal.close();
    const file = path.join(at.folder, '00000001.journal');
    await truncate(file, (await readFile(file)).length - 1);
    expect(await openJournal(at.folder, at.writer.author, true)).toEqual({ ok: false, cause: 'damaged' });
  });
});

test('killed while it writes: what was answered is there, once, and commits are whole', async () => {
  for (const moment of [0, 3, 40, 200]) {
    const where = path.join(at.folder, String(moment));
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
    const mount = path.join(at.folder, 'small');
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
          areas.map((a) =>
            to.commit([at.writer.at(a, (now.get(a)?.counter ?? 0) + 1, now.get(a)?.header ?? null, 5000)]),
          ),
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
