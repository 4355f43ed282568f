/**
 * What an enrolled device asks of its authority, and the answer: sealed both ways, so that the relay carries it and can
 * neither read nor make it. The ask is signed by the device; the answer opens with a key that came sealed within the ask, so
 * that whoever could make it has read the ask, and is bound to it. An ask that is repeated later is answered to that key alone.
 */
import { fromHex } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { BoxKeys } from '../../primitives/hpke.ts';
import { hpkeOpen, hpkeSeal } from '../../primitives/hpke.ts';
import type { DeviceId, OrgId, PersonId } from '../../primitives/ids.ts';
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
export const DEVICE_ASK = 'MEMBER';

export interface DeviceAsk {
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly time: Millis;
  /** 65 bytes, fresh for each ask. */
  readonly replyKey: Uint8Array;
  /** Parsed by whoever is asked. */
  readonly ask: unknown;
}

export async function sealDeviceAsk(
  platform: Platform,
  card: Card,
  signKey: Key,
  { org, device, time, replyKey, ask }: DeviceAsk,
): Promise<Uint8Array> {
  const body = encodeCbor([fromHex(org), fromHex(device), time, replyKey, ask]);
  const signature = await sign(platform, signKey, LABEL.deviceAsk, body);
  return hpkeSeal(card.boxKey, framed(LABEL.deviceAsk), encodeCbor([body, signature]));
}

export interface OpenedAsk extends DeviceAsk {
  readonly person: PersonId;
  /** False: the directory has shut this device out since. All that it may be told is that. */
  readonly isAdmitted: boolean;
}

/** Opens an ask and checks that a device signed it that this directory admits, or once did. Throws on nothing that comes from outside. */
export async function openDeviceAsk(
  platform: Platform,
  keys: BoxKeys,
  state: DirectoryState,
  sealed: Uint8Array,
): Promise<Result<OpenedAsk, 'malformed' | 'unknown device' | 'bad signature'>> {
  const plain = await hpkeOpen(keys, framed(LABEL.deviceAsk), sealed);
  const opened = read.reading(() => readAsk(plain ?? new Uint8Array()));
  if (!opened.ok || opened.value.asked.org !== state.org) return fail('malformed');
  const { asked, body, signature } = opened.value;
  const device = state.known.get(asked.device);
  if (device === undefined) return fail('unknown device');
  const key = await importVerifyKey(platform, device.signKey);
  if (!(await verify(platform, key, signature, LABEL.deviceAsk, body))) return fail('bad signature');
  return ok({ ...asked, person: device.person, isAdmitted: state.devices.has(asked.device) });
}

function readAsk(plain: Uint8Array): {
  readonly asked: DeviceAsk;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
} {
  const [encoded, signature] = read.tuple(decodeCbor(plain), 'device ask', 2);
  const body = read.bytes(encoded, 'body');
  const [org, device, time, replyKey, ask] = read.tuple(decodeCbor(body), 'body', 5);
  return {
    asked: {
      org: read.id<OrgId>(org, 'org'),
      device: read.id<DeviceId>(device, 'device'),
      time: read.count(time, 'time'),
      replyKey: read.bytes(replyKey, 'replyKey', 65),
      ask,
    },
    body,
    signature: read.bytes(signature, 'signature', 64),
  };
}

const answerInfo = (replyKey: Uint8Array): Uint8Array => framed(LABEL.deviceAnswer, replyKey);

/** Throws on a reply key that is no point of the curve. */
export const sealDeviceAnswer = (replyKey: Uint8Array, answer: unknown): Promise<Uint8Array> =>
  hpkeSeal(replyKey, answerInfo(replyKey), encodeCbor(answer));

/** The answer to the ask that this reply key went with; null where it is none. */
export async function openDeviceAnswer(reply: BoxKeys, sealed: Uint8Array): Promise<unknown> {
  const plain = await hpkeOpen(reply, answerInfo(reply.publicKey), sealed);
  const said = read.reading(() => (plain === null ? null : decodeCbor(plain)));
  return said.ok ? said.value : null;
}
