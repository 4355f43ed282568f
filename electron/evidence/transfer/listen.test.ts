/** What its sender sends later is heard of at once, over one question that stays open; and comes all the same where none does. */
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Content } from '../../../shared/ipc/evidence.ts';
import { HOUR, MiB, SECOND } from '../../../shared/primitives/units.ts';
import { FAST, openDesk, sealedIn, seededBytes, tempFolder, wanted, writeSource } from '../testing/desk.fixture.ts';
import type { Desk } from '../testing/desk.fixture.ts';
import { serveRelay } from '../testing/relay.fixture.ts';
import type { ServedRelay } from '../testing/relay.fixture.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let relay: ServedRelay;
let sender: Desk;
let content: Content;
const link = () => ({ relay: relay.url, token: relay.token, maxRate: 0, freeFloor: 0 });

beforeEach(async () => {
  folder = await tempFolder();
  relay = await serveRelay();
  sender = await openDesk(path.join(folder.path, 'sender'));
  await sender.calls.configure(link());
  const [sealed] = sealedIn(await sender.import(await writeSource(folder.path, 'film.mp4', seededBytes(20 * MiB, 3))));
  if (sealed === undefined) throw new Error('not sealed');
  content = sealed.content;
});
afterEach(async () => {
  await sender.stop();
  await relay.close();
  await folder[Symbol.asyncDispose]();
});

const questions = (): number => relay.asked.filter((one) => one.startsWith('POST')).length;

/** Wants it before anything was sent, and has asked so much. */
async function early(pace: Partial<typeof FAST>, asked: number): Promise<Desk> {
  const reader = await openDesk(path.join(folder.path, 'reader'), { ...FAST, stall: 60 * SECOND, ...pace });
  await reader.calls.configure(link());
  await reader.calls.want({ up: [], down: [wanted(content)] });
  await expect.poll(questions, { interval: 5 }).toBeGreaterThanOrEqual(asked);
  return reader;
}

it('a reader that would look again in an hour has everything as it is sent', async () => {
  const reader = await early({ soon: HOUR, gentle: HOUR, listen: HOUR }, 2);
  expect(reader.newest(content)?.cause).toBe('not there yet');
  await sender.calls.want({ up: [wanted(content)], down: [] });
  await reader.until(() => reader.newest(content)?.state === 'whole');
  await reader.stop();
});

it('a relay that does not wait is asked now and then', async () => {
  relay.behave.hasty = true;
  const reader = await early({ soon: 40, gentle: 40, listen: HOUR }, 4);
  await sender.calls.want({ up: [wanted(content)], down: [] });
  await reader.until(() => reader.newest(content)?.state === 'whole');
  await reader.stop();
});

it('another token, and the end, leave no question open', async () => {
  const reader = await early({ soon: HOUR, gentle: HOUR, listen: HOUR }, 2);
  await reader.calls.configure({ ...link(), token: 'of a later link' });
  relay.token = 'of a later link';
  await sender.calls.configure(link());
  await sender.calls.want({ up: [wanted(content)], down: [] });
  await reader.calls.retryNow();
  await reader.until(() => reader.newest(content)?.state === 'whole');
  await reader.stop();
});
