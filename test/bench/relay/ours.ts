/**
 * The relay in the comparison: a process with its data on this disk, and clients whose entries were signed and sealed
 * before. Every entry is verified, ordered, flushed, acknowledged and pushed as in real use.
 */
import type { WebSocket } from 'ws';
import { decodeFrame } from '../../../shared/primitives/cbor.ts';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { sign } from '../../../shared/primitives/platform.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import { LINK_VERSION, encodeMessage } from '../../../shared/wire/link.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
import type { TestDevice } from '../../../sync-server/relay/testing/device.fixture.ts';
import { connect } from '../../../sync-server/relay/testing/link.fixture.ts';
import type { Member, World } from '../../../sync-server/relay/testing/world.fixture.ts';
import { makeWorld, ownArea } from '../../../sync-server/relay/testing/world.fixture.ts';
import { counter } from '../../support/counter.ts';
import type { OpenClient } from './client.ts';
import { openClient } from './client.ts';
import type { Served } from './load.ts';

type Frame = {
  readonly t: string;
  readonly items?: readonly { readonly entry: unknown }[];
  readonly nonce?: Uint8Array;
  readonly relayKey?: Uint8Array;
};
const read = (frame: Buffer): Frame =>
  decodeFrame(new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength)) as Frame;

async function prove(socket: WebSocket, device: TestDevice, nonce: Uint8Array, relayKey: Uint8Array): Promise<void> {
  socket.send(encodeMessage({ t: 'hello', version: LINK_VERSION, org: device.org, device: device.device }));
  const signature = await sign(nodePlatform, device.keys.privateKey, LABEL.link, nonce, relayKey);
  socket.send(encodeMessage({ t: 'auth', signature }));
}

/** All readers of an area get the same bytes: what was read of the last frame is known again, so that clients cost little. */
function makeReader(): (frame: Buffer) => Frame {
  let last: { readonly bytes: Buffer; readonly frame: Frame } | null = null;
  return (bytes) => {
    if (last === null || !last.bytes.equals(bytes)) last = { bytes, frame: read(bytes) };
    return last.frame;
  };
}

async function join(
  url: string,
  device: TestDevice,
  area: AreaId,
  frames: readonly Uint8Array[],
  known: (frame: Buffer) => Frame,
): Promise<OpenClient> {
  const welcomed = counter();
  const client = await openClient(`${url.replace(/^http/, 'ws')}/v1/link`, frames, (bytes, socket) => {
    const { t, items, nonce, relayKey } = known(bytes);
    if (t === 'challenge' && nonce && relayKey) void prove(socket, device, nonce, relayKey);
    if (t === 'welcome') welcomed.add(1);
    if (t === 'declined') throw new Error('the relay declined an entry');
    if (t === 'moved') throw new Error('a client of the benchmark was too slow for the relay’s pushes');
    return items?.filter((item) => item.entry !== null).length ?? 0;
  });
  await welcomed.reached(1);
  return client;
}

async function makeFrames(device: TestDevice, area: AreaId, count: number, text: string): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  for (let q = 1; q <= count; q++) {
    const { entry } = await device.edit(area, text);
    frames.push(encodeMessage({ t: 'append', q, area, entry, boxes: [] }));
  }
  return frames;
}

/** A post with its area and so many devices. */
async function makeRoom(
  world: World,
  member: Member,
  clients: number,
): Promise<{ area: AreaId; devices: TestDevice[] }> {
  const devices: TestDevice[] = [];
  for (let i = 0; i < clients; i++) devices.push(await world.police.device(member.person));
  const link = await connect(world.relay.url, member);
  const area = await ownArea(link, member);
  await link.close();
  return { area, devices };
}

export async function startOurs(rooms: number, clients: number, count: number, text: string): Promise<Served> {
  const world = await makeWorld('--log-level', 'error');
  const members: Member[] = [world.officer];
  while (members.length < rooms) members.push(await world.police.officer());
  await world.publish();
  const made: Awaited<ReturnType<typeof makeRoom>>[] = [];
  for (const member of members) made.push(await makeRoom(world, member, clients));
  await world.publish();
  const known = makeReader();
  const open = await Promise.all(
    made.map(({ area, devices }) =>
      Promise.all(
        devices.map(async (device) =>
          join(world.relay.url, device, area, await makeFrames(device, area, count, text), known),
        ),
      ),
    ),
  );
  return {
    rooms: open,
    pid: world.relay.pid,
    durable: () => Promise.resolve(), // nobody heard of anything before it was
    async end() {
      for (const client of open.flat()) client.close();
      await world.end();
    },
  };
}
