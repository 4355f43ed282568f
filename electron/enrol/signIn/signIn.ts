/**
 * Signing in with one's organisation, as main does it: finds the authority that the organisation's code vouches for, opens the
 * system browser at its identity provider, waits for it to come back, and hands the authority what it brought. What comes of it is
 * an enrolment code. Keeps verifier and state for one attempt, in memory; sees no token, and writes nothing down.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { SignInCause, SignInOffer, SignInRefused } from '../../../shared/ipc/preload.ts';
import { toBase64Url, utf8 } from '../../../shared/primitives/bytes.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { MINUTE } from '../../../shared/primitives/units.ts';
import type { EnrolCause, Fetch } from '../../../shared/wire/enrolClient.ts';
import type { FoundAuthority, StrangerAnswer } from '../../../shared/wire/stranger.ts';
import { askAsStranger, findAuthority } from '../../../shared/wire/stranger.ts';
import type { Loopback } from './loopback.ts';
import { listenForBrowser } from './loopback.ts';
import { settledLater } from './settledLater.ts';

export interface SignInPlace {
  readonly platform: Platform;
  readonly fetch: Fetch;
  readonly openBrowser: (url: string) => Promise<void>;
  /** Whether the last failure to connect was the address's fault. */
  readonly failedByAddress: () => boolean;
}

export interface SigningIn {
  /** Whether one can sign in with the organisation of this code. Changes nothing anywhere. */
  find(relay: string, orgCode: string): Promise<Result<SignInOffer, SignInCause>>;
  /** Opens the browser and waits. An enrolment code, and the relay that it is for. */
  signIn(): Promise<Result<{ readonly relay: string; readonly code: string }, SignInRefused>>;
  /** Shows the page of the attempt under way once more. */
  openAgain(): Promise<void>;
  cancel(): void;
}

/** A person may take so long in the browser; the authority waits no longer either. */
const LONGEST: Millis = 15 * MINUTE;
const refused = (cause: SignInCause, day: string | null = null): Result<never, SignInRefused> => fail({ cause, day });

export function signingInAt(at: SignInPlace): SigningIn {
  let found: { readonly authority: FoundAuthority; readonly ports: readonly number[] } | null = null;
  let under: { readonly url: string; cancel(): void } | null = null;

  const shown = (cause: EnrolCause): SignInCause =>
    cause === 'no network' && at.failedByAddress() ? 'wrong address' : cause;
  const ask = async (body: Parameters<typeof askAsStranger>[2]): Promise<Result<StrangerAnswer, SignInRefused>> => {
    if (found === null) return refused('malformed');
    const answer = await askAsStranger(at, found.authority, body);
    if (!answer.ok) return refused(shown(answer.cause));
    return answer.value.is === 'declined' ? refused(answer.value.cause, answer.value.day) : answer;
  };

  /** One attempt, from the browser's opening to the authority's word. */
  async function attempt(loopback: Loopback, stopped: Promise<SignInCause>): Promise<Result<string, SignInRefused>> {
    const [verifier, state] = [toBase64Url(at.platform.random(32)), toBase64Url(at.platform.random(32))];
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const begun = await ask({ do: 'begin sign-in', port: loopback.port, challenge, state });
    if (!begun.ok) return begun;
    if (begun.value.is !== 'begun' || !isMine(begun.value.url, loopback.port, challenge, state))
      return refused('malformed');
    const { url } = begun.value;
    if (under !== null) under = { ...under, url };
    const isOpen = await at.openBrowser(url).then(
      () => true,
      () => false, // the operating system has no browser, or none that opens
    );
    if (!isOpen) return refused('no browser');
    const came = await Promise.race([loopback.came.then((query) => ({ query })), stopped]);
    if (typeof came === 'string') return refused(came);
    const said = new URLSearchParams(came.query);
    if (!same(said.get('state') ?? '', state)) return refused('other sign-in');
    if (said.get('error') === 'access_denied') return refused('cancelled');
    const done = await ask({ do: 'finish sign-in', attempt: begun.value.attempt, verifier, query: came.query });
    if (!done.ok) return done;
    return done.value.is === 'signed in' ? ok(done.value.code) : refused('malformed');
  }

  return {
    find: async (relay, orgCode) => {
      found = null;
      const authority = await findAuthority(at, relay, orgCode);
      if (!authority.ok) return fail(shown(authority.cause));
      const answer = await askAsStranger(at, authority.value, { do: 'sign-in offer' });
      if (!answer.ok) return fail(shown(answer.cause));
      if (answer.value.is === 'declined') return fail(answer.value.cause);
      if (answer.value.is !== 'sign-in offer') return fail('malformed');
      const { host, ports } = answer.value;
      found = { authority: authority.value, ports };
      return ok({ org: authority.value.card.name, fingerprint: authority.value.fingerprint, host });
    },
    signIn: async () => {
      if (found === null || under !== null) return refused('malformed');
      const loopback = await listenForBrowser(found.ports);
      if (loopback === null) return refused('no port');
      const { relay } = found.authority;
      const stopped = settledLater<SignInCause>();
      const late = setTimeout(() => stopped.settle('took too long'), LONGEST);
      under = { url: '', cancel: () => stopped.settle('cancelled') };
      try {
        const code = await attempt(loopback, stopped.promise);
        return code.ok ? ok({ relay, code: code.value }) : code;
      } finally {
        clearTimeout(late);
        loopback.close();
        under = null;
      }
    },
    openAgain: async () => {
      if (under !== null && under.url !== '') await at.openBrowser(under.url).catch(() => undefined); // it says so the first time
    },
    cancel: () => under?.cancel(),
  };
}

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(utf8(a), utf8(b));

/** Whether the page that the authority names is on the web, and for this very attempt. */
function isMine(address: string, port: number, challenge: string, state: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false; // no address
  }
  const isLocal = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const said = url.searchParams;
  return (
    (url.protocol === 'https:' || isLocal) &&
    said.get('state') === state &&
    said.get('code_challenge') === challenge &&
    said.get('code_challenge_method') === 'S256' &&
    new URL(said.get('redirect_uri') ?? 'x:').host === `127.0.0.1:${port}`
  );
}
