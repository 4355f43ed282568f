/**
 * The code of an organisation, with which a laptop finds its authority to sign in: 100 bits of the authority's key hash and 25
 * of checksum, as five groups of five. No secret: whoever has it can ask, and is let in only by what the authority verifies. It
 * does for signing in what the same bits do in an enrolment code: the relay cannot show another authority in its place.
 */
import { toCrockford, utf8 } from '../../primitives/bytes.ts';
import type { Platform } from '../../primitives/platform.ts';
import { framed, sha256 } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Card } from '../directory/card.ts';
import { LABEL } from '../labels.ts';
import { authorityDigits, digitsOf } from './enrolment.ts';

const DIGITS = 20;
const LENGTH = 25;

const checksum = async (platform: Platform, digits: string): Promise<string> =>
  toCrockford((await sha256(platform, framed(LABEL.strangerAsk, utf8(digits)))).subarray(0, 4)).slice(0, 5);

export async function makeOrgCode(platform: Platform, card: Card): Promise<string> {
  const digits = await authorityDigits(platform, card);
  return (digits + (await checksum(platform, digits))).match(/.{5}/g)?.join('-') ?? '';
}

/** The authority's digits, as `authorityDigits` says them. */
export async function readOrgCode(platform: Platform, typed: string): Promise<Result<string, 'mistyped'>> {
  const digits = digitsOf(typed);
  const body = digits?.slice(0, DIGITS) ?? '';
  if (digits?.length !== LENGTH || (await checksum(platform, body)) !== digits.slice(DIGITS)) return fail('mistyped');
  return ok(body);
}
