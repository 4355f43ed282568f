import { describe, expect, it } from 'vitest';
import type { AreaId, OrgId } from '../../primitives/ids.ts';
import { newId } from '../../primitives/naming.ts';
import { hashOf } from '../../primitives/platform.ts';
import { NOON, flip, makeOrg, platform } from '../fixture.ts';
import { anchorFollows, extendOrder, hashAnchor, signTip, verifyTip } from './order.ts';

const item = (name: string) => hashOf(platform, name);

describe('the order of an area', () => {
  it('covers every item, its place and its time', async () => {
    const [a, b] = [await item('a'), await item('b')];
    const ab = await extendOrder(platform, await extendOrder(platform, null, NOON, a), NOON, b);
    const ba = await extendOrder(platform, await extendOrder(platform, null, NOON, b), NOON, a);
    const later = await extendOrder(platform, await extendOrder(platform, null, NOON + 1, a), NOON, b);
    expect(new Set([ab, ba, later, await extendOrder(platform, null, NOON, b)]).size).toBe(4);
  });

  it('holds anchors, which name organisation and directory', async () => {
    const org = newId<OrgId>(platform);
    const anchor = { org, directory: await item('head') };
    const hash = await hashAnchor(platform, anchor);
    expect(hash).toBe(await hashAnchor(platform, { ...anchor }));
    expect(hash).not.toBe(await hashAnchor(platform, { ...anchor, org: newId<OrgId>(platform) }));
    expect(hash).not.toBe(await hashAnchor(platform, { ...anchor, directory: await item('other') }));
  });

  it('is signed by the relay, every part of it', async () => {
    const { keys } = await makeOrg('Relay');
    const place = { area: newId<AreaId>(platform), generation: 1, n: 3, h: await item('h'), time: NOON };
    const tip = await signTip(platform, keys.privateKey, place);
    expect(await verifyTip(platform, keys.publicKey, tip)).toBe(true);
    for (const bent of [
      { ...tip, area: newId<AreaId>(platform) },
      { ...tip, generation: 2 },
      { ...tip, n: 4 },
      { ...tip, time: NOON + 1 },
      { ...tip, h: await item('x') },
      { ...tip, signature: flip(tip.signature) },
      { ...tip, signature: new Uint8Array(0) },
    ])
      expect(await verifyTip(platform, keys.publicKey, bent)).toBe(false);
    expect(await verifyTip(platform, (await makeOrg('Other')).keys.publicKey, tip)).toBe(false);
  });

  it('lets an anchor go on only', () => {
    expect([
      anchorFollows(null, { n: 1 }),
      anchorFollows({ n: 3 }, { n: 4 }),
      anchorFollows({ n: 3 }, { n: 3 }),
      anchorFollows({ n: 3 }, { n: 2 }),
    ]).toEqual([true, true, false, false]);
  });
});
