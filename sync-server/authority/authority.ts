/**
 * One authority, opened from its data folder: keys, store and directory together. The commands and the server both begin
 * here. Never holds case content.
 */
import type { Platform } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { Directory } from './directory.ts';
import { openDirectory } from './directory.ts';
import type { AuthorityKeys } from './keys.ts';
import { loadKeys } from './keys.ts';
import type { PeopleStore } from './people/peopleStore.ts';
import type { Store } from './store.ts';
import { isLater, openStore } from './store.ts';
import type { SignIn } from './signIn/settings.ts';

export interface Authority {
  readonly platform: Platform;
  readonly keys: AuthorityKeys;
  readonly store: Store;
  /** What is known of people besides the directory. */
  readonly people: PeopleStore;
  readonly directory: Directory;
  /** How people sign in to have a computer admitted; null: they do not. */
  readonly signIn: SignIn | null;
}

export async function openAuthority(
  platform: Platform,
  dir: string,
): Promise<Result<Authority, 'no authority here' | 'keys damaged' | 'store is later'>> {
  const keys = await loadKeys(platform, dir);
  if (!keys.ok) return keys;
  if (isLater(dir)) return fail('store is later');
  const store = openStore(dir);
  return ok({
    platform,
    keys: keys.value,
    store,
    people: store.people,
    directory: await openDirectory(platform, keys.value, store),
    signIn: null,
  });
}
