/**
 * The organisation's identity provider, by OpenID Connect: where to send the browser, and whose sign-in it was. Discovery and
 * keys are fetched for each sign-in that comes back, so that a key that was changed counts at once. Promises that a claim comes out of here
 * only from an ID token with this issuer, audience, nonce and time, signed by a key of the issuer with a listed algorithm.
 * Keeps no token, and says none to anybody.
 */
import * as oidc from 'openid-client';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { MINUTE, SECOND } from '../../../shared/primitives/units.ts';
import type { SignInSettings } from './settings.ts';

/** Public-key signatures alone: `none` and shared secrets never. */
const ALGORITHMS: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
  'EdDSA',
];
const AFRESH: Millis = MINUTE;
/** Together below what a laptop waits for the authority's answer. */
const PATIENCE_SECONDS = 6;
/** Clocks of provider and authority may differ by so much. */
const TOLERANCE_SECONDS = 60;

export type ProviderCause = 'provider away' | 'provider refused' | 'not verified';

export interface Attempt {
  readonly redirect: string;
  readonly challenge: string;
  readonly state: string;
  readonly nonce: string;
}

export interface Provider {
  /** Where the browser goes to sign in. */
  urlFor(attempt: Attempt): Promise<Result<string, ProviderCause>>;
  /** The claim of whoever signed in, once everything about it was verified. `query`: of the redirect, as it came. */
  claimOf(attempt: Attempt, query: string, verifier: string): Promise<Result<string, ProviderCause>>;
  /** Whether it can be reached, and is the issuer that it should be. */
  look(): Promise<Result<null, ProviderCause>>;
}

export function providerOf({ issuer, clientId, claim }: SignInSettings, now: () => Millis): Provider {
  /** The provider as its discovery document describes it now. */
  async function discover(): Promise<oidc.Configuration> {
    // Settings take http:// on this computer alone.
    const plain = new URL(issuer).protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    const client = {
      // Judged by the authority's clock, which a test may have set.
      [oidc.clockSkew]: Math.round((now() - Date.now()) / SECOND),
      [oidc.clockTolerance]: TOLERANCE_SECONDS,
    };
    const options = { timeout: PATIENCE_SECONDS, execute: plain };
    const found = await oidc.discovery(new URL(issuer), clientId, client, oidc.None(), options);
    const metadata: oidc.ServerMetadata = { ...found.serverMetadata() };
    if (metadata.issuer !== issuer) throw new WrongIssuer();
    const offered = metadata.id_token_signing_alg_values_supported ?? ['RS256'];
    const config = new oidc.Configuration(
      { ...metadata, id_token_signing_alg_values_supported: offered.filter((one) => ALGORITHMS.includes(one)) },
      clientId,
      client,
      oidc.None(),
    );
    config.timeout = PATIENCE_SECONDS;
    for (const allow of plain) allow(config);
    oidc.enableNonRepudiationChecks(config); // verifies the signature too, which TLS alone would vouch for otherwise
    return config;
  }

  let recent: { readonly config: oidc.Configuration; readonly at: Millis } | null = null;
  /** For the way there, which anybody may ask for: not more often than this, whoever asks. */
  async function discoverNowAndThen(): Promise<oidc.Configuration> {
    const at = performance.now();
    if (recent === null || at - recent.at > AFRESH) recent = { config: await discover(), at };
    return recent.config;
  }

  return {
    urlFor: async ({ redirect, challenge, state, nonce }) => {
      const config = await tried(discoverNowAndThen);
      if (!config.ok) return config;
      const url = oidc.buildAuthorizationUrl(config.value, {
        redirect_uri: redirect,
        scope: claim === 'preferred_username' ? 'openid profile' : 'openid',
        code_challenge: challenge,
        code_challenge_method: 'S256',
        state,
        nonce,
        prompt: 'login', // whoever sits there, not whoever's session the browser still has
      });
      return ok(url.href);
    },
    claimOf: async ({ redirect, state, nonce }, query, verifier) => {
      const back = new URL(redirect);
      back.search = query;
      const tokens = await tried(async () => {
        const config = await discover();
        return oidc.authorizationCodeGrant(config, back, {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        });
      });
      if (!tokens.ok) return tokens;
      const claims = tokens.value.claims();
      const said = claims?.[claim];
      // Where a token is for several, or says for whom it was made, it must have been made for us (OpenID Connect Core, 3.1.3.7).
      if (claims?.azp !== undefined && claims.azp !== clientId) return fail('not verified');
      return typeof said === 'string' && said !== '' ? ok(said) : fail('not verified');
    },
    look: async () => {
      const found = await tried(discover);
      return found.ok ? ok(null) : found;
    },
  };
}

class WrongIssuer extends Error {}

/** What the library tells by throwing, as a cause. Its messages may quote what was sent, and go no further. */
async function tried<T>(work: () => Promise<T>): Promise<Result<T, ProviderCause>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError)
      return fail('provider refused');
    if (error instanceof WrongIssuer) return fail('not verified');
    return fail(isAway(error) ? 'provider away' : 'not verified');
  }
}

/** A connection that failed, took too long, or was answered by something that is no provider. */
function isAway(error: unknown): boolean {
  if (error instanceof TypeError) return !(error as { code?: string }).code?.startsWith('ERR_');
  const code = (error as { code?: unknown }).code;
  return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM';
}
