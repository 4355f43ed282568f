/** Settings: which goes before which, what is refused and how, and that the reference page is the table's. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadSettings } from '../../common/config/load.ts';
import { commentedFile, printed, referencePage } from '../../common/config/pages.ts';
import { namesOf, variableOf } from '../../common/config/table.ts';
import { RELAY_SETTINGS } from './schema.ts';

const NAMES = namesOf(RELAY_SETTINGS);

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'joinder-config-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(text: string, name = 'relay.toml'): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}
function load(text: string | null, env: Record<string, string> = {}, flags: Record<string, string> = {}) {
  return loadSettings(RELAY_SETTINGS, { file: text === null ? null : write(text), env, flags });
}
function faults(text: string | null, env: Record<string, string> = {}, flags: Record<string, string> = {}): string {
  const loaded = load(text, env, flags);
  return loaded.ok ? '' : loaded.cause.join('\n').replaceAll(folder, '');
}

test('the file goes over the default, a variable over the file, a flag over all; each says where it is from', () => {
  const text = '[listen]\nhost = "10.0.0.1"\nport = 1\n[limits]\nquota = "2GiB"\n[metrics]\nport = 9464\n';
  const loaded = load(
    text,
    { JOINDER_RELAY_LISTEN_PORT: '2', JOINDER_RELAY_LIMITS_QUOTA: '3GiB' },
    { 'listen.port': '4' },
  );
  if (!loaded.ok) throw new Error(loaded.cause.join());
  const { config, origins } = loaded.value;
  expect(config).toMatchObject({
    'listen.host': '10.0.0.1',
    'listen.port': 4,
    'limits.quota': 3 * 2 ** 30,
    'log.level': 'info',
    'metrics.port': 9464,
  });
  expect(origins).toMatchObject({
    'listen.host': 'file',
    'listen.port': 'command line',
    'limits.quota': 'variable',
    'log.level': 'default',
  });
});

test.each([
  ['[listen]\nprot = 1', {}, 'listen.prot in /relay.toml is no setting. In [listen] there are host, port.'],
  ['[lisden]\nport = 1', {}, 'The sections are data, listen'],
  ['port = 1', {}, 'port in /relay.toml stands outside a section.'],
  ['[listen]\nport = 1\nport = 2', {}, '/relay.toml, line 3, column 1: this is no TOML.'],
  ['[listen]\nport = 99999', {}, 'listen.port in /relay.toml: A port is a number from 0 to 65535'],
  ['[listen]\nport = [1]', {}, 'one value, not a list'],
  ['[limits]\nquota = "lots"', {}, 'A size is a number with KiB'],
  [null, { JOINDER_RELAY_LISTEN_PROT: '1' }, 'JOINDER_RELAY_LISTEN_PROT is no setting. Unset it'],
  [null, { JOINDER_RELAY_LOG_LEVEL: 'loud' }, 'JOINDER_RELAY_LOG_LEVEL: It is one of silent'],
  [null, { JOINDER_RELAY_METRICS_TOKEN_FILE: '/nowhere/at all' }, 'the file that it names cannot be read'],
  [null, { JOINDER_RELAY_LISTEN_HOST_FILE: '/etc/hostname' }, 'is no setting'],
])('%j with %j is refused in words', (text, env, words) => expect(faults(text, env)).toContain(words));

test('every fault is named at once; a file that is not there is one', () => {
  expect(faults('[listen]\nport = "x"\n[log]\nlevel = "loud"').split('\n')).toHaveLength(2);
  const loaded = loadSettings(RELAY_SETTINGS, { file: path.join(folder, 'none.toml'), env: {}, flags: {} });
  expect(loaded.ok ? '' : loaded.cause[0]).toContain("'relay init' writes one");
});

test('a secret may stand in a file of its own, by setting or variable, and is not printed', () => {
  const secret = write('hush\n', 'token');
  for (const loaded of [
    load(`[metrics]\ntoken-file = ${JSON.stringify(secret)}`),
    load(null, { JOINDER_RELAY_METRICS_TOKEN_FILE: secret }),
  ]) {
    if (!loaded.ok) throw new Error(loaded.cause.join());
    expect(loaded.value.config['metrics.token']).toBe('hush');
    expect(JSON.stringify(printed(RELAY_SETTINGS, loaded.value, true))).not.toContain('hush');
    expect(JSON.stringify(printed(RELAY_SETTINGS, loaded.value, false))).toContain('hush');
  }
});

test('the file that init writes is in order, and says what the defaults say also once it is taken out of its comments', () => {
  const text = commentedFile(RELAY_SETTINGS, '/srv/relay');
  const plain = load(text);
  const all = load(text.replace(/^# ([a-z-]+ = )/gm, '$1'));
  if (!plain.ok || !all.ok) throw new Error(JSON.stringify([plain, all]));
  expect(plain.value.config['data.folder']).toBe('/srv/relay');
  expect(all.value.config).toEqual(plain.value.config);
  expect(NAMES.filter((name) => all.value.origins[name] === 'file')).toEqual(NAMES);
});

test('no two settings have one variable, and defaults are what they should be', () => {
  expect(new Set(NAMES.map((name) => variableOf(RELAY_SETTINGS, name))).size).toBe(NAMES.length);
  for (const name of NAMES)
    expect(RELAY_SETTINGS.settings[name].kind.read(RELAY_SETTINGS.settings[name].byDefault).ok).toBe(true);
});

test('docs/relay-config.md is what the table says', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/relay-config.md'), 'utf8');
  // Where they differ: npm run -s relay -- config reference > docs/relay-config.md
  expect(page).toBe(referencePage(RELAY_SETTINGS));
});
