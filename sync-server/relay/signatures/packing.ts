/**
 * Signature checks as they go to a thread: one piece of memory for many, so that handing over costs next to nothing beside
 * checking. For each: key (65 bytes), signature (64), length of what was signed (4, big-endian), what was signed.
 */

/** A signature to be checked: whether it is this key's over these bytes. */
export interface Check {
  readonly key: Uint8Array;
  readonly signature: Uint8Array;
  readonly signed: Uint8Array;
}

const KEY = 65;
const SIGNATURE = 64;
const HEAD = KEY + SIGNATURE + 4;

/** Whether it has the form that `pack` carries. */
export const isPackable = ({ key, signature }: Check): boolean => key.length === KEY && signature.length === SIGNATURE;

export function pack(checks: readonly Check[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(checks.reduce((sum, { signed }) => sum + HEAD + signed.length, 0));
  const view = new DataView(whole.buffer);
  let at = 0;
  for (const { key, signature, signed } of checks) {
    whole.set(key, at);
    whole.set(signature, at + KEY);
    view.setUint32(at + KEY + SIGNATURE, signed.length);
    whole.set(signed, at + HEAD);
    at += HEAD + signed.length;
  }
  return whole;
}

export function* unpack(whole: Uint8Array): Generator<Check> {
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
  for (let at = 0; at < whole.length;) {
    const length = view.getUint32(at + KEY + SIGNATURE);
    yield {
      key: whole.subarray(at, at + KEY),
      signature: whole.subarray(at + KEY, at + KEY + SIGNATURE),
      signed: whole.subarray(at + HEAD, at + HEAD + length),
    };
    at += HEAD + length;
  }
}
