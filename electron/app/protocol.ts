/**
 * Owns `app://joinder`, the one origin that pages come from, and its content security policy. Promises that only files of
 * the built renderer are served, each with its type. Never serves a path outside that folder, nor evidence.
 */
import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export const origin = 'app://joinder';

// hash-wasm compiles WebAssembly; inline styles are what positioned controls and the editor set on elements.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Must run before the application is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, allowServiceWorkers: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

export function handleAppProtocol(folder: string): void {
  protocol.handle('app', (request) => serve(folder, new URL(request.url)));
}

async function serve(folder: string, url: URL): Promise<Response> {
  const file = path.join(folder, decodeURIComponent(url.pathname));
  const type = types[path.extname(file)];
  if (url.host !== 'joinder' || type === undefined || !file.startsWith(folder + path.sep)) return notFound();
  const headers = {
    'content-type': type,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  };
  return readFile(file).then((bytes) => new Response(bytes, { headers }), notFound);
}

function notFound(): Response {
  return new Response('There is no such page.', { status: 404 });
}
