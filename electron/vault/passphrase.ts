/**
 * Owns how a passphrase becomes a key: Argon2id with the parameters that the vault file names, so that they can grow.
 * Never keeps a passphrase.
 */
import { argon2id } from 'hash-wasm';
import { utf8 } from '../../shared/primitives/bytes.ts';

export interface Hardness {
  /** Memory in KiB. */
  readonly memory: number;
  readonly rounds: number;
  readonly lanes: number;
}

/** For new vaults; OWASP's floor is 19 MiB and 2 rounds. */
export const HARDNESS: Hardness = { memory: 64 * 1024, rounds: 3, lanes: 1 };

/** What a vault file may ask for at most: a damaged one must not take all memory. */
export const MOST: Hardness = { memory: 1024 * 1024, rounds: 64, lanes: 16 };

/** The same passphrase typed on two keyboards may differ in its code points; NFKC makes them alike. */
export const stretch = (passphrase: string, salt: Uint8Array, hardness: Hardness): Promise<Uint8Array> =>
  argon2id({
    password: utf8(passphrase.normalize('NFKC')),
    salt,
    memorySize: hardness.memory,
    iterations: hardness.rounds,
    parallelism: hardness.lanes,
    hashLength: 32,
    outputType: 'binary',
  });
