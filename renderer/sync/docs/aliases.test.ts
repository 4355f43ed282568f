import { expect, it } from 'vitest';
import { openAliases } from './aliases.ts';

/** Counts up, so that what is given twice was remembered. */
function counting() {
  let next = 0;
  return { random: () => new Uint8Array([0, 0, next >> 8, next++ & 255]) };
}

it('keeps the id of a window that is spoken of, and forgets those that a computer made up', () => {
  const aliasOf = openAliases(counting());
  const [first, second] = [aliasOf(1), aliasOf(2)];
  expect(second).not.toBe(first);
  for (let client = 100; client < 500; client++) {
    aliasOf(client);
    expect(aliasOf(1)).toBe(first);
  }
  expect(aliasOf(2), 'forgotten: not spoken of since').not.toBe(second);
});
