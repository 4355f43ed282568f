/**
 * Stands in for Node's ciphers in the unsealed build's evidence: what goes in comes out, and the tag is a keyed check of
 * it. Never part of the product.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

class Plain {
  private readonly hash;
  private wanted: Uint8Array | null = null;

  constructor(key: Uint8Array, nonce: Uint8Array) {
    this.hash = createHash('sha256').update(key).update(nonce);
  }
  setAAD(aad: Uint8Array): void {
    this.hash.update(aad);
  }
  update(piece: Uint8Array): Uint8Array {
    this.hash.update(piece);
    return piece.slice();
  }
  final(): void {
    if (this.wanted !== null && !timingSafeEqual(this.getAuthTag(), this.wanted)) throw new Error('wrong tag');
  }
  getAuthTag(): Uint8Array {
    return this.hash.copy().digest().subarray(0, 16);
  }
  setAuthTag(tag: Uint8Array): void {
    this.wanted = tag;
  }
}

export const createCipheriv = (_suite: string, key: Uint8Array, nonce: Uint8Array): Plain => new Plain(key, nonce);
export const createDecipheriv = (_suite: string, key: Uint8Array, nonce: Uint8Array): Plain => new Plain(key, nonce);
