/**
 * The check that every entry is its device's next, and its signature. Promises that two entries of one device, incarnation,
 * area and counter are never signed: heads only ever move on, and only by what became durable.
 */
import { decodeCbor, encodeCbor } from '../../../shared/primitives/cbor.ts';
import type { AreaId, DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { LIMITS } from '../../../shared/wire/link.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import type { Draft, JournalRecord } from '../../../shared/ipc/vault.ts';
import type { Head } from './records.ts';

/** Who writes here. */
export interface Author {
  readonly platform: Platform;
  readonly org: OrgId;
  readonly device: DeviceId;
  incarnation(): number;
  sign(header: Uint8Array): Promise<Uint8Array>;
}

export type Heads = Map<AreaId, Head>;

export interface Authored {
  readonly records: readonly JournalRecord[];
  readonly hashes: readonly Hash[];
}

/** Signs the drafts of one commit in order and moves `heads` on; a refusal leaves `heads` where a copy must be thrown away. */
export async function author(
  by: Author,
  heads: Heads,
  drafts: readonly Draft[],
): Promise<Result<Authored, 'behind' | 'malformed'>> {
  const records: JournalRecord[] = [];
  const hashes: Hash[] = [];
  for (const draft of drafts) {
    const next = await nextHead(by, heads, draft);
    if (!next.ok) return next;
    const entry = await signed(by, draft);
    if (entry === null) return fail('malformed');
    heads.set(next.value.area, next.value);
    records.push({ entry, boxes: draft.boxes });
    hashes.push(next.value.header);
  }
  return ok({ records, hashes });
}

async function nextHead(by: Author, heads: Heads, draft: Draft): Promise<Result<Head, 'behind' | 'malformed'>> {
  const decoded = decodeHeader(draft.header);
  if (!decoded.ok) return fail('malformed');
  const { version, suite, org, device, area, incarnation, counter, prev } = decoded.value;
  if (version !== 1 || suite !== 1 || org !== by.org || device !== by.device) return fail('malformed');
  if (incarnation !== by.incarnation()) return fail('behind');
  const last = heads.get(area);
  const known = last !== undefined && last.incarnation === incarnation ? last : null;
  if (counter !== (known?.counter ?? 0) + 1 || prev !== (known?.header ?? null)) return fail('behind');
  return ok({ area, incarnation, counter, header: await hashHeader(by.platform, draft.header) });
}

/** The encoded entry; null where the seal is none or the whole is larger than a relay would take. */
async function signed(by: Author, draft: Draft): Promise<Uint8Array | null> {
  if (draft.boxes.length > LIMITS.boxes) return null;
  let seal: unknown;
  try {
    seal = decodeCbor(draft.seal);
  } catch {
    return null; // not canonical CBOR
  }
  const entry = encodeCbor([draft.header, await by.sign(draft.header), seal]);
  return decodeEntry(entry).ok ? entry : null;
}
