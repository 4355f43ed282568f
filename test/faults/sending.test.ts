/** "Sending 42%" means that so much is at the relay: what lies in a buffer on the way is not counted. */
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  FAST,
  openDesk,
  sealedIn,
  seededBytes,
  tempFolder,
  wanted,
  writeSource,
} from '../../electron/evidence/testing/desk.fixture.ts';
import { serveRelay } from '../../electron/evidence/testing/relay.fixture.ts';
import { MiB } from '../../shared/primitives/units.ts';
import { startFaultProxy } from '../support/faultProxy.ts';

test('what is told as sent is at the relay, on a slow link and when it goes quiet', async () => {
  await using folder = await tempFolder();
  const relay = await serveRelay();
  const proxy = await startFaultProxy({ target: relay.url });
  const desk = await openDesk(path.join(folder.path, 'desk'), { ...FAST, stall: 2000, confirm: 20 });
  const source = await writeSource(folder.path, 'exhibit.bin', seededBytes(12 * MiB, 1));
  const { content } = sealedIn(await desk.import(source))[0]!;
  proxy.slow(8 * MiB);
  await desk.calls.configure({ relay: proxy.url, token: relay.token, maxRate: 0, freeFloor: 0 });
  await desk.calls.want({ up: [wanted(content)], down: [] });
  const held = (): number =>
    [...relay.chunks.values(), ...relay.parts.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  const told: number[] = [];
  const tooMuch: string[] = [];
  await desk.until(() => {
    const news = desk.newest(content);
    if (news === undefined) return false;
    told.push(news.done);
    if (news.done > held()) tooMuch.push(`${news.done} told, ${held()} held`);
    if (news.done > 6 * MiB && proxy.cuts === 0) proxy.cut();
    return news.state === 'whole';
  });
  expect(tooMuch).toEqual([]);
  // It moves all the same, within chunks too.
  expect(new Set(told).size).toBeGreaterThan(8);
  await desk.stop();
  await proxy.close();
  await relay.close();
});
