/** What the parts of the log work with alike: this device, its disk and its keys, and where they tell what happened. */
import type { Identity, VaultCalls } from '../../../shared/ipc/vault.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Database } from '../store/database.ts';
import type { Directories } from './directories.ts';
import type { Keyring } from './keyring.ts';
import type { LogNews } from './news.ts';

export interface LogParts {
  readonly platform: Platform;
  readonly db: Database;
  readonly vault: VaultCalls;
  readonly identity: Identity;
  readonly keyring: Keyring;
  readonly directories: Directories;
  readonly news: LogNews;
}
