import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clearOut, writeStory } from './out.ts';

let dir: string;
const at = (...names: readonly string[]): string => path.join(dir, ...names);
async function put(...names: readonly string[]): Promise<void> {
  await mkdir(path.dirname(at(...names)), { recursive: true });
  await writeFile(at(...names), 'something');
}
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-out-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('the folder of a run', () => {
  test('is made where there is none', async () => {
    expect(await clearOut(at('new', 'one'), null)).toMatchObject({ ok: true });
    expect(existsSync(at('new', 'one'))).toBe(true);
  });

  test('is cleared of an earlier run, finished or not, and of nothing else', async () => {
    await clearOut(dir, null);
    await put('officer', 'journal');
    expect(await clearOut(dir, null)).toMatchObject({ ok: true });
    expect(existsSync(at('officer'))).toBe(false);
    await put('relay', 'log');
    await put('Notes.txt');
    await writeStory(dir, { steps: [] });
    expect(await clearOut(dir, null)).toMatchObject({ ok: true });
    expect(existsSync(at('relay'))).toBe(false);
    expect(existsSync(at('Notes.txt'))).toBe(true);
  });

  test('is left alone where it holds somebody else’s folder of such a name', async () => {
    await put('police', 'Letter.txt');
    expect(await clearOut(dir, null)).toMatchObject({ ok: false, cause: expect.stringContaining('police') as string });
    expect(existsSync(at('police', 'Letter.txt'))).toBe(true);
  });

  test('may hold the evidence that is given, as its input', async () => {
    await put('input', 'Statement.txt');
    expect(await clearOut(dir, at('input'))).toMatchObject({ ok: true });
    expect(await clearOut(dir, at('input'))).toMatchObject({ ok: true });
    expect(existsSync(at('input', 'Statement.txt'))).toBe(true);
  });

  test('is refused where a run would write over the evidence, or find itself in it', async () => {
    await put('officer', 'Statement.txt');
    await writeStory(dir, {});
    const givens = [at('officer'), dir, path.dirname(dir), path.parse(dir).root];
    const outcomes = await Promise.all(givens.map((given) => clearOut(dir, given)));
    expect(outcomes.map(({ ok }) => ok)).toEqual(givens.map(() => false));
    expect(existsSync(at('officer', 'Statement.txt'))).toBe(true);
  });
});
