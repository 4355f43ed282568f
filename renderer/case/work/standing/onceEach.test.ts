import { expect, it } from 'vitest';
import type { PackageId } from '../../../../shared/primitives/ids.ts';
import type { Deadline } from '../../../../shared/model/rules/deadlines/deadlines.ts';
import { timeText } from '../../../ui/format.ts';
import { onceEach, packagesText } from './onceEach.ts';

const deadline = (code: string, path: string, day: string): Deadline => ({
  key: `${code} ${path}`,
  code,
  what: code,
  path,
  computed: { day, time: null },
  sentence: '',
  data: [],
  source: '',
  verified: true,
  set: null,
  due: { day, time: null },
  left: 0,
});

it('says a date of packages once, as the next of them, and every other date for itself', () => {
  const all = [
    deadline('charging', 'packages/p1/released', '2026-03-01'),
    deadline('custody', 'custody/c1/from', '2026-03-02'),
    deadline('charging', 'packages/p2/released', '2026-03-03'),
    deadline('custody', 'custody/c2/from', '2026-03-04'),
  ];
  expect(onceEach(all)).toEqual([
    { first: all[0], packages: ['p1', 'p2'] },
    { first: all[1], packages: [] },
    { first: all[3], packages: [] },
  ]);
});

it('names the packages by when they were released, a few of them', () => {
  const rows = [1, 2, 3, 4].map((n) => ({ package: `p${n}` as PackageId, at: n * 60_000 }));
  const times = rows.map(({ at }) => timeText(at));
  expect(packagesText(['p1', 'p2'], rows)).toBe(`for 2 packages, released ${times[0]} and ${times[1]}`);
  expect(packagesText(['p1', 'p2', 'p3', 'p4'], rows)).toBe('for 4 packages');
  expect(packagesText(['p1', 'other'], rows)).toBe('for 2 packages');
});
