/**
 * The link: the one WebSocket between a device and a relay (`/v1/link`), binary frames of CBOR. A frame is one message,
 * told apart by `t`. Requests carry a `q` that the answer repeats. Unknown messages are ignored, so that a newer peer can
 * say more; an unreadable one ends the link with a word. Numbers of bytes and items are limited here, in one place.
 */
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../primitives/cbor.ts';
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';
import { KiB, MiB } from '../primitives/units.ts';
import * as f from './fields.ts';

/** Protocol version; a relay accepts its own and the one before. */
export const LINK_VERSION = 1;
export const LIMITS = {
  frame: 4 * MiB,
  entry: MiB,
  pull: 512,
  boxes: 512,
  presence: 16 * KiB,
  refs: 4096,
  /** Chunks of one version: as many as its content may have. */
  chunks: 65_536,
  answer: 3 * MiB,
  words: 1024,
} as const;

/** Why a relay refuses a link or an authority's; each has a sentence in `shared/status`. */
export const LINK_REFUSALS = [
  'version',
  'unknown organisation',
  'unknown device',
  'revoked',
  'bad signature',
  'clock',
  'malformed',
  'busy',
  'suspended',
] as const;
export type LinkRefusal = (typeof LINK_REFUSALS)[number];

const q = z.int().min(0);
const entry = f.bytes(LIMITS.entry);

/** From the device. */
export const toRelay = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), version: f.count, org: f.org, device: f.device }),
  /** Signature over (label link, nonce, relay's public key). */
  z.object({ t: z.literal('auth'), signature: f.bytes(64) }),
  /** Entries of the area after place `after`, oldest first. Answer: `log`. */
  z.object({ t: z.literal('pull'), q, area: f.area, after: f.count, limit: f.count }),
  /** One entry, and boxes to be kept with it (atomically). Answer: `appended` or `declined`. An area's first entry makes it. Sent again, it is acknowledged again. */
  z.object({ t: z.literal('append'), q, area: f.area, entry, boxes: z.array(f.box).max(LIMITS.boxes) }),
  /** Boxes filed under these subjects. Answer: `boxes`. */
  z.object({ t: z.literal('boxes'), q, subjects: z.array(f.hash).max(LIMITS.boxes) }),
  /** More boxes for what already stands: for seats or devices entitled since. Answer: `done` or `declined`. */
  z.object({ t: z.literal('add boxes'), q, area: f.area.nullable(), boxes: z.array(f.box).max(LIMITS.boxes) }),
  /** Takes back what this organisation put into another's intake and nobody collected: boxes of the entry with this hash, and chunk references tagged with it. Answer: `done` or `declined`. */
  z.object({ t: z.literal('withdraw'), q, area: f.area, entry: f.hash }),
  /** Statements of an organisation's directory after place `after`. Answer: `directory`. */
  z.object({ t: z.literal('statements'), q, org: f.org, after: f.count }),
  /** Makes chunks reachable in an area, tagged with the entry they belong to (`tag`). Names already reachable to the sender elsewhere need no upload. Answer: `done` or `declined`. */
  z.object({
    t: z.literal('refer'),
    q,
    area: f.area,
    tag: f.hash,
    chunks: z.array(f.hash).max(LIMITS.refs),
    from: f.area.nullable(),
  }),
  /** The relay's signed word that it holds every chunk of these lists, reachable in the area to who asks. Answer: `custody` or `declined`. */
  z.object({
    t: z.literal('custody'),
    q,
    area: f.area,
    lists: z.array(z.array(f.hash).max(LIMITS.chunks)).max(LIMITS.refs),
  }),
  z.object({ t: z.literal('presence'), area: f.area, frame: f.bytes(LIMITS.presence) }),
  /** Which areas the device wants presence of: those on screen. */
  z.object({ t: z.literal('watch'), areas: z.array(f.area).max(64) }),
  /**
   * Two people of the organisation have disposed of these areas' copy. `also`: areas of sensitive material that this device
   * reads and that came from one of them, or from a partner. Lodged again, it is answered again. Answer: `disposed` or `declined`.
   */
  z.object({ t: z.literal('dispose'), q, order: f.order, also: z.array(f.area).max(64).default([]) }),
  /** Which of these areas the organisation has disposed of. Answer: `disposed`, without those that it has not. */
  z.object({ t: z.literal('disposals'), q, areas: z.array(f.area).max(LIMITS.boxes) }),
  /** Destroys the content of entries of an own intake, with their boxes and chunk references, for an order that was lodged. Answer: `done` or `declined`. */
  z.object({
    t: z.literal('erase'),
    q,
    area: f.area,
    entries: z.array(f.hash).max(LIMITS.boxes),
    order: f.hash,
  }),
  /**
   * Destroys the content of entries of this organisation's own writing, with their boxes and chunk references: packages in
   * another's intake, and entries that brought a file into an area. Answer: `done` or `declined`.
   */
  z.object({ t: z.literal('unsend'), q, area: f.area, entries: z.array(f.hash).max(LIMITS.boxes) }),
  /** What computers of the organisation that were shut out had not sent, of the areas that the device leads. Answer: `late`. */
  z.object({ t: z.literal('late'), q }),
  /** A lead has taken these over, or lets them go. Answer: `done` or `declined`. */
  z.object({ t: z.literal('late done'), q, area: f.area, entries: z.array(f.hash).max(LIMITS.boxes) }),
  /** The relay's words after number `after`, oldest first; null: the newest alone. Answer: `words`. */
  z.object({ t: z.literal('words'), q, after: f.count.nullable() }),
  z.object({ t: z.literal('ping'), q }),
]);
export type ToRelay = z.infer<typeof toRelay>;

