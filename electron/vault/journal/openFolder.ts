/**
 * Opening the journal's folder after whatever happened: reads every segment, cuts a torn end off the newest, and works
 * out heads. Promises to change nothing else: damage in an older segment is said, never mended by guessing. In the newest one a
 * rotten record cannot be told from a torn write of several: what stands behind it goes too, and the database has it.
 */
import { mkdir, readFile, readdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import type { DiskCause } from '../../disk/causes.ts';
import { diskCause, isMissing } from '../../disk/causes.ts';
import type { Heads } from './author.ts';
import type { Head } from './records.ts';
import { decodeCommit, decodeHeads, readRecords } from './records.ts';
import type { Segment } from './segment.ts';
import { createSegment, openSegment } from './segment.ts';

export type JournalCause = DiskCause | 'damaged' | 'missing';

export interface Opened {
  readonly segments: Segment[];
  readonly active: Segment;
  readonly heads: Heads;
  /** Entries on disk that were not released. */
  readonly held: Set<Hash>;
}

const NAME = /^(\d{8})\.journal$/;
export const segmentFile = (folder: string, number: number): string =>
  path.join(folder, `${String(number).padStart(8, '0')}.journal`);

export async function openFolder(
  folder: string,
  platform: Platform,
  create: boolean,
): Promise<Result<Opened, JournalCause>> {
  const numbers = await listSegments(folder);
  if (!numbers.ok) return numbers;
  const segments: Segment[] = [];
  const heads: Heads = new Map();
  for (const number of numbers.value) {
    const isNewest = number === numbers.value.at(-1);
    const segment = await readSegment(platform, segmentFile(folder, number), number, isNewest, heads);
    if (!segment.ok) {
      for (const before of segments) await before.close();
      return segment;
    }
    segments.push(segment.value);
  }
  let active = segments.at(-1);
  if (!active) {
    if (!create) return fail('missing');
    const first = await createFirst(folder);
    if (!first.ok) return first;
    active = first.value;
    segments.push(active);
  }
  return ok({ segments, active, heads, held: new Set(segments.flatMap((s) => s.entries)) });
}

async function createFirst(folder: string): Promise<Result<Segment, JournalCause>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return fail(diskCause(error));
  }
  return createSegment(segmentFile(folder, 1), 1, []);
}

/** Numbers of the segments, oldest first; what a crash left of one being made is removed. */
async function listSegments(folder: string): Promise<Result<readonly number[], JournalCause>> {
  try {
    const names = await readdir(folder);
    for (const name of names) if (name.endsWith('.new')) await unlink(path.join(folder, name));
    return ok(
      names
        .flatMap((name) => NAME.exec(name)?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b),
    );
  } catch (error) {
    return isMissing(error) ? ok([]) : fail(diskCause(error));
  }
}

async function readSegment(
  platform: Platform,
  file: string,
  number: number,
  isNewest: boolean,
  heads: Heads,
): Promise<Result<Segment, JournalCause>> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    return fail(diskCause(error));
  }
  const { payloads, end } = readRecords(bytes);
  if (end < bytes.length && !isNewest) return fail('damaged');
  const [first, ...commits] = payloads;
  const before = first && decodeHeads(first);
  if (!before?.ok) return fail('damaged');
  for (const head of before.value) moveOn(heads, head);
  const entries: Hash[] = [];
  for (const commit of commits) {
    const found = await headsOf(platform, commit);
    if (found === null) return fail('damaged');
    for (const head of found) {
      moveOn(heads, head);
      entries.push(head.header);
    }
  }
  const segment = await openSegment(file, number, end);
  if (segment.ok) segment.value.entries.push(...entries);
  return segment;
}

/** Segments are read oldest first, but an old head may be told again by a younger segment's first record. */
function moveOn(heads: Heads, head: Head): void {
  const last = heads.get(head.area);
  const isNewer =
    !last ||
    head.incarnation > last.incarnation ||
    (head.incarnation === last.incarnation && head.counter > last.counter);
  if (isNewer) heads.set(head.area, head);
}

async function headsOf(platform: Platform, payload: Uint8Array): Promise<readonly Head[] | null> {
  const records = decodeCommit(payload);
  if (!records.ok) return null;
  const heads: Head[] = [];
  for (const { entry } of records.value) {
    const decoded = decodeEntry(entry);
    const header = decoded.ok ? decodeHeader(decoded.value.header) : decoded;
    if (!decoded.ok || !header.ok) return null;
    const { area, incarnation, counter } = header.value;
    heads.push({ area, incarnation, counter, header: await hashHeader(platform, decoded.value.header) });
  }
  return heads;
}
