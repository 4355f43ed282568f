/**
 * A relay's checkpoint: its signed word on everything that it has accepted up to a time, in all areas at once and with what
 * its administrators did. Each names the hash of the one before it, so that whoever keeps one word holds the relay to all
 * that came before; two words for one place in one generation are proof that it told two histories. It names no area: who
 * knows an area's id can see whether it is covered, nobody else can.
 */
import { fromBase64Url, fromHex, toBase64Url } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { AreaId, Hash } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { hashOf, sign, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

export interface Checkpoint {
  /** 1 for a relay's first, then one more each time. */
  readonly n: number;
  readonly generation: number;
  readonly time: Millis;
  /** Hash of the checkpoint before it; null for the first. */
  readonly before: Hash | null;
  /** Over the places of all areas that moved since the one before (`hashLeaves`). */
  readonly leaves: Hash;
  /** How many acts administrators had put down, and the hash of the newest; null: none. */
  readonly acts: number;
  readonly act: Hash | null;
}

export interface SignedCheckpoint {
  /** CBOR [n, generation, time, before, leaves, acts, act]. */
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** One area's place as it is covered. */
export const hashLeaf = (platform: Platform, area: AreaId, n: number, h: Hash): Promise<Hash> =>
  hashOf(platform, LABEL.checkpointLeaf, fromHex(area), encodeCbor(n), fromHex(h));

/** In the order of their own hashes, so that it does not tell which area moved first. */
export const hashLeaves = (platform: Platform, leaves: readonly Hash[]): Promise<Hash> =>
  hashOf(platform, LABEL.checkpointLeaf, ...leaves.toSorted().map(fromHex));

export const hashCheckpoint = (platform: Platform, body: Uint8Array): Promise<Hash> =>
  hashOf(platform, LABEL.checkpoint, body);

const hashBytes = (hash: Hash | null): Uint8Array | null => (hash === null ? null : fromHex(hash));

/** Called by a relay alone. */
export async function signCheckpoint(platform: Platform, relayKey: Key, said: Checkpoint): Promise<SignedCheckpoint> {
  const { n, generation, time, before, leaves, acts, act } = said;
  const body = encodeCbor([n, generation, time, hashBytes(before), fromHex(leaves), acts, hashBytes(act)]);
  return { body, signature: await sign(platform, relayKey, LABEL.checkpointSignature, body) };
}

export async function readCheckpoint(
  platform: Platform,
  relayKey: Key,
  { body, signature }: SignedCheckpoint,
): Promise<Result<Checkpoint, 'bad signature' | 'malformed'>> {
  if (!(await verify(platform, relayKey, signature, LABEL.checkpointSignature, body))) return fail('bad signature');
  const parsed = read.reading(() => {
    const [n, generation, time, before, leaves, acts, act] = read.tuple(decodeCbor(body), 'checkpoint', 7);
    return {
      n: read.count(n, 'n'),
      generation: read.count(generation, 'generation'),
      time: read.count(time, 'time'),
      before: read.hashOrNull(before, 'before'),
      leaves: read.hash(leaves, 'leaves'),
      acts: read.count(acts, 'acts'),
      act: read.hashOrNull(act, 'act'),
    };
  });
  return parsed.ok && parsed.value.n > 0 ? ok(parsed.value) : fail('malformed');
}

/** Where the header of an entry says which word its writer was shown. */
const MORE = 'word';

export const encodeMore = ({ body, signature }: SignedCheckpoint): Record<string, unknown> => ({
  [MORE]: [body, signature],
});

/** Null: it says nothing of it, or nothing that can be read. Whether it is a relay's word shows `readCheckpoint`. */
export function decodeMore(more: Readonly<Record<string, unknown>>): SignedCheckpoint | null {
  if (!(MORE in more)) return null;
  const parsed = read.reading(() => {
    const [body, signature] = read.tuple(more[MORE], MORE, 2);
    return { body: read.bytes(body, 'word.body'), signature: read.bytes(signature, 'word.signature') };
  });
  return parsed.ok ? parsed.value : null;
}

const WORD = 'joinder-checkpoint-1';

/** One line, to be kept, passed on and compared. */
export const writeWord = ({ body, signature }: SignedCheckpoint): string =>
  `${WORD}.${toBase64Url(body)}.${toBase64Url(signature)}`;

export function readWord(text: string): SignedCheckpoint | null {
  const [kind, body, signature, rest] = text.trim().split('.');
  if (kind !== WORD || !body || !signature || rest !== undefined) return null;
  try {
    return { body: fromBase64Url(body), signature: fromBase64Url(signature) };
  } catch {
    return null; // no base64url
  }
}

/** What two words of one relay say together. `fork`: they cannot both be; the two are the proof. */
export type WordsVerdict = 'same' | 'in line' | 'fork';

/** Pure: both were read by `readCheckpoint`. What lies between two is shown by the relay's own records. */
export function compareWords(
  a: Checkpoint & { readonly hash: Hash },
  b: Checkpoint & { readonly hash: Hash },
): WordsVerdict {
  if (a.generation !== b.generation) return 'in line'; // a restored relay goes on from what it still holds
  if (a.n === b.n) return a.hash === b.hash ? 'same' : 'fork';
  const [earlier, later] = a.n < b.n ? [a, b] : [b, a];
  if (later.n === earlier.n + 1 && later.before !== earlier.hash) return 'fork';
  return later.acts < earlier.acts ? 'fork' : 'in line';
}
