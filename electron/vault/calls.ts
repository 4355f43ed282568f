/**
 * What the sync worker may ask of the vault. Owns the answers: identity, signatures for three purposes only (entries, link
 * challenges, presence), boxes of this device's seats, and the journal. Device private keys never leave.
 */
import { createECDH } from 'node:crypto';
import type { Identity, SeatKeys, VaultCalls } from '../../shared/ipc/vault.ts';
import type { BoxKeys } from '../../shared/primitives/hpke.ts';
import { equalBytes } from '../../shared/primitives/bytes.ts';
import type { SeatId } from '../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import { importSigningKey, sign } from '../../shared/primitives/platform.ts';
import type { Box } from '../../shared/seal/boxes.ts';
import { openBox, seatSubject } from '../../shared/seal/boxes.ts';
import { signHeader } from '../../shared/seal/entry.ts';
import { LABEL } from '../../shared/seal/labels.ts';
import type { Author } from './journal/author.ts';
import type { Journal } from './journal/journal.ts';
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
const SIGNABLE: readonly string[] = [LABEL.link, LABEL.presence];

export function vaultCalls(platform: Platform, vault: OpenVault, journal: Journal, key: Key): VaultCalls {
  return {
    identity: () => Promise.resolve(identityOf(vault)),
    commit: (drafts) => journal.commit(drafts),
    heads: () => journal.heads(),
    journal: () => journal.records(),
    release: (entries) => journal.release(entries),
    newIncarnation: async () => {
      const changed = await vault.change((c) => ({ ...c, incarnation: c.incarnation + 1 }));
      if (!changed.ok) throw new Error(changed.cause);
      return vault.contents().incarnation;
    },
    sign: (label, parts) => {
      if (!SIGNABLE.includes(label)) throw new Error('not signed under that label');
      return sign(platform, key, label, ...parts);
    },
    openSeatBox: (box, seat) => openSeatBox(platform, vault, box, seat),
  };
}

function identityOf(vault: OpenVault): Identity {
  const { org, person, device, relay, relayKey, card, statements, seatKeys, storeKey, storeId, incarnation } =
    vault.contents();
  return { org, person, device, relay, relayKey, card, statements, seatKeys, storeKey, storeId, incarnation };
}

/** Generations of one seat's key that are looked for: one each time somebody leaves a post. */
const GENERATIONS = 256;

async function generationOf(platform: Platform, box: Box, seat: SeatId): Promise<number | null> {
  for (let generation = 1; generation <= GENERATIONS; generation++) {
    if ((await seatSubject(platform, seat, generation)) === box.subject) return generation;
  }
  return null;
}

async function openSeatBox(platform: Platform, vault: OpenVault, box: Box, seat: SeatId): Promise<BoxKeys | null> {
  const { boxKeys, device } = vault.contents();
  if (box.to !== device) return null;
  const generation = await generationOf(platform, box, seat);
  const privateKey = generation === null ? null : await openBox(boxKeys, box);
  const publicKey = privateKey === null ? null : publicHalf(privateKey);
  if (generation === null || privateKey === null || publicKey === null) return null;
  const keys = { publicKey, privateKey };
  const kept = await vault.change((c) => ({ ...c, seatKeys: withSeatKeys(c.seatKeys, { seat, generation, keys }) }));
  if (!kept.ok) throw new Error(kept.cause);
  return keys;
}

/** Null where the bytes are no private key of the curve. */
function publicHalf(privateKey: Uint8Array): Uint8Array | null {
  try {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(privateKey);
    return new Uint8Array(curve.getPublicKey());
  } catch {
    return null; // Node tells a number off the curve only by throwing
  }
}

/** Two keys for one generation can both stand: the directory says which is the seat's. */
function withSeatKeys(known: readonly SeatKeys[], more: SeatKeys): SeatKeys[] {
  const same = (k: SeatKeys): boolean =>
    k.seat === more.seat && k.generation === more.generation && equalBytes(k.keys.publicKey, more.keys.publicKey);
  return [...known.filter((k) => !same(k)), more];
}
