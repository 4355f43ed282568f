/**
 * A disk that is dead, hangs or is slow, injected: loaded before the evidence process (`node --import`), it stands between
 * that process and Node's file system for one folder, and does what it is told on the line `disk`. It is a stand-in: a real
 * failing disk needs a kernel that can be asked for one.
 */
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

export type DiskState = 'well' | 'dead' | 'hanging' | 'slow';

let folder = path.resolve(process.argv[2] ?? '');
const waiting = new Set<() => void>();
let state: DiskState = 'well';

process.on('message', (framed: { line: string; message: { state: DiskState; folder: string } }) => {
  if (framed.line !== 'disk') return;
  ({ state, folder } = framed.message);
  for (const go of Array.from(waiting)) go();
});

async function suffer(): Promise<void> {
  if (state === 'slow') await new Promise((resolve) => setTimeout(resolve, 8));
  if (state === 'hanging') {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        waiting.delete(go);
        resolve();
      };
      waiting.add(go);
    });
    return suffer();
  }
  if (state === 'dead') throw Object.assign(new Error('EIO: i/o error'), { code: 'EIO', errno: -5 });
}

type Call = (...args: unknown[]) => Promise<unknown>;
const isInside = (of: unknown): boolean => typeof of === 'string' && path.resolve(of).startsWith(folder);

function bendHandle(handle: FileHandle): FileHandle {
  const calls = handle as unknown as Record<string, Call>;
  for (const name of ['read', 'write', 'writeFile', 'readFile', 'sync', 'datasync', 'stat', 'truncate']) {
    const call = calls[name]?.bind(handle);
    if (call) calls[name] = (...args) => suffer().then(() => call(...args));
  }
  return handle;
}

const calls = fs.promises as unknown as Record<string, Call>;
for (const name of [
  'open',
  'mkdir',
  'readdir',
  'rename',
  'rm',
  'stat',
  'lstat',
  'statfs',
  'unlink',
  'writeFile',
  'readFile',
]) {
  const call = calls[name];
  if (call === undefined) continue;
  calls[name] = async (...args) => {
    if (!isInside(args[0])) return call(...args);
    await suffer();
    const done = await call(...args);
    return name === 'open' ? bendHandle(done as FileHandle) : done;
  };
}
syncBuiltinESMExports();