/** One place in an area's order: an anchor, or an entry. `time` is the relay's, and part of H_n. */
export const logItem = z.object({
  n: f.count,
  time: f.count,
  h: f.hash,
  entry: entry.nullable(),
  anchor: z.object({ org: f.org, directory: f.hash }).nullable(),
});
export type LogItem = z.infer<typeof logItem>;

export const DECLINES = [
  'malformed',
  'wrong area',
  'unknown version',
  'unknown device',
  'bad signature',
  'no right',
  'stale epoch',
  'wrong seal',
  'gap',
  'equivocation',
  'update needed',
  'stale head',
  'not a lead',
  'not the owner',
  'wrong epoch',
  'no lead left',
  'already succeeded',
  'already created',
  'not created',
  'heads missing',
  'another history',
  'quota',
  'storage full',
  'over-wide',
  'already collected',
  'not here',
  'disposed',
] as const;
export type Decline = (typeof DECLINES)[number];

/** From the relay. */
export const fromRelay = z.discriminatedUnion('t', [
  z.object({ t: z.literal('challenge'), version: f.count, nonce: f.bytes(32), relayKey: f.bytes(65), time: f.count }),
  /**
   * The link is open. `token` is the bearer for chunks (HTTP), good for this link's life. `areas` are those the device may
   * read, intakes of its posts included. `generation`: the relay's signed word for it, once it was restored. `words`: it
   * answers `words`.
   */
  z.object({
    t: z.literal('welcome'),
    token: z.string().max(128),
    time: f.count,
    areas: z.array(f.tip),
    directories: z.array(z.object({ org: f.org, n: f.count, head: f.hash.nullable() })),
    generation: z.object({ body: f.bytes(256), signature: f.bytes(64) }).optional(),
    words: z.boolean().optional(),
  }),
  z.object({ t: z.literal('refused'), cause: z.enum(LINK_REFUSALS), time: f.count }),
  /** Answer to `pull`, and (q null) what was appended since, pushed. `tip` is the area's newest signed place, which may lie beyond the last item. */
  z.object({
    t: z.literal('log'),
    q: q.nullable(),
    area: f.area,
    items: z.array(logItem).max(LIMITS.pull),
    tip: f.tip,
  }),
  /** Durable: (area, n, H) with the relay's signature is the acknowledgement. `entry` is the header's hash. */
  z.object({ t: z.literal('appended'), q, entry: f.hash, n: f.count, tip: f.tip }),
  z.object({ t: z.literal('declined'), q, cause: z.enum(DECLINES) }),
  z.object({ t: z.literal('done'), q }),
  /** Signature over (label custody, area, time, one hash for each list): `shared/seal/custody.ts`. */
  z.object({ t: z.literal('custody'), q, time: f.count, signature: f.bytes(64) }),
  z.object({
    t: z.literal('late'),
    q,
    entries: z.array(z.object({ area: f.area, hash: f.hash, at: f.count, entry })).max(LIMITS.pull),
  }),
  z.object({ t: z.literal('disposed'), q, areas: z.array(f.disposed).max(LIMITS.boxes) }),
  z.object({ t: z.literal('boxes'), q, boxes: z.array(f.box) }),
  z.object({
    t: z.literal('directory'),
    q: q.nullable(),
    org: f.org,
    after: f.count,
    statements: z.array(f.statement),
    n: f.count,
    head: f.hash.nullable(),
  }),
  /** An area the device may read now and could not before, or whose tip moved while pushes were dropped (slow link): pull it. */
  z.object({ t: z.literal('moved'), tip: f.tip }),
  /** New boxes were filed: ask again for those you lack. */
  z.object({ t: z.literal('new boxes'), subjects: z.array(f.hash).max(LIMITS.boxes) }),
  /** Chunks that the own organisation sent there whole, and that are not here any more: a disk spoiled them. */
  z.object({ t: z.literal('lacks'), area: f.area, chunks: z.array(f.hash).max(LIMITS.boxes) }),
  z.object({ t: z.literal('presence'), area: f.area, frame: f.bytes(LIMITS.presence) }),
  z.object({ t: z.literal('words'), q, words: z.array(f.word).max(LIMITS.words) }),
  z.object({ t: z.literal('pong'), q, time: f.count }),
  /** The relay ends in order; this link is best opened again after so many ms, each told another number. */
  z.object({ t: z.literal('leaving'), after: f.count }),
]);
export type FromRelay = z.infer<typeof fromRelay>;

