/** Any case that the tables allow, for properties: every field with values of its type, rows that refer to each other. */
import * as fc from 'fast-check';
import type { Field } from '../formats/field.ts';
import { CASE_FIELDS, byList, fieldsOf } from '../formats/index.ts';
import { emptyWork } from '../work/fold/draft.ts';
import type { CaseSnapshot } from './schema.ts';
import { FORMAT, VERSION } from './schema.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const words = fc.stringMatching(/^[A-Za-z0-9\u00e9]{1,8}(?: [a-z\u2019]{1,8}){0,2}$/);
const day = fc
  .tuple(fc.integer({ min: 1900, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${y}-${two(m)}-${two(d)}`);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${two(h)}:${two(m)}`);

type Ids = Readonly<Record<string, readonly string[]>>;

function valueFor(field: Field, ids: Ids): fc.Arbitrary<unknown> {
  const pool = (field.to ?? []).flatMap((list) => ids[list] ?? []);
  switch (field.type) {
    case 'text':
    case 'long text':
      return field.limit < 30 ? fc.stringMatching(/^[A-Z0-9]{1,6}$/) : words;
    case 'date':
      return day;
    case 'time':
      return time;
    case 'number':
      return fc.integer({ min: 0, max: 999 });
    case 'yes-no':
      return fc.boolean();
    case 'choice':
    case 'marking':
      return fc.constantFrom(...(field.choices ?? ['']));
    case 'urn':
      return fc.constantFrom('01AB1234526', '01AB1234526S/2');
    case 'ref':
      return pool.length === 0 ? fc.constant(undefined) : fc.constantFrom(...pool);
    case 'refs':
      return pool.length === 0
        ? fc.constant(undefined)
        : fc.uniqueArray(fc.constantFrom(...pool), { minLength: 1, maxLength: 3 });
  }
}

const given = (fields: readonly Field[], ids: Ids): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record(Object.fromEntries(fields.map((field) => [field.key, fc.option(valueFor(field, ids), { nil: undefined })])))
    .map((values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)));

/** Files are named `file0`, `file1`, …; a row of documents has one of them as its id. */
export const FILES = ['file0', 'file1', 'file2', 'file3'];

export const anyCase: fc.Arbitrary<CaseSnapshot> = fc
  .record(byList((list) => fc.integer({ min: 0, max: list === 'documents' ? FILES.length : 2 })))
  .chain((counts) => {
    const idsOf = byList((list) =>
      Array.from({ length: counts[list] }, (_, i) => (list === 'documents' ? `file${i}` : `${list}${i}`)),
    );
    const ids: Ids = { ...idsOf, files: FILES, agreements: ['agreement0'] };
    const rows = byList((list) =>
      fc
        .tuple(...idsOf[list].map(() => given(fieldsOf(list), ids)))
        .map((all) => all.map((values, i) => ({ id: idsOf[list][i], ...values }))),
    );
    return fc.record({ own: given(CASE_FIELDS, ids), ...rows });
  })
  .map(({ own, ...lists }) => {
    // A row without a value stands in no list.
    const kept = byList((list) => lists[list].filter((row) => Object.keys(row).length > 1));
    return {
      format: FORMAT,
      version: VERSION,
      case: { id: 'case0', ...own },
      ...kept,
      summary: '',
      files: [],
      packages: [],
      work: emptyWork(),
      conflicts: [],
      newer: [],
      unread: {},
    } as unknown as CaseSnapshot;
  });
