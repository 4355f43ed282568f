import { describe, expect, it } from 'vitest';
import { encodeCbor } from '../../primitives/cbor.ts';
import { sign } from '../../primitives/platform.ts';
import { NOON, flip, makeOrg, platform } from '../fixture.ts';
import { readGeneration, signGeneration } from './generation.ts';
import { LABEL } from '../labels.ts';

describe("a relay's generation", () => {
  it("is its signed word, and nobody else's", async () => {
    const { keys } = await makeOrg('Relay');
    const said = { generation: 2, time: NOON, reason: 'restored' } as const;
    const signed = await signGeneration(platform, keys.privateKey, said);
    expect(await readGeneration(platform, keys.publicKey, signed)).toEqual({ ok: true, value: said });
    expect(await readGeneration(platform, (await makeOrg('Other')).keys.publicKey, signed)).toEqual({
      ok: false,
      cause: 'bad signature',
    });
    expect(await readGeneration(platform, keys.publicKey, { ...signed, body: flip(signed.body, 8) })).toEqual({
      ok: false,
      cause: 'bad signature',
    });
  });
  it('counts from 1, and shows a reason of a later version', async () => {
    const { keys } = await makeOrg('Relay');
    const say = async (parts: unknown) => {
      const body = encodeCbor(parts);
      const read = await readGeneration(platform, keys.publicKey, {
        body,
        signature: await sign(platform, keys.privateKey, LABEL.generation, body),
      });
      return read.ok ? read.value.reason : read.cause;
    };
    expect(await say([3, NOON, 'split'])).toBe('split');
    expect(await say([0, NOON, 'begun'])).toBe('malformed');
    expect(await say([1, NOON, 'begun', 0])).toBe('malformed');
    expect(await say([1, NOON, 7])).toBe('malformed');
  });
});
