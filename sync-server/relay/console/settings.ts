/** What the console's thread is begun with, and what it says of its beginning. */
import type { LogLevel } from '../../common/log.ts';
import type { Config } from '../config/schema.ts';

export interface ConsoleSettings {
  readonly host: string;
  readonly port: number;
  /** All of the relay's settings: copies, limits, certificate, proxies. */
  readonly config: Config;
}

export interface ConsoleBegun extends ConsoleSettings {
  readonly dir: string;
  readonly level: LogLevel;
}

export type ConsoleCause = 'console port in use' | 'console in the clear' | 'certificate unusable';
export type ConsoleSaid = { readonly url: string } | { readonly cause: ConsoleCause };
