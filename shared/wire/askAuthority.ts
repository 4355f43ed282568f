/**
 * Requests of a laptop to a relay about its authority, over the `fetch` that is handed in; and the closed list of what
 * can come of them. Reads nothing that is sealed.
 */
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';
import { askAnswer } from './http.ts';

export type EnrolCause =
  /** Nothing answers at that address: no network, or the wrong address. */
  | 'no network'
  /** Something answers that is no relay, or another relay than the authority's. */
  | 'wrong address'
  | 'insecure address'
  | 'mistyped'
  | 'unknown code'
  | 'wrong secret'
  | 'used'
  | 'expired'
  | 'void'
  | 'clock'
  | 'authority away'
  /** The relay knows no authority of this code, or shows a card that is not its. */
  | 'not that authority'
  /** Nobody said in time that this is the right computer. */
  | 'not approved'
  | 'malformed';

/** The part of `fetch` in use. */
export interface Answer {
  readonly status: number;
  json(): Promise<unknown>;
}
export type Fetch = (
  url: string,
  init?: { readonly method: string; readonly body: Uint8Array; readonly headers: Readonly<Record<string, string>> },
) => Promise<Answer>;

/** The status and the JSON body (null where it is none); a fetch that fails means that nothing answered. */
export async function get(
  fetch: Fetch,
  url: string,
  init?: Parameters<Fetch>[1],
): Promise<Result<{ status: number; body: unknown }, 'no network'>> {
  let answer: Answer;
  try {
    answer = await (init === undefined ? fetch(url) : fetch(url, init));
  } catch {
    return fail('no network'); // fetch tells every failure to connect by throwing
  }
  try {
    return ok({ status: answer.status, body: await answer.json() });
  } catch {
    return ok({ status: answer.status, body: null });
  }
}

/** Brings a sealed request to the authority; the value is its sealed answer, as text. */
export async function post(fetch: Fetch, url: string, sealed: Uint8Array): Promise<Result<string | null, EnrolCause>> {
  const answer = await get(fetch, url, {
    method: 'POST',
    body: sealed,
    headers: { 'content-type': 'application/octet-stream' },
  });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  if (status === 404) return fail('not that authority');
  if (status === 503 || status === 504 || status === 429) return fail('authority away');
  const said = askAnswer.safeParse(body);
  if (status !== 200 || !said.success) return fail('malformed');
  return said.data.status === 'answered' ? ok(said.data.sealed) : fail(said.data.status);
}
