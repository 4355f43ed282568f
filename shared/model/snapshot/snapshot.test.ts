import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import * as Y from 'yjs';
import { CASE_FIELDS, LIST_NAMES, fieldsOf } from '../formats/index.ts';
import { addItem, itemField, removeItem } from '../list.ts';
import { readRecord, recordRoot } from '../record.ts';
import type { Author } from '../register.ts';
import { setField } from '../register.ts';
import { emptyWork } from '../work/fold/draft.ts';
import { anyCase } from './arbitrary.fixture.ts';
import { FIVE_FIELDS_FOUR_LISTS } from './older.fixture.ts';
import { parseCase, parseCaseText } from './parse.ts';
import { readSnapshot } from './read.ts';
import { danglingReferences } from './references.ts';
import type { CaseSnapshot } from './schema.ts';
import { jsonSchema } from './schema.ts';
import { writeSnapshot } from './write.ts';

let counter = 0;
const author = (by = 'Ann Bell', at = 1): Author => ({
  by,
  at,
  newKey: () => (++counter).toString(16).padStart(32, '0'),
});

function parsed(value: unknown): CaseSnapshot {
  const read = parseCase(value);
  if (!read.ok) throw new Error(JSON.stringify(read.cause));
  return read.value;
}
const read = (working: Y.Doc | null, caseFile: Y.Doc | null = null): CaseSnapshot =>
  readSnapshot({
    id: 'case0',
    working: working && readRecord(working),
    caseFile: caseFile && readRecord(caseFile),
    summary: '',
    files: [],
    packages: [],
    work: emptyWork(),
  });
function written(snapshot: CaseSnapshot): Y.Doc {
  const doc = new Y.Doc();
  writeSnapshot(doc, snapshot, author());
  return doc;
}
const faultsOf = (value: unknown): string[] => {
  const got = parseCase(value);
  return got.ok ? [] : got.cause.is === 'faulty' ? got.cause.faults.map(({ path }) => path) : ['unreadable'];
};
const minimal = (more: object = {}): Record<string, unknown> => ({
  format: 'joinder case',
  version: 1,
  case: { id: 'case0' },
  ...more,
});

describe('a snapshot', () => {
  it('is the same after it was written as JSON and read, and after it was written into a record and read', () => {
    fc.assert(
      fc.property(anyCase, (snapshot) => {
        expect(parsed(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
        const staged = { ...snapshot, case: { ...snapshot.case, stage: 'charging' } };
        expect(read(written(snapshot))).toEqual(staged);
      }),
      { numRuns: 20 },
    );
  });

  it('takes the Case file’s fields and rows before those of Working papers, and joins their rows', () => {
    const [working, shared] = [new Y.Doc(), new Y.Doc()];
    const [own, theirs] = [recordRoot(working), recordRoot(shared)];
    setField(own, 'title', 'old', author());
    setField(own, 'officer', 'Ann', author());
    setField(own, 'unit', 'CID', author());
    setField(theirs, 'title', 'new', author());
    setField(theirs, 'unit', '', author());
    addItem(own, 'suspects', { family: 'A', needs: 'only here' }, author(), 's1');
    addItem(own, 'suspects', { family: 'gone' }, author(), 's2');
    addItem(own, 'suspects', { family: 'C' }, author(), 's3');
    addItem(theirs, 'suspects', { family: 'gone' }, author(), 's2');
    addItem(theirs, 'suspects', { family: 'A, corrected' }, author(), 's1');
    removeItem(theirs, 'suspects', 's2', author());
    const snapshot = read(working, shared);
    expect(snapshot.case).toEqual({ id: 'case0', title: 'new', officer: 'Ann', stage: 'charging' });
    expect(snapshot.suspects).toEqual([
      { id: 's1', family: 'A, corrected', needs: 'only here' },
      { id: 's3', family: 'C' },
    ]);
  });

  it('names a conflict with both values and goes on with the latest', () => {
    const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
    addItem(recordRoot(mine), 'suspects', { family: 'A' }, author(), 's1');
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
    setField(recordRoot(mine), itemField('suspects', 's1', 'born'), '1990-01-01', author('Ann', 2));
    setField(recordRoot(theirs), itemField('suspects', 's1', 'born'), '1990-01-02', author('Cy', 3));
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs));
    const snapshot = read(mine);
    expect(snapshot.conflicts).toEqual([{ path: 'suspects/s1/born', values: ['1990-01-01', '1990-01-02'] }]);
    expect(snapshot.suspects[0]?.born).toBe('1990-01-02');
  });
});

