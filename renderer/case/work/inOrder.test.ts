import { expect, test } from 'vitest';
import { placeName } from '../../../shared/model/formats/placeName.ts';
import type { Finding } from '../../../shared/model/rules/preflight/preflight.ts';
import { partsOf } from './inOrder.ts';

const finding = (path: string): Finding => ({
  code: path,
  sentence: '',
  path,
  mend: path,
  reason: '',
  reasonText: '',
  source: '',
  verified: true,
  severity: 'fault',
  question: null,
});

test('findings stand by the part in which they are mended, those of one row together', () => {
  const paths = [
    'work/reviews',
    'suspects/1/born',
    'offences/1/code',
    'suspects/1/asn',
    'suspects/1/born',
    'summary',
    'case/unit',
  ];
  expect(partsOf(paths.map(finding)).map(({ title, findings }) => [title, findings.map(({ path }) => path)])).toEqual([
    ['Overview', ['summary']],
    ['File information', ['case/unit']],
    ['People and offences', ['suspects/1/born', 'suspects/1/born', 'suspects/1/asn', 'offences/1/code']],
    ['Review and decisions', ['work/reviews']],
  ]);
});

test('a place is called by its row where that has a name', () => {
  expect(placeName('suspects/1/born', 'Hale, Edwin')).toBe('Hale, Edwin: Date of birth');
  expect(placeName('suspects/1/born')).toBe('Suspect: Date of birth');
  expect(placeName('summary')).toBe('Summary');
  expect(placeName('enquiries')).toBe('Lines of enquiry');
});
