/**
 * Owns how the set-up finds its way about: the root of the work tree, the cache inside it, and running one command to
 * its end. Runs on any Node from 20 on, before anything is installed, so it imports nothing but Node itself.
 * It never prints what a command says unless that command fails.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const cache = path.join(root, '.cache');
export const bin = path.join(root, 'node_modules', '.bin');

/** What a person can act on: printed without a stack. */
export class SetupError extends Error {}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`set-up: ${text}\n`);
}

/**
 * Runs a command to its end; throws a SetupError that carries the end of its output when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, doing: string, remedy: string }} options
 * @returns {string} standard output
 */
export function run(command, args, options) {
  const done = spawnSync(command, args, {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  });
  if (done.error === undefined && done.status === 0) return done.stdout;
  const said = done.error === undefined ? lastLines(done.stderr || done.stdout) : done.error.message;
  throw new SetupError(`${options.doing} failed.\n${said}\n${options.remedy}`);
}

/**
 * Runs npm, by the very copy that started us where there is one.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, doing: string, remedy: string }} options
 */
export function runNpm(args, options) {
  const npmCli = process.env['npm_execpath'];
  if (npmCli?.endsWith('.js') === true) return run(process.execPath, [npmCli, ...args], options);
  if (process.platform === 'win32') return run('cmd.exe', ['/c', 'npm', ...args], options);
  return run('npm', args, options);
}

/** @param {string} text */
function lastLines(text) {
  return text.trimEnd().split('\n').slice(-15).join('\n');
}
