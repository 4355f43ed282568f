/** One computer with an empty store, and a folder to import from, anew for each test of a file. */
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { ImportNews } from '../../../shared/ipc/evidence.ts';
import { openDesk, sealedIn, skippedIn, tempFolder } from './desk.fixture.ts';
import type { Desk } from './desk.fixture.ts';

interface OneDesk {
  desk: Desk;
  /** A path in the test's own folder; `in` is there to import from, `store` is the store. */
  readonly at: (...parts: string[]) => string;
  readonly chunksOnDisk: (store?: string) => Promise<string[]>;
  /** Ends the evidence process and starts it again on the same store. */
  readonly reopen: () => Promise<void>;
}

export function withDesk(): OneDesk {
  let temp: Awaited<ReturnType<typeof tempFolder>>;
  const on = {
    at: (...parts) => path.join(temp.path, ...parts),
    chunksOnDisk: async (store = 'store') =>
      (await readdir(on.at(store, 'chunks'), { recursive: true })).filter((name) => name.includes(path.sep)),
    reopen: async () => {
      await on.desk.stop();
      on.desk = await openDesk(on.at('store'));
    },
  } as OneDesk;
  beforeEach(async () => {
    temp = await tempFolder();
    on.desk = await openDesk(on.at('store'));
    await mkdir(on.at('in'));
  });
  afterEach(async () => {
    await on.desk.stop();
    await temp[Symbol.asyncDispose]();
  });
  return on;
}

/** What became of each file and of each source that could not be taken, by name. */
export const outcome = (news: readonly ImportNews[]): Record<string, string> => {
  const names = new Map(
    news
      .filter((one) => one.is === 'found')
      .map((one) => [one.file, one.folder ? `${one.folder}/${one.name}` : one.name]),
  );
  return Object.fromEntries([
    ...skippedIn(news).map((one) => [one.name, one.why]),
    ...sealedIn(news).map((one) => [names.get(one.file) ?? '', one.found.includes('empty') ? 'empty' : 'sealed']),
  ] as [string, string][]);
};
