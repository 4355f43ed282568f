/** The documents held against the code: what they name is there, every limit has the value that they say, and no decision is unlisted. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { root } from '../setup/exec.mjs';
import { faultOf, limitsIn, missingLinks, missingPaths, saidValue, sourceOf, valueOf } from './docs.ts';

const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).toSorted();

describe.each(pages)('%s', (page) => {
  it('names no path that is not there', () => expect(missingPaths(sourceOf(page) ?? '')).toEqual([]));
  it('links to nothing that is not there', () => expect(missingLinks(page)).toEqual([]));
});

describe('the decision records', () => {
  const records = globSync('docs/adr/0*.md', { cwd: root }).map((file) => path.basename(file));
  const listed = [...(sourceOf('docs/adr/README.md') ?? '').matchAll(/^- \[(\d+): .*\]\((.*)\)$/gm)];
  it('are each listed once, under their own numbers', () => {
    expect(listed.flatMap(([, , file]) => file ?? []).toSorted()).toEqual(records.toSorted());
    for (const [, number, file] of listed) expect(Number(file?.slice(0, 4))).toBe(Number(number));
  });
  it('have each a number of its own, and say it first', () => {
    const numbers = records.map((file) => Number(file.slice(0, 4)));
    expect(numbers).toEqual([...new Set(numbers)]);
    for (const file of records)
      expect(sourceOf(`docs/adr/${file}`)).toMatch(new RegExp(`^# ADR ${Number(file.slice(0, 4))}: `));
  });
});

const limits = limitsIn(sourceOf('ARCHITECTURE.md') ?? '');

test('the table of limits is found', () => expect(limits.length).toBeGreaterThan(40));
test.each(limits)('$what: $says', (limit) => expect(faultOf(limit, sourceOf(limit.file))).toBeNull());

const hasSealAlone = (named: string): boolean => named === 'shared/seal/';

describe('the check itself', () => {
  const row = { what: 'a frame', says: '4 MiB', code: 'frame: 4 * MiB', file: 'shared/a.ts' };
  it.each([
    [null, 'shared/a.ts is not there'],
    ['{ frame: 8 * MiB }', 'shared/a.ts does not say frame: 4 * MiB'],
    ['{ frame: 4 * MiB * 2 }', 'shared/a.ts does not say frame: 4 * MiB'],
    ['{ aframe: 4 * MiB }', 'shared/a.ts does not say frame: 4 * MiB'],
    ['{ frame: 4 * MiB }', null],
  ])('%s', (source, fault) => expect(faultOf(row, source)).toBe(fault));
  it('reads a constant with its type, and one within a call', () => {
    expect(faultOf({ ...row, says: '15 s, silent', code: 'PING = 15_000' }, 'const PING: Millis = 15_000;')).toBeNull();
    expect(faultOf({ ...row, says: '5 min', code: 'Math.min(5 * MINUTE' }, 'Math.min(5 * MINUTE, x)')).toBeNull();
  });
  it('notices that the document says another value', () =>
    expect(faultOf({ ...row, says: '8 MiB' }, '{ frame: 4 * MiB }')).toMatch(/says 8 MiB/));
  it('reads both notations', () => {
    expect(valueOf('200 * 2 ** 30')).toBe(saidValue('200 GiB'));
    expect(valueOf('90 * 86_400_000')).toBe(saidValue('90 days after it expired'));
    expect(valueOf('MiB')).toBe(saidValue('1 MiB'));
    expect(saidValue('a lot')).toBeNaN();
  });
  it('notices a path that is gone, and takes examples for what they are', () => {
    expect(
      missingPaths('`shared/seal/` `shared/gone.ts` `npm start`\n```\n`shared/example.ts`\n```\n', hasSealAlone),
    ).toEqual(['shared/gone.ts']);
  });
});
