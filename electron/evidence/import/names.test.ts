/** Files with hostile names, from a drive into the store and out again into a folder: each taken, each found, none outside. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { exportName } from '../../../shared/model/exchange/manifest.ts';
import { oddityOf, safeName, shownName } from '../../../shared/primitives/fileName.ts';
import { openDesk, sealedIn, sha256, skippedIn, tempFolder } from '../testing/desk.fixture.ts';
import type { ImportNews } from '../../../shared/ipc/evidence.ts';

/** What a drive of this system can hold; NUL and slashes cannot stand in a name anywhere. */
const HOSTILE = [
  'invoice\u202Efdp.exe',
  'statement.pdf.exe',
  `statement.pdf${' '.repeat(60)}.scr`,
  'CON',
  'nul.txt',
  'COM1.log',
  '..hidden',
  'trailing dots...',
  'trailing space ',
  ' leading space.txt',
  '-rf',
  '~',
  '$(reboot).txt',
  '`id`.txt',
  '..\\..\\up.txt',
  'C:drive.txt',
  'note.txt:stream',
  'a*b?c<d>e|f".txt',
  'line\nbreak.txt',
  'bell\u0007.txt',
  'zero\u200Bwidth.pdf',
  '\u{1F469}\u200D\u{1F467} joined.jpg',
  'Report.TXT',
  'report.txt',
  'caf\u00E9.txt',
  'cafe\u0301.txt',
  `${'\u00E9'.repeat(120)}.pdf`,
  `${'x'.repeat(180)}.txt`,
  '__proto__',
  'constructor',
];

it.skipIf(process.platform === 'win32')('hostile names go in as they are, and come out plain and apart', async () => {
  await using folder = await tempFolder();
  const drive = path.join(folder.path, 'drive');
  await mkdir(drive);
  for (const name of HOSTILE) await writeFile(path.join(drive, name), `The content of ${encodeURIComponent(name)}`);
  const desk = await openDesk(path.join(folder.path, 'desk'));
  const news = await desk.import(drive);
  expect(skippedIn(news)).toEqual([]);
  const found = news.filter((one): one is Extract<ImportNews, { is: 'found' }> => one.is === 'found');
  expect(found.map(({ name }) => name).sort()).toEqual(HOSTILE.toSorted());
  // Nothing of a name is in a name of the store.
  const kept = (await readdir(path.join(folder.path, 'desk'), { recursive: true })).map((one) => path.basename(one));
  expect(kept.filter((one) => HOSTILE.includes(one))).toEqual([]);

  const out = path.join(folder.path, 'out');
  await mkdir(out);
  await desk.evidence.host.offer('folder', out, 'folder');
  const begun = await desk.calls.beginFolder('folder', '../..\u202E/CON');
  expect(begun.ok && path.basename(begun.value) === begun.value).toBe(true);
  const names = new Map(found.map(({ file, name }) => [file, name]));
  for (const [i, { file, content }] of sealedIn(news).entries()) {
    const raw = names.get(file) ?? '';
    const written = await desk.calls.exportFile(content, 'folder', exportName(i + 1, raw));
    expect(written).toEqual({ ok: true, value: sha256(Buffer.from(`The content of ${encodeURIComponent(raw)}`)) });
    // As it stands in the case it would lead elsewhere, or is no plain name: refused, not mended behind one's back.
    const asItIs = safeName(raw) === raw ? null : await desk.calls.exportFile(content, 'folder', raw);
    expect(asItIs?.ok ?? false).toBe(false);
  }
  const written = await readdir(path.join(out, begun.ok ? begun.value : ''));
  const plain = written.map((name) => name.normalize('NFC').toLowerCase());
  expect(new Set(plain).size).toBe(HOSTILE.length);
  expect(written.filter((name) => shownName(name).includes('U+') || oddityOf(name) === 'hidden characters')).toEqual(
    [],
  );
  expect(await readdir(out)).toHaveLength(1);
  expect((await readdir(folder.path)).sort()).toEqual(['desk', 'drive', 'out']);
  await desk.stop();
});
