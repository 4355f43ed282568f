/**
 * Late work that a lead brought into a case, proved: the entry inside is signed by a computer of the same organisation, its
 * content is what its header commits to, and it was written for this area, or for the one that this came in place of. Whether
 * what it says may be said is judged like any other fact of its author.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { decodeFact, event, kindIn } from '../../../shared/model/events.ts';
import { SALT, commitTo, verifyHeader } from '../../../shared/seal/entry/entry.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import type { Directories } from '../log/directories.ts';
import type { Log } from '../log/log.ts';
import type { Opened } from '../log/opener.ts';

/** What somebody signed who could not send it. */
export interface Signed {
  readonly hash: Hash;
  readonly header: Header;
  readonly plain: Uint8Array;
}

interface Context {
  readonly platform: Platform;
  readonly directories: Pick<Directories, 'current'>;
  readonly log: Pick<Log, 'replica'>;
}

/** Null: the entry adopts nothing, or nothing that is proved. */
export async function readAdopted(context: Context, opened: Opened): Promise<Signed | null> {
  const { platform, directories, log } = context;
  if (opened.header.kind !== 'event' || kindIn(opened.plain) !== 'adopted') return null;
  const fact = decodeFact(event, opened.plain);
  if (fact?.is !== 'adopted') return null;
  const header = decodeHeader(fact.header);
  if (!header.ok || header.value.kind !== 'event' || header.value.org !== opened.header.org) return null;
  const from = log.replica(opened.area).access?.from ?? null;
  if (!isOf(header.value.area, opened.area, from)) return null;
  const device = directories.current(header.value.org)?.known.get(header.value.device);
  if (!device || (await commitTo(platform, fact.salted)) !== header.value.commit) return null;
  const { header: bytes, signature } = fact;
  const entry = { header: bytes, signature, seal: { by: 'erased' as const } };
  if (!(await verifyHeader(platform, await importVerifyKey(platform, device.signKey), entry))) return null;
  return { hash: await hashHeader(platform, bytes), header: header.value, plain: fact.salted.slice(SALT) };
}

const isOf = (written: AreaId, here: AreaId, from: AreaId | null): boolean => written === here || written === from;
