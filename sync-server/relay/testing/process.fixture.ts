/**
 * A real relay in a process of its own, for tests: on any free port, in a folder of its own. Promises that what it started
 * is ended by `stop` or `kill`, and that a relay that dies while starting is an error with what it said.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const RELAY = path.resolve(import.meta.dirname, '../../relay.ts');

export interface RelayProcess {
  readonly url: string;
  /** Where it answers `/metrics`, where it does. */
  readonly metrics: string | null;
  /** Where its console is, if anywhere. */
  readonly console: string | null;
  readonly data: string;
  readonly pid: number;
  /** What it logged so far. */
  log(): string;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, as when the power goes for this process. */
  kill(): Promise<void>;
}

export const makeFolder = (): string => mkdtempSync(path.join(tmpdir(), 'joinder-relay-'));
export const dropFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

export async function startRelay(data: string, ...options: string[]): Promise<RelayProcess> {
  const child = spawn(process.execPath, [RELAY, 'serve', '--data', data, '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const { listening: url, metrics = null, console = null } = await listening(child, () => said);
  const ended = once(child, 'exit');
  return {
    url,
    metrics,
    console,
    data,
    pid: child.pid ?? 0,
    log: () => said,
    async stop() {
      child.kill('SIGTERM');
      return ((await ended) as [number | null])[0];
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

interface Listening {
  readonly listening: string;
  readonly metrics?: string;
  readonly console?: string;
}
async function listening(child: ChildProcess, said: () => string): Promise<Listening> {
  if (!child.stdout) throw new Error('the relay has no output');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) return JSON.parse(line) as Listening;
  throw new Error(`the relay ended before it listened: ${said()}`);
}

/** Runs a command of the relay to its end. What Node itself warns of, as of colours, is not what the relay says. */
export async function runRelay(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['--no-warnings', RELAY, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
