/**
 * The directory as its authority keeps it: the state folded from its own signed statements, and the one way to change it.
 * A change is decided on a state and committed only on that state; where another process was first, it is decided again.
 * Never takes a statement of its own on trust: what lies in the store is verified as a laptop would verify it.
 */
import type { Result } from '../../shared/primitives/result.ts';
import { ok } from '../../shared/primitives/result.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../shared/primitives/platform.ts';
import type { DirectoryState, SignedStatement, Statement } from '../../shared/seal/directory/directory.ts';
import {
  emptyDirectory,
  extendDirectoryBy,
  hashStatement,
  signStatement,
} from '../../shared/seal/directory/directory.ts';
import type { AuthorityKeys } from './keys.ts';
import type { Store } from './store.ts';

/** What a change adds, what its caller gets, and the enrolment code that it uses up. */
export interface Change<T> {
  readonly statements: readonly Statement[];
  readonly value: T;
  readonly use?: { readonly code: string; readonly device: string };
}

export interface Directory {
  /** The state with everything committed so far, by this process or another. */
  state(): Promise<DirectoryState>;
  change<T, C>(
    decide: (state: DirectoryState) => Result<Change<T>, C> | Promise<Result<Change<T>, C>>,
  ): Promise<Result<T, C>>;
}

const BATCH = 4096;

export async function openDirectory(platform: Platform, keys: AuthorityKeys, store: Store): Promise<Directory> {
  const verifyKey = await importVerifyKey(platform, keys.card.signKey);
  let known = emptyDirectory(keys.org);

  async function state(): Promise<DirectoryState> {
    let at = known;
    for (let rows = store.statements(at.n, BATCH); rows.length > 0; rows = store.statements(at.n, BATCH)) {
      at = await extend(platform, verifyKey, at, rows);
    }
    if (at.n > known.n) known = at;
    return known;
  }

  async function change<T, C>(
    decide: (state: DirectoryState) => Result<Change<T>, C> | Promise<Result<Change<T>, C>>,
  ): Promise<Result<T, C>> {
    for (;;) {
      const before = await state();
      const decided = await decide(before);
      if (!decided.ok) return decided;
      const { statements, value, use } = decided.value;
      if (statements.length === 0 && use === undefined) return ok(value);
      const signed = await signAll(platform, keys.signKey, verifyKey, before, statements);
      if (store.commit(before.n, signed, use)) return ok(value);
    }
  }

  return { state, change };
}

async function signAll(
  platform: Platform,
  key: Key,
  verifyKey: Key,
  before: DirectoryState,
  statements: readonly Statement[],
): Promise<SignedStatement[]> {
  const signed: SignedStatement[] = [];
  let at = before;
  for (const statement of statements) {
    const time = Math.max(platform.now(), at.time);
    const next = await signStatement(platform, key, at, time, statement);
    at = { ...at, n: at.n + 1, head: await hashStatement(platform, next.body), time };
    signed.push(next);
  }
  await extend(platform, verifyKey, before, signed);
  return signed;
}

async function extend(
  platform: Platform,
  verifyKey: Key,
  state: DirectoryState,
  rows: readonly SignedStatement[],
): Promise<DirectoryState> {
  const next = await extendDirectoryBy(platform, verifyKey, state, rows);
  if (!next.ok)
    throw new Error(
      `a statement of this directory after place ${state.n} does not hold: ${next.cause}; restore the data folder from a copy`,
    );
  return next.value;
}
