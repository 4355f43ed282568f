/**
 * What a table of settings is: every setting of a program once, with its place in the file, what it may be, what it is when
 * nobody says, and what it is for. Loader, reference page, the file that `init` writes and `config print` are made from it.
 */
import type { Kind } from './kinds.ts';
import { text } from './kinds.ts';

export interface Setting<T> {
  readonly kind: Kind<T>;
  /** As it would be written; empty: none. */
  readonly byDefault: string;
  readonly help: string;
  /** Its value is shown to nobody, and may be read from a file of its own. */
  readonly isSecret?: true;
}

export type Settings = Readonly<Record<string, Setting<unknown>>>;
export type NameOf<S extends Settings> = keyof S & string;
type ValueOf<S> = S extends Setting<infer T> ? T : never;
export type ConfigOf<S extends Settings> = { readonly [K in NameOf<S>]: ValueOf<S[K]> };

export interface Table<S extends Settings> {
  /** As it is called on the command line: `relay`. */
  readonly program: string;
  /** Of its variables: `JOINDER_RELAY_`. */
  readonly prefix: string;
  readonly settings: S;
  /** Settings that a command also takes as a flag. */
  readonly flags: Readonly<Partial<Record<NameOf<S>, string>>>;
}

export const setting = <T>(kind: Kind<T>, byDefault: string, help: string): Setting<T> => ({ kind, byDefault, help });
export const secret = (help: string): Setting<string> => ({ kind: text, byDefault: '', help, isSecret: true });

export const namesOf = <S extends Settings>({ settings }: Pick<Table<S>, 'settings'>): NameOf<S>[] =>
  Object.keys(settings);

/** `limits.free-space` is JOINDER_RELAY_LIMITS_FREE_SPACE. */
export const variableOf = ({ prefix }: { readonly prefix: string }, name: string): string =>
  prefix + name.toUpperCase().replace(/[.-]/g, '_');
/** The variable that names the file. */
export const fileVariable = ({ prefix }: { readonly prefix: string }): string => `${prefix}CONFIG`;
