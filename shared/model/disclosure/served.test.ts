import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formOf } from '../formats/forms.ts';
import { anyCase, FILES } from '../snapshot/arbitrary.fixture.ts';
import { builtInRules } from '../rules/builtIn.ts';
import { example } from '../snapshot/example/example.ts';
import type { CaseSnapshot } from '../snapshot/schema.ts';
import { asServedText, servedManifest } from './servedText.ts';
import type { ServedBundle } from './served.ts';
import { WHY, servedOf } from './served.ts';
import type { NonSensitive } from './withoutSensitive.ts';

const ON = '2026-11-22';
const exampleCase = (): CaseSnapshot => example('trial', ON, builtInRules());
const SHA = 'ab'.repeat(32);
const TOKEN = (list: string, id: string): string => `token-${list}-${id}-end`;

/** Any case in which each row of material and each document names itself, with a file for each item. */
const anyServed = anyCase.map((snapshot): CaseSnapshot => {
  const rest = { number: 1, type: '', bytes: 1, sha256: SHA, added: '', addedBy: '', found: [], releasedTo: [] };
  return {
    ...snapshot,
    material: snapshot.material.map((row) => ({
      ...row,
      description: TOKEN('material', row.id),
      sensitiveReason: TOKEN('reason', row.id),
      reason: TOKEN('opinion', row.id),
    })),
    documents: snapshot.documents.map((row) => ({ ...row, note: TOKEN('note', row.id) })),
    files: FILES.map((item) => ({ item, version: `v-${item}`, name: TOKEN('file', item), ...rest })),
  };
});
const items = ({ groups }: ServedBundle): readonly string[] =>
  groups.flatMap(({ documents }) => documents.map(({ item }) => item));

/** Everything that is written out of it, as one text. */
const written = (bundle: ServedBundle): string => asServedText(bundle, { title: 'R v X', urn: null, at: ON, by: 'P' });

describe('what is served', () => {
  it('never holds sensitive material, a back sheet, a confidential form, or what is withheld: no file, no name, no word', () => {
    fc.assert(
      fc.property(anyServed, fc.subarray(FILES), (snapshot, withheld) => {
        const bundle = servedOf(snapshot, new Set(withheld), ON);
        const text = written(bundle);
        const sensitive = snapshot.material.filter(({ sensitivity }) => sensitivity === 'sensitive');
        const never = new Set([
          ...withheld,
          ...sensitive.flatMap(({ file }) => file ?? []),
          ...snapshot.statements.flatMap(({ backSheet }) => backSheet ?? []),
          ...snapshot.documents.filter(({ form }) => formOf(form)?.served === 'confidential').map(({ id }) => id),
          ...snapshot.documents.filter((row) => row.served === false).map(({ id }) => id),
        ]);
        expect(items(bundle).filter((item) => never.has(item))).toEqual([]);
        for (const item of never) expect(text).not.toContain(TOKEN('file', item));
        for (const { id } of sensitive) expect(text).not.toContain(TOKEN('material', id));
        expect(text).not.toMatch(/token-(?:reason|opinion|note)/);
        // What stays out is named to who makes it, with why, and every file is one or the other.
        expect(items(bundle).length + bundle.left.length).toBe(FILES.length);
        expect(text).not.toContain(WHY.sensitive);
      }),
      { numRuns: 60 },
    );
  });

  it('holds what a person marked as served, unless it is one of those', () => {
    fc.assert(
      fc.property(anyServed, (snapshot) => {
        const marked = {
          ...snapshot,
          material: [],
          statements: [],
          documents: snapshot.documents.map((row) => ({ ...row, served: true, form: 'OTHER' as const, expires: ON })),
        };
        expect([...items(servedOf(marked, new Set(), ON))].sort()).toEqual(
          marked.documents.map(({ id }) => id).sort((a, b) => (a < b ? -1 : 1)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('is, of the example, its statements, charges and exhibits, and none of its back sheets', () => {
    const bundle = servedOf(exampleCase(), new Set(), ON);
    const forms = bundle.groups.flatMap(({ documents }) => documents.map(({ form }) => form));
    expect(forms).toContain('MG11');
    expect(forms).toContain('MG5');
    for (const form of ['MG11R', 'MG6', 'MG6D', 'MG6E', 'MG9', 'PNC']) expect(forms).not.toContain(form);
    expect(bundle.schedule.length).toBeGreaterThan(0);
    expect(written(bundle)).toContain('MG6C');
  });

  it('asks to look at a statement of which no back sheet is on record, and leaves out one that is its own', () => {
    const snapshot = { ...exampleCase(), material: [] };
    const [statement] = snapshot.statements;
    if (!statement?.file) throw new Error('the example has a statement with a file');
    const { backSheet: _, ...without } = statement;
    expect(servedOf({ ...snapshot, statements: [without] }, new Set(), ON).look[0]).toMatch(
      /no back sheet is on record/,
    );
    const same = { ...statement, backSheet: statement.file };
    const bundle = servedOf({ ...snapshot, statements: [same] }, new Set(), ON);
    expect(items(bundle)).not.toContain(statement.file);
    expect(bundle.left.map(({ why }) => why)).toContain(WHY['holds its back sheet']);
  });

  it('takes rows for the schedule that are not sensitive, and no others: by their type', () => {
    const sensitive = { id: 'm1', sensitivity: 'sensitive' } as const;
    // @ts-expect-error a sensitive row is not one that the schedule for the defence takes
    const row: NonSensitive = sensitive;
    expect(row.id).toBe('m1');
  });
});

describe('its manifest', () => {
  it('names each file as it was written, with its hash, and nothing that stayed out', () => {
    const bundle = servedOf(exampleCase(), new Set(), ON);
    const [first] = bundle.groups.flatMap(({ documents }) => documents);
    if (!first) throw new Error('something of the example is served');
    const made = servedManifest(
      [{ document: first, file: '0001 one.pdf' }],
      { file: 'Index.html', bytes: 3, sha256: SHA },
      { at: ON, by: { name: 'P', post: 'Q', organisation: 'R' } },
    );
    expect(made.files).toEqual([
      { title: first.title, file: '0001 one.pdf', bytes: first.file.bytes, sha256: first.file.sha256 },
    ]);
    expect(Object.keys(made)).toEqual(['format', 'version', 'index', 'at', 'by', 'files']);
  });
});
