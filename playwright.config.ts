/**
 * Owns how end-to-end tests run: real Electron windows, two tests at a time, on a screen that is started when there is
 * none. Every expectation waits for what is visible. CI tries a failed test once more and names it (test/tools/test.ts); nothing is
 * tried again in secret.
 */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './test/e2e/screen.ts',
  outputDir: '.cache/e2e',
  // A test waits more than it works; each has a relay, profiles and computers of its own.
  workers: 2,
  // Tests of one file too: the last file, which may be a long one, would have one worker while the other has nothing.
  fullyParallel: true,
  retries: process.env['CI'] === undefined ? 0 : 1,
  // Longer than any step has (`test/support/within.ts`), so that a step that hangs is named and not the test.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: '.cache/results/e2e.json' }]],
});
