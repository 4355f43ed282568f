/**
 * The whole sealed chunks on this disk, by the names that the evidence process gives their files. For the late lane alone, once
 * that process has ended; reads no content.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Hash } from '../../shared/primitives/ids.ts';
import { isHash } from '../../shared/primitives/ids.ts';
import type { ByteCount } from '../../shared/primitives/units.ts';
import { isMissing } from '../disk/causes.ts';

export interface HeldChunk {
  readonly hash: Hash;
  readonly size: ByteCount;
}

const fileOf = (evidence: string, hash: Hash): string => path.join(evidence, 'chunks', hash.slice(0, 2), hash);

export async function heldChunks(evidence: string): Promise<readonly HeldChunk[]> {
  const held: HeldChunk[] = [];
  for (const prefix of await namesIn(path.join(evidence, 'chunks')))
    for (const name of await namesIn(path.join(evidence, 'chunks', prefix)))
      if (isHash(name)) held.push({ hash: name, size: await sizeOf(fileOf(evidence, name)) });
  return held.filter(({ size }) => size > 0);
}

/** 0: it was put aside meanwhile, by a process that was just ending. */
async function sizeOf(file: string): Promise<ByteCount> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

/** Null: it is not here any more. */
export async function readChunk(evidence: string, hash: Hash): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(fileOf(evidence, hash)));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
