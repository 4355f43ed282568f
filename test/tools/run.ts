/**
 * Owns running one program of node_modules to its end, on the terminal. Promises its exit code; a program that cannot be
 * started has exit code 127.
 */
import { spawnSync } from 'node:child_process';
import { root } from '../setup/exec.mjs';

export function runProgram(program: string, args: readonly string[]): number {
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', shell });
  if (error !== undefined) console.error(`${program} cannot be started: ${error.message}`);
  return error === undefined ? (status ?? 1) : 127;
}
