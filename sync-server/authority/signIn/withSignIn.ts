/** An authority at which people can sign in. Apart, so that no command waits for the library that it takes. */
import type { Authority } from '../authority.ts';
import { providerOf } from './provider.ts';
import type { SignInSettings } from './settings.ts';
import { signInBy } from './signIn.ts';

export function withSignIn(authority: Authority, settings: SignInSettings): Authority {
  return {
    ...authority,
    signIn: signInBy(
      authority,
      settings,
      providerOf(settings, () => authority.platform.now()),
    ),
  };
}
