/** Every setting of an authority, once; and those in force: the file in its data folder, over it variables, over those flags. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { issuer, level, oneOf, port, ports, text } from '../../common/config/kinds.ts';
import type { Loaded } from '../../common/config/load.ts';
import { loadSettings } from '../../common/config/load.ts';
import type { NameOf, Table } from '../../common/config/table.ts';
import { fileVariable, setting } from '../../common/config/table.ts';
import type { SignInSettings } from '../signIn/settings.ts';

const SETTINGS = {
  'relay.url': setting(
    text,
    '',
    'Address of the relay that it publishes to, as https://relay.example. Or `serve --relay`.',
  ),
  'listen.port': setting(
    port,
    '0',
    'Port on this machine alone for /healthz and SCIM; 0: one that is free, chosen once and kept.',
  ),
  'sign_in.issuer': setting(
    issuer,
    '',
    'Issuer of the identity provider that people sign in with (OpenID Connect). Empty: no sign-in, codes alone.',
  ),
  'sign_in.client_id': setting(text, '', 'What the provider calls Joinder: the id of the public client made there.'),
  'sign_in.claim': setting(
    oneOf('sub', 'oid', 'preferred_username'),
    'sub',
    'The claim that says who somebody is: `sub` with Okta, `oid` with Entra ID. Names change hands: prefer the other two.',
  ),
  'sign_in.matches': setting(
    oneOf('externalId', 'userName'),
    'externalId',
    'What the claim is compared with: `externalId` of SCIM, or `userName` of SCIM and the sign-in name of personnel.',
  ),
  'sign_in.admits': setting(
    oneOf('automatic', 'compared'),
    'automatic',
    'What a valid sign-in does for a new computer: admits it, or lets it wait until a key-admin, or the person at another computer of theirs, has compared a short code.',
  ),
  'sign_in.ports': setting(
    ports,
    '',
    'Ports of 127.0.0.1 that laptops may be sent back to. Empty: any, as RFC 8252 has it and Entra ID allows; Okta wants each one listed.',
  ),
  'log.level': setting(level, 'info', 'How much is written to stderr, as lines of JSON. Never about whom.'),
} as const;

export const AUTHORITY_SETTINGS: Table<typeof SETTINGS> = {
  program: 'authority',
  prefix: 'JOINDER_AUTHORITY_',
  settings: SETTINGS,
  flags: { 'relay.url': '--relay', 'listen.port': '--port' },
};

export const settingsFile = (dir: string): string => path.join(dir, 'authority.toml');

type AuthorityConfig = Loaded<typeof SETTINGS>['config'];

/** How people sign in; null: they do not. A sentence where the settings do not fit together. */
export function signInOf(config: AuthorityConfig): Result<SignInSettings | null, string> {
  const [issuing, clientId] = [config['sign_in.issuer'], config['sign_in.client_id']];
  if (issuing === '' && clientId === '') return ok(null);
  if (issuing === '' || clientId === '')
    return fail('sign_in.issuer and sign_in.client_id belong together: set both, or neither.');
  return ok({
    issuer: issuing,
    clientId,
    claim: config['sign_in.claim'],
    matches: config['sign_in.matches'],
    admits: config['sign_in.admits'],
    ports: config['sign_in.ports'],
  });
}

const faults = (all: readonly string[]): Result<never, string> =>
  fail(`The settings are not in order:\n${all.map((one) => `  ${one}`).join('\n')}`);

/** `file`: named on the command line. */
export function loadAuthority(
  dir: string,
  file: string | undefined,
  flags: Readonly<Partial<Record<NameOf<typeof SETTINGS>, string>>> = {},
): Result<Loaded<typeof SETTINGS>, string> {
  const named = file ?? process.env[fileVariable(AUTHORITY_SETTINGS)];
  const there = existsSync(settingsFile(dir)) ? settingsFile(dir) : null;
  const loaded = loadSettings(AUTHORITY_SETTINGS, { file: named ?? there, env: process.env, flags });
  if (!loaded.ok) return faults(loaded.cause);
  const signIn = signInOf(loaded.value.config);
  return signIn.ok ? loaded : faults([signIn.cause]);
}
