import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, it } from 'vitest';
import type { EvidenceCalls } from '../../shared/ipc/evidence.ts';
import type { Port } from '../../shared/ipc/rpc.ts';
import { connectPeer } from '../../shared/ipc/rpc.ts';
import type { WorkerCalls } from '../../shared/ipc/worker.ts';
import type { Identity, MainCalls } from '../../shared/ipc/vault.ts';
import { encodeCard } from '../../shared/seal/directory/card.ts';
import { exportPublicKey, generateSigningKeys, webPlatform } from '../../shared/primitives/platform.ts';
import { Desk } from './desk.ts';

const platform = webPlatform(
  { subtle: crypto.subtle, getRandomValues: (a) => crypto.getRandomValues(a as Uint8Array<ArrayBuffer>) },
  () => Date.now(),
);
let broken: boolean;
let key: Uint8Array;

beforeEach(async () => {
  const factory = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  Dexie.dependencies.indexedDB = Object.assign(Object.create(factory) as IDBFactory, {
    databases: () =>
      broken ? Promise.reject(new DOMException('Internal error', 'UnknownError')) : factory.databases(),
    open: (name: string, version?: number) => factory.open(name, version),
  });
  broken = true;
  key = await exportPublicKey(platform, (await generateSigningKeys(platform)).publicKey);
});

/** The end of a window: what it is told. */
function aWindow(desk: Desk, asks?: 'watch'): [string, unknown][] {
  const told: [string, unknown][] = [];
  const { port1, port2 } = new MessageChannel();
  const over = (port: MessagePort): Port => ({
    post: (message, transfer = []) => port.postMessage(message, transfer as Transferable[]),
    listen: (heard) => {
      port.addEventListener('message', (event) => heard(event.data, event.ports));
      port.start();
    },
    close: () => port.close(),
  });
  const worker = connectPeer<WorkerCalls>(over(port1), {}, (name, data) => void told.push([name, data]));
  if (asks) void worker.call[asks]('alarms');
  desk.addWindow(over(port2));
  return told;
}

function aDesk(): Desk {
  const desk = new Desk(platform, {
    dial: () => ({ binaryType: '', addEventListener: () => {}, send: () => {}, close: () => {} }),
    hasNetwork: () => false,
    linkKind: () => 'usual' as const,
    drawReport: () => Promise.resolve(new Uint8Array()),
    startSieve: () => ({ post: () => {}, listen: () => {}, kill: () => {} }),
  });
  const identity = {
    org: 'aa'.repeat(32),
    person: 'bb'.repeat(16),
    device: 'cc'.repeat(32),
    relay: 'http://127.0.0.1:1',
    relayKey: key,
    card: encodeCard({ name: 'Northmoor Police', signKey: key, boxKey: key }),
    statements: [],
    seatKeys: [],
    storeKey: new Uint8Array(32),
    storeId: 'test',
    incarnation: 1,
  } as unknown as Identity;
  const vault: Partial<MainCalls> = {
    identity: () => Promise.resolve(identity),
    heads: () => Promise.resolve([]),
    journal: () => Promise.resolve([]),
    sawTime: () => Promise.resolve(),
  };
  desk.setVault(vault as MainCalls);
  desk.setEvidence({ here: () => Promise.resolve([]) } as unknown as EvidenceCalls);
  return desk;
}

it('tells every window, early or late, that the store does not open', async () => {
  const desk = aDesk();
  const early = aWindow(desk);
  await expect.poll(() => early).toEqual([['store', 'damaged']]);
  const late = aWindow(desk);
  await expect.poll(() => late).toEqual([['store', 'damaged']]);
});

it('on a store that opens it tells nothing of the kind', async () => {
  broken = false;
  const told = aWindow(aDesk(), 'watch');
  await expect.poll(() => told.map(([name]) => name)).toContain('view');
  expect(told.map(([name]) => name)).not.toContain('store');
});
