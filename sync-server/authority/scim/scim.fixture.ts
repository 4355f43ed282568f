/** A SCIM service over real HTTP on an authority of its own, and an identity provider that asks it. No relay is anywhere. */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { makeAuthority } from '../authority.fixture.ts';
import { makeHttp } from '../http.ts';
import { SCIM_PATH } from './names.ts';
import { makeToken } from './tokens.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON that came, or an empty object. */
  readonly body: Record<string, unknown>;
}
export interface Ask {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly token?: string | null;
}

export interface Provider {
  readonly authority: TestAuthority;
  readonly url: string;
  readonly token: string;
  ask(method: string, path: string, ask?: Ask): Promise<Answer>;
  /** Creates, and gives the id. */
  make(path: '/Users' | '/Groups', body: unknown): Promise<string>;
  state(): Promise<DirectoryState>;
  /** Titles of the posts that a person holds. */
  posts(person: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function startProvider(): Promise<Provider> {
  const authority = await makeAuthority();
  const failures: unknown[] = [];
  const http = await makeHttp(
    { authority, changed: () => undefined, failed: (error) => failures.push(error) },
    () => ({}),
  );
  const url = `${await http.listen({ host: '127.0.0.1', port: 0 })}${SCIM_PATH}`;
  const token = await makeToken(authority, false);

  async function ask(method: string, path: string, { body, headers, token: other = token }: Ask = {}): Promise<Answer> {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(other === null ? {} : { authorization: `Bearer ${other}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (failures.length > 0) throw failures[0];
    return { status: answer.status, headers: answer.headers, body: text === '' ? {} : (JSON.parse(text) as never) };
  }

  return {
    authority,
    url,
    token,
    ask,
    make: async (path, body) => {
      const made = await ask('POST', path, { body });
      if (made.status !== 201) throw new Error(`${path} was answered with ${made.status}`);
      return String(made.body['id']);
    },
    state: () => authority.directory.state(),
    posts: async (person) => {
      const state = await authority.directory.state();
      return [...(state.holds.get(person as PersonId) ?? [])].map((seat) => state.posts.get(seat)?.title ?? '').sort();
    },
    close: async () => {
      await http.close();
      authority.remove();
    },
  };
}
