/**
 * Holds the lock's repair to its word: a missing build is added with its platform, a present one is left alone, and two
 * versions of one package each get their own.
 */
import { expect, test } from 'vitest';
import { findMissingEntries } from './complete-lock.mjs';

test('a missing build is added with its version and platform', () => {
  const packages = {
    'node_modules/tool': { version: '2.0.0', dev: true, optionalDependencies: { '@tool/linux-x64-musl': '2.0.0' } },
  };
  expect(findMissingEntries(packages)).toEqual({
    'node_modules/@tool/linux-x64-musl': {
      version: '2.0.0',
      cpu: ['x64'],
      dev: true,
      libc: ['musl'],
      optional: true,
      os: ['linux'],
    },
  });
});

test('a present build and one given as a range are left alone', () => {
  const packages = {
    'node_modules/tool': { version: '2.0.0', optionalDependencies: { 'tool-win32-x64': '2.0.0', fsevents: '^2.3.3' } },
    'node_modules/tool-win32-x64': { version: '2.0.0', optional: true },
  };
  expect(findMissingEntries(packages)).toEqual({});
});

test('another version of a present build is added beside the package that wants it', () => {
  const packages = {
    'node_modules/tool-darwin-arm64': { version: '2.0.0', optional: true },
    'node_modules/old': { version: '1.0.0', optionalDependencies: { 'tool-darwin-arm64': '1.0.0' } },
  };
  expect(Object.keys(findMissingEntries(packages))).toEqual(['node_modules/old/node_modules/tool-darwin-arm64']);
});
