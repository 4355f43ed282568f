/**
 * The header of an entry: what the relay and every verifier may see, signed by the device that wrote it. A header is
 * hashed and verified over the bytes received, never over a copy written anew. Positions are fixed; `more` is where a
 * later version adds. Format: docs/protocol.md.
 */
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import { fromHex } from '../../primitives/bytes.ts';
import type { AreaId, DeviceId, Hash, OrgId, StreamId } from '../../primitives/ids.ts';
import type { Platform } from '../../primitives/platform.ts';
import { hashOf } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

/** What an entry is. Kinds this version does not know are kept and passed on; see `critical`. */
export const KINDS = ['edit', 'event', 'package', 'receipt', 'audit', 'chain'] as const;
export type Kind = (typeof KINDS)[number];

/** How far the writer had seen the area: the relay's order, and entries it held that are not ordered yet. */
export interface Seen {
  readonly generation: number;
  readonly n: number;
  readonly h: Hash | null;
  readonly heads: readonly Hash[];
}

export interface Header {
  readonly version: number;
  readonly suite: number;
  /** One of KINDS, or a word from a later version. */
  readonly kind: string;
  /** An entry of unknown kind that says so stops judgement of its area ("update needed"). */
  readonly critical: boolean;
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly incarnation: number;
  /** 1, 2, 3 … within (device, incarnation, area). */
  readonly counter: number;
  /** Hash of this device's previous header in the area, within the incarnation; null for the first. */
  readonly prev: Hash | null;
  readonly seen: Seen;
  /** Head of the access chain that the writer judged by; for a `chain` entry, the head it replaces. */
  readonly chain: Hash | null;
  /** Head of the writer's own organisation's directory, as the writer knew it. */
  readonly directory: Hash | null;
  readonly time: Millis;
  /** SHA-256(label, salt, plaintext); for a clear kind, SHA-256(label, body). */
  readonly commit: Hash;
  /** Clear content (kind `chain` only), else null. */
  readonly body: Uint8Array | null;
  /** Reserved for later versions; covered by the signature. */
  readonly more: Readonly<Record<string, unknown>>;
}

const orNull = (hash: Hash | null): Uint8Array | null => (hash === null ? null : fromHex(hash));

export function encodeHeader(h: Header): Uint8Array {
  const seen = [h.seen.generation, h.seen.n, orNull(h.seen.h), h.seen.heads.map(fromHex)];
  return encodeCbor([
    h.version,
    h.suite,
    h.kind,
    h.critical,
    fromHex(h.area),
    fromHex(h.stream),
    fromHex(h.org),
    fromHex(h.device),
    h.incarnation,
    h.counter,
    orNull(h.prev),
    seen,
    orNull(h.chain),
    orNull(h.directory),
    h.time,
    fromHex(h.commit),
    h.body,
    h.more,
  ]);
}

function readSeen(value: unknown): Seen {
  const [generation, n, h, heads] = read.tuple(value, 'seen', 4);
  return {
    generation: read.count(generation, 'seen.generation'),
    n: read.count(n, 'seen.n'),
    h: read.hashOrNull(h, 'seen.h'),
    heads: read.list(heads, 'seen.heads').map((head) => read.hash(head, 'seen.heads')),
  };
}

/** Reads a header of any version; the cause names the field that is wrong. */
export function decodeHeader(encoded: Uint8Array): Result<Header, string> {
  return read.reading(() => {
    const [
      version,
      suite,
      kind,
      critical,
      area,
      stream,
      org,
      device,
      incarnation,
      counter,
      prev,
      seen,
      chain,
      directory,
      time,
      commit,
      body,
      more,
    ] = read.tuple(decodeCbor(encoded), 'header', 18);
    return {
      version: read.count(version, 'version'),
      suite: read.count(suite, 'suite'),
      kind: read.text(kind, 'kind', 32),
      critical: read.flag(critical, 'critical'),
      area: read.id<AreaId>(area, 'area'),
      stream: read.id<StreamId>(stream, 'stream'),
      org: read.id<OrgId>(org, 'org'),
      device: read.id<DeviceId>(device, 'device'),
      incarnation: read.count(incarnation, 'incarnation'),
      counter: read.count(counter, 'counter'),
      prev: read.hashOrNull(prev, 'prev'),
      seen: readSeen(seen),
      chain: read.hashOrNull(chain, 'chain'),
      directory: read.hashOrNull(directory, 'directory'),
      time: read.count(time, 'time'),
      commit: read.hash(commit, 'commit'),
      body: body === null ? null : read.bytes(body, 'body'),
      more: read.map(more, 'more'),
    };
  });
}

export const hashHeader = (platform: Platform, encoded: Uint8Array): Promise<Hash> =>
  hashOf(platform, LABEL.header, encoded);
