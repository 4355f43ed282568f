/** A journal in a folder of its own, anew for each test of a file, and what is asked of it there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { hashHeader } from '../../../shared/seal/entry/header.ts';
import { platform } from '../../platform.ts';
import type { Writer } from './drafts.fixture.ts';
import { makeWriter } from './drafts.fixture.ts';
import type { Journal } from './journal.ts';
import { SEGMENT, openJournal } from './journal.ts';

interface JournalFolder {
  folder: string;
  writer: Writer;
  /** Opens the journal that is there, or makes it; with segments of this size, and elsewhere where a folder is named. */
  readonly opened: (size?: number, where?: string) => Promise<Journal>;
}

export function withJournalFolder(): JournalFolder {
  const at = {
    opened: async (size = SEGMENT, where = at.folder) => {
      const journal = await openJournal(where, at.writer.author, true, size);
      if (!journal.ok) throw new Error(journal.cause);
      return journal.value;
    },
  } as JournalFolder;
  beforeEach(async () => {
    at.folder = await mkdtemp(path.join(tmpdir(), 'journal-'));
    at.writer = await makeWriter();
  });
  afterEach(() => rm(at.folder, { recursive: true, force: true }));
  return at;
}

export async function commit(journal: Journal, ...drafts: Parameters<Journal['commit']>[0]): Promise<string[]> {
  const answer = await journal.commit(drafts);
  if (!answer.ok) throw new Error(answer.cause);
  return answer.value.map(toHex);
}
export const held = async (journal: Journal): Promise<string[]> => (await journal.records()).map((r) => toHex(r.entry));
export const hashOfEntry = async (hex: string): Promise<Hash> => {
  const entry = decodeEntry(new Uint8Array(Buffer.from(hex, 'hex')));
  return hashHeader(platform, entry.ok ? entry.value.header : new Uint8Array());
};
export const headsByArea = async (journal: Journal) => new Map((await journal.heads()).map((h) => [h.area, h]));
