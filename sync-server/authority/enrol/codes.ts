/**
 * Handing out enrolment codes: for one person, one use, until a time. The text leaves this process once, in the answer to
 * the command that asked for it; the store keeps the secret only while it can serve.
 */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { EnrolmentCode } from '../../../shared/seal/devices/enrolment.ts';
import { authorityDigits, makeCode } from '../../../shared/seal/devices/enrolment.ts';
import type { Authority } from '../authority.ts';
import { isIn } from '../people/access.ts';
import { today } from '../people/reconcile.ts';
import type { CodeRow } from '../store.ts';

export const DEFAULT_DAYS = 7;

/** Names are 20 bits: with a great many codes about, a fresh one may meet an old one. */
const TRIES = 64;

export interface IssuedCode {
  readonly code: string;
  /** What names it. */
  readonly name: string;
  readonly expires: Millis;
}

export async function issueCode(
  authority: Authority,
  person: PersonId,
  days: number,
): Promise<Result<IssuedCode, 'unknown person' | 'not in' | 'too many codes'>> {
  const { platform, store, keys, directory } = authority;
  if (!(await directory.state()).people.has(person)) return fail('unknown person');
  const known = authority.people.person(person);
  if (known !== null && !isIn(known.facts, today(authority))) return fail('not in');
  const expires = platform.now() + days * DAY;
  store.tidyCodes(platform.now());
  for (let i = 0; i < TRIES; i++) {
    const { text, code } = await makeCode(platform, keys.card);
    if (store.addCode({ name: code.name, secret: code.secret, person, expires }))
      return ok({ code: text, name: code.name, expires });
  }
  return fail('too many codes');
}

/** The code that a row stands for, to open what was sealed with it. */
export async function codeOf({ platform, keys }: Authority, row: CodeRow): Promise<EnrolmentCode> {
  return { name: row.name, authority: await authorityDigits(platform, keys.card), secret: row.secret };
}
