/**
 * The relay in the comparison: a process with its data on this disk, and clients whose entries were signed and sealed
 * before. Every entry is verified, ordered, flushed, acknowledged and pushed as in real use.
 */
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
import { openClient, remembering } from './client.ts';
import type { Served } from './load.ts';

export type Frame = {
  readonly t: string;
  readonly items?: readonly { readonly entry: unknown }[];
  readonly nonce?: Uint8Array;
  readonly relayKey?: Uint8Array;
};
export const read = (frame: Buffer): Frame =>
  decodeFrame(new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength)) as Frame;

async function prove(
  say: (message: Uint8Array) => void,
  device: TestDevice,
  nonce: Uint8Array,
  relayKey: Uint8Array,
): Promise<void> {
  say(encodeMessage({ t: 'hello', version: LINK_VERSION, org: device.org, device: device.device }));
  const signature = await sign(nodePlatform, device.keys.privateKey, LABEL.link, nonce, relayKey);
  say(encodeMessage({ t: 'auth', signature }));
}

/** Where a `log` that was pushed begins: its `q` is null. Nothing else has updates in it. */
const PUSHED = Buffer.from('a56171f66174636c6f67', 'hex');

/** Entries of a `log` frame. */
const countEntries = (frame: Buffer): number => read(frame).items?.filter((item) => item.entry !== null).length ?? 0;

const isAcknowledgement = (frame: Buffer): boolean => frame.subarray(0, 64).includes('appended');

/** What a link hears beside news: answers to `pull`, acknowledgements, and that it was refused. Where nobody hears a refusal it is an error. */
interface Hearing {
  answered?(frame: Buffer): void;
  acknowledged?(): void;
  refused?(): void;
}

/** A device's link, open and welcomed; `frames` are what it sends. */
export async function join(
  url: string,
  device: TestDevice,
  frames: readonly Uint8Array[],
  known: (frame: Buffer) => number,
  hearing: Hearing = {},
): Promise<OpenClient> {
  const welcomed = counter();
  let wasStalled = false;
  const client = await openClient(`${url.replace(/^http/, 'ws')}/v1/link`, frames, (bytes, say) => {
    if (bytes.subarray(0, PUSHED.length).equals(PUSHED)) return known(bytes);
    if (isAcknowledgement(bytes)) {
      hearing.acknowledged?.();
      return 0;
    }
    const { t, nonce, relayKey } = read(bytes);
    if (t === 'challenge' && nonce && relayKey) void prove(say, device, nonce, relayKey);
    if (t === 'welcome') welcomed.add(1);
    if (t === 'log') hearing.answered?.(bytes);
    if (t === 'refused') {
      if (!hearing.refused) throw new Error('the relay refused a link');
      hearing.refused();
    }
    if (t === 'declined') throw new Error('the relay declined an entry');
    if (t === 'moved' && !wasStalled) throw new Error('a client of the benchmark was too slow for the relay’s pushes');
    return 0;
  });
  await welcomed.reached(1);
  return {
    ...client,
    stall() {
      wasStalled = true; // so that it has lost pushes
      client.stall();
    },
  };
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

export async function startOurs(
  rooms: number,
  clients: number,
  count: number,
  text: string,
): Promise<
  Omit<Served, 'rooms'> & {
    readonly rooms: readonly (readonly OpenClient[])[];
    readonly url: string;
    log(): string;
  }
> {
  const world = await makeWorld('--log-level', 'error');
  const members: Member[] = [world.officer];
  while (members.length < rooms) members.push(await world.police.officer());
  await world.publish();
  const made: Awaited<ReturnType<typeof makeRoom>>[] = [];
  for (const member of members) made.push(await makeRoom(world, member, clients));
  await world.publish();
  const open = await Promise.all(
    made.map(async ({ area, devices }) => {
      const known = remembering(countEntries);
      return Promise.all(
        devices.map(async (device) =>
          join(world.relay.url, device, await makeFrames(device, area, count, text), known),
        ),
      );
    }),
  );
  return {
    rooms: open,
    pid: world.relay.pid,
    url: world.relay.url,
    log: () => world.relay.log(),
    durable: () => Promise.resolve(), // nobody heard of anything before it was
    async end() {
      for (const client of open.flat()) client.close();
      await world.end();
    },
  };
}
