/**
 * What a device asks of its authority after enrolment: to sign a public key of a post. The first of one that has none yet,
 * because the post, or its holder in it, is newer than the device; or the next of one whose key somebody has who left. Sealed to the authority, signed by the device; what came of it
 * is read in the directory, never in the answer. Asked again, it changes nothing.
 */
import { fromHex } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { BoxKeys } from '../../primitives/hpke.ts';
import { hpkeOpen, hpkeSeal } from '../../primitives/hpke.ts';
import type { DeviceId, OrgId, SeatId } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { framed, importVerifyKey, sign, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import type { Card } from '../directory/card.ts';
import type { DirectoryState } from '../directory/directory.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

/** Stands where a code's name stands in a request; longer than any code's name. */
export const SEAT_ASK = 'SEATKEY';

export interface SeatAsk {
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly time: Millis;
  /** `generation` says which key of the post it is to be: an ask that is repeated later is for one that has been. */
  readonly seats: readonly ProposedKey[];
}

export interface ProposedKey {
  readonly seat: SeatId;
  readonly generation: number;
  readonly publicKey: Uint8Array;
}

const info = framed(LABEL.seatAsk);
const MOST = 64;

export async function sealSeatAsk(platform: Platform, card: Card, signKey: Key, ask: SeatAsk): Promise<Uint8Array> {
  // A first key is written as before there were others, so that an older authority understands it.
  const seats = ask.seats.map(({ seat, generation, publicKey }) =>
    generation === 1 ? [fromHex(seat), publicKey] : [fromHex(seat), publicKey, generation],
  );
  const body = encodeCbor([fromHex(ask.org), fromHex(ask.device), ask.time, seats]);
  return hpkeSeal(card.boxKey, info, encodeCbor([body, await sign(platform, signKey, LABEL.seatAsk, body)]));
}

/** Opens a request and checks that a device of this directory signed it. Throws on nothing that comes from outside. */
export async function openSeatAsk(
  platform: Platform,
  keys: BoxKeys,
  state: DirectoryState,
  sealed: Uint8Array,
): Promise<Result<SeatAsk, 'malformed' | 'unknown device' | 'bad signature'>> {
  const plain = await hpkeOpen(keys, info, sealed);
  const opened = read.reading(() => readAsk(plain ?? new Uint8Array()));
  if (!opened.ok || opened.value.ask.org !== state.org) return fail('malformed');
  const { ask, body, signature } = opened.value;
  const device = state.devices.get(ask.device);
  if (device === undefined) return fail('unknown device');
  const key = await importVerifyKey(platform, device.signKey);
  return (await verify(platform, key, signature, LABEL.seatAsk, body)) ? ok(ask) : fail('bad signature');
}

function readAsk(plain: Uint8Array): {
  readonly ask: SeatAsk;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
} {
  const [encoded, signature] = read.tuple(decodeCbor(plain), 'seat ask', 2);
  const body = read.bytes(encoded, 'body');
  const [org, device, time, seats] = read.tuple(decodeCbor(body), 'body', 4);
  const listed = read.list(seats, 'seats');
  if (listed.length > MOST) throw new read.Malformed(`seats: more than ${MOST}`);
  const wanted = listed.map((one) => {
    const parts = read.list(one, 'seat', 2);
    const [seat, publicKey, generation] = read.tuple(parts, 'seat', parts.length === 2 ? 2 : 3);
    return {
      seat: read.id<SeatId>(seat, 'seat'),
      publicKey: read.bytes(publicKey, 'publicKey', 65),
      generation: parts.length === 2 ? 1 : read.count(generation, 'generation'),
    };
  });
  return {
    ask: {
      org: read.id<OrgId>(org, 'org'),
      device: read.id<DeviceId>(device, 'device'),
      time: read.count(time, 'time'),
      seats: wanted,
    },
    body,
    signature: read.bytes(signature, 'signature', 64),
  };
}
