/**
 * Enrolment: how a laptop reaches its organisation's authority through a relay that must not stand between.
 * The code that an administrator hands over carries 20 bits that name it, 100 bits of the authority's key hash, 60 bits
 * of secret and 20 bits of checksum: 200 bits, 40 base-32 digits. Requests are HPKE in PSK mode to the authority;
 * answers HPKE in PSK mode to a key the request brought.
 */
import { fromCrockford, toCrockford, utf8 } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { BoxKeys, SharedSecret } from '../../primitives/hpke.ts';
import { hpkeOpen, hpkeSeal } from '../../primitives/hpke.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { deriveKey, framed, importVerifyKey, sha256, sign, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Card } from '../directory/card.ts';
import { keyHash } from '../directory/card.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

/** A code's parts as base-32 digits: what names it (4), the authority's key hash (20), the secret (12). */
export interface EnrolmentCode {
  readonly name: string;
  readonly authority: string;
  readonly secret: string;
}

const DIGITS = 36;

/** 20 bits over the first 36 digits: a mistyped code is noticed before anything is asked. */
async function checksum(platform: Platform, digits: string): Promise<string> {
  return toCrockford((await sha256(platform, utf8(digits))).subarray(0, 3)).slice(0, 4);
}

/** The first 100 bits of an authority's key hash, as a code carries them. */
export const authorityDigits = async (platform: Platform, card: Card): Promise<string> =>
  toCrockford((await keyHash(platform, card)).subarray(0, 13)).slice(0, 20);

/** A fresh code for this authority, as people see it: eight groups of five. */
export async function makeCode(
  platform: Platform,
  card: Card,
): Promise<{ readonly text: string; readonly code: EnrolmentCode }> {
  const name = toCrockford(platform.random(3)).slice(0, 4);
  const secret = toCrockford(platform.random(8)).slice(0, 12);
  const authority = await authorityDigits(platform, card);
  const digits = name + authority + secret;
  const text = (digits + (await checksum(platform, digits))).match(/.{5}/g)?.join('-') ?? '';
  return { text, code: { name, authority, secret } };
}

/** What was typed as base-32 digits, however it was spaced; null where something else is among them. */
export function digitsOf(typed: string): string | null {
  const digits = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  try {
    fromCrockford(digits);
    return digits;
  } catch {
    return null; // not base 32
  }
}

/** Reads a code as typed. `mistyped`: the checksum does not hold or the length is wrong. */
export async function readCode(platform: Platform, typed: string): Promise<Result<EnrolmentCode, 'mistyped'>> {
  const digits = digitsOf(typed);
  if (digits === null) return fail('mistyped');
  const body = digits.slice(0, DIGITS);
  if (digits.length !== DIGITS + 4 || (await checksum(platform, body)) !== digits.slice(DIGITS))
    return fail('mistyped');
  return ok({ name: body.slice(0, 4), authority: body.slice(4, 24), secret: body.slice(24) });
}

const sharedSecret = async (platform: Platform, code: EnrolmentCode): Promise<SharedSecret> => ({
  id: utf8(code.name),
  key: await deriveKey(platform, utf8(code.secret), LABEL.enrolSecret, utf8(code.name), utf8(code.authority)),
});

const info = (label: string, code: EnrolmentCode): Uint8Array => framed(label, utf8(code.name), utf8(code.authority));

/** Seals a request to the authority whose card the code vouches for; null where the card is not that authority's. */
export async function sealAsk(
  platform: Platform,
  card: Card,
  code: EnrolmentCode,
  ask: unknown,
): Promise<Uint8Array | null> {
  if ((await authorityDigits(platform, card)) !== code.authority) return null;
  return hpkeSeal(card.boxKey, info(LABEL.enrolAsk, code), encodeCbor(ask), await sharedSecret(platform, code));
}

/** What was sealed by somebody who knows the secret may still be no CBOR: that too is null, never a throw. */
function readPlain(plain: Uint8Array | null): unknown {
  const value = read.reading(() => (plain === null ? null : decodeCbor(plain)));
  return value.ok ? value.value : null;
}

/** Opens a request at the authority; null where the secret is not the code's. */
export async function openAsk(
  platform: Platform,
  keys: BoxKeys,
  code: EnrolmentCode,
  sealed: Uint8Array,
): Promise<unknown> {
  return readPlain(await hpkeOpen(keys, info(LABEL.enrolAsk, code), sealed, await sharedSecret(platform, code)));
}

/** Signed by the key that asks to be enrolled, so that nobody enrols another's device as their own. */
export const proveDevice = (
  platform: Platform,
  signKey: Key,
  code: EnrolmentCode,
  replyKey: Uint8Array,
): Promise<Uint8Array> => sign(platform, signKey, LABEL.enrolProof, utf8(code.name), utf8(code.authority), replyKey);

/** False also where `signKey` is no key. */
export async function checkDevice(
  platform: Platform,
  signKey: Uint8Array,
  code: EnrolmentCode,
  replyKey: Uint8Array,
  proof: Uint8Array,
): Promise<boolean> {
  const key = await importVerifyKey(platform, signKey).catch(() => null); // WebCrypto tells a wrong point only by throwing
  return (
    key !== null && verify(platform, key, proof, LABEL.enrolProof, utf8(code.name), utf8(code.authority), replyKey)
  );
}

/** Seals the authority's answer to the reply key that the request brought. Throws on a reply key that is no point of the curve. */
export const sealAnswer = async (
  platform: Platform,
  replyKey: Uint8Array,
  code: EnrolmentCode,
  answer: unknown,
): Promise<Uint8Array> =>
  hpkeSeal(replyKey, info(LABEL.enrolAnswer, code), encodeCbor(answer), await sharedSecret(platform, code));

/** Opens the authority's answer; null where it was not made by who holds the code's secret. */
export async function openAnswer(
  platform: Platform,
  keys: BoxKeys,
  code: EnrolmentCode,
  sealed: Uint8Array,
): Promise<unknown> {
  return readPlain(await hpkeOpen(keys, info(LABEL.enrolAnswer, code), sealed, await sharedSecret(platform, code)));
}
