/**
 * Files that must be whole or absent: written aside, flushed, given their name, and the folder flushed too. Never leaves
 * a half-written file under its real name.
 */
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';

/** NTFS journals names by itself and has no handle to flush for a folder. */
const FLUSHES_FOLDERS = process.platform !== 'win32';

/** Writes a file that only its owner may read; replaces one of that name. */
export function writePrivateFile(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, typeof content === 'string' ? Buffer.from(content) : content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  if (!FLUSHES_FOLDERS) return;
  const folder = openSync(path.dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Makes the names in a folder durable. */
export async function flushFolder(folder: string): Promise<void> {
  if (!FLUSHES_FOLDERS) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
