/** What the outbox offers to a relay, and when again. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AreaId, Hash, StreamId } from '../../../shared/primitives/ids.ts';
import type { Tip } from '../../../shared/seal/area/order.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import { openDatabase } from '../store/opening.ts';
import type { Link } from './link.ts';
import { Outbox } from './outbox.ts';

const area = 'ab'.repeat(16) as AreaId;
let db: Database;
let offered: number[];
let outbox: Outbox;

beforeEach(async () => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  db = await openDatabase('joinder-test', () => {});
  offered = [];
  const ask = ({ entry }: { readonly entry: Uint8Array }) => {
    offered.push(entry[0] ?? 0);
    return Promise.resolve({ t: 'appended', q: 0, n: offered.length, tip: {} as Tip });
  };
  outbox = new Outbox({
    db,
    link: { open: true, ask } as unknown as Link,
    mayFlush: () => true,
    isThere: () => true,
    lost: () => Promise.resolve(),
    taken: () => Promise.resolve(),
    declined: () => Promise.resolve(false),
  });
});
afterEach(() => db.end());

const row = (i: number): OutboxRow => ({
  hash: String(i).padStart(64, '0') as Hash,
  area,
  stream: 'cd'.repeat(16) as StreamId,
  entry: new Uint8Array([i]),
  boxes: [],
});
async function offer(...expected: number[]): Promise<void> {
  outbox.flush(area);
  await vi.waitFor(() => expect(offered).toEqual(expected));
}

it('offers once on a link what the relay took and the order has not shown yet', async () => {
  await db.outbox.bulkAdd([row(1), row(2)]);
  await offer(1, 2);
  await db.outbox.add(row(3));
  await offer(1, 2, 3);
  outbox.reset();
  await offer(1, 2, 3, 1, 2, 3);
});

it('forgets what was taken once the order has shown it, however long the link stays', async () => {
  for (const i of [1, 2, 3]) {
    await db.outbox.add(row(i));
    await offer(...[1, 2, 3].slice(0, i));
    await db.outbox.clear(); // seen in the order
  }
  await db.outbox.add(row(4));
  await offer(1, 2, 3, 4);
  // Only a row that is not known any more is offered a second time: nothing of the first is held.
  await db.outbox.add(row(1));
  await offer(1, 2, 3, 4, 1);
});
