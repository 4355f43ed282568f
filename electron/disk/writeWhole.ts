/**
 * Owns writing a small file whole or not at all: to a temporary file beside it, to disk, renamed, the folder to disk.
 * Promises that after a crash at any point either the old or the new content is there. One writer per file.
 */
import { open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { DiskCause } from './causes.ts';
import { diskCause } from './causes.ts';

export const writeWhole = (file: string, bytes: Uint8Array): Promise<Result<null, DiskCause>> =>
  writeWholeTo(file, bytes, diskCause);

/** The same, with another reading of what the operating system says when it fails. */
export async function writeWholeTo<Cause>(
  file: string,
  bytes: Uint8Array,
  causeOf: (error: unknown) => Cause,
): Promise<Result<null, Cause>> {
  const temporary = `${file}.new`;
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, file);
    await syncFolder(path.dirname(file));
    return ok(null);
  } catch (error) {
    await unlink(temporary).catch(() => undefined); // what is left of it would only take space
    return fail(causeOf(error));
  }
}

/** On Windows a virus scanner may hold a file for a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (process.platform !== 'win32' || tries === 5) throw error;
      await new Promise((again) => setTimeout(again, 40 * tries));
    }
  }
}

/** Makes a rename, a new or a removed file in this folder durable. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
