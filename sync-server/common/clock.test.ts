import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../shared/primitives/units.ts';
import { clockFor } from './clock.ts';

let file: string;
beforeEach(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'joinder-clock-'));
  file = path.join(folder, 'clock');
  writeFileSync(file, String(-2 * DAY));
  return () => rmSync(folder, { recursive: true });
});

test('a server in service takes no clock of a test', () => {
  expect(clockFor({ JOINDER_TEST_CLOCK: file, NODE_ENV: 'production' })).toBe(Date.now);
  expect(clockFor({})).toBe(Date.now);
});

test('under test the file sets it; one that is not there sets nothing', () => {
  expect(Math.abs(clockFor({ JOINDER_TEST_CLOCK: file })() + 2 * DAY - Date.now())).toBeLessThan(MINUTE);
  expect(Math.abs(clockFor({ JOINDER_TEST_CLOCK: `${file}.none` })() - Date.now())).toBeLessThan(MINUTE);
});
