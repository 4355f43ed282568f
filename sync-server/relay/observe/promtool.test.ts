/** Figures and alert rules as Prometheus' own promtool judges them. Where it cannot be had, these rest and say so. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { promtoolPath } from '../../../test/setup/debian.mjs';
import { connect } from '../testing/link.fixture.ts';
import { dropFolder, makeFolder } from '../testing/process.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';

const program = promtoolPath();
if (program === null) console.log('not tried here: figures and alert rules, since there is no promtool');
const SHIPPED = path.resolve(import.meta.dirname, 'shipped');

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => dropFolder(folder));

function promtool(args: readonly string[], input = ''): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(program ?? '', args, { cwd: folder, input, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const namesIn = (rules: string): string[] => [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => name ?? '');

test.skipIf(program === null)('/metrics is what promtool takes, without a word about it', async () => {
  writeFileSync(path.join(folder, 'relay.toml'), '[metrics]\nport = 0\n');
  const world = await makeWorld('--config', path.join(folder, 'relay.toml'));
  const link = await connect(world.relay.url, world.officer);
  await link.append({
    ...(await world.officer.edit(await ownArea(link, world.officer), 'one')),
    entry: new Uint8Array(10),
  });
  const text = await (await fetch(world.relay.metrics ?? '')).text();
  await world.end();
  expect(text).toContain('{cause="malformed"} 1');
  expect(promtool(['check', 'metrics'], text)).toEqual({ status: 0, said: '' });
  expect(promtool(['check', 'metrics'], text.replace(/# HELP joinder_links .*\n/, ''))).toMatchObject({ status: 3 });
  expect(promtool(['check', 'metrics'], text.replace(/^joinder_links /m, '$&x'))).toMatchObject({ status: 1 });
});

test.skipIf(program === null)('every alert rule is one promtool takes, and has its tests', () => {
  cpSync(SHIPPED, folder, { recursive: true });
  const rules = readFileSync(path.join(folder, 'alerts.yml'), 'utf8');
  const tests = readFileSync(path.join(folder, 'alerts.test.yml'), 'utf8');
  const named = namesIn(rules);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !tests.includes(`alertname: ${name}\n`))).toEqual([]);
  expect(promtool(['check', 'rules', 'alerts.yml'])).toMatchObject({ status: 0 });
  expect(promtool(['test', 'rules', 'alerts.test.yml'])).toMatchObject({ status: 0 });
});

test.skipIf(program === null)('a rule that never fires is caught by its tests, each', () => {
  cpSync(SHIPPED, folder, { recursive: true });
  const file = path.join(folder, 'alerts.yml');
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, whole.replace(/^ {8}expr: .*$/gm, '        expr: vector(0) > 1'));
  const { status, said } = promtool(['test', 'rules', 'alerts.test.yml']);
  expect(status).not.toBe(0);
  expect(namesIn(whole).filter((name) => !said.includes(`alertname: ${name},`))).toEqual([]);
  writeFileSync(file, whole.replace('expr: joinder_ready == 0', 'expr: joinder_ready = 0'));
  expect(promtool(['check', 'rules', 'alerts.yml']).status).not.toBe(0);
});
