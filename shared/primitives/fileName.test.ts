/** Hostile names, one row each: what the file may be called where it is written out, how it is shown, and what is said of it. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { utf8 } from './bytes.ts';
import { oddityOf, safeName, shownName } from './fileName.ts';

const LONG = `${'\u00E9'.repeat(300)}.pdf`;
const CLOWNS = `${'\u{1F921}'.repeat(100)}.docx`;

describe.each<[what: string, name: string, safe: string, shown: string, oddity: string | null]>([
  [
    'an ordinary name',
    'Statement of M. O\u2019Neill (2).pdf',
    'Statement of M. O\u2019Neill (2).pdf',
    'Statement of M. O\u2019Neill (2).pdf',
    null,
  ],
  [
    'emoji, joined ones too',
    '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} party.jpg',
    '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} party.jpg',
    '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} party.jpg',
    null,
  ],
  [
    'Persian with a non-joiner',
    '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645.txt',
    '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645.txt',
    '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645.txt',
    null,
  ],
  ['a way up', '../../../etc/passwd', '_.._.._etc_passwd', '../../../etc/passwd', null],
  ['a way up on Windows', '..\\..\\Windows\\win.ini', '_.._Windows_win.ini', '..\\..\\Windows\\win.ini', null],
  ['a drive', 'C:\\autoexec.bat', 'C__autoexec.bat', 'C:\\autoexec.bat', 'program'],
  ['another stream of a file', 'note.txt:hidden.exe', 'note.txt_hidden.exe', 'note.txt:hidden.exe', 'program'],
  ['a share', '\\\\server\\share\\x.pdf', '__server_share_x.pdf', '\\\\server\\share\\x.pdf', null],
  ['nothing but dots', '..', 'file', '..', null],
  ['nothing', '', 'file', '', null],
  ['a device', 'CON', 'file CON', 'CON', null],
  ['a device with an ending', 'nul.tar.gz', 'file nul.tar.gz', 'nul.tar.gz', null],
  ['a device with a space', 'aux .txt', 'file aux .txt', 'aux .txt', null],
  ['a device with a raised digit', 'COM\u00B9.log', 'file COM\u00B9.log', 'COM\u00B9.log', null],
  ['the console', 'CONOUT$', 'file CONOUT$', 'CONOUT$', null],
  ['no device', 'console.txt', 'console.txt', 'console.txt', null],
  ['dots and spaces at the end', 'exhibit.pdf. . ', 'exhibit.pdf', 'exhibit.pdf. . ', null],
  ['NUL in the middle', 'exhibit.pdf\u0000.exe', 'exhibit.pdf_.exe', 'exhibit.pdf[U+0000].exe', 'disguised program'],
  ['a line\u2019s end', 'exhibit\r\n.pdf', 'exhibit__.pdf', 'exhibit[U+000D][U+000A].pdf', 'hidden characters'],
  ['text turned round', 'invoice\u202Efdp.exe', 'invoice_fdp.exe', 'invoice[U+202E]fdp.exe', 'disguised program'],
  [
    'text turned round in a harmless one',
    'annex\u202Egpj.pdf',
    'annex_gpj.pdf',
    'annex[U+202E]gpj.pdf',
    'hidden characters',
  ],
  ['an isolate', 'a\u2066b\u2069.pdf', 'a_b_.pdf', 'a[U+2066]b[U+2069].pdf', 'hidden characters'],
  [
    'what nobody sees',
    'state\u200Bment\uFEFF.pdf',
    'state_ment_.pdf',
    'state[U+200B]ment[U+FEFF].pdf',
    'hidden characters',
  ],
  ['letters of the tag plane', 'a\u{E0041}.pdf', 'a_.pdf', 'a[U+E0041].pdf', 'hidden characters'],
  ['half a character', 'a\uD83D.pdf', 'a_.pdf', 'a[U+D83D].pdf', 'hidden characters'],
  ['two endings', 'statement.pdf.exe', 'statement.pdf.exe', 'statement.pdf.exe', 'disguised program'],
  [
    'two endings, in capitals, with a dot behind',
    'Photo.JPG.SCR.',
    'Photo.JPG.SCR',
    'Photo.JPG.SCR.',
    'disguised program',
  ],
  [
    'an ending far away',
    `statement.pdf${' '.repeat(40)}.exe`,
    `statement.pdf${' '.repeat(40)}.exe`,
    'statement.pdf [40 spaces] .exe',
    'disguised program',
  ],
  ['a program', 'setup.msi', 'setup.msi', 'setup.msi', 'program'],
  ['two endings without harm', 'logs.tar.gz', 'logs.tar.gz', 'logs.tar.gz', null],
  ['a long one', LONG, `${'\u00E9'.repeat(113)}.pdf`, LONG, null],
  ['a long one of emoji', CLOWNS, `${'\u{1F921}'.repeat(56)}.docx`, CLOWNS, null],
])('%s', (_, name, safe, shown, oddity) => {
  it('is written out as a plain name', () => expect(safeName(name)).toBe(safe));
  it('is shown as it is', () => expect(shownName(name)).toBe(shown));
  it('is remarked on where it deceives', () => expect(oddityOf(name)).toBe(oddity));
});

test('whatever it was, what it is written out as is plain, short, and stays what it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const safe = safeName(name);
      expect(safeName(safe)).toBe(safe);
      expect(utf8(safe).length).toBeLessThanOrEqual(230);
      expect(safe.length).toBeGreaterThan(0);
      expect(oddityOf(safe)).not.toBe('hidden characters');
      expect(shownName(safe)).toBe(safe.replaceAll(/[\s\u3000]{3,}/gu, (spaces) => ` [${spaces.length} spaces] `));
    }),
  );
});
