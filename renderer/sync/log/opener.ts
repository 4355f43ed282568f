/**
 * Opening admitted entries: finds the key (stream slot or box), opens, holds the content against the commitment. What
 * cannot be opened yet, because a key has not come, waits and is tried again when one comes; what will never open is
 * told once.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { openContent } from '../../../shared/seal/entry/entry.ts';
import type { Entry } from '../../../shared/seal/entry/entry.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import type { Database } from '../store/database.ts';
import type { Keyring } from './keyring.ts';

/** An entry whose content is open. `n` and `time` (the relay's) are null while the relay has not ordered it. */
export interface Opened {
  readonly area: AreaId;
  readonly n: number | null;
  readonly time: Millis | null;
  /** Head of the writer's directory by which it is judged: the one in force at its place; while it has none, the one its header names. */
  readonly directory: Hash | null;
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
  const { entry } = sealed;
  switch (entry.seal.by) {
    case 'stream':
      return openByStream(context, sealed, entry.seal);
    case 'boxes':
      return openByBoxes(context, sealed, entry.seal.sealed);
    case 'none':
    case 'erased':
      return { is: 'bad', cause: 'erased' };
  }
}

async function openByStream(
  { platform, keyring }: OpenerContext,
  sealed: Sealed,
  seal: Extract<Entry['seal'], { by: 'stream' }>,
): Promise<OpenOutcome> {
  const { header, hash } = sealed;
  if (!keyring.areaKey(header.area, seal.epoch)) return { is: 'waiting', for: 'area key' };
  const key = await keyring.streamKey(header.area, header.stream, seal.epoch, seal.slot);
  if (!key) return { is: 'bad', cause: 'wrong key' };
  const plain = await openContent(platform, key, { hash, commit: header.commit }, seal.sealed);
  return plain.ok ? { is: 'opened', opened: { ...sealed, plain: plain.value } } : { is: 'bad', cause: plain.cause };
}

/** Anybody can make a box for a seat, the relay too: one that holds a wrong key must not stand in for the right one. */
async function openByBoxes(
  { platform, db, keyring }: OpenerContext,
  sealed: Sealed,
  content: Uint8Array,
): Promise<OpenOutcome> {
  const { header, hash } = sealed;
  for (const box of await db.boxes.where('subject').equals(hash).toArray()) {
    const key = await keyring.open(box);
    const plain =
      key?.length === 32 ? await openContent(platform, key, { hash, commit: header.commit }, content) : null;
    if (plain?.ok) return { is: 'opened', opened: { ...sealed, plain: plain.value } };
    if (plain?.cause === 'commitment') return { is: 'bad', cause: 'commitment' }; // the key opens it: its writer sealed something else
  }
  return { is: 'waiting', for: 'box' };
}
