import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem } from '../list.ts';
import type { CaseRecord } from '../record.ts';
import { readRecord, recordRoot } from '../record.ts';
import { setField } from '../register.ts';
import { mendedIn } from './mendedIn.ts';

let made = 0;
const newKey = (): string => (++made).toString(16).padStart(32, '0');
const author = { by: 'Nair', at: 1, newKey };

function recordWith(fill: (doc: Y.Doc) => void): CaseRecord {
  const doc = new Y.Doc();
  setField(recordRoot(doc), 'title', 'R v Hale', author);
  fill(doc);
  return readRecord(doc);
}
const suspect = newKey();
const late = newKey();
const withRow = (id: string) => (doc: Y.Doc) => void addItem(recordRoot(doc), 'suspects', { name: 'Hale' }, author, id);
const caseFile = recordWith(withRow(suspect));
const working = recordWith((doc) => {
  withRow(suspect)(doc);
  withRow(late)(doc);
});

test('before there is a Case file, in Working papers; where there are none, in the Case file', () => {
  expect(mendedIn('case/officerPhone', working, null)).toBe('working papers');
  expect(mendedIn('case/officerPhone', null, caseFile)).toBe('case file');
});

test.each([
  ['case/officerPhone', 'case file'],
  ['summary', 'case file'],
  ['work/reviews', 'case file'],
  ['suspects', 'case file'],
  [`suspects/${suspect}/born`, 'case file'],
  [`suspects/${late}/born`, 'working papers'],
  ['statements', 'working papers'],
  ['documents', 'working papers'],
  ['files/1', 'working papers'],
  [`material/${suspect}/sensitiveReason`, 'working papers'],
])('%s is mended in: %s', (path, place) => expect(mendedIn(path, working, caseFile)).toBe(place));
