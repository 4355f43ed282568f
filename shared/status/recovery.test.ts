/** What a request to the custodians says once keys were given: the whole, or which part. */
import { expect, it } from 'vitest';
import type { Recovery } from '../model/access/recoveries.ts';
import { wholeGiven } from '../model/access/recoveries.ts';
import type { AreaId } from '../primitives/ids.ts';
import { MINUTE } from '../primitives/units.ts';
import { recoveryWord } from './recovery.ts';

const area = (n: number): AreaId => n.toString(16).padStart(32, '0') as AreaId;
const CLOCK = { now: 5 * MINUTE, offset: () => 0 };
const said = { relayTime: MINUTE, time: MINUTE };
const party = { personName: 'Leo Lone' };
const asked = {
  ...said,
  fact: {
    by: party,
    areas: [
      { area: area(5), epochs: [1, 2] },
      { area: area(6), epochs: [1] },
    ],
  },
};
const none = { asked, agreed: null, agreements: [], given: null, gifts: [], declined: null, withdrawn: null };
const recovery = (more: object): Recovery => ({ ...none, ...more }) as unknown as Recovery;
const given = (keys: readonly (readonly [number, number])[], whole?: number): readonly unknown[] => {
  const one = { ...said, fact: { by: party, keys: keys.map(([a, epoch]) => ({ area: area(a), epoch })), whole } };
  const folded = recovery({ given: one, gifts: [one] });
  const { text, tone } = recoveryWord(folded, CLOCK);
  return [wholeGiven(folded), text, tone];
};

it('tells a part from the whole: to who asked by the keys, to the custodians by what the second said', () => {
  const ALL = [
    [5, 1],
    [5, 2],
    [6, 1],
  ] as const;
  expect(given(ALL)).toEqual([2, 'Keys brought back', 'good']);
  expect(given(ALL.filter(([, epoch]) => epoch === 1))).toEqual([1, 'Keys brought back of 1 of 2 places', 'attention']);
  expect(given([[5, 1]])).toEqual([0, 'Keys brought back in part', 'attention']);
  expect(given([], 1)).toEqual([1, 'Keys brought back of 1 of 2 places', 'attention']);
  expect(given([]), 'by a version that did not say').toEqual([null, 'Keys brought back', 'good']);
});

it('says who took it back', () => {
  const withdrawn = { ...said, fact: { by: party } };
  expect(recoveryWord(recovery({ withdrawn }), CLOCK)).toMatchObject({ text: 'Withdrawn by Leo Lone', tone: 'quiet' });
});
