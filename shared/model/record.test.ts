import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { NewCase } from '../ipc/worker.ts';
import { checkField, checkMarking, isDate } from './formats/check.ts';
import { CASE_FIELDS, LISTS, LIST_NAMES, fieldsOf } from './formats/index.ts';
import { itemField, removeItem } from './list.ts';
import { copyRecord } from './publish.ts';
import { SUMMARY_FIELD, copySummary, readRecord, recordRoot, summaryText, valueOf, writeNewCase } from './record.ts';
import { recordLines } from './recordLines.ts';
import type { Author } from './register.ts';
import { setField } from './register.ts';

let counter = 0;
const author = (by = 'Ann Bell', at = 1): Author => ({
  by,
  at,
  newKey: () => (++counter).toString(16).padStart(32, '0'),
});
const made: NewCase = {
  title: 'R v Smith',
  urn: '01ab/12345/26',
  kind: 'charging',
  officer: 'Ann Bell',
  suspects: [{ name: 'John Smith', born: '1990-03-01' }],
  offences: [{ code: 'TH68001', wording: 'Theft', date: '2026-11-01', place: 'High Street' }],
  people: [
    { role: 'victim', name: 'Eve Hill' },
    { role: 'witness', name: 'Bo Fox' },
  ],
};
const TEAM = { items: new Set<string>(), team: true };
const holds = (doc: Y.Doc, phrase: string): boolean => Buffer.from(Y.encodeStateAsUpdate(doc)).includes(phrase);

describe('a case record', () => {
  it('is written and read back, checked and in its order', () => {
    const doc = new Y.Doc();
    expect(writeNewCase(doc, made, author())).toEqual({ ok: true, value: null });
    const record = readRecord(doc);
    expect(valueOf(record.fields, 'urn')).toBe('01AB1234526');
    expect(record.conflicts).toEqual([]);
    expect(record.newer.size).toBe(0);
    expect(recordLines(record, TEAM)).toEqual([
      { label: 'Title', value: 'R v Smith' },
      { label: 'URN', value: '01AB/12345/26' },
      { label: 'Kind', value: 'charging' },
      { label: 'Officer in the case', value: 'Ann Bell' },
      { label: 'Marking', value: 'OFFICIAL' },
      { label: 'Suspect 1', value: 'Name: John Smith; Date of birth: 1990-03-01' },
      { label: 'Offence 1', value: 'CJS code: TH68001; Offence: Theft; On, or from: 2026-11-01; Place: High Street' },
      { label: 'Victim 1', value: 'Name: Eve Hill' },
      { label: 'Witness 1', value: 'Name: Bo Fox' },
    ]);
  });

  it('writes nothing where anything is wrong, and names each fault and its place', () => {
    const doc = new Y.Doc();
    const wrote = writeNewCase(
      doc,
      { ...made, title: ' ', urn: '01', suspects: [{ name: 'X', born: '2026-02-30' }] },
      author(),
    );
    expect(wrote.ok ? [] : wrote.cause.map((fault) => fault.path)).toEqual(['urn', 'title', 'suspects/0/born']);
    expect(recordRoot(doc).size).toBe(0);
  });

  it('shows a conflict with both values, also in what is copied', () => {
    const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
    writeNewCase(mine, made, author());
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
    const suspect = readRecord(mine).lists.suspects[0]!.id;
    setField(recordRoot(mine), itemField('suspects', suspect, 'born'), '1990-03-02', author('Ann Bell', 2));
    setField(recordRoot(theirs), itemField('suspects', suspect, 'born'), '1990-03-03', author('Cy Dodd', 3));
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs));
    const record = readRecord(mine);
    expect(record.conflicts).toMatchObject([
      { path: `suspects/${suspect}/born`, values: [{ by: 'Ann Bell' }, { by: 'Cy Dodd' }] },
    ]);
    expect(recordLines(record, TEAM)[5]?.value).toContain('1990-03-02 / 1990-03-03 (2 values, not yet chosen)');
    const copy = new Y.Doc();
    copyRecord(mine, copy, TEAM, author('Ann Bell', 4));
    expect(recordLines(readRecord(copy), TEAM)).toEqual(recordLines(record, TEAM));
  });

  it('publishes current values only: nothing replaced, removed or unknown, and none of the source\u2019s clients', () => {
    const doc = new Y.Doc({ gc: false });
    writeNewCase(doc, made, author('Zed Quill'));
    setField(recordRoot(doc), 'title', 'Secretly named', author());
    setField(recordRoot(doc), 'title', 'R v Smith and another', author());
    setField(recordRoot(doc), 'later/field', 'of a newer version', author());
    const gone = readRecord(doc).lists.witnesses[0]!;
    removeItem(recordRoot(doc), 'witnesses', gone.id, author());
    expect([...readRecord(doc).newer.keys()]).toEqual(['later/field']);
    for (const source of [doc, Y.encodeStateAsUpdate(doc)]) {
      const copy = new Y.Doc();
      copyRecord(source, copy, TEAM, author('Ann Bell', 9));
      expect(recordLines(readRecord(copy), TEAM)).toEqual(recordLines(readRecord(doc), TEAM));
      for (const phrase of ['Secretly', 'newer version', 'Bo Fox', 'Zed Quill', gone.id])
        expect(holds(copy, phrase)).toBe(false);
      expect([...copy.store.clients.keys()]).toEqual([copy.clientID]);
    }
    expect(holds(doc, 'Bo Fox')).toBe(true);
  });

  it('fits into a package, however much there is', () => {
    const doc = new Y.Doc();
    const people = Array.from({ length: 600 }, (_, i) => ({ role: 'witness' as const, name: `W${i}` }));
    writeNewCase(doc, { ...made, people }, author());
    setField(recordRoot(doc), 'title', 'x'.repeat(9000), author());
    const lines = recordLines(readRecord(doc), TEAM);
    expect(lines).toHaveLength(500);
    expect(lines.at(-1)).toEqual({
      label: 'Not in this copy',
      value: '108 more people, offences or other rows; they are in the Case file.',
    });
    for (const line of lines) expect(line.value.length).toBeLessThanOrEqual(4000);
    expect(valueOf(readRecord(doc).fields, 'title')).toHaveLength(300);
  });
});

