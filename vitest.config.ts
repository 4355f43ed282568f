/**
 * Owns how unit tests, fault tests and simulations run: in Node 24, each file in a process of its own. A test that needs
 * a window is an end-to-end test (playwright.config.ts).
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      '{shared,sync-server,electron,renderer}/**/*.test.{ts,tsx}',
      'test/{demo,faults,leaks,simulation,tools,setup}/**/*.test.ts',
    ],
    pool: 'forks',
    // Usually one core is left alone, which is half of a machine with two; most tests wait more than they work.
    maxWorkers: '100%',
    // For what hangs; a machine that has other things to do takes three times as long for a test as one that has not.
    testTimeout: 60_000,
    // The cells of faults mostly wait; nothing else runs side by side within a file.
    maxConcurrency: 3,
    passWithNoTests: false,
    cache: false,
  },
});
