/** The rate of many small files, each of which is over before it had one of its own. */
import { expect, it } from 'vitest';
import type { TransferNews } from '../../../../shared/ipc/evidence.ts';
import type { VersionId } from '../../../../shared/primitives/ids.ts';
import { Recent } from './recent.ts';

const news = (state: TransferNews['state'], done: number): TransferNews => ({
  version: 'aa'.repeat(16) as VersionId,
  direction: 'up',
  state,
  cause: null,
  done,
  total: 1000,
  rate: 0,
  nextAt: null,
});

it('is steady over files that come in batches, and counts those that are whole by now', () => {
  const recent = new Recent();
  for (let batch = 0; batch < 30; batch++)
    for (let file = 0; file < 10; file++)
      recent.note(`${batch} ${file}`, news('moving', 0), news('whole', 1000), batch * 1000);
  // Ten files of 1000 bytes a second.
  expect(recent.rate(29_000)).toBe(10_000);
  expect(recent.rate(29_900)).toBe(10_000);
  expect(recent.rate(29_000, ['29 1', '28 1', '3 1'])).toBe(200);
});

it('is not known before something moved, and nothing once nothing moves', () => {
  const recent = new Recent();
  expect(recent.rate(0)).toBe(0);
  recent.note('one', news('moving', 0), news('moving', 500), 5000);
  expect(recent.rate(5000)).toBe(500);
  expect(recent.rate(7000)).toBe(250);
  expect(recent.rate(15_000)).toBe(0);
});

it('does not count what the relay held before, nor what fell back', () => {
  const recent = new Recent();
  recent.note('one', undefined, news('moving', 900), 1000);
  recent.note('one', news('queued', 0), news('moving', 900), 1000);
  recent.note('one', news('queued', 0), news('whole', 1000), 1000);
  recent.note('one', news('moving', 900), news('moving', 100), 1000);
  expect(recent.rate(1000)).toBe(0);
});
