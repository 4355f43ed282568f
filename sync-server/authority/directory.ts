/**
 * The directory as its authority keeps it: the state folded from its own signed statements, and the one way to change it.
 * A change is decided on a state and committed only on that state; where another process was first, it is decided again.
 * Never takes a statement of its own on trust: what lies in the store is verified as a laptop would verify it.
 */
import type { Result } from '../../shared/primitives/result.ts';
import { ok } from '../../shared/primitives/result.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../shared/primitives/platform.ts';
import type { DirectoryState, SignedStatement, Statement } from '../../shared/seal/directory.ts';
import { emptyDirectory, extendDirectory, signStatement } from '../../shared/seal/directory.ts';
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
  change<T, C>(decide: (state: DirectoryState) => Result<Change<T>, C> | Promise<Result<Change<T>, C>>): Promise<Result<T, C>>;
}

const BATCH = 1024;

export async function openDirectory(platform: Platform, keys: AuthorityKeys, store: Store): Promise<Directory> {
  const verifyKey = await importVerifyKey(platform, keys.card.signKey);
  let known = emptyDirectory(keys.org);

  async function state(): Promise<DirectoryState> {
    let at = known;
    for (let rows = store.statements(at.n, BATCH); rows.length > 0; rows = store.statements(at.n, BATCH)) {
      for (const row of rows) at = await extend(platform, verifyKey, at, row);
    }
    if (at.n > known.n) known = at;
    return known;
  }

  async function change<T, C>(decide: (state: DirectoryState) => Result<Change<T>, C> | Promise<Result<Change<T>, C>>): Promise<Result<T, C>> {
    for (;;) {
      const before = await state();
      const decided = await decide(before);
      if (!decided.ok) return decided;
      const { statements, value, use } = decided.value;
      if (statements.length === 0) return ok(value);
      const signed = await signAll(platform, keys.signKey, verifyKey, before, statements);
      if (store.commit(before.n, signed, use)) return ok(value);
    }
  }

  return { state, change };
}

async function signAll(platform: Platform, key: Key, verifyKey: Key, before: DirectoryState, statements: readonly Statement[]): Promise<SignedStatement[]> {
  const signed: SignedStatement[] = [];
  let at = before;
  for (const statement of statements) {
    const next = await signStatement(platform, key, at, Math.max(platform.now(), at.time), statement);
    at = await extend(platform, verifyKey, at, next);
    signed.push(next);
  }
  return signed;
}

async function extend(platform: Platform, verifyKey: Key, state: DirectoryState, row: SignedStatement): Promise<DirectoryState> {
  const next = await extendDirectory(platform, verifyKey, state, row);
  if (!next.ok) throw new Error(`statement ${state.n + 1} of this directory does not hold: ${next.cause}; restore the data folder from a copy`);
  return next.value;
}
