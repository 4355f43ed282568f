/**
 * A segment written anew without what must be destroyed: whole, in place of the old one, by a rename, so that a crash at any
 * point leaves the one or the other. Heads stay, or the device could sign twice for one place: they are ids and numbers.
 */
import type { JournalRecord } from '../../../shared/ipc/vault.ts';
import { concat } from '../../../shared/primitives/bytes.ts';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { ok } from '../../../shared/primitives/result.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader } from '../../../shared/seal/entry/header.ts';
import type { DiskCause } from '../../disk/causes.ts';
import { writeWhole } from '../../disk/writeWhole.ts';
import type { Head } from './records.ts';
import { decodeCommit, encodeCommit, encodeHeads, frameRecord, readRecords } from './records.ts';
import type { Segment } from './segment.ts';
import { openSegment } from './segment.ts';

export interface Doomed {
  readonly areas: readonly AreaId[];
  readonly entries: readonly Hash[];
}

function areaOf({ entry }: JournalRecord): AreaId | null {
  const decoded = decodeEntry(entry);
  const header = decoded.ok ? decodeHeader(decoded.value.header) : decoded;
  return header.ok ? header.value.area : null;
}

/** The same segment where it holds none of it. `heads`: the newest of every area. */
export async function withoutDoomed(
  segment: Segment,
  held: Set<Hash>,
  doomed: Doomed,
  heads: Iterable<Head>,
): Promise<Result<Segment, DiskCause>> {
  const areas = new Set<AreaId | null>(doomed.areas);
  const entries = new Set(doomed.entries);
  const commits = readRecords(await segment.read())
    .payloads.slice(1)
    .map(decodeCommit);
  let at = 0;
  let found = false;
  const hashes: Hash[] = [];
  const kept: Uint8Array[] = [];
  for (const commit of commits) {
    const stays: JournalRecord[] = [];
    for (const record of commit.ok ? commit.value : []) {
      const hash = segment.entries[at++] as Hash;
      const goes = areas.has(areaOf(record)) || entries.has(hash);
      if (goes) held.delete(hash);
      found ||= goes;
      if (!held.has(hash)) continue;
      stays.push(record);
      hashes.push(hash);
    }
    if (stays.length > 0) kept.push(frameRecord(encodeCommit(stays)));
  }
  if (!found) return ok(segment);
  const bytes = concat(frameRecord(encodeHeads(heads)), ...kept);
  const written = await writeWhole(segment.file, bytes);
  if (!written.ok) return written;
  await segment.close();
  const opened = await openSegment(segment.file, segment.number, bytes.length);
  if (opened.ok) opened.value.entries.push(...hashes);
  return opened;
}
