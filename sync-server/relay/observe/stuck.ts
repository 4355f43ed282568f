/**
 * "Why is it stuck?": every package that has not come whole, or cannot be opened yet, with its cause. Worked out from what
 * the relay stores, and from what the running one remembers; by ids and sizes only, since the relay knows nothing else.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { AreaId, DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { MINUTE } from '../../../shared/primitives/units.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader } from '../../../shared/seal/entry/header.ts';
import type { Intake } from '../directories.ts';
import type { QuotaWord } from '../../../shared/wire/http.ts';
import { QUOTA_WORDS } from '../../../shared/wire/http.ts';
import type { RefusedCause } from './recent.ts';
import type { Contact, Running } from './status.ts';

export type StuckCause =
  | QuotaWord
  | 'refused'
  | 'disk'
  | 'under way'
  | 'sender not connected'
  | 'waiting for the sender'
  | 'waiting for a seat'
  | 'waiting for the receiver';

export interface Stuck {
  /** The package's entry: its header hash. */
  readonly entry: Hash;
  readonly area: AreaId;
  readonly from: OrgId;
  /** Whose intake it is in; null: an area of their own. */
  readonly to: OrgId | null;
  readonly chunks: number;
  readonly wholeChunks: number;
  /** As far as it is known: a chunk's size is said when its upload begins. */
  readonly bytes: ByteCount;
  readonly wholeBytes: ByteCount;
  /** When the relay took the entry. */
  readonly taken: Millis | null;
  readonly cause: StuckCause;
  /** When the sender's computer was last here; null: linked now, or never seen. */
  readonly since: Millis | null;
  /** The word that was answered, where it was refused. */
  readonly refused?: RefusedCause;
}

export interface StuckParts {
  readonly db: DatabaseSync;
  readonly dir: string;
  readonly now: Millis;
  readonly running: Running | null;
  readonly contacts: readonly Contact[];
  readonly intake: (area: AreaId) => Intake | null;
  /** Which quota is passed there. */
  readonly over: (area: AreaId, org: OrgId) => QuotaWord | null;
  /** Whether uploads are turned away for want of room. */
  readonly isFull: boolean;
}

interface Tagged {
  readonly area: AreaId;
  readonly tag: Hash;
  readonly org: OrgId;
  readonly chunks: number;
  readonly whole: number;
  readonly bytes: ByteCount;
  readonly wholeBytes: ByteCount;
  readonly fetched: number;
}

const TAGGED = `
  SELECT r.area, r.tag, r.org, count(*) AS chunks, coalesce(sum(k.whole = 1), 0) AS whole, coalesce(sum(k.size), 0) AS bytes,
    coalesce(sum(k.size * (k.whole = 1)), 0) AS wholeBytes,
    sum(EXISTS (SELECT 1 FROM fetched f WHERE f.area = r.area AND f.chunk = r.chunk AND f.org <> r.org)) AS fetched
  FROM refs r LEFT JOIN kept k ON k.area = r.area AND k.chunk = r.chunk AND k.org = r.org GROUP BY r.area, r.tag, r.org`;
const MISSING = `
  SELECT r.chunk FROM refs r WHERE r.area = ? AND r.tag = ? AND r.org = ?
    AND NOT EXISTS (SELECT 1 FROM kept k WHERE k.area = r.area AND k.chunk = r.chunk AND k.org = r.org AND k.whole = 1) LIMIT 64`;
const ENTRY = 'SELECT l.time, l.entry FROM areas a JOIN log l ON l.area = a.row WHERE a.area = ? AND l.item = ?';
const UNBOXED = `
  SELECT a.area, l.item AS tag, l.org FROM log l JOIN areas a ON a.row = l.area
  WHERE l.entry IS NOT NULL AND l.chain = 0 AND NOT EXISTS (SELECT 1 FROM boxes b WHERE b.subject = l.item)
    AND NOT EXISTS (SELECT 1 FROM withdrawn w WHERE w.area = a.area AND w.entry = l.item)`;

