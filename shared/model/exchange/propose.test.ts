/** Names of files as they come, and what each is proposed to be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORM_CODES, GROUPS } from '../formats/forms.ts';
import { propose } from './propose.ts';

describe('a name that says what the file is', () => {
  it.each([
    ['MG11 Marsh.pdf', 'MG11', 'Marsh', null],
    ['MG11 A. Marsh signed.pdf', 'MG11', 'Marsh', null],
    ['mg11_marsh.docx', 'MG11', 'marsh', null],
    ['MG 11 - O\u2019Neill.pdf', 'MG11', 'O\u2019Neill', null],
    ['Smith-Jones MG11.pdf', 'MG11', 'Smith-Jones', null],
    ['MG11 statement of PC Whitlock.pdf', 'MG11', 'Whitlock', null],
    ['MG11 Alice Marsh.pdf', 'MG11', 'Alice Marsh', null],
    ['MG11 Marsh, Alice.pdf', 'MG11', 'Marsh Alice', null],
    ['MG11 Mrs van der Berg.pdf', 'MG11', 'van der Berg', null],
    ['mg11 back-sheet marsh.pdf', 'MG11R', 'marsh', null],
    ['MG11 Marsh.pdf.docx', 'MG11', 'Marsh', null],
    ['MG11 Marsh\u2013signed.pdf', 'MG11', 'Marsh', null],
    ['MG11 PC 1234 Whitlock.pdf', 'MG11', 'Whitlock', null],
    ['S9 statement Marsh.pdf', 'MG11', 'Marsh', null],
    ['MG11 what she said of the night at the depot.pdf', 'MG11', null, null],
    ['MG06C.pdf', 'MG6C', null, null],
    ['MG DD A.pdf', 'MGDD', null, null],
    ['SDN Smith.docx', 'MG15', null, null],
    ['js-1 cctv.mp4', 'EXHIBIT', null, 'JS/1'],
    ['JS.1.jpg', 'EXHIBIT', null, 'JS/1'],
    ['JS-1A.jpg', 'EXHIBIT', null, 'JS/1A'],
    ['JS 1(a).jpg', 'EXHIBIT', null, 'JS/1'],
    ['JS\u20111 till.jpg', 'EXHIBIT', null, 'JS/1'],
    ['CCTV 2026-11-03 JS-2.mp4', 'EXHIBIT', null, 'JS/2'],
    ['MG11.pdf', 'MG11', null, null],
    ['MG11R Marsh.pdf', 'MG11R', 'Marsh', null],
    ['MG11 back sheet Marsh.pdf', 'MG11R', 'Marsh', null],
    ['Witness statement Marsh.pdf', 'MG11', 'Marsh', null],
    ['VPS Marsh.pdf', 'VPS', 'Marsh', null],
    ['MG5 case summary.pdf', 'MG5', null, null],
    ['MG6C.pdf', 'MG6C', null, null],
    ['mg-6d schedule.pdf', 'MG6D', null, null],
    ['MG4A bail.pdf', 'MG4A', null, null],
    ['DMD.docx', 'DMD', null, null],
    ['JS-1 CCTV.mp4', 'EXHIBIT', null, 'JS/1'],
    ['JS_01 photograph.jpg', 'EXHIBIT', null, 'JS/1'],
    ['JS1.jpg', 'EXHIBIT', null, 'JS/1'],
    ['Exhibit PN 12 knife.jpg', 'EXHIBIT', null, 'PN/12'],
    ['R v Garside/MG11 Marsh.pdf', 'MG11', 'Marsh', null],
    ['MG5 drafts/statements/JS-1 till.jpg', 'EXHIBIT', null, 'JS/1'],
    ['CCTV (ABC-3).mp4', 'EXHIBIT', null, 'ABC/3'],
  ])('%s', (name, form, witness, exhibit) => {
    expect(propose(name)).toMatchObject({ form, witness, exhibit });
  });
});

describe('a name that says nothing, or two things', () => {
  it.each([
    'scan.pdf',
    'IMG 1234.jpg',
    'BWV PC1234.mp4',
    'PC 1234.mp4',
    'AB12 CDE.jpg',
    'part-2.pdf',
    'CAM-2 Harbour Street.mp4',
    'DSC 0001.jpg',
    'JS-1 and JS-2.zip',
    'MG5 and MG6.pdf',
    'letter NOV 22.pdf',
    'MG99.pdf',
    'statement of account.pdf',
    '',
  ])('%j: nothing is proposed', (name) => expect(propose(name)).toBeNull());
});

it('never fails, and proposes only what the tables know', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (name) => {
      const found = propose(name);
      if (found === null) return;
      expect(GROUPS).toContain(found.group);
      expect(FORM_CODES).toContain(found.form);
    }),
  );
});
