/**
 * The layout that an installed Joinder has, made of whatever Electron this machine has: the application in one asar, the
 * fuses set, nothing beside. And the proof that it starts: its first page, asked of Chromium's own debugging port, without
 * a test runner in between.
 */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { electronArgs, electronPath } from '../../setup/electron-path.mjs';
import { bin, root, run } from '../../setup/exec.mjs';
import type { FuseWish } from './fuses.ts';
import { setFuses } from './fuses.ts';

export interface Layout {
  readonly folder: string;
  readonly program: string;
}

export function makeLayout(folder: string, fuses: FuseWish): Layout {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  run('cp', ['-a', path.dirname(electronPath()), folder], { doing: 'Copying Electron', remedy: 'Make room.' });
  const program = path.join(folder, 'joinder');
  renameSync(path.join(folder, path.basename(electronPath())), program);
  chmodSync(program, 0o755);
  const resources = path.join(folder, 'resources');
  for (const other of ['app', 'default_app.asar'])
    rmSync(path.join(resources, other), { recursive: true, force: true });
  const inside = mkdtempSync(path.join(tmpdir(), 'joinder-asar-'));
  try {
    copyFileSync(path.join(root, 'package.json'), path.join(inside, 'package.json'));
    cpSync(path.join(root, 'out'), path.join(inside, 'out'), {
      recursive: true,
      filter: (file) => !file.endsWith('.map'),
    });
    run(path.join(bin, 'asar'), ['pack', inside, path.join(resources, 'app.asar')], {
      doing: 'Packing the application',
      remedy: 'Run npm run build, then the same command again.',
    });
  } finally {
    rmSync(inside, { recursive: true });
  }
  setFuses(program, fuses);
  return { folder, program };
}

const PATIENCE = 60_000;

/** Starts it in a profile of its own; answers the title and address of its first page. */
export async function startOnce(program: string): Promise<{ readonly title: string; readonly url: string }> {
  const profile = mkdtempSync(path.join(tmpdir(), 'joinder-package-'));
  const child = spawn(program, [...electronArgs(), `--user-data-dir=${profile}`, '--remote-debugging-port=0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const until = Date.now() + PATIENCE;
  try {
    while (Date.now() < until) {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${said.slice(-500)}`);
      const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said)?.[1];
      const page = port === undefined ? null : await firstPage(port);
      if (page !== null) return page;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`No page within a minute: ${said.slice(-500)}`);
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null) {
      child.kill('SIGKILL');
      await ended;
    }
    if (existsSync(profile)) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function firstPage(port: string): Promise<{ title: string; url: string } | null> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
  const pages = ((await answer?.json()) ?? []) as { type: string; title: string; url: string }[];
  // A page that is still read has its address for a title.
  const isRead = ({ type, url, title }: (typeof pages)[number]): boolean =>
    type === 'page' && url.startsWith('app://joinder/index') && title !== '' && title !== url;
  return pages.find(isRead) ?? null;
}
