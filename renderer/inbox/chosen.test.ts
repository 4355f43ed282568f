import { expect, test } from 'vitest';
import type { PackageId } from '../../shared/primitives/ids.ts';
import { chosenOf } from './chosen.ts';

const id = (name: string): PackageId => name as PackageId;
const rows = (...names: string[]) => names.map((name) => ({ package: id(name) }));
const shown = (list: readonly { package: PackageId }[], open: string | null, first: string | null) => {
  const chosen = chosenOf(list, open === null ? null : id(open), first === null ? null : id(first));
  return [chosen.shown?.package ?? null, chosen.first];
};

test('the oldest is shown first, and stays when an older one arrives', () => {
  expect(shown(rows('b', 'c'), null, null)).toEqual(['b', 'b']);
  expect(shown(rows('a', 'b', 'c'), null, 'b')).toEqual(['b', 'b']);
});

test('one that was asked for and is gone leaves nothing in its place', () => {
  expect(shown(rows('a', 'b'), 'b', 'a')).toEqual(['b', 'a']);
  expect(shown(rows('a'), 'b', 'a')).toEqual([null, 'a']);
  expect(shown([], 'b', null)).toEqual([null, null]);
});

test('where nothing was asked for, one that is gone gives way to the oldest', () => {
  expect(shown(rows('b', 'c'), null, 'a')).toEqual(['b', 'b']);
  expect(shown([], null, 'a')).toEqual([null, 'a']);
});
