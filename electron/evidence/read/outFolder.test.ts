/**
 * What is written to where a person chose, and read from there: never outside it, never over what is there, never half.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, placeIn, readChosen, writeOut } from './outFolder.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-out-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));
const bytes = new TextEncoder().encode('a case');

describe('a new folder', () => {
  it('has the name asked for, or the next free number, and leaves what was there alone', async () => {
    await mkdir(path.join(dir, 'Joinder export'));
    await writeFile(path.join(dir, 'Joinder export (2)'), 'a file of that name');
    const made = await makeFolder(dir, 'Joinder export');
    expect(made).toEqual({ ok: true, value: path.join(dir, 'Joinder export (3)') });
    expect(await readdir(dir)).toHaveLength(3);
  });
  it('says so where it cannot be made', async () => {
    expect(await makeFolder(path.join(dir, 'nowhere'), 'x')).toEqual({ ok: false, cause: 'place gone' });
  });
  it('never lies outside the chosen one, whatever it is called', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 30 }), async (name) => {
        const made = await makeFolder(dir, name);
        expect(made.ok ? path.dirname(made.value) : dir).toBe(dir);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a place in a folder', () => {
  it.each(['../out.json', 'a/b.json', '..', '', 'con', 'x\u0000y', 'a:b'])('%j is none', async (name) => {
    expect(await placeIn(dir, name)).toBeNull();
  });
  it('is none where something lies already, a broken link too', async () => {
    await writeFile(path.join(dir, 'case.json'), 'before');
    await symlink(path.join(dir, 'gone'), path.join(dir, 'link.json'));
    expect(await placeIn(dir, 'case.json')).toBeNull();
    expect(await placeIn(dir, 'link.json')).toBeNull();
    expect(await placeIn(dir, 'manifest.json')).toBe(path.join(dir, 'manifest.json'));
  });
});

describe('bytes', () => {
  it('are written whole, with their SHA-256, and nothing else is left', async () => {
    const written = await writeOut(path.join(dir, 'case.json'), bytes);
    expect(written).toEqual({ ok: true, value: createHash('sha256').update(bytes).digest('hex') });
    expect(await readFile(path.join(dir, 'case.json'), 'utf8')).toBe('a case');
    expect(await readdir(dir)).toEqual(['case.json']);
  });
  it('that cannot be written leave nothing', async () => {
    expect(await writeOut(path.join(dir, 'nowhere', 'case.json'), bytes)).toEqual({ ok: false, cause: 'place gone' });
    expect(await readdir(dir)).toEqual([]);
  });
});

describe('a chosen file', () => {
  beforeEach(() => writeFile(path.join(dir, 'case.json'), bytes));
  it('is read as it lies there, by its own path or by its name in the chosen folder', async () => {
    for (const read of [await readChosen(path.join(dir, 'case.json'), 6), await readChosen(dir, 6, 'case.json')])
      expect(read).toEqual({ ok: true, value: bytes });
  });
  it('that is larger than asked for is not read', async () => {
    expect(await readChosen(dir, 5, 'case.json')).toEqual({ ok: false, cause: 'too large' });
  });
  it.each(['../case.json', 'none.json', '.', 'a/b'])('%j is not readable in that folder', async (name) => {
    expect(await readChosen(dir, 100, name)).toEqual({ ok: false, cause: 'unreadable' });
  });
  it('that is a link or a folder is not read', async () => {
    await symlink(path.join(dir, 'case.json'), path.join(dir, 'link.json'));
    for (const read of [await readChosen(dir, 100, 'link.json'), await readChosen(dir, 100)])
      expect(read).toEqual({ ok: false, cause: 'unreadable' });
  });
});
