import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { outCause } from './causes.ts';
import { writeWholeTo } from './writeWhole.ts';

const said = (code: string): Error => Object.assign(new Error('a name that must not go on'), { code });

test.each([
  ['ENOSPC', 'no space'],
  ['EDQUOT', 'no space'],
  ['EACCES', 'not permitted'],
  ['EPERM', 'not permitted'],
  ['EROFS', 'read-only'],
  ['ENOENT', 'place gone'],
  ['ENODEV', 'place gone'],
  ['EIO', 'disk error'],
  ['another', 'disk error'],
])('%s, where a person chose a place to write to, is: %s', (code, cause) => expect(outCause(said(code))).toBe(cause));

test('a folder that is gone is said to be gone', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'joinder-out-'));
  await rm(folder, { recursive: true });
  const written = await writeWholeTo(path.join(folder, 'list.csv'), new Uint8Array(1), outCause);
  expect(written).toEqual({ ok: false, cause: 'place gone' });
});
