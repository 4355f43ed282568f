/**
 * What a relay answers over HTTP: itself, enrolment, and chunks. Chunks are named by the SHA-256 of their (sealed) bytes;
 * a PUT goes on where the last one stopped. `Authorization: Bearer TOKEN` comes from the link's `welcome`.
 *
 *   GET  /healthz                                200 {"status":"ok"}
 *   GET  /v1/relay                               200 {"version","relayKey": base64url, "generation","time"}
 *   GET  /v1/authorities/:digits                 200 {"card"} | 404      (:digits = first 20 of the code's authority part)
 *   POST /v1/authorities/:digits/ask/:name       body sealed bytes → 200 {"status","sealed": base64url|null} | 404 | 503 (authority not connected)
 *   POST /v1/chunks/held     {"area","chunks":[hash],"wait"?: ms} → 200 {"held":[bytes],"whole":[boolean]}   as far as this area refers to each
 *   PUT  /v1/chunks/:hash?area=A&size=S&from=N   body bytes from offset N → 200 {"held":N,"whole"} | 409 {"held":N,"whole"} (wrong offset) | 422 (hash differs; begun anew) | 403 | 410 | 413 (quota) | 507
 *   PUT  /v1/chunks?area=A                       body small chunks, each hash (32 bytes) ‖ size (4, big-endian) ‖ bytes → 200 {"outcomes":[{"status","held","whole"}]}, one for each that came whole, statuses as above | 400 (beyond `BATCH`) | 403
 *   POST /v1/chunks/some     {"area","chunks":[hash]} → 200 small chunks in the order asked, each hash (32 bytes) ‖ size (4, big-endian) ‖ bytes; where none is given the status (403, 404, 410, 413: not small) + 2³¹ in the place of the size. Ends before what goes beyond `BATCH` | 403
 *   GET  /v1/chunks/:hash?area=A  (Range)        200 | 206 | 404 (referred to, not here yet) | 403 | 410 (withdrawn) | 416
 *
 *   POST /v1/late            body CBOR (`late.ts`) → 200 {"taken"} | 403 (not a computer that was shut out) | 413 (quota) | 507
 *
 * `held`: bytes that came; `whole`: they were all there, had the hash, and can be fetched. All bytes can be held of a chunk
 * that is not whole, where a cut came before they were hashed: a PUT from=S with an empty body makes it so.
 * Of chunks also 401 (the token's link is closed) and 429 (too many at once) with Retry-After. An answer that is no
 * success says {"cause"}.
 */
import { z } from 'zod';
import { KiB, MiB } from '../primitives/units.ts';
import * as f from './fields.ts';

/** Largest chunk a relay takes: 16 MiB of plaintext and its tags. */
export const MAX_CHUNK = 17 * MiB;

/** Several small chunks in one request: bytes before each, the largest that goes so, how many, and all of them in bytes. */
export const BATCH = { head: 36, chunk: 512 * KiB, chunks: 128, bytes: 4 * MiB } as const;

export const relayInfo = z.object({ version: f.count, relayKey: z.string(), generation: f.count, time: f.count });
export type RelayInfo = z.infer<typeof relayInfo>;
export const authorityInfo = z.object({ card: z.string() });
export const askAnswer = z.object({
  status: z.enum(['answered', 'unknown code', 'void', 'used', 'expired', 'wrong secret', 'clock', 'malformed']),
  sealed: z.string().nullable(),
  time: f.count,
});
export type AskAnswer = z.infer<typeof askAnswer>;
/** How long a relay keeps a question that waits, in milliseconds. */
export const MOST_WAIT = 10_000;
/** `wait`: answer only once one of these is whole, or after so many milliseconds. */
export const heldRequest = z.object({
  area: f.area,
  chunks: z.array(f.hash).max(4096),
  wait: f.count.max(MOST_WAIT).optional(),
});
export const heldAnswer = z.object({ held: z.array(f.count), whole: z.array(z.boolean()) });
/** Why a chunk is not taken though there is room on the disk: what is full, in an intake, in an area, in all. */
export const QUOTA_WORDS = ['quota', 'quota of the area', 'quota of the organisation'] as const;
export type QuotaWord = (typeof QUOTA_WORDS)[number];
export const QUOTA_STATUS: Readonly<Record<QuotaWord, 413 | 507>> = {
  quota: 413,
  'quota of the area': 507,
  'quota of the organisation': 507,
};

export const putAnswer = z.object({ held: f.count, whole: z.boolean(), cause: z.string().optional() });

export const someRequest = z.object({ area: f.area, chunks: z.array(f.hash).min(1).max(BATCH.chunks) });
/** In the place of a size: no bytes follow, and the rest says why not. */
export const NOT_GIVEN = 0x80000000;

export const batchAnswer = z.object({
  outcomes: z.array(z.object({ status: f.count, held: f.count, whole: z.boolean(), cause: z.string().optional() })),
});

/** What a laptop asks its authority (sealed, `shared/seal/devices/enrolment.ts`), and the answers. */
const key = z.custom<Uint8Array>((v) => v instanceof Uint8Array && v.length === 65, '65 bytes expected');
export const enrolAsk = z.discriminatedUnion('do', [
  /** Who would I be? Changes nothing; `time` lets the authority notice a clock more than a day off. */
  z.object({ do: z.literal('look'), replyKey: key, time: f.count }),
  /** Enrol this device. `seats` are fresh public keys for posts that have none yet; the loser of a race discards its own. `proof`: `proveDevice`. */
  z.object({
    do: z.literal('enrol'),
    replyKey: key,
    time: f.count,
    device: z.object({ signKey: key, boxKey: key, name: z.string().max(100), proof: f.bytes(64) }),
    seats: z.array(z.object({ seat: f.seat, publicKey: key })).max(64),
    /** How much of the directory came with earlier answers to this. */
    after: f.count.optional(),
  }),
]);
export type EnrolAsk = z.infer<typeof enrolAsk>;

export const enrolAnswer = z.discriminatedUnion('is', [
  z.object({
    /** `used`: a device enrolled with this code; that one may ask again, no other. */
    is: z.literal('offer'),
    used: z.boolean(),
    org: f.org,
    orgName: z.string(),
    person: f.person,
    personName: z.string(),
    posts: z.array(z.object({ seat: f.seat, title: z.string(), unit: z.string(), hasKey: z.boolean() })),
    relayKey: key,
    time: f.count,
  }),
  /** Somebody at a computer that is in must say that this is the right one: both show the digits of this nonce. Ask again. */
  z.object({ is: z.literal('waiting'), nonce: f.bytes(16), relayKey: key, time: f.count }),
  /** `accepted`: posts whose proposed seat key was taken. The directory comes with it, up to what one answer holds; `n` is its newest place. */
  z.object({
    is: z.literal('enrolled'),
    device: f.device,
    accepted: z.array(f.seat),
    relayKey: key,
    statements: z.array(f.statement),
    n: f.count,
    time: f.count,
  }),
]);
export type EnrolAnswer = z.infer<typeof enrolAnswer>;
