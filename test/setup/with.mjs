/**
 * The way into every npm script: brings this work tree to where a command can run, then runs it on the pinned Node 24.
 * Promises that a fresh clone needs nothing done by hand, and that nothing is done when nothing is missing. Runs on any
 * Node from 20 on, before anything is installed.
 *
 *   node test/setup/with.mjs [--desktop] [--display] [--build] [command [argument ...]]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureDisplay } from './display.mjs';
import { ensureSystemPackages } from './debian.mjs';
import { electronPath, findElectron } from './electron-path.mjs';
import { ensureElectron } from './electron.mjs';
import { bin, cache, root, say, SetupError } from './exec.mjs';
import { holdLock } from './lock.mjs';
import { ensurePackages } from './packages.mjs';

const flags = new Set();
const rest = process.argv.slice(2);
while (rest[0]?.startsWith('--')) flags.add(rest.shift());

try {
  checkNode();
  const release = await holdLock('set-up');
  try {
    ensurePackages();
    checkPinnedNode();
    if (flags.has('--desktop')) {
      ensureSystemPackages();
      await ensureElectron();
    }
  } finally {
    release();
  }
  if (flags.has('--display')) await ensureDisplay();
  build();
  process.exitCode = await runCommand();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new SetupError(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
}

/** The pinned Node is a package for each platform; where there is none, the machine's own must be new enough. */
function checkPinnedNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24 || existsSync(path.join(bin, process.platform === 'win32' ? 'node.cmd' : 'node'))) return;
  throw new SetupError(
    `The registry brought no Node 24 for ${process.platform} ${process.arch}, and this one is ${process.versions.node}. ` +
      'Install Node 24, then run the same command again.',
  );
}

function environment() {
  const env = {
    // A server program or command starts in half the time where Node keeps what it made of its source; tests start hundreds.
    NODE_COMPILE_CACHE: path.join(cache, 'compiled'),
    ...process.env,
    PATH: bin + path.delimiter + (process.env['PATH'] ?? ''),
  };
  const electron = flags.has('--desktop') ? findElectron() : undefined;
  if (electron === undefined) return env;
  // electron-vite's dev command starts this one instead of asking the electron package, which would download.
  return { ...env, ELECTRON_EXEC_PATH: electronPath(), ...(process.getuid?.() === 0 ? { NO_SANDBOX: '1' } : {}) };
}

function build() {
  if (!flags.has('--build')) return;
  const { status } = spawnSync('electron-vite', ['build', '--logLevel', 'warn'], {
    cwd: root,
    env: environment(),
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new SetupError('The application does not build: mend what is named above.');
}

/** @returns {Promise<number>} the command's exit code */
function runCommand() {
  const [command, ...args] = rest;
  if (command === undefined) return Promise.resolve(0);
  const script = args.find((argument) => /\.[cm]?[jt]s$/.test(argument));
  if (command === 'node' && script !== undefined && !existsSync(path.join(root, script))) {
    throw new SetupError(`${script} is not in this work tree, so there is nothing to run.`);
  }
  const child = spawn(command, args, {
    cwd: root,
    env: environment(),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  // The terminal sends Ctrl+C to the whole group; anything else is passed on so that no process is left behind.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => void child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
