/**
 * Where the browser comes back to after a sign-in (RFC 8252, 7.3): an HTTP server on 127.0.0.1 that lives for one attempt. Owns
 * what it answers; promises to take one GET of exactly this path at exactly this address, to leave nothing of it in the browser's
 * address line, and to listen no longer than the last page takes. What came is handed on as it came, and kept nowhere.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import { settledLater } from './settledLater.ts';

/** Known to the provider; the authority says the same. */
const PATH = '/joinder/signed-in';
const SEEN = '/joinder/done';

/** How long the last page waits for a browser that was sent on to it. */
const LAST_PAGE: Millis = 5 * SECOND;

export interface Loopback {
  readonly port: number;
  /** The query of the redirect; never settles where nobody comes back. */
  readonly came: Promise<string>;
  /** Ends it, once a browser that came has been shown the last page. */
  close(): void;
}

/** Listens at the first of these ports that is free; none listed: at any. Null where none is. */
export async function listenForBrowser(ports: readonly number[]): Promise<Loopback | null> {
  for (const port of ports.length > 0 ? ports : [0]) {
    const loopback = await listenAt(port);
    if (loopback !== null) return loopback;
  }
  return null;
}

function listenAt(wanted: number): Promise<Loopback | null> {
  return new Promise((resolve) => {
    let [isSentOn, isClosing] = [false, false];
    const came = settledLater<string>();
    const close = (): void => {
      server.close();
      server.closeIdleConnections();
    };
    const server = createServer((request, response) => {
      const what = answer(request, response, portOf(server));
      if (what.is === 'came') came.settle(what.query);
      isSentOn = what.is === 'came' || (isSentOn && what.is !== 'seen');
      if (what.is === 'seen' && isClosing) close();
    });
    server.once('error', () => resolve(null)); // in use
    server.listen(wanted, '127.0.0.1', () =>
      resolve({
        port: portOf(server),
        came: came.promise,
        close: () => {
          isClosing = true;
          if (isSentOn) setTimeout(close, LAST_PAGE);
          else close();
        },
      }),
    );
  });
}

const portOf = (server: Server): number => (server.address() as AddressInfo | null)?.port ?? 0;

type Answered = { readonly is: 'came'; readonly query: string } | { readonly is: 'seen' | 'nothing' };

function answer(request: IncomingMessage, response: ServerResponse, port: number): Answered {
  // Another name for this address would be a page elsewhere that had its name point here.
  const isOurs = request.method === 'GET' && request.headers.host === `127.0.0.1:${port}`;
  const [path, query = ''] = (request.url ?? '').split(/\?(.*)/s);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
  response.setHeader('connection', 'close');
  if (isOurs && path === SEEN) {
    say(response, 200, 'You can close this page and go back to Joinder.');
    return { is: 'seen' };
  }
  if (!isOurs || path !== PATH || query.length > 8192) {
    say(response, 404, 'There is nothing here.');
    return { is: 'nothing' };
  }
  // Sent on, so that the code does not stay in the address line and the history.
  response.writeHead(303, { location: SEEN }).end();
  return { is: 'came', query: `?${query}` };
}

const say = (response: ServerResponse, status: number, words: string): void =>
  void response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
    .end(
      `<!doctype html><html lang="en-GB"><title>Joinder</title><body style="font:1.1rem/1.5 system-ui;margin:4rem auto;max-width:32rem"><h1 style="font-size:1.5rem">Joinder</h1><p>${words}</p></body></html>`,
    );
