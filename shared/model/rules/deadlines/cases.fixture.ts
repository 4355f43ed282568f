/** Parts of a case that a time limit looks at, and the deadlines that follow from them by Joinder's own rules. */
import { builtInRules } from '../builtIn.ts';
import { deadlines } from './deadlines.ts';

export const ON = '2026-03-02';
export type Case = Readonly<Record<string, unknown>>;
export const judge = (snapshot: Case, on = ON) => deadlines(snapshot, 'charging', builtInRules(), on);
export const dueOf = (code: string, snapshot: Case) =>
  judge(snapshot)
    .filter((one) => one.code === code)
    .map(({ due }) => (due.time === null ? due.day : `${due.day} ${due.time}`));

export const remand = (values: object) => ({
  id: 'k1',
  suspect: 's1',
  kind: 'court custody',
  court: 'magistrates',
  from: '2026-03-02',
  ...values,
});

export const people = { suspects: [{ id: 's1' }, { id: 's2' }] };
export const custody = (offences: readonly object[], ...rows: readonly object[]) => ({
  ...people,
  offences,
  custody: rows,
});
export const sent = (values: object) => ({
  packages: [
    {
      id: 'p1',
      purpose: 'charging decision',
      state: 'delivered',
      released: '2026-03-01T09:00:00Z',
      delivered: '2026-03-01T10:30:00Z',
      ...values,
    },
  ],
});

export const hearing = (values: object, more: object = {}) => ({
  hearings: [{ id: 'h1', kind: 'PTPH', date: '2026-04-10', time: '10:00', ...values }],
  ...more,
});
