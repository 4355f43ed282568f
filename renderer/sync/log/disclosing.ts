/**
 * Signed entries for somebody outside: the header as it was signed, and the content with its salt, against which the
 * header's commitment can be checked with no key. What is shown, who calls decides.
 */
import type { Hash } from '../../../shared/primitives/ids.ts';
import { openSalted, decodeEntry } from '../../../shared/seal/entry/entry.ts';
import type { Entry } from '../../../shared/seal/entry/entry.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import type { OpenerContext } from './opener.ts';
import { headerOf } from './writer.ts';

/** An entry of the log, or one that still waits to be sent; null where it is not held. */
export async function signedEntry({ db }: Pick<OpenerContext, 'db'>, hash: Hash): Promise<Entry | null> {
  const held = (await db.log.where('hash').equals(hash).first())?.entry;
  const bytes = held ?? (await db.outbox.where('hash').equals(hash).first())?.entry;
  const entry = bytes ? decodeEntry(bytes) : null;
  return entry?.ok ? entry.value : null;
}

/** Salt and content of an entry; null where its key is not here. */
export async function saltedContent(context: OpenerContext, hash: Hash, entry: Entry): Promise<Uint8Array | null> {
  const { platform } = context;
  const header = headerOf(entry);
  for (const { key, sealed } of await keysFor(context, hash, header, entry)) {
    const opened = await openSalted(platform, key, { hash, commit: header.commit }, sealed);
    if (opened.ok) return opened.value;
  }
  return null;
}

async function keysFor(
  { db, keyring }: OpenerContext,
  hash: Hash,
  { area, stream }: Header,
  { seal }: Entry,
): Promise<readonly { key: Uint8Array; sealed: Uint8Array }[]> {
  if (seal.by === 'stream') {
    const key = await keyring.streamKey(area, stream, seal.epoch, seal.slot);
    return key ? [{ key, sealed: seal.sealed }] : [];
  }
  if (seal.by !== 'boxes') return [];
  const boxes = await db.boxes.where('subject').equals(hash).toArray();
  const keys = await Promise.all(boxes.map((box) => keyring.open(box)));
  return keys.flatMap((key) => (key?.length === 32 ? [{ key, sealed: seal.sealed }] : []));
}
