import { expect, it } from 'vitest';
import { ADOPTABLE } from './facts/late.ts';
import { whyNotAdopted } from './notAdopted.ts';

it('says of each kind of act why it is not taken over, and who does it instead', () => {
  for (const is of ['access given', 'barred', 'guest invited', 'handed over'])
    expect(whyNotAdopted(is)).toContain('leads the case now');
  for (const is of ['released', 'withdrawn', 'agreement offered'])
    expect(whyNotAdopted(is)).toContain('nothing was sent');
  for (const is of ['certified', 'review given', 'closed']) expect(whyNotAdopted(is)).toContain('office');
  expect(whyNotAdopted(null)).toContain('Update');
  expect(ADOPTABLE.has('released')).toBe(false);
});
