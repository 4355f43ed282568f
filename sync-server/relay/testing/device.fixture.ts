/**
 * A device for tests: its keys, and entries written as a laptop would write them, each the next of this device in its
 * area. Content is sealed for real where a key is given; the relay never looks.
 */
import { utf8 } from '../../../shared/primitives/bytes.ts';
import type { BoxKeys } from '../../../shared/primitives/hpke.ts';
import { generateBoxKeys } from '../../../shared/primitives/hpke.ts';
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { KeyPair } from '../../../shared/primitives/platform.ts';
import { exportPublicKey, generateSigningKeys } from '../../../shared/primitives/platform.ts';
import { commitToKey, newAreaKey } from '../../../shared/seal/area/areaKey.ts';
import { hashBoxes } from '../../../shared/seal/boxes.ts';
import { deviceIdOf } from '../../../shared/seal/directory/card.ts';
import type { ChainOp, Grant, Role } from '../../../shared/seal/area/chain.ts';
import { encodeChainOp } from '../../../shared/seal/area/chain.ts';
import type { Seal } from '../../../shared/seal/entry/entry.ts';
import {
  commitTo,
  commitToBody,
  encodeEntry,
  salted,
  sealContent,
  signHeader,
  wrapStreamKey,
} from '../../../shared/seal/entry/entry.ts';
import type { Header, Kind } from '../../../shared/seal/entry/header.ts';
import { encodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { nodePlatform as platform } from '../../common/node.ts';

export interface Written {
  readonly area: AreaId;
  readonly entry: Uint8Array;
  readonly hash: Hash;
}

/** Fields of the header that a test sets by itself. */
export type Twist = Partial<
  Pick<Header, 'counter' | 'prev' | 'incarnation' | 'seen' | 'chain' | 'version' | 'kind' | 'critical'>
>;

export interface TestDevice {
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly keys: KeyPair;
  readonly signKey: Uint8Array;
  readonly boxKeys: BoxKeys;
  /** An area of its own, granted to these seats. */
  create(area: AreaId, seats: readonly Grant[]): Promise<Written>;
  chain(area: AreaId, op: ChainOp, replaces: Hash | null, twist?: Twist): Promise<Written>;
  /** An entry sealed under the area's key for an epoch. */
  edit(area: AreaId, text: string, epoch?: number, twist?: Twist): Promise<Written>;
  /** An entry for an intake, sealed to boxes. */
  letter(area: AreaId, kind: Kind, text: string, twist?: Twist): Promise<Written>;
}

export const grant = (seat: SeatId, org: OrgId, role: Role = 'lead'): Grant => ({ seat, org, role });
export const newArea = (): AreaId => newId<AreaId>(platform);

/** A key change as a chain holds it; the key itself is of no interest to a relay. */
export const keyChange = async (area: AreaId, epoch: number) => ({
  epoch,
  key: await commitToKey(platform, area, epoch, newAreaKey(platform)),
  boxes: await hashBoxes(platform, []),
  link: null,
});

export async function makeDevice(org: OrgId): Promise<TestDevice> {
  const keys = await generateSigningKeys(platform);
  const signKey = await exportPublicKey(platform, keys.publicKey);
  const device = await deviceIdOf(platform, signKey);
  const heads = new Map<AreaId, { counter: number; hash: Hash }>();

  async function write(
    area: AreaId,
    kind: string,
    commit: Hash,
    body: Uint8Array | null,
    seal: (hash: Hash) => Promise<Seal>,
    twist: Twist,
  ): Promise<Written> {
    const head = heads.get(area);
    const header = encodeHeader({
      version: 1,
      suite: 1,
      kind,
      critical: false,
      area,
      stream: await streamOf(platform, area, 'events'),
      org,
      device,
      incarnation: 1,
      counter: (head?.counter ?? 0) + 1,
      prev: head?.hash ?? null,
      seen: { generation: 0, n: 0, h: null, heads: [] },
      chain: null,
      directory: null,
      time: platform.now(),
      commit,
      body,
      more: {},
      ...twist,
    });
    const hash = await hashHeader(platform, header);
    heads.set(area, { counter: (head?.counter ?? 0) + 1, hash });
    const entry = encodeEntry({
      header,
      signature: await signHeader(platform, keys.privateKey, header),
      seal: await seal(hash),
    });
    return { area, entry, hash };
  }

  async function chain(area: AreaId, op: ChainOp, replaces: Hash | null, twist: Twist = {}): Promise<Written> {
    const body = encodeChainOp(op);
    return write(area, 'chain', await commitToBody(platform, body), body, () => Promise.resolve({ by: 'none' }), {
      chain: replaces,
      ...twist,
    });
  }

  return {
    org,
    device,
    keys,
    signKey,
    boxKeys: await generateBoxKeys(),
    chain,
    create: async (area, seats) =>
      chain(
        area,
        {
          op: 'create',
          kind: 'working papers',
          owner: org,
          seats,
          key: await keyChange(area, 1),
          policy: null,
          agreement: null,
          from: null,
        },
        null,
      ),
    async edit(area, text, epoch = 1, twist = {}) {
      const plain = salted(platform, utf8(text));
      const streamKey = platform.random(32);
      const slot = await wrapStreamKey(
        platform,
        { area, stream: await streamOf(platform, area, 'events'), epoch },
        platform.random(32),
        streamKey,
      );
      const seal = async (hash: Hash): Promise<Seal> => ({
        by: 'stream',
        epoch,
        slot,
        sealed: await sealContent(platform, streamKey, hash, plain),
      });
      return write(area, 'edit', await commitTo(platform, plain), null, seal, twist);
    },
    async letter(area, kind, text, twist = {}) {
      const plain = salted(platform, utf8(text));
      const seal = async (hash: Hash): Promise<Seal> => ({
        by: 'boxes',
        sealed: await sealContent(platform, platform.random(32), hash, plain),
      });
      return write(area, kind, await commitTo(platform, plain), null, seal, twist);
    },
  };
}
