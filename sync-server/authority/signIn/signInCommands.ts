/** The command about signing in: the organisation's code, which laptops find it by, and what a provider must be told. */
import type { Command } from 'commander';
import { makeOrgCode } from '../../../shared/seal/devices/orgCode.ts';
import { CONFIG_OPTION } from '../care/configOption.ts';
import { loadAuthority, signInOf } from '../care/settings.ts';
import { onAuthority, said } from '../cli/onAuthority.ts';
import { REDIRECT_PATH } from './settings.ts';

export function addSignInCommands(program: Command): void {
  onAuthority(
    program,
    'sign-in',
    "print the organisation's code, with which people sign in, and what the identity provider must know",
    [CONFIG_OPTION],
    async ({ platform, keys }, given) => {
      const code = await makeOrgCode(platform, keys.card);
      const loaded = loadAuthority(given.data, given.optional('config'));
      const settings = loaded.ok ? signInOf(loaded.value.config) : loaded;
      const signIn = settings.ok ? settings.value : null;
      const ports = signIn?.ports ?? [];
      const redirects = (ports.length === 0 ? [''] : ports.map((port) => `:${port}`)).map(
        (port) => `http://127.0.0.1${port}${REDIRECT_PATH}`,
      );
      const offered =
        signIn === null
          ? 'Nobody can sign in yet: set sign_in.issuer and sign_in.client_id (docs/sign-in.md).'
          : `People sign in at ${signIn.issuer}; a valid sign-in ${signIn.admits === 'automatic' ? 'admits their computer' : 'lets their computer wait until a short code was compared'}.`;
      const words = [
        `Code of this organisation: ${code}`,
        'It is no secret. Publish it together with the relay’s address.',
        offered,
        `Redirect address${redirects.length === 1 ? '' : 'es'}, for the provider: ${redirects.join(' ')}`,
      ];
      return said(
        { code, issuer: signIn?.issuer ?? null, admits: signIn?.admits ?? null, redirects },
        words.join('\n'),
      );
    },
  );
}
