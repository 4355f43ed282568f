import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase } from '../snapshot/arbitrary.fixture.ts';
import { danglingReferences } from '../snapshot/references.ts';
import type { CaseSnapshot } from '../snapshot/schema.ts';
import { withoutSensitive } from './withoutSensitive.ts';

const SHA = 'ab'.repeat(32);
/** Any case, with a file for each item, and every item of material naming itself. */
const anyMaterial = anyCase.map((snapshot): CaseSnapshot => {
  const file = (item: string) => ({ item, version: `v-${item}`, number: 1, name: `name of ${item}` });
  const rest = { type: '', bytes: 1, sha256: SHA, added: '', addedBy: '', found: [], releasedTo: [] };
  const items = ['file0', 'file1', 'file2', 'file3'];
  return {
    ...snapshot,
    material: snapshot.material.map((row) => ({ ...row, description: `<words of ${row.id}>` })),
    files: items.map((item) => ({ ...file(item), ...rest })),
    packages: [{ id: 'p', files: items.map((item) => `v-${item}`) } as unknown as CaseSnapshot['packages'][number]],
  };
});

describe('a case without what is sensitive', () => {
  it('holds no word, id, file or reference of it, and is whole otherwise', () => {
    fc.assert(
      fc.property(anyMaterial, fc.subarray(['file0', 'file1']), (snapshot, withheld) => {
        const out = withoutSensitive(snapshot, new Set(withheld));
        const text = JSON.stringify(out);
        const sensitive = snapshot.material.filter(({ sensitivity }) => sensitivity === 'sensitive');
        const files = new Set([
          ...withheld,
          ...sensitive.flatMap(({ file }) => file ?? []),
          ...snapshot.documents.filter(({ form }) => form === 'MG6D').map(({ id }) => id),
        ]);
        for (const { id } of sensitive) expect(text).not.toContain(`<words of ${id}>`);
        for (const file of files) expect(text).not.toContain(file);
        expect(out.material.map(({ id }) => id)).toEqual(
          snapshot.material.filter((row) => !sensitive.includes(row)).map(({ id }) => id),
        );
        expect(danglingReferences(out).length).toBeLessThanOrEqual(danglingReferences(snapshot).length);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out what only one says is sensitive, and what nobody can read', () => {
    const base = { id: 'm1', description: 'diary', sensitivity: 'non-sensitive' as const };
    fc.assert(
      fc.property(anyCase, fc.boolean(), (snapshot, torn) => {
        const path = 'material/m1/sensitivity';
        const out = withoutSensitive({
          ...snapshot,
          material: [base],
          conflicts: torn ? [{ path, values: ['sensitive', 'non-sensitive'] }] : [],
          unread: torn ? {} : { [path]: 'top secret' },
        });
        expect(out.material).toEqual([]);
        expect(JSON.stringify([out.conflicts, out.unread])).not.toContain('m1');
      }),
      { numRuns: 5 },
    );
  });
});
