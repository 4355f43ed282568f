/** What is written beside an exported case, and the list of its items. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeName } from '../../primitives/fileName.ts';
import { builtInRules } from '../rules/builtIn.ts';
import type { FileFacts } from '../snapshot/facts.ts';
import { example } from '../snapshot/example/example.ts';
import { exportName } from './manifest.ts';
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
