import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LARGEST_BUNDLE, readBundle } from '../../shared/model/rules/bundle.ts';
import { MAX_RULES } from '../../shared/seal/directory/statements.ts';
import type { TestAuthority } from './authority.fixture.ts';
import { makeAuthority } from './authority.fixture.ts';
import { publishRules } from './rules.ts';
import { sentence } from './cli/sentences.ts';

const DATA = path.join(import.meta.dirname, '../../shared/model/rules/data');

let authority: TestAuthority;
let folder: string;
beforeEach(async () => {
  authority = await makeAuthority();
  folder = mkdtempSync(path.join(tmpdir(), 'joinder-rules-'));
  cpSync(DATA, folder, { recursive: true });
});
afterEach(() => {
  authority.remove();
  rmSync(folder, { recursive: true });
});

const published = async () => (await authority.directory.state()).rules;
const spoil = (name: string, change: (text: string) => string): void => {
  const file = path.join(folder, name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};
const whyNot = async (): Promise<string> => {
  const done = await publishRules(authority, folder);
  return done.ok ? 'published' : sentence(done.cause);
};

it('publishes the rules of a folder as every computer will read them; the same again adds nothing', async () => {
  const done = await publishRules(authority, folder);
  const [statement] = await published();
  if (!done.ok || !statement) throw new Error('not published');
  const read = readBundle(statement.bytes);
  expect(read.ok && read.value.manifest).toMatchObject({ name: statement.name, edition: statement.version });
  expect(done.value).toMatchObject({ added: true, sha256: statement.sha256, edition: statement.version });
  spoil('rules.json', (text) => `\uFEFF\n${text}\n`); // as another editor saves it
  expect(await publishRules(authority, folder)).toMatchObject({ ok: true, value: { added: false } });
  spoil('rules.json', (text) => text.replace(/"edition": "[^"]+"/, '"edition": "next"'));
  expect(await publishRules(authority, folder)).toMatchObject({ ok: true, value: { added: true, edition: 'next' } });
  expect((await published()).map(({ version }) => version)).toEqual([statement.version, 'next']);
});

it('publishes nothing ill-formed, and says of each fault in which file and where', async () => {
  spoil('file-standard.json', (text) => text.replace('"require"', '"requires"'));
  expect(await whyNot()).toMatch(/^Nothing was published[^]*\n {2}file-standard\.json, rules\/0[^]*\nMend the files/);
  spoil('rules.json', (text) => text.slice(0, -5));
  expect(await whyNot()).toMatch(/\n {2}rules\.json, line \d+, column \d+: It is not JSON/);
  expect(await published()).toEqual([]);
});

it('names a file that is no text, and a folder that is none', async () => {
  writeFileSync(path.join(folder, 'rules.json'), Uint8Array.of(0x7b, 0xff));
  expect(await whyNot()).toMatch(/\n {2}rules\.json: This file cannot be read as UTF-8 text/);
  folder = path.join(folder, 'rules.json');
  expect(await whyNot()).toMatch(/^That folder cannot be read/);
  folder = path.dirname(folder);
});

it('takes every bundle that a statement can carry', () => expect(LARGEST_BUNDLE).toBe(MAX_RULES));
