/**
 * What a computer that was shut out had not sent: kept as it is, sealed and signed, in the profile's folder, and brought to the
 * relay's late lane until it was taken. Needs no key, and opens nothing; the profile is locked by then. What a full disk does not
 * take is held in memory, written with the next try, and counts as not sent: nothing is deleted before it. Where the lane is
 * full, only what it did not take is kept, and brought again as leads decide or the lane lets go of what is old.
 */
import { access, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../../shared/primitives/cbor.ts';
import type { ByteCount, Millis } from '../../shared/primitives/units.ts';
import { HOUR, MINUTE, MiB } from '../../shared/primitives/units.ts';
import { decodeEntry } from '../../shared/seal/entry/entry.ts';
import type { Header } from '../../shared/seal/entry/header.ts';
import { decodeHeader } from '../../shared/seal/entry/header.ts';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import * as f from '../../shared/wire/fields.ts';
import type { Hash } from '../../shared/primitives/ids.ts';
import type { LateChunks, LateWork } from '../../shared/wire/late.ts';
import { LATE, encodeLate, encodeLateChunks, lateChunks } from '../../shared/wire/late.ts';
import { writeWhole } from '../disk/writeWhole.ts';
import { readChunk } from './heldChunks.ts';

const AGAIN: Millis = MINUTE;
/** The lane has no room until somebody decides, or days pass. */
const AGAIN_WHEN_FULL: Millis = HOUR;
/** One that an earlier version kept has entries alone. */
const schema = z.object({
  relay: z.string(),
  org: f.org,
  device: f.device,
  entries: z.array(f.bytes(2 * MiB)),
  boxes: z.array(f.box).default([]),
  held: z.array(lateChunks).default([]),
});
/** Answers that stay what they are, however often it is asked. */
const REFUSED: ReadonlySet<number> = new Set([403, 413, 422]);
const NO_ROOM = 413;
const answered = z.object({ lacks: z.array(f.hash) });

export interface Late {
  keep(relay: string, work: LateWork & { readonly held: readonly LateChunks[] }): Promise<void>;
  /** Brings what is kept; nothing where there is none, or it was tried a moment ago. */
  send(): Promise<void>;
  /** The same, whenever it was tried last. */
  sendNow(): Promise<void>;
  /** Whether nothing waits to be taken. */
  isEmpty(): Promise<boolean>;
  /** Lets go of what is kept here and was not taken: who calls it has it still. */
  drop(): Promise<void>;
  /** Whether something was kept once, and taken. */
  wasSent(): Promise<boolean>;
}

export function lateIn(folder: string, evidence: string, fetch: Fetch): Late {
  const [file, sent] = [path.join(folder, 'late'), path.join(folder, 'late.sent')];
  let triedAt = Number.NEGATIVE_INFINITY;
  let pause = AGAIN;
  let isSending = false;
  let unwritten: Uint8Array | null = null;

  async function write(): Promise<void> {
    if (unwritten !== null && (await writeWhole(file, unwritten)).ok) unwritten = null;
  }

  async function bring(): Promise<void> {
    pause = AGAIN;
    await write();
    const bytes = unwritten ?? (await readFile(file).catch(() => null)); // nothing is kept
    if (bytes === null) return;
    const { relay, org, device, entries, boxes, held } = schema.parse(decodeFrame(new Uint8Array(bytes)));
    // The relay takes keys of a case only with what makes it: both go first, and beside the rest again.
    for (const makers of boxes.length === 0 ? [] : parts(entries.filter(isOfChain), LATE.bytes / 2))
      for (let i = 0; i < boxes.length; i += LATE.entries)
        await post(
          `${relay}/v1/late`,
          encodeLate({ org, device, entries: makers, boxes: boxes.slice(i, i + LATE.entries) }),
        );
    const left = new Set<Uint8Array>();
    for (const part of parts(entries, LATE.bytes)) {
      const isTaken = left.size === 0 && (await post(`${relay}/v1/late`, encodeLate({ org, device, entries: part })));
      if (!isTaken) for (const entry of part) left.add(entry);
    }
    for (const part of held) {
      for (const hash of await lacking(relay, part)) await bringChunk(relay, part, hash);
    }
    if (left.size > 0) {
      pause = AGAIN_WHEN_FULL;
      const still = withMakers(entries, left);
      if (still.length < entries.length) unwritten = encodeCbor({ relay, org, device, entries: still, boxes, held });
      return write();
    }
    await writeWhole(sent, new Uint8Array(0));
    unwritten = null;
    await rm(file, { force: true });
  }

  async function tryToBring(): Promise<void> {
    if (isSending) return;
    isSending = true;
    triedAt = performance.now();
    await bring().catch(() => undefined); // no network, or a relay that is full: tried again
    isSending = false;
  }

  /** Whether there was room for it. */
  async function post(url: string, body: Uint8Array): Promise<boolean> {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/cbor' }, body });
    if (answer.status === NO_ROOM) return false;
    if (answer.status !== 200) throw new Error(`not taken: ${answer.status}`);
    return true;
  }
  /** What is not wanted, since it would be too much, is not sent: what the log holds does not wait for it. */
  async function lacking(relay: string, part: LateChunks): Promise<readonly Hash[]> {
    const headers = { 'content-type': 'application/cbor' };
    const answer = await fetch(`${relay}/v1/late/chunks`, { method: 'POST', headers, body: encodeLateChunks(part) });
    if (REFUSED.has(answer.status)) return [];
    if (answer.status !== 200) throw new Error(`not taken: ${answer.status}`);
    return answered.parse(await answer.json()).lacks;
  }
  async function bringChunk(relay: string, { org, device, chunks }: LateChunks, hash: Hash): Promise<void> {
    const body = chunks.some((chunk) => chunk.hash === hash) ? await readChunk(evidence, hash) : null;
    if (body === null) return;
    const answer = await fetch(`${relay}/v1/late/chunks/${hash}?org=${org}&device=${device}&size=${body.length}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body,
    });
    if (answer.status !== 200 && !REFUSED.has(answer.status)) throw new Error(`not taken: ${answer.status}`);
  }

  return {
    keep: async (relay, work) => {
      triedAt = Number.NEGATIVE_INFINITY;
      unwritten = encodeCbor({ relay, ...work });
      await write();
    },
    send: () => (performance.now() - triedAt < pause ? Promise.resolve() : tryToBring()),
    sendNow: tryToBring,
    isEmpty: async () => unwritten === null && !(await exists(file)),
    drop: async () => {
      unwritten = null;
      await rm(file, { force: true });
    },
    wasSent: () => exists(sent),
  };
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

function headerOf(encoded: Uint8Array): Header | null {
  const entry = decodeEntry(encoded);
  const header = entry.ok ? decodeHeader(entry.value.header) : entry;
  return header.ok ? header.value : null;
}
/** Whether it may make an area. */
const isOfChain = (encoded: Uint8Array): boolean => headerOf(encoded)?.kind === 'chain';

/** What was not taken, and what makes the areas that it is in: the relay takes what was written in a new area beside that alone. */
function withMakers(entries: readonly Uint8Array[], left: ReadonlySet<Uint8Array>): Uint8Array[] {
  const areas = new Set([...left].map((entry) => headerOf(entry)?.area));
  return entries.filter((entry) => left.has(entry) || (isOfChain(entry) && areas.has(headerOf(entry)?.area)));
}

/** As many entries as one request takes, of at most so many bytes. */
function parts(entries: readonly Uint8Array[], most: ByteCount): Uint8Array[][] {
  const all: Uint8Array[][] = [];
  let size = most;
  for (const entry of entries) {
    const last = all.at(-1);
    size += entry.length + 8;
    if (last === undefined || size > most || last.length === LATE.entries) {
      all.push([entry]);
      size = entry.length + 8;
    } else last.push(entry);
  }
  return all;
}
