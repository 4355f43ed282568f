/**
 * Facts of files on their way: what a case is, what was added, released, posted, sent, taken back, accepted or returned,
 * and receipts. These go through Working papers, the Case file and intakes.
 */
import { z } from 'zod';
import type { AreaId, CaseId, DeviceId, OrgId, PackageId, SeatId, VersionId } from '../../primitives/ids.ts';
import {
  CASE_KINDS,
  ORIGINS,
  PURPOSES,
  URGENCIES,
  bytes,
  count,
  day,
  fileRecord,
  hash,
  id,
  party,
  said,
  text,
  versionRef,
} from './parts.ts';

/** When a release goes: all true of those chosen. `at`: not before; `unmetered`: not on a metered link; `sealed`: only when every file is sealed. */
export const releaseWhen = z.object({ sealed: z.boolean(), at: count.nullable(), unmetered: z.boolean() });
export type ReleaseWhen = z.infer<typeof releaseWhen>;

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

/** Of the line that the header commits to (seal/custody.ts); an older version wrote none. */
const custodySalt = bytes(16).optional();

export const SHARING = [
  /** First event of every area of a case. `source`: the area it was published from. */
  z.object({
    is: z.literal('case'),
    case: id<CaseId>(),
    kind: z.enum(CASE_KINDS),
    source: id<AreaId>().nullable(),
    by: party,
  }),
  z.object({ is: z.literal('added'), file: fileRecord, custody: custodySalt, ...said }),
  /**
   * Where `added` (or, of both that were released, `entered`) brings a file that was made from another: which, by its
   * content. Holds no key, so that it can be shown to others whole.
   */
  z.object({ is: z.literal('derived'), how: z.enum(ORIGINS), made: versionRef, from: versionRef, ...said }),
  /** In Working papers: released. `when` says what it waits for. */
  z.object({ is: z.literal('released'), content: packageContent, when: releaseWhen, ...said }),
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
  /**
   * The relay's signed word that at `time` it held every chunk of these versions, reachable in the intake `area`
   * (seal/custody.ts).
   */
  z.object({
    is: z.literal('in custody'),
    package: id<PackageId>(),
    area: id<AreaId>(),
    versions: z.array(id<VersionId>()).max(5000),
    time: count,
    relayKey: bytes(65),
    signature: bytes(64),
    at: count,
  }),
  /** In Working papers: it was written onto a stick, with its files. They do not go over the link, unless somebody says so after it. */
  z.object({ is: z.literal('on stick'), package: id<PackageId>(), ...said }),
  z.object({ is: z.literal('by link too'), package: id<PackageId>(), ...said }),
  z.object({
    is: z.literal('withdrawn'),
    package: id<PackageId>(),
    /** So that a receiver who never got the package can say what it was, where they know its case already. */
    what: z.object({ case: id<CaseId>(), purpose: z.enum(PURPOSES), urgency: z.enum(URGENCIES) }).optional(),
    reason: text(2000),
    beforeDelivery: z.boolean(),
    ...said,
  }),
  z.object({
    is: z.literal('dropped'),
    package: id<PackageId>(),
    version: id<VersionId>(),
    reason: text(2000),
    ...said,
  }),
  /** In Working papers and in the Case file itself: it was made by this release, for whom. That they may read it, only its access chain says. */
  z.object({
    is: z.literal('case file'),
    area: id<AreaId>(),
    with: z.object({ org: id<OrgId>(), orgName: text(200), seat: id<SeatId>() }),
    /** Goes live when this one has been delivered; closed if it is withdrawn before. An older version wrote none, and granted at once. */
    release: id<PackageId>().optional(),
    at: count,
  }),
  /**
   * In Working papers, the receiver's intake, and the Case file where it had entered: these versions went where they
   * should not. Whoever received them destroys key and chunks; `devices` could hold them. `whole`: the text as well.
   */
  z.object({
    is: z.literal('sent in error'),
    package: id<PackageId>(),
    versions: z.array(id<VersionId>()).max(5000),
    whole: z.boolean(),
    devices: z.array(z.object({ device: id<DeviceId>(), name: text(300), heard: count.nullable() })).max(1000),
    reason: text(2000),
    ...said,
  }),
  /** In both intakes: the device that signs this has destroyed what it held of these, key and chunks. */
  z.object({
    is: z.literal('copy destroyed'),
    package: id<PackageId>(),
    versions: z.array(id<VersionId>()).max(5000),
    deviceName: text(100),
    chunks: count,
    bytes: count,
    ...said,
  }),
  /** In the Case file: a version entered it by this release, after it had been delivered. */
  z.object({
    is: z.literal('entered'),
    package: id<PackageId>(),
    file: fileRecord,
    custody: custodySalt,
    ...said,
  }),
  /**
   * In Working papers, with `released`: the rows and fields that this release brings into the Case file once it has been
   * delivered, by value (bring.ts), in as many parts as they take; and how far our own record had come, as Yjs has it.
   */
  z.object({
    is: z.literal('rows frozen'),
    package: id<PackageId>(),
    part: count,
    parts: count,
    /** A Yjs state vector, in the first part. */
    seen: z.custom<Uint8Array>((v) => v instanceof Uint8Array),
    brought: z
      .array(
        z.object({
          path: text(300),
          values: z.array(z.object({ key: text(60), value: text(20_000) })).max(100),
        }),
      )
      .max(20_000),
    ...said,
  }),
  /** In the Case file, in one write with them: what that release froze has been brought. */
  z.object({ is: z.literal('rows entered'), package: id<PackageId>(), ...said }),
  /** In both intakes: a device of the receiving post holds a package of which no file is left to deliver. */
  z.object({ is: z.literal('received'), package: id<PackageId>(), deviceName: text(100), ...said }),
  z.object({ is: z.literal('accepted'), package: id<PackageId>(), ...said }),
  z.object({
    is: z.literal('returned'),
    package: id<PackageId>(),
    reason: text(4000),
    /** Codes of the recorded reasons, as the rules have them. */
    reasons: z.array(text(100)).max(50).optional(),
    /** By when an answer is asked for. */
    respondBy: day.optional(),
    ...said,
  }),
] as const;

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