describe('older versions', () => {
  it('opens a record that was written with five fields and four lists, with its conflict and without its removed row', () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Buffer.from(FIVE_FIELDS_FOUR_LISTS, 'base64'));
    const record = readRecord(doc);
    expect(record.newer.size).toBe(0);
    const snapshot = read(doc);
    expect(snapshot.case).toMatchObject({ title: 'R v Smith', urn: '01AB1234526', kind: 'first hearing' });
    expect(snapshot.suspects).toMatchObject([{ name: 'John Smith', born: '1990-03-01', asn: 'my own form' }]);
    expect(snapshot.offences).toMatchObject([{ code: 'TH68001', from: '2026-11-01', place: 'High Street' }]);
    expect(snapshot.witnesses).toMatchObject([{ name: 'Bo Fox' }]);
    expect(snapshot.conflicts).toEqual([{ path: 'case/officer', values: ['Ann Bell, DC', 'Cy Dodd'] }]);
  });
});

describe('newer versions', () => {
  const newer = minimal({
    version: 2,
    case: { id: 'case0', title: 'R v Smith', mood: 'calm', kind: 'inquest' },
    suspects: [{ id: 's1', family: 'Smith', custodyStatus: 'on the moon', shoe: '43', marks: ['a', 'b'] }],
    vehicles: [{ id: 'v1', vrm: 'AB12 CDE' }],
  });

  it('are read as far as they are understood, and what is not is kept, in place or apart, and named', () => {
    const snapshot = parsed(newer);
    expect(snapshot.suspects).toEqual([{ id: 's1', family: 'Smith', shoe: '43', marks: ['a', 'b'] }]);
    expect(snapshot.unread).toEqual({ 'case/kind': 'inquest', 'suspects/s1/custodyStatus': 'on the moon' });
    expect(snapshot.newer).toEqual([
      'case/kind',
      'case/mood',
      'suspects/s1/custodyStatus',
      'suspects/s1/marks',
      'suspects/s1/shoe',
      'vehicles',
    ]);
    expect(snapshot).toMatchObject({ vehicles: [{ id: 'v1', vrm: 'AB12 CDE' }], case: { mood: 'calm' } });
  });

  it('lose nothing on the way through a record and out again', () => {
    const again = read(written(parsed(newer)));
    expect(again.unread).toEqual({ 'case/kind': 'inquest', 'suspects/s1/custodyStatus': 'on the moon' });
    expect(again).toMatchObject({
      case: { mood: 'calm' },
      suspects: [{ family: 'Smith', shoe: '43', marks: 'a b' }],
      vehicles: [{ id: 'v1', vrm: 'AB12 CDE' }],
    });
    expect(again.newer).toContain('vehicles/v1/vrm');
    expect(parsed(JSON.parse(JSON.stringify(again))).unread).toEqual(again.unread);
  });

  it('keep what stands beside the lists, of whatever form, and hand it on as it came', () => {
    const beside = {
      forecast: { trial: '2027-03', odds: [1, { of: 2 }] },
      colour: 'blue',
      marks: [1, 2],
      sealed: false,
    };
    const given = minimal({ version: 2, ...beside, case: { id: 'case0', title: 'R v Smith', aims: { first: 'x' } } });
    const once = read(written(parsed(given)));
    expect(once).toMatchObject(beside);
    expect(once.newer).toEqual(expect.arrayContaining(Object.keys(beside)));
    expect(once.case).toMatchObject({ aims: '{"first":"x"}' });
    // Once more, as an older version that it is handed to does.
    expect(read(written(parsed(JSON.parse(JSON.stringify(once)))))).toMatchObject(beside);
  });

  it('find their values back in place when the version that understands them reads what an older one passed on', () => {
    const passedOn = minimal({
      suspects: [{ id: 's1', family: 'Smith' }],
      unread: { 'suspects/s1/youth': 'yes', 'suspects/s1/custodyStatus': 'on the moon', 'suspects/gone/born': 'x' },
    });
    const snapshot = parsed(passedOn);
    expect(snapshot.suspects[0]).toEqual({ id: 's1', family: 'Smith', youth: true });
    expect(snapshot.unread).toEqual({ 'suspects/s1/custodyStatus': 'on the moon', 'suspects/gone/born': 'x' });
  });

  it('may bring a marking that is not known, and never one that must not be here', () => {
    const marked = (marking: string) => minimal({ version: 2, case: { id: 'case0', marking } });
    expect(parsed(marked('OFFICIAL-LATER')).unread).toEqual({ 'case/marking': 'OFFICIAL-LATER' });
    expect(faultsOf(marked('TOP SECRET'))).toEqual(['case/marking']);
    expect(faultsOf(minimal({ case: { id: 'case0', marking: 'SECRET' } }))).toEqual(['case/marking']);
  });

  it('write nothing that would take a row off its list or move it', () => {
    const hostile = minimal({
      version: 2,
      suspects: [{ id: 's1', family: 'Smith', removed: 'x', position: 'zz' }],
      'a/b': [{ id: 'x', c: 'd' }],
      vehicles: [{ id: 'v/1', vrm: 'AB12' }],
      unread: { 'suspects/s1/removed': 'x', 'victims/v|1/name': 'y' },
    });
    const doc = written(parsed(hostile));
    expect(read(doc).suspects).toEqual([{ id: 's1', family: 'Smith' }]);
    expect(new Set([...recordRoot(doc).keys()].map((key) => key.split('|')[0]))).toEqual(
      new Set(['suspects/s1/family', 'suspects/s1/position', 'beside/case/vehicles']),
    );
  });
});

