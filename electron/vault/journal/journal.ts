/**
 * The journal: every entry this device wrote, signed and sealed, on disk before anybody hears of it. Promises: what was
 * answered is there after a crash at any point, once, in order; a commit is there whole or not at all; a failed one leaves
 * nothing behind. Holds sealed entries only. Segments go when all of their entries were released; heads stay.
 */
import type { Draft, CommitCause, JournalRecord } from '../../../shared/ipc/vault.ts';
import { concat } from '../../../shared/primitives/bytes.ts';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import type { DiskCause } from '../../disk/causes.ts';
import type { Author, Authored, Heads } from './author.ts';
import { author } from './author.ts';
import type { JournalCause, Opened } from './openFolder.ts';
import { openFolder, segmentFile } from './openFolder.ts';
import { decodeCommit, encodeCommit, frameRecord, readRecords } from './records.ts';
import type { Segment } from './segment.ts';
import { createSegment } from './segment.ts';
import type { Doomed } from './withoutDoomed.ts';
import { withoutDoomed } from './withoutDoomed.ts';
import { turns } from './turns.ts';

export const SEGMENT: ByteCount = 8 * MiB;
export type CommitAnswer = Result<readonly Uint8Array[], CommitCause>;

export interface Journal {
  commit(drafts: readonly Draft[]): Promise<CommitAnswer>;
  heads(): Promise<readonly { area: AreaId; counter: number; header: Hash }[]>;
  /** What is held and not released, oldest first. */
  records(): Promise<readonly JournalRecord[]>;
  release(entries: readonly Hash[]): Promise<void>;
  /** Writes every segment that holds any of this anew without it, and without what was released. */
  destroy(what: Doomed): Promise<Result<null, DiskCause>>;
  close(): Promise<void>;
}

interface Waiting {
  readonly drafts: readonly Draft[];
  readonly answer: (a: CommitAnswer) => void;
  readonly failed: (bug: unknown) => void;
}

/** Opens the journal in a folder; `missing` where there is none and `create` is false. */
export async function openJournal(
  folder: string,
  by: Author,
  create: boolean,
  segmentSize: ByteCount = SEGMENT,
): Promise<Result<Journal, JournalCause>> {
  const opened = await openFolder(folder, by.platform, create);
  return opened.ok ? ok(journalOver(folder, by, segmentSize, opened.value)) : opened;
}

/** What a journal holds, read without any key and left as it is: entries are sealed and signed. */
export async function readJournal(
  folder: string,
  platform: Platform,
): Promise<Result<readonly JournalRecord[], JournalCause>> {
  const opened = await openFolder(folder, platform, false);
  if (!opened.ok) return opened;
  const { segments, held } = opened.value;
  const records = (await Promise.all(segments.map((s) => heldRecords(s, held)))).flat();
  for (const segment of segments) await segment.close();
  return ok(records);
}

function journalOver(folder: string, by: Author, segmentSize: ByteCount, opened: Opened): Journal {
  const inTurn = turns();
  const { segments, held } = opened;
  let { heads, active } = opened;
  let waiting: Waiting[] = [];
  let closed = false;

  /** All that gathered while the disk was busy goes in one write. */
  const writeGroup = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    try {
      await write(group);
    } catch (bug) {
      for (const { failed } of group) failed(bug); // where one was answered already, this does nothing
    }
  };

  const write = async (group: readonly Waiting[]): Promise<void> => {
    const working: Heads = new Map(heads);
    const taken: { authored: Authored; answer: Waiting['answer'] }[] = [];
    for (const { drafts, answer } of group) {
      const tentative: Heads = new Map(working);
      const authored = await author(by, tentative, drafts);
      if (!authored.ok) {
        answer(authored);
        continue;
      }
      for (const [area, head] of tentative) working.set(area, head);
      taken.push({ authored: authored.value, answer });
    }
    const written = taken.length === 0 ? ok(null) : await append(taken.map((t) => t.authored));
    if (written.ok) heads = working;
    for (const { authored, answer } of taken) answer(written.ok ? ok(authored.records.map((r) => r.entry)) : written);
  };

  const append = async (commits: readonly Authored[]): Promise<Result<null, DiskCause>> => {
    if (active.size() >= segmentSize) {
      const next = await createSegment(segmentFile(folder, active.number + 1), active.number + 1, heads.values());
      if (!next.ok) return next;
      active = next.value;
      segments.push(active);
    }
    const written = await active.append(concat(...commits.map((c) => frameRecord(encodeCommit(c.records)))));
    if (!written.ok) return written;
    for (const hash of commits.flatMap((c) => c.hashes)) {
      active.entries.push(hash);
      held.add(hash);
    }
    return written;
  };

  return {
    commit: (drafts) => {
      if (closed) return Promise.resolve(fail('locked' as const));
      if (drafts.length === 0) return Promise.resolve(ok([]));
      return new Promise((answer, failed) => {
        waiting.push({ drafts, answer, failed });
        if (waiting.length === 1) void inTurn(writeGroup);
      });
    },
    heads: () =>
      inTurn(() =>
        Promise.resolve(
          [...heads.values()]
            .filter((h) => h.incarnation === by.incarnation())
            .map(({ area, counter, header }) => ({ area, counter, header })),
        ),
      ),
    records: () => inTurn(async () => (await Promise.all(segments.map((s) => heldRecords(s, held)))).flat()),
    release: (entries) =>
      inTurn(async () => {
        for (const entry of entries) held.delete(entry);
        for (const segment of segments.slice()) {
          if (segment === active || segment.entries.some((e) => held.has(e))) continue;
          await segment.remove();
          segments.splice(segments.indexOf(segment), 1);
        }
      }),
    destroy: (what) =>
      inTurn(async () => {
        for (const [i, segment] of segments.entries()) {
          const next = await withoutDoomed(segment, held, what, heads.values());
          if (!next.ok) return next;
          if (next.value === segment) continue;
          segments[i] = next.value;
          if (segment === active) active = next.value;
        }
        return ok(null);
      }),
    close: () => {
      closed = true;
      return inTurn(async () => {
        for (const segment of segments) await segment.close();
      });
    },
  };
}

async function heldRecords(segment: Segment, held: ReadonlySet<Hash>): Promise<JournalRecord[]> {
  const commits = readRecords(await segment.read())
    .payloads.slice(1)
    .map(decodeCommit);
  const records = commits.flatMap((c) => (c.ok ? c.value : []));
  return records.filter((_, i) => held.has(segment.entries[i] as Hash));
}
