/**
 * An unlocked profile: the vault's calls over an open journal. Owns their lives together; ending it forgets every key.
 */
import type { VaultCalls } from '../../shared/ipc/vault.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import type { DeviceAskBody } from '../../shared/wire/deviceAsk.ts';
import type { LateChunks, LateWork } from '../../shared/wire/late.ts';
import { LATE, lateChunksBody } from '../../shared/wire/late.ts';
import { sign } from '../../shared/primitives/platform.ts';
import { LABEL } from '../../shared/seal/labels.ts';
import { askAsDevice } from '../../shared/wire/deviceAsk.ts';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import { authorOf, vaultCalls } from '../vault/calls.ts';
import type { LeaseKeeper } from '../vault/lease.ts';
import { openLease } from '../vault/lease.ts';
import { openJournal } from '../vault/journal/journal.ts';
import type { HeldChunk } from './heldChunks.ts';
import type { PathSeal } from '../vault/paths.ts';
import { pathSeal } from '../vault/paths.ts';
import type { OpenVault } from '../vault/vault.ts';

export interface Session {
  readonly relay: string;
  readonly calls: VaultCalls;
  readonly paths: PathSeal;
  readonly lease: LeaseKeeper;
  /** Everything that the journal holds: what was not sent, and some of what was. And its word, in parts, on the chunks that this disk holds. */
  late(chunks: readonly HeldChunk[]): Promise<LateWork & { readonly held: readonly LateChunks[] }>;
  end(): Promise<void>;
}

export type SessionCause = 'damaged' | 'disk full' | 'disk error';

/** A journal that has gone missing takes what it held with it; the device goes on under a new incarnation. */
export async function beginSession(
  platform: Platform,
  vault: OpenVault,
  journalFolder: string,
  fetch: Fetch,
  accessEnded: (forgets: boolean) => Promise<void>,
): Promise<Result<Session, SessionCause>> {
  const { author, key } = await authorOf(platform, vault);
  const lease = await openLease({ platform, vault, key, fetch, counter: () => performance.now() });
  let journal = await openJournal(journalFolder, author, false);
  if (!journal.ok && journal.cause === 'missing') {
    const changed = await vault.change((c) => ({ ...c, incarnation: c.incarnation + 1 }));
    if (!changed.ok) return changed;
    journal = await openJournal(journalFolder, author, true);
  }
  if (!journal.ok) return fail(journal.cause === 'missing' ? 'disk error' : journal.cause);
  const opened = journal.value;
  const sawTime = async (time: Millis, isOnLine: boolean): Promise<void> => {
    lease.saw(time);
    if (isOnLine) await lease.renewIfDue();
  };
  const { relay, card: cardText, device, org } = vault.contents();
  const askAuthority = (ask: DeviceAskBody) =>
    askAsDevice({ relay, cardText, device, signKey: key, platform, fetch }, ask);
  return ok({
    relay: vault.contents().relay,
    calls: vaultCalls(platform, vault, opened, key, fetch, { accessEnded, sawTime, askAuthority }),
    lease,
    late: async (chunks) => {
      const records = await opened.records();
      const held: LateChunks[] = [];
      for (let i = 0; i < chunks.length; i += LATE.chunks) {
        const part = { org, device, chunks: chunks.slice(i, i + LATE.chunks) };
        held.push({ ...part, signature: await sign(platform, key, LABEL.lateChunks, lateChunksBody(part)) });
      }
      const entries = records.map(({ entry }) => entry);
      return { org, device, entries, boxes: records.flatMap(({ boxes }) => [...boxes]), held };
    },
    paths: pathSeal(platform, vault),
    end: async () => {
      await lease.note(true);
      await opened.close();
      await vault.close();
    },
  });
}

/** Makes the empty journal of a fresh vault. */
export async function beginJournal(
  platform: Platform,
  vault: OpenVault,
  journalFolder: string,
): Promise<Result<null, 'disk full' | 'disk error'>> {
  const { author } = await authorOf(platform, vault);
  const journal = await openJournal(journalFolder, author, true);
  if (!journal.ok) return fail(journal.cause === 'disk full' ? 'disk full' : 'disk error');
  await journal.value.close();
  return ok(null);
}
