/**
 * Owns `app://joinder`, the one origin that pages come from. Promises each file its type and the content security policy
 * by header, and 404 for all else. Never serves evidence, nor anything outside the built pages.
 */
import { protocol } from 'electron';
import type { Session } from 'electron';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileBehind } from './addresses.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.otf': 'font/otf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Must run before the application is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, allowServiceWorkers: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** Serves the built pages in one session, under a policy asked for at each request. */
export function serveApp(session: Session, root: string, policy: () => string): void {
  session.protocol.handle('app', async (request) => {
    const file = request.method === 'GET' || request.method === 'HEAD' ? fileBehind(root, request.url) : null;
    const bytes = file === null ? null : await readFile(file).catch(() => null);
    if (file === null || bytes === null)
      return new Response('There is no such page.', {
        status: 404,
        headers: { 'content-type': 'text/plain', 'content-security-policy': "default-src 'none'" },
      });
    return new Response(new Uint8Array(bytes), { headers: headersFor(file, policy()) });
  });
}

const headersFor = (file: string, policy: string): Record<string, string> => ({
  'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
});
