/**
 * Looking at what has not arrived yet: the part that is looked at is fetched first, alone while the rest is paused, before
 * everything else while it is not; and nobody waits for what does not come.
 */
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Content } from '../../../shared/ipc/evidence.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { openDesk, sealedIn, seededBytes, tempFolder, wanted, writeSource } from '../testing/desk.fixture.ts';
import type { Desk } from '../testing/desk.fixture.ts';
import { serveRelay } from '../testing/relay.fixture.ts';
import type { ServedRelay } from '../testing/relay.fixture.ts';

const SIZE = 40 * MiB;

let folder: Awaited<ReturnType<typeof tempFolder>>;
let relay: ServedRelay;
let sender: Desk;
let reader: Desk;
let content: Content;
const bytes = seededBytes(SIZE, 7);
const link = (more: object = {}) => ({ relay: relay.url, token: relay.token, maxRate: 0, freeFloor: 0, ...more });

beforeEach(async () => {
  folder = await tempFolder();
  relay = await serveRelay();
  sender = await openDesk(path.join(folder.path, 'sender'));
  reader = await openDesk(path.join(folder.path, 'reader'));
  for (const desk of [sender, reader]) await desk.calls.configure(link());
  content = sealedIn(await sender.import(await writeSource(folder.path, 'film.mp4', bytes)))[0]!.content;
  await sender.calls.want({ up: [wanted(content)], down: [] });
  await sender.until(() => sender.newest(content)?.state === 'whole');
  relay.sentBytes = 0;
});
afterEach(async () => {
  await sender.stop();
  await reader.stop();
  await relay.close();
  await folder[Symbol.asyncDispose]();
});

const FROM = Math.floor(SIZE * 0.8);
async function open(desk: Desk, of: Content): Promise<string> {
  const opened = await desk.calls.open(of);
  if (!opened.ok) throw new Error(opened.cause);
  return opened.value;
}
const same = (read: Awaited<ReturnType<Desk['evidence']['reads']['read']>>): boolean =>
  read.ok && Buffer.from(read.value).equals(Buffer.from(bytes.subarray(FROM, FROM + read.value.length)));

it('a part that is looked at comes alone while the rest is paused', async () => {
  await reader.calls.want({ up: [], down: [wanted(content, { paused: true })] });
  const handle = await open(reader, content);
  expect(same(await reader.evidence.reads.read(handle, FROM, 100_000))).toBe(true);
  const one = content.chunks[0]!.size;
  expect(relay.sentBytes).toBeGreaterThan(0);
  expect(relay.sentBytes).toBeLessThanOrEqual(3 * one); // what is looked at, and a little ahead
  expect(reader.newest(content)?.state).toBe('paused');
});

it('a part that is looked at comes before the rest, and the rest comes all the same', async () => {
  await reader.calls.configure(link({ maxRate: 16 * MiB }));
  await reader.calls.want({ up: [], down: [wanted(content)] });
  const handle = await open(reader, content);
  expect(same(await reader.evidence.reads.read(handle, FROM, 100_000))).toBe(true);
  expect(reader.newest(content)?.state).not.toBe('whole');
  await reader.calls.configure(link());
  await reader.until(() => reader.newest(content)?.state === 'whole');
});

it('a part that is sent only after somebody began to wait for it comes all the same', async () => {
  const source = await writeSource(folder.path, 'late.mp4', bytes.toReversed());
  const [late] = sealedIn(await sender.import(source));
  if (late === undefined) throw new Error('not sealed');
  await sender.calls.configure(link({ maxRate: 16 * MiB, atOnce: 1 }));
  await sender.calls.want({ up: [wanted(late.content)], down: [] });
  await sender.until(() => (sender.newest(late.content)?.done ?? 0) > (late.content.chunks[0]?.size ?? 0));
  await sender.calls.want({ up: [wanted(late.content, { paused: true })], down: [] });
  await reader.calls.want({ up: [], down: [wanted(late.content, { paused: true })] });
  const handle = await open(reader, late.content);
  expect((await reader.evidence.reads.read(handle, 0, 1000)).ok).toBe(true);
  const end = reader.evidence.reads.read(handle, SIZE - 1000, 1000);
  await sender.calls.configure(link());
  await sender.calls.want({ up: [wanted(late.content)], down: [] });
  expect((await end).ok).toBe(true);
});

it('nobody waits for what is withdrawn, or once it is closed', async () => {
  relay.behave.status = (method) => (method === 'GET' ? 503 : null);
  await reader.calls.want({ up: [], down: [wanted(content, { paused: true })] });
  const handle = await open(reader, content);
  const closed = reader.evidence.reads.read(handle, FROM, 1000);
  await reader.calls.close(handle);
  expect(await closed).toEqual({ ok: false, cause: 'unknown handle' });
  const again = await open(reader, content);
  const read = reader.evidence.reads.read(again, FROM, 1000);
  await reader.calls.want({ up: [], down: [] });
  expect(await read).toEqual({ ok: false, cause: 'missing here' });
  expect(await reader.calls.open(content)).toEqual({ ok: false, cause: 'missing here' });
});
