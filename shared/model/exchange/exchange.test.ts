/** What is written beside an exported case, and the list of its items. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeName } from '../../primitives/fileName.ts';
import { builtInRules } from '../rules/builtIn.ts';
import type { FileFacts } from '../snapshot/facts.ts';
import { example } from '../snapshot/example/example.ts';
import { LIST_NAMES, fieldsOf } from '../formats/index.ts';
import { keptText } from '../snapshot/values.ts';
import { danglingReferences } from '../snapshot/references.ts';
import { exportName, parseManifest } from './manifest.ts';
import { withItems } from './reconnect.ts';
import { itemListCsv } from './itemList.ts';

describe('names in an exported folder', () => {
  it('are those of the case where they can be, with a number before', () => {
    expect(exportName(1, 'MG11 statement.pdf')).toBe('0001 MG11 statement.pdf');
    expect(exportName(12, 'a/b:c?.pdf')).toBe('0012 a_b_c_.pdf');
    expect(exportName(3, `${'x'.repeat(300)}.docx`)).toMatch(/^0003 x+\.docx$/);
  });
  it('are plain, short and of one file each, whatever the file was called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const called = exportName(7, name);
        expect(safeName(called)).toBe(called);
        expect(called.length).toBeLessThanOrEqual(120);
        expect(called.toLowerCase()).not.toBe(exportName(8, name).toLowerCase());
      }),
    );
  });
});

describe('the list of items as CSV', () => {
  const snapshot = example('charging', '2026-11-22', builtInRules());
  const lines = (files: readonly FileFacts[]): string[] => itemListCsv({ ...snapshot, files }).split('\r\n');
  const [file] = snapshot.files;
  if (!file) throw new Error('the example has files');

  it('has a line for each item, its newest version', () => {
    const [head, first, ...rest] = lines([
      { ...file, number: 1 },
      { ...file, number: 2, name: 'newer.pdf' },
    ]);
    expect(head).toMatch(/^\uFEFFTitle,File name,/);
    expect(first).toContain(',newer.pdf,');
    expect(rest).toEqual(['']);
  });
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('lets no name begin as a formula: %j', (name) => {
    expect(lines([{ ...file, name }])[1]).toContain(`,'${name},`);
  });
  it('quotes what a reader would take for another cell or line', () => {
    expect(lines([{ ...file, name: 'a, "b".pdf' }])[1]).toContain(',"a, ""b"".pdf",');
  });
});

describe('a manifest', () => {
  const hash = 'ab'.repeat(32);
  const good = {
    format: 'joinder export',
    version: 1,
    case: { file: 'case.json', bytes: 2, sha256: hash },
    files: [{ item: 'i1', version: 'v1', name: 'a/b.pdf', bytes: 1, sha256: hash, file: '0001 a_b.pdf' }],
  };
  const [file] = good.files;
  it('is read, also with what a later version adds', () => {
    expect(parseManifest(JSON.stringify({ ...good, later: 1 })).ok).toBe(true);
  });
  it.each([
    ['no JSON', 'x'],
    ['another format', JSON.stringify({ ...good, format: 'other' })],
    ['a later version', JSON.stringify({ ...good, version: 2 })],
    ['a name that leads out', JSON.stringify({ ...good, files: [{ ...file, file: '../x' }] })],
    ['one name twice', JSON.stringify({ ...good, files: [file, file] })],
    ['a hash that is none', JSON.stringify({ ...good, files: [{ ...file, sha256: 'ab' }] })],
  ])('with %s is refused, and says what to do', (_, text) => {
    const read = parseManifest(text);
    expect(!read.ok && read.cause).toMatch(/manifest\.json .*(Choose|Export)/);
  });
  it('never fails', () => {
    fc.assert(fc.property(fc.json(), (text) => void parseManifest(text)));
  });
});

describe('a case whose files come along', () => {
  it('points at the new items wherever it pointed at the old ones, and nowhere else', () => {
    const before = example('trial', '2026-11-22', builtInRules());
    const after = withItems(before, (old) => `new-${old}`);
    expect(after.files.map(({ item }) => item)).toEqual(before.files.map(({ item }) => `new-${item}`));
    expect(after.documents.map(({ id }) => id)).toEqual(before.documents.map(({ id }) => `new-${id}`));
    expect(danglingReferences(after)).toEqual([]);
    for (const list of LIST_NAMES)
      for (const [i, row] of (after[list] as readonly Readonly<Record<string, unknown>>[]).entries())
        for (const { key, to } of fieldsOf(list)) {
          const old = keptText((before[list][i] as Readonly<Record<string, unknown>>)[key]);
          expect(keptText(row[key])).toBe(to?.includes('files') === true && old !== null ? `new-${old}` : old);
        }
  });
});
