/**
 * For the tests: a real OpenID provider (`oidc-provider`) on this computer, whose pages are walked through over plain HTTP as a
 * browser does, and faults that a provider of ill will, or somebody between, could bring about. Not for any use but tests.
 */
import { createSign, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { Configuration } from 'oidc-provider';
import { REDIRECT_PATH } from './settings.ts';

type Claims = Record<string, unknown>;

/** What becomes of an ID token on its way. `key`: sign with it in place of the provider's. */
export interface Spoilt {
  readonly claims?: (claims: Claims) => Claims;
  readonly header?: Claims;
  readonly key?: KeyObject;
  readonly unsigned?: boolean;
}

export const CLIENT = 'joinder';

export interface TestProvider {
  readonly issuer: string;
  /** The next ID tokens are spoilt so; null: they pass as they are. */
  spoil(how: Spoilt | null): void;
  /** New signing keys, the old ones gone. */
  rotate(): void;
  close(): Promise<void>;
}

export async function startProvider(): Promise<TestProvider> {
  let spoilt: Spoilt | null = null;
  let key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  let kid = 'first';
  const server = createServer((request, response) => {
    if (spoilt !== null && request.url === '/token') spoilToken(response, spoilt, () => ({ key, kid }));
    void answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let answer = provider(issuer, key, kid);
  return {
    issuer,
    spoil: (how) => void (spoilt = how),
    rotate: () => {
      key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
      kid += ', next';
      answer = provider(issuer, key, kid);
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function provider(issuer: string, key: KeyObject, kid: string): ReturnType<Provider['callback']> {
  const configuration: Configuration = {
    clients: [
      {
        client_id: CLIENT,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [`http://127.0.0.1${REDIRECT_PATH}`],
      },
    ],
    jwks: { keys: [{ kty: 'RSA', ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub', 'oid'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, oid: `oid-${accountId}`, preferred_username: `${accountId}@fellshire.example` }),
    }),
  };
  return new Provider(issuer, configuration).callback();
}

/** Puts another ID token in place of the one that is about to be sent. */
function spoilToken(response: ServerResponse, how: Spoilt, now: () => { key: KeyObject; kid: string }): void {
  const end = response.end.bind(response) as (chunk: string) => ServerResponse;
  response.end = ((chunk: unknown) => {
    const text = Buffer.isBuffer(chunk) ? chunk.toString() : String(chunk);
    const body = JSON.parse(text) as { id_token?: string };
    if (body.id_token === undefined) return end(text);
    const changed = JSON.stringify({ ...body, id_token: respell(body.id_token, how, now()) });
    response.setHeader('content-length', Buffer.byteLength(changed));
    return end(changed);
  }) as typeof response.end;
}

function respell(token: string, how: Spoilt, { key, kid }: { key: KeyObject; kid: string }): string {
  const [, body = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
  const header = { alg: how.unsigned === true ? 'none' : 'RS256', kid, typ: 'JWT', ...how.header };
  const signed = [header, how.claims?.(claims) ?? claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  if (how.unsigned === true) return `${signed}.`;
  return `${signed}.${createSign('RSA-SHA256')
    .update(signed)
    .sign(how.key ?? key, 'base64url')}`;
}

/**
 * The system browser, without one: follows the provider's development pages, signs in under this name and agrees. The address
 * that it is sent back to in the end, which is not gone to.
 */
export async function walkThrough(url: string, login: string, does: 'sign in' | 'cancel' = 'sign in'): Promise<string> {
  const cookies = new Map<string, string>();
  let at = url;
  let form: Record<string, string> | null = null;
  for (let steps = 0; steps < 20; steps++) {
    const response: Response = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === null ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const next = response.headers.get('location');
    form = null;
    if (next !== null) {
      at = new URL(next, at).href;
      if (new URL(at).pathname === REDIRECT_PATH) return at;
      continue;
    }
    const page = await response.text();
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined)
      throw new Error(
        `the provider refused: ${/error_description[^<]*<[^>]*>([^<]*)/.exec(page)?.[1] ?? response.status}`,
      );
    if (does === 'cancel') at = new URL(`${new URL(action, at).pathname}/abort`, at).href;
    else {
      at = new URL(action, at).href;
      form = page.includes('name="login"') ? { prompt: 'login', login, password: 'any' } : { prompt: 'consent' };
    }
  }
  throw new Error('the provider went on asking');
}
