/** Two computers and a relay between them, anew for each test of a file: one seals and sends, the other fetches. */
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Content, TransferSetting, TransferNews } from '../../../shared/ipc/evidence.ts';
import { openDesk, sealedIn, seededBytes, tempFolder, wanted, writeSource } from './desk.fixture.ts';
import type { Desk } from './desk.fixture.ts';
import { serveRelay } from './relay.fixture.ts';
import type { ServedRelay } from './relay.fixture.ts';

interface TwoDesks {
  folder: string;
  relay: ServedRelay;
  desk: Desk;
  other: Desk;
  /** The line to this relay, without limits but these. */
  readonly link: (more?: object) => TransferSetting;
  readonly sealOne: (size: number) => Promise<Content>;
  /** Where a chunk lies on one of the two disks. */
  readonly chunkFile: (name: 'one' | 'other', content: Content, chunk?: number) => string;
  /** From the one computer, until all of it is at the relay. */
  readonly send: (...contents: Content[]) => Promise<void>;
}

export const total = (content: Content): number => content.chunks.reduce((sum, chunk) => sum + chunk.size, 0);
export const state = (at: Desk, content: Content): TransferNews['state'] | undefined => at.newest(content)?.state;

export function withTwoDesks(): TwoDesks {
  let temp: Awaited<ReturnType<typeof tempFolder>>;
  let files = 0;
  const at = {
    link: (more = {}) => ({ relay: at.relay.url, token: at.relay.token, maxRate: 0, freeFloor: 0, ...more }),
    sealOne: async (size) => {
      const source = await writeSource(at.folder, `${++files}.bin`, seededBytes(size, files));
      return sealedIn(await at.desk.import(source))[0]!.content;
    },
    chunkFile: (name, content, chunk = 0) => {
      const { hash } = content.chunks[chunk]!;
      return path.join(at.folder, name, 'chunks', hash.slice(0, 2), hash);
    },
    send: async (...contents) => {
      await at.desk.calls.want({ up: contents.map((content) => wanted(content)), down: [] });
      await at.desk.until(() => contents.every((content) => state(at.desk, content) === 'whole'));
    },
  } as TwoDesks;
  beforeEach(async () => {
    temp = await tempFolder();
    at.folder = temp.path;
    at.relay = await serveRelay();
    at.desk = await openDesk(path.join(at.folder, 'one'));
    at.other = await openDesk(path.join(at.folder, 'other'));
    for (const each of [at.desk, at.other]) await each.calls.configure(at.link());
  });
  afterEach(async () => {
    await at.desk.stop();
    await at.other.stop();
    await at.relay.close();
    await temp[Symbol.asyncDispose]();
  });
  return at;
}
