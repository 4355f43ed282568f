import { expect, test } from 'vitest';
import type { PackageState } from '../foldPackage.ts';
import type { PastFilter } from './past.ts';
import { filterPast, pastCsv, pastTransfers } from './past.ts';

const receipt = (what: string, at: number) => ({ what, at });

/** As much of a package as the history reads. */
function pkg(name: string, at: number, more: object = {}, file: object = {}): PackageState {
  const record = { name, content: { version: `v ${name}`, size: 2048 } };
  return {
    package: `p ${name}`,
    side: 'sender',
    content: {
      case: 'c',
      title: 'R v Oakes',
      urn: '01AB1234526',
      at,
      from: { orgName: 'Fellshire Police', personName: 'Priya Nair' },
      to: { orgName: 'Crown Prosecution' },
    },
    files: [{ file: record, receipts: [], dropped: null, inError: null, ...file }],
    withdrawn: null,
    stick: null,
    ...more,
  } as unknown as PackageState;
}

const came = { receipts: [receipt('delivered', 50), receipt('delivered', 60), receipt('opened', 70)] };
const ALL = pastTransfers([
  pkg('Way.pdf', 10),
  pkg('Came.pdf', 20, { side: 'receiver' }, came),
  pkg('Withdrawn.pdf', 30, { withdrawn: {} }),
  pkg('Withdrawn late.pdf', 40, { withdrawn: {} }, came),
  pkg('Error.pdf', 50, {}, { ...came, inError: {} }),
  pkg('Out.pdf', 60, { stick: { alone: true } }, { dropped: {} }),
]);
const any: PastFilter = { words: '', direction: null, end: null };
const names = (filter: Partial<PastFilter>) => filterPast(ALL, { ...any, ...filter }).map(({ name }) => name);

test('each file stands with how it ended, the newest release first', () => {
  expect(ALL.map(({ name, end }) => `${name}: ${end}`)).toEqual([
    'Out.pdf: left out',
    'Error.pdf: sent in error',
    'Withdrawn late.pdf: delivered',
    'Withdrawn.pdf: withdrawn',
    'Came.pdf: delivered',
    'Way.pdf: on its way',
  ]);
  expect(ALL[4]).toMatchObject({ direction: 'received', org: 'Fellshire Police', delivered: 50, opened: 70 });
  expect(ALL[5]).toMatchObject({ direction: 'sent', org: 'Crown Prosecution', delivered: null, opened: null });
});

test('it is filtered by words in any order and case, by way and by state', () => {
  expect(names({ words: '  oakes WAY' })).toEqual(['Way.pdf']);
  expect(names({ words: '01ab priya withdrawn' })).toEqual(['Withdrawn late.pdf', 'Withdrawn.pdf']);
  expect(names({ words: 'nobody' })).toEqual([]);
  expect(names({ direction: 'received' })).toEqual(['Came.pdf']);
  expect(names({ direction: 'sent', end: 'delivered' })).toEqual(['Withdrawn late.pdf']);
});

test('as CSV it has a line for each, times in UTC, and no formula', () => {
  const [odd] = pastTransfers([pkg('=1+1.pdf', 0, { stick: { alone: true } }, came)]);
  if (odd === undefined) throw new Error('no row');
  expect(pastCsv([odd], (at) => new Date(at).toISOString()).split('\r\n')).toEqual([
    '\uFEFFFile,Bytes,Case,URN,Way,Organisation,Released by,Released,Delivered,Opened,State,By',
    "'=1+1.pdf,2048,R v Oakes,01AB1234526,sent,Crown Prosecution,Priya Nair,1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.050Z,1970-01-01T00:00:00.070Z,delivered,stick",
    '',
  ]);
});
