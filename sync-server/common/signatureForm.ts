/**
 * The two forms of one ECDSA P-256 signature: r and s joined, 32 bytes each, as the protocol has it (IEEE P1363), and DER as
 * OpenSSL has it (RFC 3279, 2.2.3: a SEQUENCE of two INTEGERs). Judges nothing: what is no signature stays none.
 */

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const HALF = 32;

/** The shortest INTEGER of 32 bytes, which is positive. */
function integer(half: Uint8Array): Uint8Array {
  let at = 0;
  while (at < HALF - 1 && half[at] === 0) at++;
  const digits = half.subarray(at);
  const sign = (digits[0] ?? 0) & 0x80 ? 1 : 0;
  const whole = new Uint8Array(2 + sign + digits.length);
  whole[0] = INTEGER;
  whole[1] = sign + digits.length;
  whole.set(digits, 2 + sign);
  return whole;
}

/** Of 64 bytes; 8 to 72. */
export function toDer(joined: Uint8Array): Uint8Array {
  const [r, s] = [integer(joined.subarray(0, HALF)), integer(joined.subarray(HALF))];
  const whole = new Uint8Array(2 + r.length + s.length);
  whole[0] = SEQUENCE;
  whole[1] = r.length + s.length;
  whole.set(r, 2);
  whole.set(s, 2 + r.length);
  return whole;
}

/** 64 bytes, of what OpenSSL wrote. */
export function fromDer(der: Uint8Array): Uint8Array {
  const joined = new Uint8Array(2 * HALF);
  let at = 2;
  for (const end of [HALF, 2 * HALF]) {
    const digits = der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0));
    joined.set(digits.subarray(Math.max(0, digits.length - HALF)), end - Math.min(HALF, digits.length));
    at += 2 + digits.length;
  }
  return joined;
}
