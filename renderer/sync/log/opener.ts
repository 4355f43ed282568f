/**
 * Opening admitted entries: finds the key (stream slot or box), opens, holds the content against the commitment. What
 * cannot be opened yet, because a key has not come, waits and is tried again when one comes; what will never open is
 * told once.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { openContent } from '../../../shared/seal/entry.ts';
import type { Entry } from '../../../shared/seal/entry.ts';
import type { Header } from '../../../shared/seal/header.ts';
import type { Database } from '../store/database.ts';
import type { Keyring } from './keyring.ts';

/** An entry whose content is open. `n` and `time` (the relay's) are null while the relay has not ordered it. */
export interface Opened {
  readonly area: AreaId;
  readonly n: number | null;
  readonly time: Millis | null;
  readonly hash: Hash;
  readonly header: Header;
  readonly entry: Entry;
  readonly plain: Uint8Array;
}
export type Sealed = Omit<Opened, 'plain'>;

export type OpenOutcome =
  | { readonly is: 'opened'; readonly opened: Opened }
  | { readonly is: 'waiting'; readonly for: 'area key' | 'box' }
  | { readonly is: 'bad'; readonly cause: 'commitment' | 'wrong key' | 'erased' };

export interface OpenerContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly keyring: Keyring;
}

/** Opens one admitted entry with the keys at hand. */
export async function openEntry(context: OpenerContext, sealed: Sealed): Promise<OpenOutcome> {
  const { entry, header, hash } = sealed;
  const found = await findKey(context, sealed);
  if (found.is !== 'key') return found;
  if (entry.seal.by !== 'stream' && entry.seal.by !== 'boxes') return { is: 'bad', cause: 'erased' };
  const plain = await openContent(context.platform, found.key, { hash, commit: header.commit }, entry.seal.sealed);
  return plain.ok ? { is: 'opened', opened: { ...sealed, plain: plain.value } } : { is: 'bad', cause: plain.cause };
}

type KeyOutcome = { readonly is: 'key'; readonly key: Uint8Array } | Exclude<OpenOutcome, { is: 'opened' }>;

async function findKey({ db, keyring }: OpenerContext, { entry, header, hash }: Sealed): Promise<KeyOutcome> {
  const { seal } = entry;
  if (seal.by === 'stream') {
    if (!keyring.areaKey(header.area, seal.epoch)) return { is: 'waiting', for: 'area key' };
    const key = await keyring.streamKey(header.area, header.stream, seal.epoch, seal.slot);
    return key ? { is: 'key', key } : { is: 'bad', cause: 'wrong key' };
  }
  if (seal.by === 'boxes') {
    for (const box of await db.boxes.where('subject').equals(hash).toArray()) {
      const key = await keyring.open(box);
      if (key) return { is: 'key', key };
    }
    return { is: 'waiting', for: 'box' };
  }
  return { is: 'bad', cause: 'erased' };
}
