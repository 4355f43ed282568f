/**
 * The content security policy of every page and worker. Owns its words; promises that only the hidden page may reach a
 * network, and there one relay. Pure.
 */
import { createHash } from 'node:crypto';

/** The one style element that a control of the interface puts into the page by itself (react-aria, `usePress`). */
const PRESSABLE = `@layer {
  [data-react-aria-pressable] {
    touch-action: pan-x pan-y pinch-zoom;
  }
}`;
const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const BASE: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  // Argon2 and the PDF viewer are WebAssembly.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': `'self' ${hashed(PRESSABLE)}`,
  // The editor and popovers place things by style attributes; no other style element and no sheet comes from elsewhere.
  'style-src-attr': "'unsafe-inline'",
  'img-src': "'self' blob: data:",
  'media-src': "'self' blob:",
  'font-src': "'self'",
  'worker-src': "'self'",
  'frame-src': "'none'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

const words = (policy: Readonly<Record<string, string>>): string =>
  Object.entries(policy)
    .map((rule) => rule.join(' '))
    .join('; ');

/** The relay's origin for HTTP and for the link. */
export function relayOrigins(relay: string): readonly string[] {
  const { origin } = new URL(relay);
  return [origin, origin.replace(/^http/, 'ws')];
}

/** `relay`: its address, for the hidden page and its workers; null for all others. */
export const policyFor = (relay: string | null): string =>
  words({ ...BASE, 'connect-src': ["'self'", ...(relay === null ? [] : relayOrigins(relay))].join(' ') });

/** For a developer's server: its reloading needs inline scripts and styles, and a socket of its own. */
export const policyInDevelopment = (relay: string | null): string =>
  words({
    ...BASE,
    'script-src': "'self' 'wasm-unsafe-eval' 'unsafe-inline' 'unsafe-eval'",
    'style-src': "'self' 'unsafe-inline'",
    'worker-src': "'self' blob:",
    'connect-src': [
      "'self'",
      'ws://localhost:*',
      'ws://127.0.0.1:*',
      ...(relay === null ? [] : relayOrigins(relay)),
    ].join(' '),
  });
