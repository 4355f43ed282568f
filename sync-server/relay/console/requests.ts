/**
 * What every request to the console must be, and what every answer says besides its content: small bodies, forms of our own
 * pages only, and headers that let the browser load nothing from elsewhere, run nothing inline, and show it in no frame.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { KiB } from '../../../shared/primitives/units.ts';

const LONGEST_FORM = 8 * KiB;
const COOKIE = 'joinder-console';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function setHeaders(response: ServerResponse, isSecure: boolean): void {
  response.setHeader('content-security-policy', POLICY);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('cache-control', 'no-store');
  if (isSecure) response.setHeader('strict-transport-security', 'max-age=31536000');
}

/** With TLS the name binds it to this very host. */
const nameOf = (isSecure: boolean): string => (isSecure ? `__Host-${COOKIE}` : COOKIE);

export function readCookie(request: IncomingMessage, isSecure: boolean): string {
  const wanted = `${nameOf(isSecure)}=`;
  const found = (request.headers.cookie ?? '').split(';').map((one) => one.trim());
  return found.find((one) => one.startsWith(wanted))?.slice(wanted.length) ?? '';
}

/** An empty word takes the cookie away. */
export function setCookie(response: ServerResponse, word: string, isSecure: boolean): void {
  const age = word === '' ? '; Max-Age=0' : '';
  response.setHeader(
    'set-cookie',
    `${nameOf(isSecure)}=${word}; Path=/; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}${age}`,
  );
}

/** Whether a form was sent from a page of this very origin. Browsers say so; what says nothing is no browser of an administrator. */
export function isFromHere({ headers }: IncomingMessage): boolean {
  if (headers['sec-fetch-site'] !== undefined && headers['sec-fetch-site'] !== 'same-origin') return false;
  try {
    return new URL(headers.origin ?? '').host === headers.host;
  } catch {
    return false; // none, or `null`
  }
}

/** The fields of a form; null: it is none, or too long. */
export async function readForm(request: IncomingMessage): Promise<Record<string, string> | null> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return null;
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    size += (piece as Buffer).length;
    if (size > LONGEST_FORM) return null;
    pieces.push(piece as Buffer);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(pieces).toString('utf8')));
}

export function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
export const sendPage = (response: ServerResponse, status: number, page: string): void =>
  send(response, status, 'text/html; charset=utf-8', page);
export function goTo(response: ServerResponse, path: string): void {
  response.writeHead(303, { location: path });
  response.end();
}
