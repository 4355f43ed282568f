/** For the vault's tests: contents as an enrolment makes them, an easy passphrase hardness, a key store one can change. */
import { generateBoxKeys } from '../../shared/primitives/hpke.ts';
import { newId } from '../../shared/primitives/naming.ts';
import type { OrgId, PersonId } from '../../shared/primitives/ids.ts';
import {
  decrypt,
  encrypt,
  exportPrivateKey,
  exportPublicKey,
  generateSigningKeys,
} from '../../shared/primitives/platform.ts';
import { deviceIdOf } from '../../shared/seal/directory/card.ts';
import { platform } from '../platform.ts';
import type { VaultContents } from './contents.ts';
import type { KeyStore } from './keyStore.ts';

export const EASY = { memory: 64, rounds: 1, lanes: 1 };

export async function someContents(): Promise<VaultContents> {
  const { publicKey, privateKey } = await generateSigningKeys(platform);
  return {
    org: newId<OrgId>(platform),
    person: newId<PersonId>(platform),
    device: await deviceIdOf(platform, await exportPublicKey(platform, publicKey)),
    relay: 'http://127.0.0.1:1',
    relayKey: platform.random(65),
    card: 'joinder-card-1.x',
    statements: [],
    signKey: await exportPrivateKey(platform, privateKey),
    boxKeys: await generateBoxKeys(),
    seatKeys: [],
    proposed: [],
    lease: null,
    clock: { begun: 0, mark: 0 },
    storeKey: platform.random(32),
    storeId: 'store',
    incarnation: 1,
  };
}

/** A key store that seals under a key of its own: another call is another computer's. */
export function someKeyStore(name: string): KeyStore {
  const key = platform.random(32);
  const aad = new Uint8Array(0);
  return {
    name,
    seal: (secret) => encrypt(platform, key, aad, secret),
    open: (sealed) => decrypt(platform, key, aad, sealed),
  };
}
