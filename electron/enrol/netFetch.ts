/**
 * `fetch` for enrolment, over Electron's network (the computer's own proxies and certificates). Owns the time limit and the
 * telling apart of "no network here" from "nothing of ours at that address".
 */
import { net, session } from 'electron';
import type { Fetch } from '../../shared/wire/enrolClient.ts';
import { SECOND } from '../../shared/primitives/units.ts';

const LIMIT = 20 * SECOND;
/** Bytes in a millisecond that a slow line still carries: what is large has longer. */
const SLOWEST = 32;

/** What Chromium says where the address itself is at fault. */
const WRONG =
  /ERR_(?:NAME_NOT_RESOLVED|CONNECTION_REFUSED|ADDRESS_|SSL_|CERT_|INVALID_|UNSAFE_PORT|EMPTY_RESPONSE|TOO_MANY_REDIRECTS)/;

export interface NetFetch {
  readonly fetch: Fetch;
  /** Whether the last failure is the address's rather than the network's. */
  readonly failedByAddress: () => boolean;
}

export function netFetch(): NetFetch {
  let byAddress = false;
  // A session of its own: the windows' session may reach nothing but our pages.
  const own = session.fromPartition('enrolment', { cache: false });
  return {
    failedByAddress: () => byAddress,
    fetch: async (url, init) => {
      byAddress = false;
      try {
        const body = init && { method: init.method, headers: init.headers, body: Buffer.from(init.body) };
        return await own.fetch(url, {
          ...body,
          credentials: 'omit',
          cache: 'no-store',
          signal: AbortSignal.timeout(LIMIT + Math.ceil((init?.body.length ?? 0) / SLOWEST)),
        });
      } catch (error) {
        byAddress = net.isOnline() && error instanceof Error && WRONG.test(error.message);
        throw error;
      }
    },
  };
}
