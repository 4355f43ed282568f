/**
 * Owns giving large byte buffers back at once. A buffer that a stream or a cipher makes for each piece lies outside the
 * heap, and waits there for a collection of everything; at hundreds of MiB a second those collections cost more than
 * sealing does. Only what nobody else can still hold is freed.
 */

/** Smaller ones may come from a pool that others share. */
const LEAST = 4096;

/** `bytes` is empty from now on, where it was the whole of its memory; otherwise nothing happens. */
export function freeBytes(bytes: Uint8Array): void {
  const { buffer, byteOffset, byteLength } = bytes;
  if (byteLength < LEAST || byteOffset !== 0 || buffer.byteLength !== byteLength) return;
  // Not in every library of types yet, nor in Node 18 outside Electron.
  const held = buffer as ArrayBufferLike & { readonly transfer?: (length: number) => ArrayBuffer };
  if (buffer instanceof ArrayBuffer) held.transfer?.(0);
}
