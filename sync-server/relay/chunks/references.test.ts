/** A reference in one area opens a chunk there and nowhere else, and tells nobody what is elsewhere. */
import { expect, test } from 'vitest';
import { MiB } from '../../../shared/primitives/units.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import { intake, ownArea } from '../testing/world.fixture.ts';
import { cutUpload, held, refer, send, sharedArea, some, standing, withOwnArea } from './area.fixture.ts';

const at = withOwnArea('--quota', '3MiB');

test('a chunk is taken and given only where a reference stands, to a device with the right', async () => {
  const bytes = some(1000);
  const chunk = chunkName(bytes);
  expect((await at.link.put(at.area, bytes)).status).toBe(403);
  await send(at.link, at.area, bytes);
  const other = await connect(at.world.relay.url, at.world.prosecutor);
  expect((await other.get(at.area, chunk)).status).toBe(403);
  expect((await other.held(at.area, chunk)).status).toBe(403);
  expect(await refer(other, at.area, chunk)).toMatchObject({ cause: 'no right' });
  const another = await ownArea(at.link, at.world.officer);
  expect((await at.link.get(another, chunk)).status).toBe(403);
  expect((await fetch(`${at.world.relay.url}/v1/chunks/${chunk}?area=${at.area}`)).status).toBe(401);
  await other.close();
});

test('naming a chunk of others opens nothing and tells nothing, until its bytes are sent', async () => {
  const bytes = some(1000);
  const chunk = await send(at.link, at.area, bytes);
  const other = await connect(at.world.relay.url, at.world.prosecutor);
  const theirs = await ownArea(other, at.world.prosecutor);
  expect((await refer(other, theirs, chunk, at.area)).t).toBe('done');
  expect(await held(other, theirs, chunk)).toBe(0);
  expect((await other.get(theirs, chunk)).status).toBe(404);
  expect((await other.put(theirs, bytes)).status).toBe(200);
  expect((await other.get(theirs, chunk)).status).toBe(200);
  await other.close();
});

test('what was sent in one area is not here in another, of the same organisation or a partner’s: nothing tells it, and all bytes travel', async () => {
  const bytes = some(2 * MiB);
  const chunk = chunkName(bytes);
  const second = await ownArea(at.link, at.world.officer);
  const letters = await intake(at.world.prosecutor);
  for (const where of [at.area, second, letters]) await refer(at.link, where, chunk);
  await cutUpload(at, bytes, 0, MiB, chunk);
  for (const where of [second, letters])
    expect(await standing(at.link, where, chunk)).toEqual({ held: 0, whole: false });
  expect((await at.link.put(at.area, bytes, MiB)).status).toBe(200);
  expect(await standing(at.link, at.area, chunk)).toEqual({ held: bytes.length, whole: true });
  for (const where of [second, letters]) {
    expect(await standing(at.link, where, chunk)).toEqual({ held: 0, whole: false });
    expect(await at.link.ask('custody', { area: where, lists: [[chunk]] })).toMatchObject({ t: 'declined' });
    expect((await at.link.put(where, bytes, 5)).status).toBe(409);
    expect(await (await at.link.put(where, bytes)).json()).toEqual({ held: bytes.length, whole: true });
  }
  expect((await at.link.get(second, chunk)).status).toBe(200);
  const reader = await connect(at.world.relay.url, at.world.prosecutor);
  expect((await reader.get(letters, chunk)).status).toBe(200);
  expect((await at.link.get(letters, chunk)).status).toBe(403); // who may send into an intake does not read it
  await reader.close();
});

test('a computer carries what it can see in an area into another that it names it for, and no byte travels', async () => {
  const chunk = await send(at.link, at.area, some(1000));
  const [second, letters] = [await ownArea(at.link, at.world.officer), await intake(at.world.prosecutor)];
  await refer(at.link, letters, chunk, at.area);
  expect(await standing(at.link, letters, chunk)).toEqual({ held: 1000, whole: true });
  // Released again: from the intake that it went to, into which it may write and which it does not read.
  await refer(at.link, second, chunk, letters);
  expect(await standing(at.link, second, chunk)).toEqual({ held: 1000, whole: true });
  // A colleague of another post, who may not look into the area that they name.
  const colleague = await at.world.police.officer();
  await at.world.publish();
  const other = await connect(at.world.relay.url, colleague);
  const theirs = await ownArea(other, colleague);
  await refer(other, theirs, chunk, at.area);
  expect(await standing(other, theirs, chunk)).toEqual({ held: 0, whole: false });
  await other.close();
});

test('a reader of one area carries a chunk into another by reference alone', async () => {
  const shared = await sharedArea(at);
  const chunk = await send(at.link, shared, some(1000));
  const other = await connect(at.world.relay.url, at.world.prosecutor);
  const theirs = await ownArea(other, at.world.prosecutor);
  await refer(other, theirs, chunk, shared);
  expect((await other.get(theirs, chunk)).status).toBe(200);
  expect(await refer(other, shared, chunk)).toMatchObject({ cause: 'no right' }); // a reader refers nothing in
  await other.close();
});

test('an intake takes no more than its quota from one organisation', async () => {
  const member = await at.world.crown.officer();
  await at.world.publish();
  const letters = await intake(member);
  const [first, second] = [some(2 * MiB), some(2 * MiB)];
  for (const bytes of [first, second]) await refer(at.link, letters, chunkName(bytes));
  expect((await at.link.put(letters, first)).status).toBe(200);
  const over = await at.link.put(letters, second);
  expect([over.status, ((await over.json()) as { cause: string }).cause]).toEqual([413, 'quota']);
  // What was refused is not counted, and what is carried there is held to the same.
  expect((await at.link.put(letters, some(1000), 0, chunkName(second))).status).toBe(422);
  expect((await refer(at.link, at.area, chunkName(second))).t).toBe('done');
  expect((await at.link.put(at.area, second)).status).toBe(200);
  await refer(at.link, letters, chunkName(second), at.area);
  expect(await held(at.link, letters, chunkName(second))).toBe(0);
});
