/**
 * Signing in to have a computer admitted: keeps the attempts under way (in memory: an authority started anew asks for another
 * try), and turns a verified sign-in into an enrolment code for that person, good for one sitting. A claim never adds a device
 * key: the code does what every code does, and by policy its computer waits until a short code was compared.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { toBase64Url, toHex, utf8 } from '../../../shared/primitives/bytes.ts';
import { sha256 } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { DAY, MINUTE } from '../../../shared/primitives/units.ts';
import type { SignInRefusal, StrangerAnswer } from '../../../shared/wire/stranger.ts';
import type { Authority } from '../authority.ts';
import { ANY_KEY_ADMIN } from '../devices/deviceStore.ts';
import { issueCode } from '../enrol/codes.ts';
import { reconcile } from '../people/reconcile.ts';
import { whoIs } from './whoIs.ts';
import type { Attempt, Provider } from './provider.ts';
import type { SignIn, SignInSettings } from './settings.ts';
import { REDIRECT_PATH } from './settings.ts';

/** A person may take so long in the browser. */
const ATTEMPT_LIFE: Millis = 15 * MINUTE;
/** To choose a passphrase, and for the short code to be compared. */
const CODE_LIFE: Millis = 60 * MINUTE;
/** Attempts under way at once: the oldest give way. */
const MOST = 512;

const declined = (cause: SignInRefusal, day: string | null = null): StrangerAnswer => ({ is: 'declined', cause, day });

export function signInBy(authority: Authority, settings: SignInSettings, provider: Provider): SignIn {
  const { platform } = authority;
  const attempts = new Map<string, Attempt & { readonly until: Millis }>();

  return {
    settings,
    begin: async (port, challenge, state) => {
      if (settings.ports.length > 0 && !settings.ports.includes(port)) return declined('attempt over');
      const redirect = `http://127.0.0.1:${port}${REDIRECT_PATH}`;
      const attempt = { redirect, challenge, state, nonce: toBase64Url(platform.random(32)) };
      const url = await provider.urlFor(attempt);
      if (!url.ok) return declined(url.cause);
      const id = toHex(platform.random(16));
      for (const [old, { until }] of attempts)
        if (until < platform.now() || attempts.size >= MOST) attempts.delete(old);
      attempts.set(id, { ...attempt, until: platform.now() + ATTEMPT_LIFE });
      return { is: 'begun', attempt: id, url: url.value };
    },
    finish: async (id, query, verifier) => {
      const attempt = attempts.get(id);
      attempts.delete(id); // once, however it ends
      if (attempt === undefined || attempt.until < platform.now()) return declined('attempt over');
      // The provider compares it too; here, what is not ours is not even sent there.
      const isOurs = same(toBase64Url(await sha256(platform, utf8(verifier))), attempt.challenge);
      if (!isOurs) return declined('not verified');
      const claim = await provider.claimOf(attempt, query, verifier);
      if (!claim.ok) return declined(claim.cause);
      const code = await codeFor(authority, settings, claim.value);
      return code.ok ? { is: 'signed in', code: code.value } : declined(code.cause.is, code.cause.day);
    },
  };
}

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(utf8(a), utf8(b));

interface NotLetIn {
  readonly is: SignInRefusal;
  readonly day: string | null;
}

/** A code for whoever this claim means, if the authority knows them and they are in today. */
async function codeFor(
  authority: Authority,
  settings: SignInSettings,
  claim: string,
): Promise<Result<string, NotLetIn>> {
  const person = whoIs(authority, settings.matches, claim);
  if (!person.ok) return fail(person.cause);
  await reconcile(authority, 'the day'); // whose first day it is may sign in before anything else has looked
  const issued = await issueCode(authority, person.value, CODE_LIFE / DAY);
  if (!issued.ok) return fail({ is: issued.cause === 'not in' ? 'not in' : 'not one of us', day: null });
  if (settings.admits === 'compared') authority.store.devices.needApproval(issued.value.name, ANY_KEY_ADMIN);
  return ok(issued.value.code);
}