describe('the table of fields', () => {
  const fields = [...CASE_FIELDS, ...LIST_NAMES.flatMap(fieldsOf)];
  it('gives each a label, a limit and a source, and verifies no form that it does not know', () => {
    for (const field of fields) {
      expect(field.label).toMatch(/^[A-Z]/);
      expect(field.limit).toBeGreaterThan(0);
      expect(field.source).not.toBe('');
      expect((field.choices?.length ?? 0) > 1).toBe(['choice', 'marking', 'yes-no'].includes(field.type));
    }
  });
  it('keeps what it has checked as it is, and says one sentence of what it refuses', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        fc.oneof(
          fc.string(),
          fc.string({ minLength: 290, maxLength: 400 }),
          fc.constantFrom('secret', 'th68001', '1990-02-29', 'person', '01ab1234526'),
        ),
        (field, typed) => {
          const checked = checkField(field, typed);
          const again = checked.ok ? checkField(field, checked.value.value) : checked;
          expect(again).toEqual(checked);
          expect(checked.ok || /\. .*\.$/.test(checked.cause)).toBe(true);
        },
      ),
    );
  });
  it.each(['SECRET', 'top secret', 'UK-SECRET', 'Top-Secret '])('refuses %s outright', (typed) => {
    expect(checkMarking(typed)).toMatchObject({ ok: false, cause: expect.stringContaining('must not hold') as string });
  });
  it.each([
    ['official', 'OFFICIAL'],
    ['Official \u2013 Sensitive', 'OFFICIAL-SENSITIVE'],
  ])('keeps %s as %s', (typed, kept) => {
    expect(checkMarking(typed)).toMatchObject({ ok: true, value: { value: kept } });
  });
  it('refuses a marking that is no longer in use', () => expect(checkMarking('RESTRICTED').ok).toBe(false));
  it('advises, and does not refuse, where a form is not verified', () => {
    const asn = LISTS.suspects.fields.find((field) => field.key === 'asn')!;
    expect(checkField(asn, 'my own form')).toMatchObject({
      ok: true,
      value: { value: 'my own form', advice: expect.stringContaining('not verified') as string },
    });
    expect(checkField(asn, '26/01ab/01/123c')).toEqual({ ok: true, value: { value: '26/01AB/01/123C', advice: null } });
  });
  it('knows the days of the calendar', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 33 }),
        (y, m, d) => {
          const text = `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
          const date = new Date(`${text}T00:00:00Z`);
          expect(isDate(text)).toBe(!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text));
        },
      ),
    );
  });
});

/** A paragraph; `br` stands for a line break. */
function paragraph(...parts: string[]): Y.XmlElement {
  const node = new Y.XmlElement('paragraph');
  node.insert(
    0,
    parts.map((part) => (part === 'br' ? new Y.XmlElement('hardBreak') : new Y.XmlText(part))),
  );
  return node;
}
const write = (doc: Y.Doc, ...nodes: Y.XmlElement[]): void => doc.getXmlFragment(SUMMARY_FIELD).push(nodes);
const markup = (doc: Y.Doc): string =>
  doc
    .getXmlFragment(SUMMARY_FIELD)
    .toArray()
    .map((node) => node.toJSON() as string)
    .join('');

describe('the summary', () => {
  it('is read as plain text, a line for each paragraph', () => {
    const doc = new Y.Doc();
    const list = new Y.XmlElement('bulletList');
    const item = new Y.XmlElement('listItem');
    item.insert(0, [paragraph('took it')]);
    list.insert(0, [item]);
    write(doc, paragraph('He said', 'br', 'that he'), new Y.XmlElement('paragraph'), list);
    const bold = new Y.XmlText();
    const marked = new Y.XmlElement('paragraph');
    write(doc, marked);
    marked.push([bold]);
    bold.applyDelta([{ insert: 'and ' }, { insert: 'ran', attributes: { bold: true } }]);
    expect(summaryText(doc)).toBe('He said\nthat he\n\n- took it\nand ran');
  });

  it('is copied by value: current text and marks, nothing that was deleted', () => {
    const doc = new Y.Doc({ gc: false });
    const undo = new Y.UndoManager(doc.getXmlFragment(SUMMARY_FIELD));
    const node = paragraph('he was near the ');
    node.setAttribute('textAlign', 'left');
    write(doc, node);
    const text = node.get(0) as Y.XmlText;
    text.insert(16, 'informant Quill');
    undo.stopCapturing();
    text.delete(16, 15);
    undo.undo();
    undo.redo();
    text.insert(text.length, 'shop', { bold: true });
    const copy = new Y.Doc();
    copySummary(doc.getXmlFragment(SUMMARY_FIELD), copy.getXmlFragment(SUMMARY_FIELD));
    expect(holds(doc, 'informant Quill')).toBe(true);
    expect(holds(copy, 'Quill')).toBe(false);
    expect(markup(copy)).toBe('<paragraph textAlign="left">he was near the <bold>shop</bold></paragraph>');
    expect(markup(copy)).toBe(markup(doc));
    expect([...copy.store.clients.keys()]).toEqual([copy.clientID]);
  });

  it('says so where it is too long for a package', () => {
    const doc = new Y.Doc();
    write(doc, paragraph('x'.repeat(250_000)));
    expect(summaryText(doc)).toHaveLength(200_000);
    expect(summaryText(doc)).toMatch(/It is in the Case file\.\]$/);
  });
});
