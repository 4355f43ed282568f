/**
 * Owns writing what is not evidence to where a person chose (a case as JSON, a list, a manifest), and reading a file that
 * they chose. Promises that a name given here never leads out of the folder, and never writes over what was there before.
 */
import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { WriteOutCause } from '../../../shared/ipc/causes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { safeName } from '../../../shared/primitives/fileName.ts';
import { outCause } from '../../disk/causes.ts';
import { writeWholeTo } from '../../disk/writeWhole.ts';

const MOST_TRIES = 1000;

/** A new folder in the chosen one: of this name, or with the next free number. Answers where it is. */
export async function makeFolder(chosen: string, name: string): Promise<Result<string, WriteOutCause>> {
  for (let n = 1; n <= MOST_TRIES; n++) {
    const folder = path.join(chosen, safeName(n === 1 ? name : `${name} (${n})`));
    try {
      await mkdir(folder);
      return ok(folder);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return fail(outCause(error));
    }
  }
  return fail('disk error');
}

/** Where a file of that name goes in the folder; null where the name is none, or something lies there. */
export async function placeIn(folder: string, name: string): Promise<string | null> {
  if (safeName(name) !== name) return null;
  const file = path.join(folder, name);
  const isFree = await lstat(file).then(
    () => false,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT',
  );
  return isFree ? file : null;
}

export async function writeOut(file: string, bytes: Uint8Array): Promise<Result<Hash, WriteOutCause>> {
  const written = await writeWholeTo(file, bytes, outCause);
  if (!written.ok) return written;
  return ok(createHash('sha256').update(bytes).digest('hex') as Hash);
}

/** A file as it lies there, or the one of that name in the folder that was chosen; of what is larger than `most` nothing is read. */
export async function readChosen(
  chosen: string,
  most: ByteCount,
  name?: string,
): Promise<Result<Uint8Array, 'too large' | 'unreadable'>> {
  if (name !== undefined && safeName(name) !== name) return fail('unreadable');
  const file = name === undefined ? chosen : path.join(chosen, name);
  try {
    const found = await lstat(file);
    if (!found.isFile()) return fail('unreadable');
    return found.size > most ? fail('too large') : ok(new Uint8Array(await readFile(file)));
  } catch {
    return fail('unreadable');
  }
}
