/**
 * Holds the boundary rules to their word: what is allowed, what is refused, and that circles are found.
 */
import { describe, expect, test } from 'vitest';
import { findCircles, judgeImport, readSpecifiers } from './boundaries.ts';

describe('what a room may import', () => {
  test.each([
    ['electron/main.ts', '../shared/seal/read.ts'],
    ['electron/main.ts', 'electron'],
    ['renderer/main.tsx', './ui/base.css'],
    ['renderer/sync/page.ts', './sieve.ts?worker'],
    ['sync-server/relay.ts', 'node:sqlite'],
    ['shared/seal/read.ts', '../primitives/bytes.ts'],
    ['shared/wire/link.ts', '../seal/entry.ts'],
    ['shared/primitives/hpke.ts', '@hpke/core'],
    ['shared/model/notes.ts', 'lib0/encoding'],
    ['shared/seal/read.test.ts', 'vitest'],
    ['test/e2e/smoke.e2e.ts', '../../sync-server/relay.ts'],
  ])('%s may import %s', (file, specifier) => {
    expect(judgeImport(file, specifier)).toBeUndefined();
  });

  test.each([
    ['electron/main.ts', '../renderer/main.tsx'],
    ['renderer/main.tsx', '../electron/main.ts'],
    ['sync-server/relay.ts', '../electron/main.ts'],
    ['sync-server/relay.ts', 'electron'],
    ['renderer/main.tsx', 'node:fs'],
    ['renderer/main.tsx', '../test/e2e/launch.ts'],
    ['shared/seal/read.ts', '../../electron/main.ts'],
    ['shared/seal/read.ts', 'node:crypto'],
    ['shared/seal/read.ts', 'react'],
    ['shared/seal/read.ts', '../wire/link.ts'],
    ['shared/primitives/bytes.ts', '../seal/entry.ts'],
    ['shared/seal/read.ts', '../primitives/bytes'],
    ['test/e2e/smoke.e2e.ts', './launch'],
  ])('%s may not import %s', (file, specifier) => {
    expect(judgeImport(file, specifier)).toEqual(expect.any(String));
  });
});

test('a circle is found, and two ways to one file are not a circle', () => {
  const diamond: [string, string[]][] = [
    ['a', ['b', 'c']],
    ['b', ['d']],
    ['c', ['d']],
  ];
  expect(findCircles(new Map(diamond))).toEqual([]);
  expect(findCircles(new Map([...diamond, ['d', ['b']]]))).toEqual([['b', 'd', 'b']]);
});

test('imports, type imports, re-exports and dynamic imports are all read', () => {
  const source = `
    import a from './a.ts';
    import type { B } from './b.ts';
    export { c } from './c.ts';
    export * from './d.ts';
    const e = await import('./e.ts');
    // import './comment.ts'
  `;
  expect(readSpecifiers('x.ts', source).toSorted()).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts']);
});
