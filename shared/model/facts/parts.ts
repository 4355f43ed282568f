/**
 * What facts are made of: names, sizes, people and files, each with its limit. A text that is longer is not read at all:
 * the fact is of no version that this one knows.
 */
import { z } from 'zod';
import { isHash, isId } from '../../primitives/ids.ts';
import type { Hash, ItemId, OrgId, PersonId, SeatId, VersionId } from '../../primitives/ids.ts';

z.config({ jitless: true });

export const id = <T extends string>() => z.custom<T>(isId);
export const hash = z.custom<Hash>(isHash);
export const count = z.int().min(0);
export const bytes = (n: number) => z.custom<Uint8Array>((v) => v instanceof Uint8Array && v.length === n);
/** Bytes of another form, at most so many. */
export const bytesUpTo = (limit: number) => z.custom<Uint8Array>((v) => v instanceof Uint8Array && v.length <= limit);
export const text = (limit: number) => z.string().max(limit);
/** A day as YYYY-MM-DD. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A place in the case record: `case/urn`, `suspects/ID/born`. */
export const path = text(300);
/** What somebody gives as their reason. */
export const reason = text(4000);

export const CASE_KINDS = ['charging', 'first hearing', 'trial', 'enquiry'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];
export const PURPOSES = [
  'charging decision',
  'upgrade file',
  'reply to an action plan',
  'further evidence',
  'first hearing file',
] as const;
export type Purpose = (typeof PURPOSES)[number];
export const URGENCIES = ['custody', 'urgent', 'routine'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** `Content` of shared/ipc/evidence.ts, as stored. */
export const content = z.object({
  version: id<VersionId>(),
  size: count,
  sha256: hash,
  key: bytes(32),
  chunkSize: count,
  chunks: z.array(z.object({ hash, size: count })).max(65536),
  sealed: id<VersionId>().optional(),
});

/** What a file was made from another as: `new version` takes its place; a copy stands beside it, an item of its own. */
export const ORIGINS = ['new version', 'redacted copy', 'converted copy'] as const;
export type Origin = (typeof ORIGINS)[number];

/** One document or exhibit as frozen: name, type and content. */
export const fileRecord = z.object({
  item: id<ItemId>(),
  name: text(1024),
  type: text(200),
  modified: count,
  content,
  /** What the checks found when it was added, by code (snapshot/facts.ts). */
  found: z.array(text(60)).max(20).optional(),
  /** The version that it was made from; `act` names the adding, so that one that was cut off adds it once. */
  origin: z.object({ how: z.enum(ORIGINS), from: id<VersionId>(), act: id<ItemId>() }).optional(),
  /** Which version of its item it is, as the organisation counts that added it; left out of a first. */
  number: count.optional(),
});
export type FileRecord = z.infer<typeof fileRecord>;

/** A version of an item, by its content: what was reviewed, sent, signed. */
export const versionRef = z.object({ item: id<ItemId>(), version: id<VersionId>(), sha256: hash });

/** Who and where, by value, so that the other side can show it without the writer's directory. */
export const party = z.object({
  org: id<OrgId>(),
  orgName: text(200),
  seat: id<SeatId>(),
  post: text(200),
  person: id<PersonId>(),
  personName: text(200),
});
export type Party = z.infer<typeof party>;

/** Who says it, and when by their own clock: a part of every fact of the work. */
export const said = { by: party, at: count };
