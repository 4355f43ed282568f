/**
 * Measures the relay beside a stock y-websocket server, in the same run on the same machine: one person types, ten read. The
 * relay verifies a signature, orders and flushes each update to disk before anybody hears of it; the stock server
 * does none of that, and reads what it forwards. So a ratio under 1 is the price of both, and is to be known.
 */
import type { Feed } from './relay/feed.ts';
import { startOurs } from './relay/ours.ts';
import { startPeer } from './relay/peer.ts';

const READERS = 10;
const UPDATES = Number(process.env['BENCH_UPDATES'] ?? 4000);
const ALONE = 200;
const IN_FLIGHT = 256;
const TEXT = 'a few words more ';

interface Measured {
  /** Updates a second until every reader had all. */
  readonly rate: number;
  /** Milliseconds from sending one update, with nothing else under way, until a reader has it. */
  readonly alone: number;
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function measure(feed: Feed): Promise<Measured> {
  const [first] = feed.readers;
  if (first === undefined) throw new Error('there is no reader');
  const times: number[] = [];
  for (let i = 1; i <= ALONE; i++) {
    const begun = performance.now();
    feed.send(1);
    await first.updates.reached(i);
    times.push(performance.now() - begun);
  }
  const begun = performance.now();
  for (let sent = 0; sent < UPDATES; sent += IN_FLIGHT) {
    feed.send(Math.min(IN_FLIGHT, UPDATES - sent));
    await (feed.acknowledged ?? first.updates).reached(ALONE + Math.max(0, sent - IN_FLIGHT));
  }
  await Promise.all(feed.readers.map((reader) => reader.updates.reached(ALONE + UPDATES)));
  await feed.acknowledged?.reached(ALONE + UPDATES);
  return { rate: (UPDATES / (performance.now() - begun)) * 1000, alone: middle(times) };
}

async function report(name: string, feed: Feed): Promise<Measured> {
  const measured = await measure(feed);
  await feed.end();
  const { rate, alone } = measured;
  console.log(
    `${name}: ${rate.toFixed(0)} updates/s to ${READERS} readers each (${((rate * READERS) / 1000).toFixed(0)} thousand deliveries/s); one alone reaches a reader in ${alone.toFixed(1)} ms`,
  );
  return measured;
}

const ours = await report('relay, durable and verified', await startOurs(READERS, ALONE + UPDATES, TEXT));
const peer = await startPeer(READERS, ALONE + UPDATES, TEXT);
if (peer === null) console.log('stock y-websocket server: could not be installed here, so there is no comparison');
else {
  const stock = await report('stock y-websocket server, in memory', peer);
  console.log(
    `relay / stock: ${(ours.rate / stock.rate).toFixed(2)} of its updates/s, ${(ours.alone / stock.alone).toFixed(1)} times its delay`,
  );
}
