/**
 * One process of a system that is measured, as the benchmark sees it: calls over its line, and what it has cost so far by
 * the kernel's own count. Where the kernel tells nothing (elsewhere than on Linux) the figures are NaN.
 */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';

export interface Part {
  readonly name: string;
  readonly pid: number;
  ask<T>(name: string, ...args: readonly unknown[]): Promise<T>;
  end(): Promise<void>;
}

interface Answer {
  readonly n: number;
  readonly value?: unknown;
  readonly error?: string;
}

export function startPart(name: string, script: string, options: { program?: string; env?: NodeJS.ProcessEnv } = {}) {
  const child: ChildProcess = fork(script, [], {
    execPath: options.program ?? process.execPath,
    execArgv: [],
    serialization: 'json',
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  child.on('message', (message) => {
    const { n, value, error } = message as Answer;
    const asked = waiting.get(n);
    waiting.delete(n);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(`${name}: ${error}`));
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended with ${code}`));
  });
  let last = 0;
  const part: Part = {
    name,
    pid: child.pid ?? 0,
    ask: <T>(call: string, ...args: readonly unknown[]) =>
      new Promise<T>((resolve, reject) => {
        const n = ++last;
        waiting.set(n, { resolve: resolve as (value: unknown) => void, reject });
        child.send({ n, name: call, args });
      }),
    end: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
  return part;
}

const TICKS = 100;
const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};

/** Seconds of processor time, all threads, in user and kernel. */
export function cpuOf(pid: number): number {
  const fields = read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) / TICKS;
}

/** The most memory in use since `forgetPeak`, in MiB. */
export function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(read(pid, 'status'))?.[1] ?? Number.NaN) / 1024;
}

export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Then the peak is the one since the process began.
  }
}
