/**
 * The format of a stick: what is written is read, every bit that is turned is noticed, and nothing but the post's key opens it.
 */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BoxKeys } from '../../primitives/hpke.ts';
import { generateBoxKeys } from '../../primitives/hpke.ts';
import type { Hash, SeatId } from '../../primitives/ids.ts';
import { newId } from '../../primitives/naming.ts';
import { sign } from '../../primitives/platform.ts';
import { MiB } from '../../primitives/units.ts';
import type { Org, Writer } from '../fixture.ts';
import { enrol, makeOrg, NOON, platform, say } from '../fixture.ts';
import { LABEL } from '../labels.ts';
import type { StickContents } from './contents.ts';
import { isSignedBy, openContents, readerOf, sealContents } from './contents.ts';
import { decodeHead, encodeHead, HEAD, isHeadSound, LARGEST_PART, planParts } from './head.ts';

const hash = (): Hash => newId<Hash>(platform).repeat(2) as Hash;
const flipped = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));

let org: Org;
let writer: Writer;
let post: BoxKeys;
let contents: StickContents;
const to = { seat: newId<SeatId>(platform), generation: 3 };

const sealedBy = (by: Writer, what = contents): Promise<Uint8Array> =>
  sealContents(platform, what, { ...to, publicKey: post.publicKey }, (body) =>
    sign(platform, by.keys.privateKey, LABEL.stick, body),
  );

beforeAll(async () => {
  org = await makeOrg('Fellshire Police');
  writer = await enrol(org, 'DC Nair');
  post = await generateBoxKeys();
  contents = {
    org: org.org,
    device: writer.device,
    time: NOON,
    statements: org.statements,
    entries: [
      {
        entry: platform.random(300),
        boxes: [{ subject: hash(), to: to.seat, generation: 3, sealed: platform.random(97) }],
      },
      { entry: platform.random(10), boxes: [] },
    ],
    chunks: [
      { hash: hash(), size: 70_000 },
      { hash: hash(), size: 16 },
    ],
  };
});

describe('contents', () => {
  it('are read as they were written, by the post alone, and say who signed them', async () => {
    const sealed = await sealedBy(writer);
    expect(readerOf(sealed)).toEqual(to);
    const opened = await openContents(platform, sealed, post);
    expect(opened).toMatchObject({ ok: true, value: { contents } });
    expect(opened.ok && (await isSignedBy(platform, opened.value, org.directory))).toBe(true);
    expect(await openContents(platform, sealed, await generateBoxKeys())).toEqual({ ok: false, cause: 'damaged' });
  });

  it('show nothing of who and what', async () => {
    const text = Buffer.from(await sealedBy(writer)).toString('latin1');
    for (const word of ['Nair', 'Post of', 'laptop']) expect(text).not.toContain(word);
  });

  it('do not open with a bit turned, or cut short', async () => {
    const sealed = await sealedBy(writer);
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length * 8 - 1), async (bit) => {
        const opened = await openContents(platform, flipped(sealed, bit), post);
        expect(opened).toEqual({ ok: false, cause: 'damaged' });
      }),
      { numRuns: 150 },
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 1), async (length) => {
        expect((await openContents(platform, sealed.subarray(0, length), post)).ok).toBe(false);
      }),
      { numRuns: 50 },
    );
  });

  it('are signed by nobody else: not by another device, one of another organisation, or one that was revoked', async () => {
    const other = await enrol(org, 'DS Okafor');
    const signed = async (by: Writer, in_ = org): Promise<boolean> => {
      const opened = await openContents(platform, await sealedBy(by), post);
      return opened.ok && isSignedBy(platform, opened.value, in_.directory);
    };
    expect(await signed(writer)).toBe(true);
    expect(await signed(other)).toBe(false); // they name the first
    expect(await signed(writer, await makeOrg('Another'))).toBe(false);
    await say(org, { is: 'revoked', device: writer.device });
    expect(await signed(writer)).toBe(false);
  });
});

describe('the head', () => {
  const contentsBytes = platform.random(40);
  const head = { part: 2, parts: 3, first: 5, count: 7 };

  it('is read as it was written', async () => {
    const bytes = await encodeHead(platform, head, contentsBytes);
    expect(bytes).toHaveLength(HEAD);
    expect(decodeHead(bytes)).toEqual({ ok: true, value: { ...head, contents: 40 } });
    expect(await isHeadSound(platform, bytes, contentsBytes)).toBe(true);
  });

  it('notices every bit that is turned, in itself and in the contents', async () => {
    const bytes = await encodeHead(platform, head, contentsBytes);
    const unnoticed: string[] = [];
    for (let bit = 0; bit < 8 * HEAD; bit++) {
      const bent = flipped(bytes, bit);
      if (decodeHead(bent).ok && (await isHeadSound(platform, bent, contentsBytes))) unnoticed.push(`head ${bit}`);
    }
    for (let bit = 0; bit < 8 * contentsBytes.length; bit++)
      if (await isHeadSound(platform, bytes, flipped(contentsBytes, bit))) unnoticed.push(`contents ${bit}`);
    expect(unnoticed).toEqual([]);
  });

  it('says what is no bundle, what is cut, and what is newer', async () => {
    const bytes = await encodeHead(platform, head, contentsBytes);
    expect(decodeHead(new Uint8Array(0))).toEqual({ ok: false, cause: 'no bundle' });
    expect(decodeHead(platform.random(200))).toEqual({ ok: false, cause: 'no bundle' });
    expect(decodeHead(bytes.subarray(0, HEAD - 1))).toEqual({ ok: false, cause: 'damaged' });
    expect(decodeHead(bytes.with(19, 2))).toEqual({ ok: false, cause: 'newer version' });
  });
});

describe('parts', () => {
  it('hold every chunk once, in order, each part below its limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 60 }),
        fc.nat(100),
        fc.integer({ min: 700, max: 2000 }),
        (sizes, contentsSize, largest) => {
          const chunks = sizes.map((size) => ({ hash: 'x' as Hash, size }));
          const parts = planParts(chunks, contentsSize, largest);
          expect(parts.length).toBeGreaterThan(0);
          let next = 0;
          for (const { first, count } of parts) {
            expect(first).toBe(next);
            next += count;
            const bytes = sizes.slice(first, next).reduce((sum, size) => sum + size, HEAD + contentsSize);
            expect(bytes <= largest || count <= 1).toBe(true);
          }
          expect(next).toBe(sizes.length);
        },
      ),
    );
  });

  it('fit FAT32', () => {
    expect(LARGEST_PART).toBeLessThan(2 ** 32);
    const chunks = Array.from({ length: 2000 }, () => ({ hash: 'x' as Hash, size: 8 * MiB + 512 }));
    const parts = planParts(chunks, MiB);
    expect(parts.length).toBe(4);
    for (const { count } of parts) expect(HEAD + MiB + count * (8 * MiB + 512)).toBeLessThan(2 ** 32);
  });
});
