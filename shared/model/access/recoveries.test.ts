/** Who may act on a request to the custodians, and when it is over. */
import { expect, it } from 'vitest';
import type { DeviceId, Hash, OrgId, PersonId, WorkId } from '../../primitives/ids.ts';
import { MINUTE } from '../../primitives/units.ts';
import type { AnyFact, Logged } from '../logged.ts';
import { RECOVERY_LIVES, foldRecoveries, isRecoveryOpen, isRecoveryOver, waitsFor } from './recoveries.ts';

const id = <T extends string>(n: number) => n.toString(16).padStart(32, '0') as T;
const [ASKER, ANN, BOB] = [id<PersonId>(1), id<PersonId>(2), id<PersonId>(3)];
const REQUEST = id<WorkId>(9);
const REASON = { why: 'Stolen', areas: [{ area: id(5), epochs: [1] }] };
let n = 0;
const said = (person: PersonId, fact: object, roles: readonly string[] = ['custodian']): Logged => ({
  fact: { ...fact, by: { person, personName: '', seat: id(7) }, at: n } as AnyFact,
  area: id(4),
  hash: id<Hash>(++n),
  n,
  relayTime: n * MINUTE,
  time: n * MINUTE,
  org: id<OrgId>(8),
  device: id<DeviceId>(100 + n),
  person,
  roles,
  side: null,
});
const asked = said(ASKER, { is: 'recovery asked', id: REQUEST, ...REASON }, ['custodian']);
const agreed = (person: PersonId, roles?: readonly string[]) =>
  said(person, { is: 'recovery agreed', request: REQUEST, parts: [] }, roles);
const given = (person: PersonId) => said(person, { is: 'recovery given', request: REQUEST, keys: [] });
const fold = (...facts: readonly Logged[]) => {
  const one = foldRecoveries([asked, ...facts]).get(REQUEST);
  if (!one) throw new Error('no request');
  return one;
};
const waits = (person: PersonId, ...facts: readonly Logged[]) =>
  waitsFor(fold(...facts), { person, roles: ['custodian'] }, 5 * MINUTE);

it('waits for two different custodians, neither of them who asked', () => {
  expect([waits(ANN), waits(BOB), waits(ASKER)]).toEqual([true, true, false]);
  const first = agreed(ANN);
  expect([waits(ANN, first), waits(BOB, first)]).toEqual([false, true]);
  expect(fold(first, given(ANN)).given, 'the same person twice').toBe(null);
  expect(fold(first, given(BOB)).given?.person).toBe(BOB);
  expect(fold(agreed(ASKER)).agreed, 'their own request').toBe(null);
  expect(fold(agreed(ANN, ['officer'])).agreed, 'without the role when they wrote').toBe(null);
  expect(waitsFor(fold(), { person: ANN, roles: ['officer'] }, 0)).toBe(false);
});

it('ends by a custodian who declines, and by time', () => {
  const no = said(BOB, { is: 'recovery declined', request: REQUEST, why: 'Not them' });
  expect([fold(no).declined?.person, waits(ANN, no)]).toEqual([BOB, false]);
  expect(isRecoveryOver(fold(), RECOVERY_LIVES)).toBe(false);
  expect(isRecoveryOver(fold(), RECOVERY_LIVES + 2 * MINUTE)).toBe(true);
  expect(isRecoveryOver(fold(agreed(ANN), given(BOB)), 2 * RECOVERY_LIVES)).toBe(false);
  const other = said(ANN, { is: 'recovery asked', id: id(10), ...REASON, by: { person: BOB } });
  expect(foldRecoveries([{ ...other, person: BOB }]).size, 'asked in somebody else\u2019s name').toBe(0);
});

it('is over once who asked takes it back: what is given after counts for nothing, and nobody else can', () => {
  const back = (person: PersonId) => said(person, { is: 'recovery withdrawn', request: REQUEST });
  const by = (person: PersonId) => [agreed(ANN), back(person)] as const;
  expect(waits(BOB, ...by(ASKER))).toBe(false);
  expect(isRecoveryOpen(fold(...by(ASKER)), 5 * MINUTE)).toBe(false);
  expect(fold(...by(ASKER), given(BOB))).toMatchObject({ given: null, gifts: [] });
  expect(waits(BOB, ...by(ANN))).toBe(true);
  const late = fold(agreed(ANN), given(BOB), back(ASKER));
  expect([late.given?.person, late.withdrawn]).toEqual([BOB, null]);
});
