import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeName } from '../../shared/primitives/fileName.ts';

test('a name from elsewhere is kept where it can be', () => {
  for (const name of ['statement.pdf', 'Exhibit PN 1 (copy).jpg', 'Zeugenaussage Müller.docx', '.hidden.txt'.slice(1)])
    expect(safeName(name)).toBe(name);
  expect(safeName('../../etc/passwd')).toBe('_.._etc_passwd');
  expect(safeName('con.txt')).toBe('file con.txt');
  expect(safeName('annex\u202Efdp.exe')).toBe('annex_fdp.exe');
  expect(safeName('...')).toBe('file');
});

test('whatever it was, it is one plain name on Windows and elsewhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
      const safe = safeName(name);
      for (const paths of [path.win32, path.posix]) {
        expect(paths.basename(safe)).toBe(safe);
        expect(paths.isAbsolute(safe)).toBe(false);
      }
      expect(safe).not.toMatch(/^\.|[ .]$|^$/);
    }),
  );
});
