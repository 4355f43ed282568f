import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { DAY, MINUTE } from '../shared/primitives/units.ts';

let folder: string;
let file: string;
beforeEach(() => {
  vi.resetModules();
  folder = mkdtempSync(path.join(tmpdir(), 'joinder-clock-'));
  file = path.join(folder, 'clock');
  writeFileSync(file, String(30 * DAY));
  return () => rmSync(folder, { recursive: true });
});

test('a packaged application takes no clock but the machine’s', async () => {
  const { now, clockShift, onClock, takeTestClock } = await import('./clock.ts');
  takeTestClock(true, file);
  const told = vi.fn<(shift: number) => void>();
  onClock(told)();
  expect(Math.abs(now() - Date.now())).toBeLessThan(MINUTE);
  expect(Math.abs(clockShift())).toBeLessThan(MINUTE);
  expect(told).not.toHaveBeenCalled();
});

test('under test the file sets it, and who asked is told', async () => {
  const { now, onClock, takeTestClock } = await import('./clock.ts');
  takeTestClock(false, file);
  const told: number[] = [];
  const stop = onClock((shift) => told.push(shift));
  expect(Math.abs(now() - Date.now() - 30 * DAY)).toBeLessThan(MINUTE);
  writeFileSync(file, '0');
  await vi.waitFor(() => expect(told).toEqual([30 * DAY, 0]), 10_000);
  stop();
});
