/**
 * Owns starting Joinder for a test: the built application in a profile of its own, which is thrown away at the end.
 * Two calls are two computers. Never touches the profile of whoever runs the tests.
 */
import { test as base } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Computer, LaunchOptions } from '../support/launch.ts';
import { killComputer, launchComputer } from '../support/launch.ts';

/** `profile` is given to start again in one that an earlier launch left. */
export type Launch = (options?: Partial<LaunchOptions>) => Promise<Computer>;

export const test = base.extend<{ launch: Launch }>({
  // Playwright reads what a fixture needs from this pattern: nothing.
  // oxlint-disable-next-line no-empty-pattern
  launch: async ({}, provide) => {
    const computers: Computer[] = [];
    await provide(async (options = {}) => {
      const profile = options.profile ?? (await mkdtemp(path.join(tmpdir(), 'joinder-')));
      const computer = await launchComputer({ ...options, profile });
      computers.push(computer);
      return computer;
    });
    // In order, one that has something to send would ask a question that nobody answers here. A test may have closed one itself.
    for (const computer of computers) await killComputer(computer).catch(() => undefined);
    // A process that was killed may have written one more file while its folder went.
    for (const { profile } of computers) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  },
});

export { expect } from '@playwright/test';
