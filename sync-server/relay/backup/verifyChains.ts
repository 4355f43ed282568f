/**
 * The chains within an area that each device and the access to it make: every entry signed by its device, naming the hash of
 * that device's entry before it; every change of access on the head that it replaces. Reads only; opens nothing.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { decodeCard } from '../../../shared/seal/directory/card.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import { admittedBy, decodeChainOp, foldChain } from '../../../shared/seal/area/chain.ts';
import { readSigned } from '../../../shared/seal/directory/directory.ts';
import { decodeEntry, verifyHeader } from '../../../shared/seal/entry/entry.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';

/** Keys of every device that an authority ever admitted here, and whose authorities are known here still. */
export interface Devices {
  readonly keys: ReadonlyMap<DeviceId, Key>;
  readonly orgs: ReadonlySet<OrgId>;
}

/** Reads the directories, each statement under its authority's signature; a fault for one that is not. */
export async function devicesOf(platform: Platform, db: DatabaseSync, faults: string[]): Promise<Devices> {
  const devices = new Map<DeviceId, Key>();
  const cards = db.prepare('SELECT org, card FROM orgs').all() as unknown as { org: OrgId; card: string }[];
  const statements = db.prepare('SELECT n, body, signature FROM statements WHERE org = ? ORDER BY n');
  for (const { org, card: text } of cards) {
    const card = decodeCard(text);
    if (!card.ok) {
      faults.push(`Directory ${org}: its card cannot be read.`);
      continue;
    }
    const key = await importVerifyKey(platform, card.value.signKey);
    for (const row of statements.iterate(org)) {
      const { n, body, signature } = row as unknown as { n: number; body: Uint8Array; signature: Uint8Array };
      const said = await readSigned(platform, key, {
        body: new Uint8Array(body),
        signature: new Uint8Array(signature),
      });
      // One of a later version is signed all the same; what it says is not for this one to judge.
      if (!said.ok && said.cause !== 'update needed')
        faults.push(`Directory ${org}: statement ${n} is not its authority's.`);
      if (said.ok && said.value.statement.is === 'device')
        devices.set(said.value.statement.device, await importVerifyKey(platform, said.value.statement.signKey));
    }
  }
  return { keys: devices, orgs: new Set(cards.map(({ org }) => org)) };
}

interface Head {
  readonly incarnation: number;
  readonly counter: number;
  readonly hash: Hash;
}

/** One area's chains, entry by entry in its order; `next` answers what is wrong, after "what stands there". */
export function deviceChains(platform: Platform, devices: Devices) {
  const heads = new Map<DeviceId, Head>();
  let access: AccessState | null = null;
  return {
    async next(encoded: Uint8Array): Promise<string | null> {
      const entry = decodeEntry(encoded);
      const header = entry.ok ? decodeHeader(entry.value.header) : entry;
      if (!entry.ok || !header.ok) return 'cannot be read';
      const { device, incarnation, counter, kind } = header.value;
      const key = devices.keys.get(device);
      // Of an organisation that was taken off this relay there is no directory to hold it against.
      if (!key && devices.orgs.has(header.value.org)) return 'is of a computer that no directory here admitted';
      if (key && !(await verifyHeader(platform, key, entry.value))) return 'is not signed by its computer';
      const hash = await hashHeader(platform, entry.value.header);
      if (!follows(heads.get(device), header.value)) return 'does not follow what the same computer wrote before it';
      heads.set(device, { incarnation, counter, hash });
      if (kind !== 'chain') return null;
      const next = foldNext(access, header.value, hash);
      if (next === null) return 'is a change of access that does not follow the one before it';
      access = next;
      return null;
    },
  };
}

/** Rights were judged when it was taken, by the directory of that place; here it is whether the chain is whole. */
function foldNext(access: AccessState | null, header: Header, head: Hash): AccessState | null {
  const op = decodeChainOp(header.body ?? new Uint8Array(0));
  if (!op.ok) return null;
  const next = foldChain(access, op.value, admittedBy(header, head));
  return next.ok ? next.value : null;
}

const follows = (head: Head | undefined, { incarnation, counter, prev }: Header): boolean =>
  head === undefined || incarnation > head.incarnation
    ? counter === 1 && prev === null
    : incarnation === head.incarnation && counter === head.counter + 1 && prev === head.hash;
