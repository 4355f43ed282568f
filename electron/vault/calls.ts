/**
 * What the sync worker may ask of the vault. Owns the answers: identity, signatures for five purposes only (entries, link
 * challenges, presence, orders to dispose, what lies on a stick), this device's seats, and the journal. Device private keys never leave.
 */
import type { Identity, VaultCalls } from '../../shared/ipc/vault.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import { importSigningKey, sign } from '../../shared/primitives/platform.ts';
import { fail } from '../../shared/primitives/result.ts';
import { signHeader } from '../../shared/seal/entry/entry.ts';
import { LABEL } from '../../shared/seal/labels.ts';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import type { Author } from './journal/author.ts';
import type { Journal } from './journal/journal.ts';
import { openAreaBox, openSeatBox, proposeSeatKeys, settleSeatKeys } from './seatKeys.ts';
import type { OpenVault } from './vault.ts';

export async function authorOf(platform: Platform, vault: OpenVault): Promise<{ author: Author; key: Key }> {
  const { org, device, signKey } = vault.contents();
  const key = await importSigningKey(platform, signKey);
  return {
    key,
    author: {
      platform,
      org,
      device,
      incarnation: () => vault.contents().incarnation,
      sign: (header) => signHeader(platform, key, header),
    },
  };
}

/** What else may be signed, by label: nothing that could be taken for an entry. */
const SIGNABLE: readonly string[] = [LABEL.link, LABEL.presence, LABEL.disposal, LABEL.stick];

/** What is answered by who opened the profile. */
export type VaultHost = Pick<VaultCalls, 'accessEnded' | 'sawTime' | 'askAuthority'>;

export function vaultCalls(
  platform: Platform,
  vault: OpenVault,
  journal: Journal,
  key: Key,
  fetch: Fetch,
  host: VaultHost = {
    accessEnded: () => Promise.resolve(),
    sawTime: () => Promise.resolve(),
    askAuthority: () => Promise.resolve(fail('no network')),
  },
): VaultCalls {
  const at = { platform, vault, key, fetch };
  return {
    ...host,
    identity: () => Promise.resolve(identityOf(vault)),
    commit: (drafts) => journal.commit(drafts),
    heads: () => journal.heads(),
    journal: () => journal.records(),
    release: (entries) => journal.release(entries),
    destroy: async (what) => {
      const done = await journal.destroy(what);
      if (!done.ok) throw new Error(done.cause);
    },
    newIncarnation: async () => {
      const changed = await vault.change((c) => ({ ...c, incarnation: c.incarnation + 1 }));
      if (!changed.ok) throw new Error(changed.cause);
      return vault.contents().incarnation;
    },
    sign: (label, parts) => {
      if (!SIGNABLE.includes(label)) throw new Error('not signed under that label');
      return sign(platform, key, label, ...parts);
    },
    openSeatBox: (box, seat) => openSeatBox(at, box, seat),
    openAreaBox: (box, area, epoch) => openAreaBox(at, box, area, epoch),
    proposeSeatKeys: (seats) => proposeSeatKeys(at, seats),
    settleSeatKeys: (seat, generation, publicKey) => settleSeatKeys(at, seat, generation, publicKey),
  };
}

function identityOf(vault: OpenVault): Identity {
  const { org, person, device, relay, relayKey, card, statements, seatKeys, storeKey, storeId, incarnation } =
    vault.contents();
  return { org, person, device, relay, relayKey, card, statements, seatKeys, storeKey, storeId, incarnation };
}
