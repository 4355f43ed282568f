import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileBehind, isOwnPage, pagesFrom } from './addresses.ts';
import { policyFor, policyInDevelopment } from './policy.ts';

const ROOTS = [
  ['/srv/joinder/renderer', path.posix],
  ['C:\\Joinder\\renderer', path.win32],
] as const;

describe('the file behind an address', () => {
  test('is the built page, script or font', () => {
    expect(fileBehind('/out', 'app://joinder/index.html', path.posix)).toBe('/out/index.html');
    expect(fileBehind('/out', 'app://joinder/sync/index.html?x#y', path.posix)).toBe('/out/sync/index.html');
    expect(fileBehind('/out', 'app://joinder/assets/index-B3_x.min.js', path.posix)).toBe(
      '/out/assets/index-B3_x.min.js',
    );
    expect(fileBehind('/out', 'app://joinder/%2e%2e/main/main.cjs', path.posix)).toBe('/out/main/main.cjs');
    expect(fileBehind('C:\\out', 'app://joinder/assets/a.js', path.win32)).toBe('C:\\out\\assets\\a.js');
  });

  test.each([
    'app://joinder/',
    'app://joinder',
    'app://joinder//etc/passwd',
    'app://joinder/.env',
    'app://joinder/a/.git/config',
    'app://joinder/..%2fmain/main.cjs',
    'app://joinder/%252e%252e/main/main.cjs',
    'app://joinder/..%5cmain%5cmain.cjs',
    'app://joinder/C:/Windows/win.ini',
    'app://joinder/a.js::$DATA',
    'app://joinder/a%00.js',
    'app://joinder/%ff',
    'app://other/index.html',
    'app://joinder.evil/index.html',
    'app://joinder:80/index.html',
    'http://joinder/index.html',
    'file:///etc/passwd',
    'no address',
  ])('is none for %s', (address) => {
    for (const [root, paths] of ROOTS) expect(fileBehind(root, address, paths)).toBe(null);
  });

  test('lies below the root, however the address is written', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        '%2e%2e',
        '%2E.',
        '..%2f',
        '%5c..',
        '\\..',
        'a',
        'assets',
        'x.js',
        'C:',
        '~',
        '%00',
        '%252e',
        '$DATA',
        '...',
      ),
      fc
        .string({ maxLength: 6, unit: 'binary' })
        .map(encodeURIComponent)
        .filter((s) => s.length > 0),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.constantFrom('/', '//', '%2f', '\\', '%5c'),
        (pieces, between) => {
          for (const [root, paths] of ROOTS) {
            const file = fileBehind(root, `app://joinder/${pieces.join(between)}`, paths);
            if (file === null) continue;
            const relative = paths.relative(root, file);
            expect(relative).not.toBe('');
            expect(relative.split(paths.sep)).not.toContain('..');
            expect(paths.isAbsolute(relative)).toBe(false);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

test('only pages of our own origin, to the letter, are ours', () => {
  const built = pagesFrom(undefined);
  expect(isOwnPage(built, built.ui)).toBe(true);
  for (const foreign of [
    'app://joinder.evil/index.html',
    'app://joinderx/',
    'http://joinder/',
    'https://example.org/app://joinder/',
    'about:blank',
    'file:///app://joinder/',
  ]) {
    expect(isOwnPage(built, foreign)).toBe(false);
  }
  const served = pagesFrom('http://localhost:5173/');
  expect(isOwnPage(served, 'http://localhost:5173/index.html')).toBe(true);
  expect(isOwnPage(served, 'http://localhost:51730/index.html')).toBe(false);
});

describe('the content security policy', () => {
  test('lets windows reach nothing, and the hidden page its relay alone', () => {
    expect(policyFor(null)).toContain("connect-src 'self';".slice(0, -1));
    expect(policyFor(null)).not.toMatch(/https?:|wss?:/);
    expect(policyFor('https://relay.example:8443/joinder')).toContain(
      "connect-src 'self' https://relay.example:8443 wss://relay.example:8443",
    );
  });

  test('allows no inline script, no eval, no frame and no remote code', () => {
    const policy = policyFor('https://relay.example');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-(?:inline|eval)'/);
    for (const none of ['frame-src', 'object-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(policy).toContain(`${none} 'none'`);
  });

  test('is looser only for a developer, who still reaches no foreign place', () => {
    expect(policyInDevelopment(null)).not.toMatch(/https:|\*:|wss:/);
  });
});