/** Newest first. */
export function findStuck(parts: StuckParts): Stuck[] {
  const { db, intake } = parts;
  const tagged = db.prepare(TAGGED).all() as unknown as Tagged[];
  const unboxed = (db.prepare(UNBOXED).all() as unknown as Tagged[]).filter(({ area }) => intake(area) !== null);
  const waiting = new Set(unboxed.map(({ tag }) => tag));
  const known = new Set(tagged.map(({ tag }) => tag));
  const bare = unboxed.filter(({ tag }) => !known.has(tag));
  const all = [...tagged, ...bare.map((one) => ({ ...one, chunks: 0, whole: 0, bytes: 0, wholeBytes: 0, fetched: 0 }))];
  return all
    .flatMap((one) => explain(parts, one, waiting.has(one.tag)) ?? [])
    .toSorted((a, b) => (b.taken ?? 0) - (a.taken ?? 0));
}

function explain(parts: StuckParts, one: Tagged, isUnboxed: boolean): Stuck | null {
  const { db, contacts, running, intake } = parts;
  const row = db.prepare(ENTRY).get(one.area, one.tag) as { time: Millis; entry: Uint8Array | null } | undefined;
  const writer = row?.entry ? writerOf(row.entry) : null;
  const isLinked = writer !== null && (running?.linked.includes(writer) ?? false);
  const said = {
    entry: one.tag,
    area: one.area,
    from: one.org,
    to: intake(one.area)?.org ?? null,
    chunks: one.chunks,
    wholeChunks: one.whole,
    bytes: one.bytes,
    wholeBytes: one.wholeBytes,
    taken: row?.time ?? null,
    since: isLinked ? null : (contacts.find(({ device }) => device === writer)?.at ?? null),
  };
  if (one.whole < one.chunks) return { ...said, ...whyIncomplete(parts, one, isLinked) };
  if (isUnboxed) return { ...said, cause: 'waiting for a seat' };
  const isForOthers = said.to !== null && said.to !== one.org;
  return isForOthers && one.chunks > 0 && one.fetched === 0 ? { ...said, cause: 'waiting for the receiver' } : null;
}

function whyIncomplete(parts: StuckParts, one: Tagged, isLinked: boolean): Pick<Stuck, 'cause' | 'refused'> {
  const { running, over, isFull } = parts;
  const refusal = running?.refusals.find(({ area, org }) => area === one.area && org === one.org);
  if (isFull || refusal?.cause === 'storage full') return { cause: 'disk' };
  const full = over(one.area, one.org) ?? QUOTA_WORDS.find((word) => word === refusal?.cause);
  if (full) return { cause: full };
  if (refusal) return { cause: 'refused', refused: refusal.cause };
  if (isMoving(parts, one)) return { cause: 'under way' };
  return { cause: isLinked ? 'waiting for the sender' : 'sender not connected' };
}

/** Whether bytes of a chunk that is missing came within the last minute. */
function isMoving({ db, dir, now }: StuckParts, { area, tag, org }: Tagged): boolean {
  return db
    .prepare(MISSING)
    .all(area, tag, org)
    .some(({ chunk }) => {
      const part = statSync(path.join(dir, 'partial', `${String(chunk)}.${org}.${area}`), { throwIfNoEntry: false });
      return part !== undefined && now - part.mtimeMs < MINUTE;
    });
}

function writerOf(entry: Uint8Array): DeviceId | null {
  const decoded = decodeEntry(entry);
  const header = decoded.ok ? decodeHeader(decoded.value.header) : decoded;
  return header.ok ? header.value.device : null;
}

const WORDS: Readonly<Record<StuckCause, string>> = {
  quota: 'over the quota of one intake: the receiving post accepts or declines what waits, or `relay quota set`',
  'quota of the area': 'over the quota of one area: something is withdrawn there, or `relay quota set --of area`',
  'quota of the organisation':
    'over the quota of its organisation in all: cases are disposed of, or `relay quota set --of total`',
  refused: 'refused',
  disk: 'this relay has no room: make some; it goes on by itself',
  'under way': 'under way',
  'sender not connected': 'the sending computer is not connected: somebody switches it on and unlocks Joinder',
  'waiting for the sender':
    'the sending computer is connected and sends nothing: it may be paused, on a metered network, or the files are on another computer of its post',
  'waiting for a seat':
    'nobody can open it yet: somebody enrols in the receiving post, and a computer of the sending post comes on line',
  'waiting for the receiver': 'whole, and not fetched yet: a computer of the receiving post comes on line',
};
export const sentenceOf = ({ cause, since, refused }: Stuck): string => {
  const word = refused
    ? `refused (${refused}): it is sent anew; if that recurs, look at the sending computer`
    : WORDS[cause];
  return cause === 'sender not connected' && since !== null
    ? `${word} (last here ${new Date(since).toISOString()})`
    : word;
};
