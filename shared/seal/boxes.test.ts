import { describe, expect, it } from 'vitest';
import { generateBoxKeys } from '../primitives/hpke.ts';
import type { AreaId, OrgId, SeatId, StreamId } from '../primitives/ids.ts';
import { newId } from '../primitives/naming.ts';
import { commitToKey, newAreaKey, openLink, sealLink } from './area/areaKey.ts';
import { encodeBox, epochSubject, hashBoxes, openBox, sealBox, seatSubject } from './boxes.ts';
import { flip, platform } from './fixture.ts';
import { intakeOf, streamOf } from './area/places.ts';

describe('a box', () => {
  it('opens for its reader, subject and generation only', async () => {
    const keys = await generateBoxKeys();
    const [area, seat] = [newId<AreaId>(platform), newId<SeatId>(platform)];
    const subject = await epochSubject(platform, area, 1);
    const key = newAreaKey(platform);
    const box = await sealBox(subject, seat, 1, keys.publicKey, key);
    expect(await openBox(keys, box)).toEqual(key);
    for (const other of [
      { ...box, subject: await epochSubject(platform, area, 2) },
      { ...box, to: newId<SeatId>(platform) },
      { ...box, generation: 2 },
      { ...box, sealed: flip(box.sealed, 700) },
    ])
      expect(await openBox(keys, other)).toBeNull();
    expect(await openBox(await generateBoxKeys(), box)).toBeNull();
    expect(encodeBox(box)).toHaveLength(4);
  });

  it('is filed under what it is for', async () => {
    const id = newId<AreaId>(platform);
    const subjects = [
      await epochSubject(platform, id, 1),
      await epochSubject(platform, id, 2),
      await seatSubject(platform, id as never, 1),
      await epochSubject(platform, newId(platform), 1),
    ];
    expect(new Set(subjects).size).toBe(4);
  });

  it('is one of a set whose hash does not depend on order, and does on every box', async () => {
    const keys = await generateBoxKeys();
    const subject = await epochSubject(platform, newId(platform), 1);
    const boxes = await Promise.all(
      [1, 2, 3].map((generation) =>
        sealBox(subject, newId<SeatId>(platform), generation, keys.publicKey, newAreaKey(platform)),
      ),
    );
    const hash = await hashBoxes(platform, boxes);
    expect(await hashBoxes(platform, boxes.toReversed())).toBe(hash);
    expect(await hashBoxes(platform, boxes.slice(1))).not.toBe(hash);
    expect(await hashBoxes(platform, [...boxes, ...boxes.slice(0, 1)])).not.toBe(hash);
    expect(await hashBoxes(platform, [])).not.toBe(hash);
  });
});

describe('the key of an area', () => {
  it('is committed to by area, epoch and value', async () => {
    const [area, key] = [newId<AreaId>(platform), newAreaKey(platform)];
    const all = [
      commitToKey(platform, area, 1, key),
      commitToKey(platform, area, 2, key),
      commitToKey(platform, newId(platform), 1, key),
      commitToKey(platform, area, 1, newAreaKey(platform)),
    ];
    expect(new Set(await Promise.all(all)).size).toBe(4);
    expect(await commitToKey(platform, area, 1, key)).toBe(await all[0]);
  });
  it('links to the one before', async () => {
    const [area, before, key] = [newId<AreaId>(platform), newAreaKey(platform), newAreaKey(platform)];
    const link = await sealLink(platform, area, 2, key, before);
    expect(link).toHaveLength(60);
    expect(await openLink(platform, area, 2, key, link)).toEqual(before);
    expect(await openLink(platform, area, 3, key, link)).toBeNull();
    expect(await openLink(platform, newId(platform), 2, key, link)).toBeNull();
    expect(await openLink(platform, area, 2, before, link)).toBeNull();
  });
});

describe('derived ids', () => {
  it('are alike everywhere and differ by what they name', async () => {
    const [org, seat, area] = [newId<OrgId>(platform), newId<SeatId>(platform), newId<AreaId>(platform)];
    expect(await intakeOf(platform, org, seat)).toBe(await intakeOf(platform, org, seat));
    const streams = await Promise.all(
      (['chain', 'events', 'record', 'summary'] as const).map((name) => streamOf(platform, area, name)),
    );
    expect(
      new Set<AreaId | StreamId>([
        ...streams,
        await intakeOf(platform, org, seat),
        await streamOf(platform, newId(platform), 'events'),
      ]).size,
    ).toBe(6);
  });
});
