/**
 * Enrolment as main does it: who would this code make of me, then keys, the authority's word, and a vault. Promises that
 * keys are on disk, sealed by the passphrase, before the authority hears of them: an answer lost to a crash is asked for
 * again with the same keys. Seat keys that were not accepted are thrown away.
 */
import { unlink } from 'node:fs/promises';
import type { EnrolCause as ShownCause, EnrolOffer } from '../../shared/ipc/preload.ts';
import { toHex } from '../../shared/primitives/bytes.ts';
import { generateBoxKeys } from '../../shared/primitives/hpke.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import { exportPrivateKey, exportPublicKey, generateSigningKeys } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { deviceIdOf } from '../../shared/seal/directory/card.ts';
import { enrol, lookUp } from '../../shared/wire/enrolClient.ts';
import type { Asking, Compare, EnrolCause, Fetch, Offer } from '../../shared/wire/enrolClient.ts';
import type { VaultContents } from '../vault/contents.ts';
import type { OpenVault, VaultPlace } from '../vault/vault.ts';
import { createVault, openVault } from '../vault/vault.ts';
import { readVaultFile } from '../vault/vaultFile.ts';
import { signKeysFrom } from './signKeys.ts';

export interface EnrolmentPlace {
  readonly platform: Platform;
  readonly fetch: Fetch;
  /** Whether the last failure to connect was the address's fault. */
  readonly failedByAddress: () => boolean;
  /** Shows the digits that another computer shows too, and waits a while. */
  readonly compare: Compare;
  /** Where the vault will stand, and where keys wait for the authority's answer. */
  readonly vault: VaultPlace;
  readonly waiting: VaultPlace;
}

export interface Enrolment {
  lookUp(relay: string, code: string): Promise<Result<EnrolOffer, ShownCause>>;
  enrol(
    passphrase: string,
    deviceName: string,
  ): Promise<Result<{ vault: OpenVault; person: string; org: string }, ShownCause>>;
}

export function enrolmentAt(at: EnrolmentPlace): Enrolment {
  /** What the last `lookUp` asked and was told; the code stays here until it is used or another is looked up. */
  let found: { asking: Asking; offer: Offer } | null = null;
  const shown = (cause: EnrolCause): ShownCause =>
    cause === 'no network' && at.failedByAddress() ? 'wrong address' : cause;
  return {
    lookUp: async (relay, code) => {
      found = null;
      const asking = {
        relay,
        code,
        platform: at.platform,
        fetch: at.fetch,
        resuming: (await readVaultFile(at.waiting.file)).ok,
      };
      const answer = await lookUp(asking);
      if (!answer.ok) return fail(shown(answer.cause));
      found = { asking, offer: answer.value };
      const { personName, orgName, posts, fingerprint } = answer.value;
      return ok({
        person: personName,
        org: orgName,
        posts: posts.map(({ title, unit }) => ({ title, unit })),
        fingerprint,
        relay: answer.value.relay,
      });
    },
    enrol: async (passphrase, deviceName) => {
      if (found === null) return fail('malformed');
      const { asking, offer } = found;
      const clear = { person: offer.personName, org: offer.orgName };
      const kept = await keepKeys(at, passphrase, offer);
      if (!kept.ok) return kept;
      const keys = kept.value;
      const signKeys = await signKeysFrom(at.platform, keys.signKey);
      const seats = keys.seatKeys.map((k) => ({ seat: k.seat, publicKey: k.keys.publicKey }));
      const answer = await enrol(
        asking,
        { signKeys, boxKey: keys.boxKeys.publicKey, name: deviceName, seats },
        at.compare,
      );
      if (!answer.ok) return fail(shown(answer.cause));
      const { device, person, statements, relayKey, cardText: card, accepted } = answer.value;
      const contents = {
        ...keys,
        device,
        person,
        statements: [...statements],
        relayKey,
        card,
        seatKeys: keys.seatKeys.filter((k) => accepted.includes(k.seat)),
      };
      const vault = await createVault(at.vault, passphrase, clear, contents);
      if (!vault.ok) return vault;
      found = null;
      await unlink(at.waiting.file).catch(() => undefined); // of no use any more, and sealed
      return ok({ vault: vault.value, ...clear });
    },
  };
}

/** Fresh keys, sealed on disk; or those of an attempt that was cut short, where passphrase and person are the same. */
async function keepKeys(
  at: EnrolmentPlace,
  passphrase: string,
  offer: Offer,
): Promise<Result<VaultContents, 'disk full' | 'disk error'>> {
  const before = await openVault(at.waiting, passphrase);
  if (before.ok) {
    const contents = before.value.contents();
    if (contents.org === offer.org && contents.person === offer.person && contents.relay === offer.relay)
      return ok(contents);
  }
  const contents = await freshContents(at.platform, offer);
  const written = await createVault(at.waiting, passphrase, { person: '', org: '' }, contents);
  return written.ok ? ok(contents) : written;
}

async function freshContents(platform: Platform, offer: Offer): Promise<VaultContents> {
  const { publicKey, privateKey } = await generateSigningKeys(platform);
  const open = offer.posts.filter((post) => !post.hasKey);
  return {
    org: offer.org,
    person: offer.person,
    device: await deviceIdOf(platform, await exportPublicKey(platform, publicKey)),
    relay: offer.relay,
    relayKey: offer.relayKey,
    card: offer.cardText,
    statements: [],
    signKey: await exportPrivateKey(platform, privateKey),
    boxKeys: await generateBoxKeys(),
    seatKeys: await Promise.all(open.map(async ({ seat }) => ({ seat, generation: 1, keys: await generateBoxKeys() }))),
    proposed: [],
    lease: null,
    clock: { begun: 0, mark: 0 },
    storeKey: platform.random(32),
    storeId: toHex(platform.random(16)),
    incarnation: 1,
  };
}