describe('a case from outside', () => {
  test.each([
    ['', 'not JSON'],
    ['{', 'line 1'],
    ['[]', 'not a case'],
    ['{"format":"joinder case"}', 'version'],
    ['{"format":"joinder case","version":0,"case":{"id":"a"}}', 'version'],
  ])('that is no case is unreadable: %s', (text, word) => {
    expect(parseCaseText(text)).toMatchObject({
      ok: false,
      cause: { is: 'unreadable', sentence: expect.stringContaining(word) as string },
    });
  });

  test.each([
    ['case/urn', { case: { id: 'a', urn: '01AB/12345/26' } }, 'Write it as 01AB1234526'],
    ['case/urn', { case: { id: 'a', urn: '1' } }, 'too short'],
    ['case/charged', { case: { id: 'a', charged: 'yes' } }, 'true or false'],
    ['case/title', { case: { id: 'a', title: '' } }, 'empty'],
    ['case/title', { case: { id: 'a', title: 5 } }, 'quotation marks'],
    ['suspects/s1/born', { suspects: [{ id: 's1', born: '2026-02-30' }] }, 'not a date'],
    ['suspects/s1/custodyStatus', { suspects: [{ id: 's1', custodyStatus: 'x' }] }, 'Choose one of'],
    ['custody/c1/fromTime', { custody: [{ id: 'c1', fromTime: '9:30' }] }, 'not a time'],
    ['statements/s1/pages', { statements: [{ id: 's1', pages: '3' }] }, 'whole number'],
    ['offences/o1/suspects', { offences: [{ id: 'o1', suspects: 's1' }] }, 'list of ids'],
    ['suspects/0/id', { suspects: [{ family: 'x' }] }, 'missing'],
    [
      'suspects/s1',
      {
        suspects: [
          { id: 's1', family: 'a' },
          { id: 's1', family: 'b' },
        ],
      },
      'More than one suspect',
    ],
    ['case', { case: undefined }, 'missing'],
  ])('has its fault named, where and how to mend it: %s', (path, more, words) => {
    const got = parseCase(minimal(more));
    expect(got.ok || got.cause).toMatchObject({
      is: 'faulty',
      faults: [{ path, sentence: expect.stringContaining(words) as string }],
    });
  });

  it('can be judged all the same, with its faulty values set aside', () => {
    const got = parseCase(minimal({ suspects: [{ id: 's1', family: 'A', born: 'soon' }] }), 'lenient');
    expect(got).toMatchObject({
      ok: true,
      value: { suspects: [{ id: 's1', family: 'A' }], unread: { 'suspects/s1/born': 'soon' } },
    });
    expect(parseCase(minimal({ suspects: [{ family: 'A' }] }), 'lenient').ok).toBe(false);
  });

  it('has a reference to what is not there told', () => {
    const snapshot = parsed(minimal({ pleas: [{ id: 'p1', suspect: 's9', plea: 'guilty' }] }));
    expect(danglingReferences(snapshot)).toEqual([
      {
        path: 'pleas/p1/suspect',
        sentence: 'Who refers to what is not among the suspects. Add it there, or leave this out.',
      },
    ]);
  });

  it('cannot reach the prototype of anything', () => {
    parseCaseText('{"format":"joinder case","version":2,"case":{"id":"a","__proto__":{"title":"x"}}}');
    expect(({} as { title?: string }).title).toBeUndefined();
  });
});

test('the JSON Schema names every field of the tables, with its label', () => {
  const schema = jsonSchema() as {
    properties: Record<string, { items?: { properties: object }; properties?: object }>;
  };
  const own = schema.properties['case']?.properties;
  for (const field of CASE_FIELDS) expect(own).toMatchObject({ [field.key]: { title: field.label } });
  for (const list of LIST_NAMES)
    for (const field of fieldsOf(list))
      expect(schema.properties[list]?.items?.properties).toMatchObject({ [field.key]: { title: field.label } });
});
