import { expect, it } from 'vitest';
import type { PersonView } from '../../../shared/ipc/access.ts';
import type { CaseId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { apart } from './campaigns.ts';

type Seen = PersonView['sees'][number];
const CASE = 'c1' as CaseId;

const seen = (place: string, guestsFrom: string | null, more: Partial<Seen> = {}): Seen => ({
  person: 'p' as PersonId,
  name: 'DC Priya Nair',
  org: 'Fellshire Police',
  own: true,
  seat: 's1' as SeatId,
  post: 'Officer',
  isEmergency: false,
  role: 'lead',
  since: 1,
  until: null,
  by: null,
  why: null,
  lastDay: null,
  denied: null,
  case: CASE,
  title: 'R v Maple',
  place,
  guestsFrom,
  ...more,
});
const guests = (n: number, from: string, more: Partial<Seen> = {}): Seen[] =>
  Array.from({ length: n }, (_, i) => seen(`Shared with G${i}, ${from}`, from, more));

it('takes the guests of one organisation in one case together, and leaves the rest in their order', () => {
  const rows = [seen('Working papers', null), ...guests(12, 'Fell Laboratory'), seen('Case file', null)];
  const { single, campaigns } = apart(rows);
  expect(single.map(({ place }) => place)).toEqual(['Working papers', 'Case file']);
  expect(campaigns).toMatchObject([{ title: 'R v Maple', from: 'Fell Laboratory' }]);
  expect(campaigns[0]?.rows).toHaveLength(12);
});

it('keeps a few guests as they are, and other cases, organisations and posts apart', () => {
  expect(apart(guests(2, 'Fell Laboratory'))).toMatchObject({ single: { length: 2 }, campaigns: [] });
  const { single, campaigns } = apart([
    ...guests(3, 'Fell Laboratory'),
    ...guests(3, ' fell laboratory', { case: 'c2' as CaseId }),
    ...guests(3, 'Shelter'),
    ...guests(3, 'Shelter', { seat: 's2' as SeatId }),
  ]);
  expect(single).toEqual([]);
  expect(campaigns.map(({ rows }) => rows.length)).toEqual([3, 3, 3, 3]);
});
