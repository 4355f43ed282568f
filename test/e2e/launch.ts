/**
 * Owns starting Joinder for a test: the built application in a profile of its own, which is thrown away at the end.
 * Two calls are two computers. Never touches the profile of whoever runs the tests.
 */
import { _electron, test as base } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { appFolder, electronArgs, electronPath } from '../setup/electron-path.mjs';

export interface Computer {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly profile: string;
}

export interface LaunchOptions {
  /** Given to start again in a profile that an earlier launch left. */
  readonly profile?: string;
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
}

export type Launch = (options?: LaunchOptions) => Promise<Computer>;

export const test = base.extend<{ launch: Launch }>({
  // Playwright reads what a fixture needs from this pattern: nothing.
  // oxlint-disable-next-line no-empty-pattern
  launch: async ({}, provide) => {
    const computers: Computer[] = [];
    await provide(async (options) => {
      const computer = await launchComputer(options);
      computers.push(computer);
      return computer;
    });
    // A test may have closed one itself; a profile goes when nothing writes to it any more.
    for (const { app } of computers) await app.close().catch(() => undefined);
    for (const { profile } of computers) await rm(profile, { recursive: true, force: true });
  },
});

export { expect } from '@playwright/test';

async function launchComputer(options: LaunchOptions = {}): Promise<Computer> {
  const profile = options.profile ?? (await mkdtemp(path.join(tmpdir(), 'joinder-')));
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...electronArgs(), appFolder, `--user-data-dir=${profile}`, ...(options.args ?? [])],
    env: { ...inherited(), ...options.env },
  });
  return { app, window: await app.firstWindow(), profile };
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
