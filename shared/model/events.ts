/**
 * What has happened: the content of `event`, `package` and `receipt` entries, as schemas. Facts are appended and never
 * edited; state is a fold over them. A payload of a later version is kept and passed on: unknown `is` parses to null.
 */
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../primitives/cbor.ts';
import { isHash, isId } from '../primitives/ids.ts';
import type { AreaId, CaseId, Hash, ItemId, OrgId, PackageId, PersonId, SeatId, VersionId } from '../primitives/ids.ts';

z.config({ jitless: true });

const id = <T extends string>() => z.custom<T>(isId);
const hash = z.custom<Hash>(isHash);
const count = z.int().min(0);
const bytes = (n: number) => z.custom<Uint8Array>((v) => v instanceof Uint8Array && v.length === n);
const text = (limit: number) => z.string().max(limit);

export const CASE_KINDS = ['charging', 'first hearing', 'trial', 'enquiry'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];
export const PURPOSES = ['charging decision', 'upgrade file', 'reply to an action plan', 'further evidence'] as const;
export type Purpose = (typeof PURPOSES)[number];
export const URGENCIES = ['custody', 'urgent', 'routine'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** When a release goes: all true of those chosen. `at`: not before; `unmetered`: not on a metered link; `sealed`: only when every file is sealed. */
export const releaseWhen = z.object({ sealed: z.boolean(), at: count.nullable(), unmetered: z.boolean() });
export type ReleaseWhen = z.infer<typeof releaseWhen>;

/** `Content` of shared/ipc/evidence.ts, as stored. */
export const content = z.object({
  version: id<VersionId>(),
  size: count,
  sha256: hash,
  key: bytes(32),
  chunkSize: count,
  chunks: z.array(z.object({ hash, size: count })).max(65536),
});

/** One document or exhibit as frozen: name, type and content. */
export const fileRecord = z.object({ item: id<ItemId>(), name: text(1024), type: text(200), modified: count, content });
export type FileRecord = z.infer<typeof fileRecord>;

/** Who and where, by value, so that the other side can show it without the writer's directory. */
const party = z.object({
  org: id<OrgId>(),
  orgName: text(200),
  seat: id<SeatId>(),
  post: text(200),
  person: id<PersonId>(),
  personName: text(200),
});
export type Party = z.infer<typeof party>;

/** A package: complete when signed. Shared text travels by value (`summary` as plain text, `record` as field/value lines). */
export const packageContent = z.object({
  is: z.literal('package'),
  package: id<PackageId>(),
  case: id<CaseId>(),
  title: text(300),
  urn: text(20).nullable(),
  kind: z.enum(CASE_KINDS),
  from: party,
  to: z.object({ org: id<OrgId>(), orgName: text(200), seat: id<SeatId>(), post: text(200) }),
  purpose: z.enum(PURPOSES),
  urgency: z.enum(URGENCIES),
  note: text(4000),
  answers: id<PackageId>().nullable(),
  at: count,
  summary: text(200_000),
  record: z.array(z.object({ label: text(200), value: text(4000) })).max(500),
  files: z.array(fileRecord).max(5000),
  caseFile: id<AreaId>().nullable(),
});
export type PackageContent = z.infer<typeof packageContent>;

export const event = z.discriminatedUnion('is', [
  /** First event of every area of a case. `source`: the area it was published from. */
  z.object({
    is: z.literal('case'),
    case: id<CaseId>(),
    kind: z.enum(CASE_KINDS),
    source: id<AreaId>().nullable(),
    by: party,
  }),
  z.object({ is: z.literal('added'), file: fileRecord, by: party, at: count }),
  /** In Working papers: released. `when` says what it waits for. */
  z.object({ is: z.literal('released'), content: packageContent, when: releaseWhen, by: party, at: count }),
  /** The package entry was written: its header hash, the intake it goes to, and its one-time key, so that any device of the post can box it to a seat that had no key yet. */
  z.object({
    is: z.literal('posted'),
    package: id<PackageId>(),
    entry: hash,
    intake: id<AreaId>(),
    key: bytes(32),
    at: count,
  }),
  /** The relay acknowledged the package entry as the n-th of the intake. */
  z.object({ is: z.literal('sent'), package: id<PackageId>(), entry: hash, n: count, at: count }),
  /** The relay holds every chunk as well. */
  z.object({ is: z.literal('all sent'), package: id<PackageId>(), at: count }),
  z.object({
    is: z.literal('withdrawn'),
    package: id<PackageId>(),
    /** So that a receiver who never got the package can say what it was, where they know its case already. */
    what: z.object({ case: id<CaseId>(), purpose: z.enum(PURPOSES), urgency: z.enum(URGENCIES) }).optional(),
    reason: text(2000),
    beforeDelivery: z.boolean(),
    by: party,
    at: count,
  }),
  z.object({
    is: z.literal('dropped'),
    package: id<PackageId>(),
    version: id<VersionId>(),
    reason: text(2000),
    by: party,
    at: count,
  }),
  /** In Working papers: the Case file that the first release made. In the Case file itself: with whom it is live. */
  z.object({
    is: z.literal('case file'),
    area: id<AreaId>(),
    with: z.object({ org: id<OrgId>(), orgName: text(200), seat: id<SeatId>() }),
    at: count,
  }),
  /** In the Case file: a version entered it by this release. */
  z.object({ is: z.literal('entered'), package: id<PackageId>(), file: fileRecord, by: party, at: count }),
  z.object({ is: z.literal('accepted'), package: id<PackageId>(), by: party, at: count }),
  z.object({ is: z.literal('returned'), package: id<PackageId>(), reason: text(4000), by: party, at: count }),
]);
export type CaseEvent = z.infer<typeof event>;

/** A device's signed word about a version; over the content's hash. */
export const receipt = z.object({
  is: z.literal('receipt'),
  what: z.enum(['delivered', 'opened', 'viewing began', 'exported']),
  package: id<PackageId>(),
  version: id<VersionId>(),
  sha256: hash,
  by: party,
  deviceName: text(100),
  at: count,
});
export type Receipt = z.infer<typeof receipt>;

/** The content of an `edit` entry: one Yjs V1 update, all of whose structs are of `client`. */
export const edit = z.object({ client: count, update: z.custom<Uint8Array>((v) => v instanceof Uint8Array) });
export type Edit = z.infer<typeof edit>;

export const encodeFact = (fact: CaseEvent | PackageContent | Receipt | Edit): Uint8Array => encodeCbor(fact);

/** Parses a payload; null where it is not one this version knows. */
export function decodeFact<T>(schema: z.ZodType<T>, bytesOf: Uint8Array): T | null {
  try {
    const parsed = schema.safeParse(decodeFrame(bytesOf));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
