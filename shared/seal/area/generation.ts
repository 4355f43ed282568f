/**
 * A relay's generation: its word that its orders go on from what it still holds, not from all that it acknowledged. It is
 * signed with the relay's own key, holds for every area, and only grows. Without such a word a place in a
 * higher generation is no better than a rollback; with it, clients offer again what was acknowledged to them before.
 */
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { sign, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

/** `begun`: the first. `restored`: from a copy that lacks what came after it. `moved`: to another store. */
type GenerationReason = 'begun' | 'restored' | 'moved';

export interface Generation {
  /** 1 in a relay's first life; then higher each time (a relay takes the seconds since 1970). */
  readonly generation: number;
  readonly time: Millis;
  /** A GenerationReason, or a word from a later version: it is shown, nothing hangs on it. */
  readonly reason: string;
}

export interface SignedGeneration {
  /** CBOR [generation, time, reason]. */
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** Called by a relay alone: at its first start, and by an administrator's `restore`. */
export async function signGeneration(
  platform: Platform,
  relayKey: Key,
  said: Generation & { readonly reason: GenerationReason },
): Promise<SignedGeneration> {
  const body = encodeCbor([said.generation, said.time, said.reason]);
  return { body, signature: await sign(platform, relayKey, LABEL.generation, body) };
}

export async function readGeneration(
  platform: Platform,
  relayKey: Key,
  signed: SignedGeneration,
): Promise<Result<Generation, 'bad signature' | 'malformed'>> {
  if (!(await verify(platform, relayKey, signed.signature, LABEL.generation, signed.body)))
    return fail('bad signature');
  const parsed = read.reading(() => {
    const [generation, time, reason] = read.tuple(decodeCbor(signed.body), 'generation', 3);
    return {
      generation: read.count(generation, 'generation'),
      time: read.count(time, 'time'),
      reason: read.text(reason, 'reason', 64),
    };
  });
  return parsed.ok && parsed.value.generation > 0 ? ok(parsed.value) : fail('malformed');
}