/** Between a relay and an authority (`/v1/authority`): the authority dials out, so it needs no address of its own. */
export const fromAuthority = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), version: f.count, org: f.org }),
  z.object({ t: z.literal('auth'), signature: f.bytes(64) }),
  /** New statements, in order after what the relay holds. */
  z.object({ t: z.literal('publish'), statements: z.array(f.statement).max(1024) }),
  /** `sealed` may hold a whole directory. */
  z.object({
    t: z.literal('answer'),
    q,
    status: z.enum(['answered', 'unknown code', 'void', 'used', 'expired', 'wrong secret', 'clock', 'malformed']),
    sealed: f.bytes(LIMITS.answer).nullable(),
  }),
  z.object({ t: z.literal('ping'), q }),
]);
export type FromAuthority = z.infer<typeof fromAuthority>;

export const toAuthority = z.discriminatedUnion('t', [
  z.object({ t: z.literal('challenge'), version: f.count, nonce: f.bytes(32), relayKey: f.bytes(65), time: f.count }),
  /** The relay holds the directory up to here; publish what comes after. */
  z.object({ t: z.literal('welcome'), n: f.count, head: f.hash.nullable() }),
  z.object({ t: z.literal('refused'), cause: z.enum(LINK_REFUSALS), time: f.count }),
  z.object({ t: z.literal('published'), n: f.count, head: f.hash.nullable() }),
  /** A laptop asks; `name` names the code, `sealed` only the authority can open. */
  z.object({ t: z.literal('ask'), q, name: z.string().max(8), sealed: f.bytes(64 * KiB) }),
  z.object({ t: z.literal('pong'), q, time: f.count }),
]);
export type ToAuthority = z.infer<typeof toAuthority>;

export const encodeMessage = (message: ToRelay | FromRelay | FromAuthority | ToAuthority): Uint8Array =>
  encodeCbor(message);

/** Parses one frame with one of the unions above. */
export function decodeMessage<T>(schema: z.ZodType<T>, frame: Uint8Array): Result<T, 'malformed' | 'too large'> {
  if (frame.length > LIMITS.frame) return fail('too large');
  try {
    const parsed = schema.safeParse(decodeFrame(frame));
    return parsed.success ? ok(parsed.data) : fail('malformed');
  } catch {
    return fail('malformed');
  }
}

/** The request that a frame answers which `decodeMessage` cannot read: a newer relay may say what is not known here. */
export function answeredBy(frame: Uint8Array): number | null {
  if (frame.length > LIMITS.frame) return null;
  try {
    const parsed = z.object({ q }).safeParse(decodeFrame(frame));
    return parsed.success ? parsed.data.q : null;
  } catch {
    return null; // no CBOR
  }
}
