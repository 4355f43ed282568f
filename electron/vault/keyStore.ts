/**
 * What the vault needs of an operating system's key store: to seal a few bytes so that only this person's account on this
 * computer opens them. `name` is null where there is none worth the word (a key in plain sight counts as none).
 */
export interface KeyStore {
  readonly name: string | null;
  seal(secret: Uint8Array): Promise<Uint8Array>;
  /** Null where this key store did not seal it, or will not open it. */
  open(sealed: Uint8Array): Promise<Uint8Array | null>;
}

export const noKeyStore: KeyStore = {
  name: null,
  seal: () => Promise.reject(new Error('no key store')),
  open: () => Promise.resolve(null),
};
