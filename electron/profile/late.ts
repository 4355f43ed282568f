/**
 * What a computer that was shut out had not sent: kept as it is, sealed and signed, in the profile's folder, and brought to the
 * relay's late lane until it was taken. Needs no key, and opens nothing; the profile is locked by then.
 */
import { access, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../../shared/primitives/cbor.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { MINUTE } from '../../shared/primitives/units.ts';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import * as f from '../../shared/wire/fields.ts';
import type { LateWork } from '../../shared/wire/late.ts';
import { LATE, encodeLate } from '../../shared/wire/late.ts';
import { MiB } from '../../shared/primitives/units.ts';
import { writeWhole } from '../disk/writeWhole.ts';

const AGAIN: Millis = MINUTE;
const schema = z.object({ relay: z.string(), org: f.org, device: f.device, entries: z.array(f.bytes(2 * MiB)) });

export interface Late {
  keep(relay: string, work: LateWork): Promise<void>;
  /** Brings what is kept; nothing where there is none, or it was tried a moment ago. */
  send(): Promise<void>;
  /** The same, whenever it was tried last. */
  sendNow(): Promise<void>;
  /** Whether nothing waits to be taken. */
  isEmpty(): Promise<boolean>;
  /** Whether something was kept once, and taken. */
  wasSent(): Promise<boolean>;
}

export function lateIn(folder: string, fetch: Fetch): Late {
  const [file, sent] = [path.join(folder, 'late'), path.join(folder, 'late.sent')];
  let triedAt = Number.NEGATIVE_INFINITY;
  let isSending = false;

  async function bring(): Promise<void> {
    const bytes = await readFile(file).catch(() => null); // nothing is kept
    if (bytes === null) return;
    const { relay, org, device, entries } = schema.parse(decodeFrame(new Uint8Array(bytes)));
    for (const part of parts(entries)) {
      const answer = await fetch(`${relay}/v1/late`, {
        method: 'POST',
        headers: { 'content-type': 'application/cbor' },
        body: encodeLate({ org, device, entries: part }),
      });
      if (answer.status !== 200) throw new Error(`not taken: ${answer.status}`);
    }
    await writeWhole(sent, new Uint8Array(0));
    await unlink(file);
  }

  async function tryToBring(): Promise<void> {
    if (isSending) return;
    isSending = true;
    triedAt = performance.now();
    await bring().catch(() => undefined); // no network, or a relay that is full: tried again
    isSending = false;
  }

  return {
    keep: async (relay, work) => {
      triedAt = Number.NEGATIVE_INFINITY;
      await writeWhole(file, encodeCbor({ relay, ...work }));
    },
    send: () => (performance.now() - triedAt < AGAIN ? Promise.resolve() : tryToBring()),
    sendNow: tryToBring,
    isEmpty: async () => !(await exists(file)),
    wasSent: () => exists(sent),
  };
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/** As many entries as one request takes. */
function parts(entries: readonly Uint8Array[]): Uint8Array[][] {
  const all: Uint8Array[][] = [];
  let size = LATE.bytes;
  for (const entry of entries) {
    const last = all.at(-1);
    size += entry.length + 8;
    if (last === undefined || size > LATE.bytes || last.length === LATE.entries) {
      all.push([entry]);
      size = entry.length + 8;
    } else last.push(entry);
  }
  return all;
}
