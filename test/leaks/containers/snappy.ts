/**
 * Snappy's block format, unpacked: what Chromium's LevelDB packs its blocks with. Forty lines stand here because what npm
 * has for it is native code, or has not been kept for years. Answers null for bytes that are no sound block.
 */

/** More than any block of a database holds: a length that was never one must not ask for the machine's memory. */
const LARGEST = 64 * 1024 * 1024;

/** `more`: other bytes may follow, and the block ends where what it promised is complete. */
export function unpackSnappy(packed: Buffer, more: 'ends' | 'may go on' = 'ends'): Buffer | null {
  const size = readVarint(packed, 0);
  if (size === null || size.value > LARGEST || size.value > packed.length * 64 + 64) return null;
  const out = Buffer.alloc(size.value);
  let [from, to] = [size.next, 0];
  const isDone = (): boolean => from === packed.length || (more === 'may go on' && to === out.length);
  while (!isDone()) {
    const tag = packed[from++]!;
    const kind = tag & 3;
    // A literal's or a far copy's number stands behind the tag, little-endian.
    const extra = kind === 0 ? Math.max(0, (tag >> 2) - 59) : [0, 1, 2, 4][kind]!;
    if (from + extra > packed.length) return null;
    const number = extra === 0 ? 0 : packed.readUIntLE(from, extra);
    from += extra;
    if (kind === 0) {
      const length = (extra === 0 ? tag >> 2 : number) + 1;
      if (from + length > packed.length || to + length > out.length) return null;
      packed.copy(out, to, from, from + length);
      from += length;
      to += length;
      continue;
    }
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const back = kind === 1 ? ((tag >> 5) << 8) | number : number;
    if (back === 0 || back > to || to + length > out.length) return null;
    // Byte by byte: a copy may reach into what it is writing.
    for (let i = 0; i < length; i++, to++) out[to] = out[to - back]!;
  }
  return to === out.length ? out : null;
}

/** A LEB128 number below 2^53; null where the bytes hold none. */
export function readVarint(bytes: Uint8Array, at: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let i = 0; i < 7; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return { value, next: at + i + 1 };
  }
  return null;
}
