/** What a certificate and a signature freeze, and what is told of it afterwards: every change, and none that is not one. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseSnapshot } from '../../snapshot/schema.ts';
import { changedRows, hindrances, openLines, scheduleRows, scheduleText } from './schedule.ts';
import { alteredSince, statementValues } from './statement.ts';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed });
console.info(`fast-check seed: ${seed}`);

type Material = CaseSnapshot['material'][number];
const item = (id: string, more: Partial<Material> = {}): Material => ({
  id,
  description: `Description of item ${id}`,
  location: 'Store 1',
  sensitivity: 'non-sensitive',
  meetsTest: 'no',
  ...more,
});
/** As it is kept: what is sensitive apart, in the same form. */
const rows = (form: 'MG6C' | 'MG6D' | 'MG6E' | 'SDC', ...material: readonly Material[]) => {
  const apart = material.filter((one) => one.sensitivity === 'sensitive');
  const inArea = openLines({ material: apart.map((one) => ({ ...one, sensitivity: 'non-sensitive' as const })) });
  return scheduleRows(form, openLines({ material }), inArea);
};

describe('a certified schedule', () => {
  it('has on each form what belongs there, and nothing of sensitive material on one that others read', () => {
    const material = [
      item('a'),
      item('b', { meetsTest: 'yes' }),
      item('c', { sensitivity: 'sensitive', meetsTest: 'yes', description: 'An informant', location: 'The safe' }),
      item('d', { use: 'used' }),
      item('e', { relevant: false }),
    ];
    const said = (form: 'MG6C' | 'MG6D' | 'MG6E' | 'SDC') =>
      rows(form, ...material).map(({ on, number, id }) => `${on} ${number} ${id}`);
    expect(said('MG6C')).toEqual(['MG6C 1 a', 'MG6C 2 b']);
    expect(said('MG6D')).toEqual(['MG6D 1 c']);
    expect(said('MG6E')).toEqual(['MG6C 2 b', 'MG6D 1 1']);
    expect(said('SDC')).toEqual(['MG6C 2 b']);
    for (const form of ['MG6C', 'MG6E', 'SDC'] as const)
      expect(scheduleText(rows(form, ...material))).not.toMatch(/informant|safe/);
  });

  it('is not certified while somebody has to choose a value, or to say whether an item is sensitive', () => {
    const torn = { path: 'material/a/description', values: ['x', 'y'] };
    const { sensitivity: _, ...unsaid } = item('b', { reference: 'CR/2' });
    const other = { path: 'suspects/1/born', values: ['', ''] };
    const marked = item('c', { sensitivity: 'sensitive' });
    expect(
      hindrances({ material: [item('a'), unsaid, marked], conflicts: [torn, other] }).map(({ path }) => path),
    ).toEqual(['material/a/description', 'material/b/sensitivity', 'material/c']);
    expect(hindrances({ material: [item('a')], conflicts: [] })).toEqual([]);
  });

  it('tells what was added, changed, taken off or moved since', () => {
    const then = rows('MG6C', item('a'), item('b'), item('c'));
    const now = rows('MG6C', item('a', { description: 'Another', meetsTest: 'yes' }), item('c'), item('d'));
    expect(changedRows(then, now)).toEqual([
      'MG6C item 1: the description was changed; the verdict on the test was changed',
      'MG6C item 3 was not there: Description of item d',
      'MG6C item 2 is not listed any more',
    ]);
    expect(changedRows(then, rows('MG6C', item('b'), item('a'), item('c')))).toEqual([
      'The items are numbered in another order',
    ]);
  });

  it('tells of a change exactly where its text is another', () => {
    const some = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }).chain((ids) =>
      fc.tuple(
        ...ids.map((id) =>
          fc
            .record({
              description: fc.constantFrom('one', 'two'),
              location: fc.constantFrom('here', 'there'),
              meetsTest: fc.constantFrom('yes' as const, 'no' as const),
              sensitivity: fc.constantFrom('sensitive' as const, 'non-sensitive' as const),
            })
            .map((more) => item(id, more)),
        ),
      ),
    );
    const form = fc.constantFrom('MG6C' as const, 'MG6D' as const, 'MG6E' as const, 'SDC' as const);
    fc.assert(
      fc.property(form, some, some, (on, before, after) => {
        const [then, now] = [rows(on, ...before), rows(on, ...after)];
        expect(changedRows(then, now).length === 0).toBe(scheduleText(then) === scheduleText(now));
      }),
      { numRuns: 500 },
    );
  });
});

type Case = Pick<CaseSnapshot, 'statements' | 'victims' | 'witnesses'>;
const story = (more: Partial<Case['statements'][number]> = {}): Case => ({
  statements: [{ id: 's', witness: 'w', kind: 'MG11', taken: '2026-11-02', pages: 2, file: 'f', ...more }],
  victims: [],
  witnesses: [{ id: 'w', family: 'Wraxhall', given: 'Odile' }],
});
const signed = (altered: object | null = null) => ({
  path: 'statements/s',
  item: 'f',
  as: statementValues(story(), 'statements/s') ?? [],
  altered,
});

describe('a signed statement', () => {
  it('is as it was signed while neither file nor row is another', () => {
    expect(signed().as).toContainEqual({ key: 'witness', value: 'Wraxhall, Odile' });
    expect(alteredSince(signed(), story(), true)).toEqual([]);
    // Whether it is essential is no part of what the witness signed.
    expect(alteredSince(signed(), story({ key: true, signed: true }), true)).toEqual([]);
  });

  it('is altered after it was signed by whatever changes file or row', () => {
    expect(alteredSince(signed({}), story(), true)).toEqual([
      'A newer version of its file was added, that nobody signed',
    ]);
    expect(alteredSince(signed(), story({ file: 'g' }), true)).toEqual(['Another file stands for it']);
    expect(alteredSince(signed(), story({ taken: '2026-11-03' }), true)).toEqual([
      'Taken on: was “2026-11-02”, is “2026-11-03”',
    ]);
    const { pages: _, ...without } = story().statements[0]!;
    expect(alteredSince(signed(), { ...story(), statements: [without] }, true)).toEqual([
      'Pages: was “2”, is not given',
    ]);
  });

  it('is missing only where the whole list is here', () => {
    const none = { ...story(), statements: [] };
    expect(alteredSince(signed(), none, true)).toEqual(['It is not on the list of statements any more']);
    expect(alteredSince(signed(), none, false)).toEqual([]);
  });
});
