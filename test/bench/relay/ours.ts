/**
 * The relay in the comparison: a process with its data on this disk, a writer whose entries were signed and sealed before,
 * and readers of the same post. Every entry is verified, ordered, flushed, acknowledged and pushed as in real use.
 */
import type { WebSocket } from 'ws';
import { decodeFrame } from '../../../shared/primitives/cbor.ts';
import { sign } from '../../../shared/primitives/platform.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import { LINK_VERSION, encodeMessage } from '../../../shared/wire/link.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
import type { TestDevice } from '../../../sync-server/relay/testing/device.fixture.ts';
import { connect } from '../../../sync-server/relay/testing/link.fixture.ts';
import { makeWorld, ownArea } from '../../../sync-server/relay/testing/world.fixture.ts';
import { counter } from '../../support/counter.ts';
import type { Feed, Reader } from './feed.ts';
import { reader } from './feed.ts';

type Frame = {
  readonly t: string;
  readonly items?: readonly { readonly entry: unknown }[];
  readonly nonce?: Uint8Array;
  readonly relayKey?: Uint8Array;
};
const read = (frame: Buffer): Frame =>
  decodeFrame(new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength)) as Frame;

type Device = Pick<TestDevice, 'org' | 'device' | 'keys'>;

async function answer(socket: WebSocket, device: Device, nonce: Uint8Array, relayKey: Uint8Array): Promise<void> {
  socket.send(encodeMessage({ t: 'hello', version: LINK_VERSION, org: device.org, device: device.device }));
  const signature = await sign(nodePlatform, device.keys.privateKey, LABEL.link, nonce, relayKey);
  socket.send(encodeMessage({ t: 'auth', signature }));
}

/** A link that answers the challenge, and from then on counts the entries that are pushed; anchors do not count. */
async function openReader(url: string, device: Device): Promise<Reader> {
  const welcomed = counter();
  const opened = await reader(`${url.replace(/^http/, 'ws')}/v1/link`, (frame, socket) => {
    const { t, items, nonce, relayKey } = read(frame);
    if (t === 'challenge' && nonce && relayKey) void answer(socket, device, nonce, relayKey);
    if (t === 'welcome') welcomed.add(1);
    return items?.filter((item) => item.entry !== null).length ?? 0;
  });
  await welcomed.reached(1);
  return opened;
}

export async function startOurs(readers: number, count: number, text: string): Promise<Feed> {
  const world = await makeWorld('--log-level', 'error');
  const { officer, police, relay } = world;
  const devices: Device[] = [];
  for (let i = 0; i < readers; i++) devices.push(await police.device(officer.person));
  await world.publish();
  const link = await connect(relay.url, officer);
  const area = await ownArea(link, officer);
  const heard = await Promise.all(devices.map((device) => openReader(relay.url, device)));
  const entries: Uint8Array[] = [];
  for (let i = 0; i < count; i++) entries.push((await officer.edit(area, text)).entry);

  const acknowledged = counter();
  link.socket.removeAllListeners('message');
  link.socket.on('message', (frame: Buffer) => {
    const { t } = read(frame);
    if (t === 'declined') throw new Error('the relay declined an entry');
    if (t === 'appended') acknowledged.add(1);
  });
  let at = 0;
  return {
    readers: heard,
    acknowledged,
    send: (more) => {
      for (const end = Math.min(entries.length, at + more); at < end; at++)
        link.tell({ t: 'append', q: 1_000_000 + at, area, entry: entries[at] as Uint8Array, boxes: [] });
    },
    end: async () => {
      for (const one of heard) one.close();
      await link.close();
      await world.end();
    },
  };
}
