/** The format of sealed content, held to vectors and to WebCrypto; and a segment opens at its place, under its key, and nowhere else. */
import * as fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../shared/primitives/bytes.ts';
import type { VersionId } from '../../shared/primitives/ids.ts';
import { KiB, MiB } from '../../shared/primitives/units.ts';
import { chunkCount, chunkSizeFor, LARGEST_SEALED, nonceOf, planChunk, SEGMENT, TAG } from './format.ts';
import { openSegment, sealingOf, sealSegment } from './segments.ts';

interface Vector {
  readonly what: string;
  readonly version: string;
  readonly key: string;
  /** The plaintext is this byte sequence, repeated to `size`. */
  readonly pattern: string;
  readonly size: number;
  readonly chunkSize: number;
  readonly sha256: string;
  readonly chunks: readonly {
    readonly hash: string;
    readonly size: number;
    readonly start: string;
    readonly end: string;
  }[];
}

const patterned = (pattern: Uint8Array, size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => pattern[i % pattern.length] ?? 0);

function sealAll(version: string, key: Uint8Array, plain: Uint8Array, chunkSize: number): Uint8Array[] {
  const sealing = sealingOf(key, version as VersionId);
  return Array.from({ length: chunkCount(plain.length, chunkSize) }, (_, chunk) => {
    const plan = planChunk(plain.length, chunkSize, chunk);
    const out = new Uint8Array(plan.sealed);
    for (let segment = 0; segment < plan.segments; segment++) {
      const from = plan.from + segment * SEGMENT;
      const part = plain.subarray(from, Math.min(from + SEGMENT, plan.from + plan.plain));
      sealSegment(
        sealing,
        { chunk, segment, last: plan.last && segment === plan.segments - 1 },
        part,
        out.subarray(segment * (SEGMENT + TAG)),
      );
    }
    return out;
  });
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the format of sealed content', async () => {
  const vectors = JSON.parse(
    await readFile(new URL('../../test/vectors/evidence.json', import.meta.url), 'utf8'),
  ) as Vector[];

  it.each(vectors)('is what it was: $what', ({ version, key, pattern, size, chunkSize, sha256: hash, chunks }) => {
    const plain = patterned(fromHex(pattern), size);
    const sealed = sealAll(version, fromHex(key), plain, chunkSize);
    expect(sha256(plain)).toBe(hash);
    expect(
      sealed.map((bytes) => ({
        hash: sha256(bytes),
        size: bytes.length,
        start: toHex(bytes.subarray(0, 32)),
        end: toHex(bytes.subarray(-32)),
      })),
    ).toEqual(chunks);
  });

  it('opens with WebCrypto as well, so that it is AES-256-GCM and nothing of ours', async () => {
    const { version, key, pattern, size, chunkSize } = vectors.at(-1)!;
    const plain = patterned(fromHex(pattern), size);
    const sealed = sealAll(version, fromHex(key), plain, chunkSize);
    const aes = await crypto.subtle.importKey('raw', fromHex(key) as Uint8Array<ArrayBuffer>, 'AES-GCM', false, [
      'decrypt',
    ]);
    const label = new TextEncoder().encode('joinder/1/evidence segment');
    const additionalData = Buffer.concat([
      Buffer.from([0, 0, 0, label.length]),
      label,
      Buffer.from([0, 0, 0, 16]),
      fromHex(version),
    ]);
    const last = sealed.length - 1;
    const plan = planChunk(size, chunkSize, last);
    const iv = Buffer.alloc(12);
    iv.writeUInt32BE(last, 0);
    iv.writeUInt32BE(plan.segments - 1, 4);
    iv.writeUInt32BE(1, 8);
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData },
      aes,
      sealed[last]!.slice((plan.segments - 1) * (SEGMENT + TAG)),
    );
    expect(Buffer.from(opened).equals(plain.subarray(plan.from + (plan.segments - 1) * SEGMENT))).toBe(true);
  });

  it('gives every place of a file a nonce of its own', () => {
    const place = fc.record({ chunk: fc.nat(0xffffffff), segment: fc.nat(63), last: fc.boolean() });
    fc.assert(
      fc.property(
        place,
        place,
        (a, b) => (JSON.stringify(a) === JSON.stringify(b)) === (toHex(nonceOf(a)) === toHex(nonceOf(b))),
      ),
    );
  });

  it('chooses chunks that divide into segments and fit, larger for larger files', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), (size) => {
        const chunk = chunkSizeFor(size);
        const plans = [0, chunkCount(size, chunk) - 1].map((index) => planChunk(size, chunk, index));
        return (
          chunk >= MiB &&
          chunk <= 8 * MiB &&
          chunk % SEGMENT === 0 &&
          plans.every((plan) => plan.sealed <= LARGEST_SEALED && plan.plain >= 0) &&
          size <= 16 * MiB === (chunk === MiB)
        );
      }),
    );
  });

  it('covers every byte once', () => {
    fc.assert(
      fc.property(fc.nat(5 * MiB), (size) => {
        const plans = Array.from({ length: chunkCount(size, MiB) }, (_, index) => planChunk(size, MiB, index));
        return (
          plans.reduce((sum, plan) => sum + plan.plain, 0) === size &&
          plans.every((plan, i) => plan.from === i * MiB && plan.last === (i === plans.length - 1))
        );
      }),
    );
  });
});

describe('a sealed segment', () => {
  const key = new Uint8Array(32).fill(7);
  const version = '0b'.repeat(16) as VersionId;
  const place = { chunk: 3, segment: 2, last: false };
  const plain = patterned(Uint8Array.of(1, 2, 3), 150 * KiB);
  const sealed = new Uint8Array(plain.length + TAG);
  sealSegment(sealingOf(key, version), place, plain, sealed);
  const opens = (bytes: Uint8Array, at = place, under = sealingOf(key, version)): boolean => {
    const out = new Uint8Array(plain.length);
    const opened = openSegment(under, at, bytes, out);
    expect(opened ? out : [...new Set(out)]).toEqual(opened ? plain : [0]); // nothing unverified stays
    return opened;
  };

  it('opens at its place, under its key, for its version', () => {
    expect(opens(sealed)).toBe(true);
    for (const other of [
      { ...place, chunk: 2 },
      { ...place, segment: 3 },
      { ...place, last: true },
    ])
      expect(opens(sealed, other)).toBe(false);
    expect(opens(sealed, place, sealingOf(new Uint8Array(32), version))).toBe(false);
    expect(opens(sealed, place, sealingOf(key, '0c'.repeat(16) as VersionId))).toBe(false);
  });

  it('does not open with any bit changed, cut short or made longer', () => {
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const bent = sealed.slice();
        bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return !opens(bent);
      }),
      { numRuns: 40 },
    );
    for (const length of [0, 1, TAG - 1, TAG, sealed.length - 1]) expect(opens(sealed.subarray(0, length))).toBe(false);
  });
});
