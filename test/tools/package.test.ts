/** What a build must be: fuses as wished and read back, licences that somebody has looked at, a file that says both. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '../setup/exec.mjs';
import { sourceOf } from './package.ts';
import { isAllowed, makeBill, refused } from './package/bill.ts';
import { FUSES, differing, readFuses, setFuses, wishedFuses } from './package/fuses.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'joinder-package-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A file with a wire as Electron has it, all off, the last taken out. */
function program(length = 8): string {
  const file = path.join(folder, 'program');
  const wire = Buffer.concat([
    Buffer.from('before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, length]),
    Buffer.from(`${'0'.repeat(length - 1)}r`),
  ]);
  writeFileSync(file, Buffer.concat([wire, Buffer.from(' after')]));
  return file;
}

test('the settings for builds wish what hardens them', () => {
  const yaml = readFileSync(path.join(root, 'electron-builder.yml'), 'utf8');
  expect(wishedFuses(yaml)).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(yaml).toMatch(/^asar: true$/m);
  expect(yaml).toMatch(/perMachine: true/);
  expect(yaml).not.toMatch(/^publish:/m); // nothing updates itself
});

test('fuses are set and read back; one that is not as wished is named; what an Electron lacks is passed over', () => {
  const file = program();
  setFuses(file, { runAsNode: false, onlyLoadAppFromAsar: true });
  expect(readFuses(file)).toMatchObject({
    runAsNode: false,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: null,
  });
  expect(differing(file, { onlyLoadAppFromAsar: true, grantFileProtocolExtraPrivileges: false })).toEqual([]);
  expect(differing(file, { runAsNode: true })).toEqual(['runAsNode is false, and true is wanted']);
  expect(readFileSync(file, 'utf8')).toMatch(/^before .* after$/s);
  const older = program(3);
  setFuses(older, { onlyLoadAppFromAsar: true });
  expect(readFuses(older).onlyLoadAppFromAsar).toBeNull();
  expect(FUSES).toHaveLength(8);
  writeFileSync(file, 'no Electron');
  expect(() => readFuses(file)).toThrow('no fuses');
});

test('everything that a build carries has a licence that somebody has looked at', () => {
  const bill = makeBill();
  expect(bill.bomFormat).toBe('CycloneDX');
  expect(bill.components.map(({ name }) => name)).toContain('yjs');
  expect(bill.components.map(({ name }) => name)).not.toContain('vitest');
  expect(refused(bill)).toEqual([]);
  expect(['GPL-3.0-only', 'none said', 'MIT AND GPL-2.0-only', ''].filter(isAllowed)).toEqual([]);
  expect(['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC'].every(isAllowed)).toBe(true);
}, 60_000);

test('a mirror of one’s own goes before the host of releases', () => {
  expect(new URL(sourceOf({})).host).toBe('github.com');
  expect(sourceOf({ ELECTRON_MIRROR: 'https://mirror.example/' })).toBe('https://mirror.example/');
});
