/**
 * A real disk that is really full: a small tmpfs of its own, and ballast that takes the rest of it. Needs the right to
 * mount; where that is missing, the cells that need it are named as not run.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SmallDisk {
  /** An empty folder on it. */
  readonly folder: string;
  /** Takes what is free on it, but for so many bytes. */
  fill(leave: number): void;
  /** Gives that back. */
  free(): void;
  end(): void;
}

const MiB = 2 ** 20;

export function makeSmallDisk(mebibytes: number): SmallDisk {
  const at = mkdtempSync(path.join(tmpdir(), 'joinder-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'joinder', at], { stdio: 'pipe' });
  const folder = path.join(at, 'data');
  mkdirSync(folder, { mode: 0o700 });
  const ballast = path.join(at, 'ballast');
  return {
    folder,
    fill: (leave) => fillWith(ballast, leave),
    free: () => unlinkSync(ballast),
    end: () => {
      execFileSync('umount', ['-l', at], { stdio: 'pipe' });
      rmSync(at, { recursive: true, force: true });
    },
  };
}

function fillWith(file: string, leave: number): void {
  const handle = openSync(file, 'w');
  try {
    for (let size = MiB; size >= 1; size = Math.floor(size / 8)) while (hasWritten(handle, Buffer.alloc(size)));
    ftruncateSync(handle, Math.max(0, fstatSync(handle).size - leave));
  } finally {
    closeSync(handle);
  }
}

function hasWritten(handle: number, bytes: Buffer): boolean {
  try {
    return writeSync(handle, bytes) === bytes.length;
  } catch {
    return false;
  }
}

let allowed: boolean | null = null;
/** Whether this account may mount. */
export function mayMount(): boolean {
  if (allowed !== null) return allowed;
  if (process.platform !== 'linux') return (allowed = false);
  try {
    makeSmallDisk(1).end();
    allowed = true;
  } catch {
    allowed = false;
  }
  return allowed;
}
