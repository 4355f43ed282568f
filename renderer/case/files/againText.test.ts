import { expect, it } from 'vitest';
import { againText } from './againText.ts';

it('speaks of one file as one', () => {
  expect([againText(false, 1), againText(false, 2), againText(true, 1)]).toEqual([
    'Add it again',
    'Add them again',
    'Add the rest',
  ]);
});
