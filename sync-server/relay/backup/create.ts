/**
 * A copy of a relay's data folder, made while the relay runs. The database is taken as one moment; chunks never change, so
 * only those that no earlier copy has are copied, each hashed on the way. Promises that a copy has its name only once
 * everything in it is on disk, and that what is cut off leaves the copies before it as they were.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { flushFolder, writePrivateFile } from '../../common/files.ts';
import { readGeneration } from '../generation.ts';
import { KEY_FILE } from '../keys.ts';
import { fileIn } from '../store/schema.ts';
import { COPY_VERSION, DATABASE, MANIFEST, chunkIn, copiesIn, listCopies, nameOf, readManifest } from './copies.ts';
import type { Manifest } from './copies.ts';

export interface CopyAsked {
  readonly dir: string;
  readonly folder: string;
  readonly withKey: boolean;
  /** How many copies are kept, this one included. */
  readonly keep: number;
  readonly now: Millis;
}

export interface Made {
  readonly name: string;
  readonly chunks: number;
  /** Chunks that no earlier copy had. */
  readonly copied: number;
  readonly bytes: ByteCount;
  /** Chunks that were withdrawn, or found damaged, since the database was taken: not in this copy. */
  readonly left: number;
  /** Older copies that were removed. */
  readonly removed: readonly string[];
}

export async function makeCopy({ dir, folder, withKey, keep, now }: CopyAsked): Promise<Made> {
  const name = nameOf(now);
  const draft = path.join(copiesIn(folder), `draft ${name}`);
  sweepDrafts(folder);
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const database = path.join(draft, DATABASE);
  const live = new DatabaseSync(fileIn(dir), { readOnly: true, timeout: 10_000 });
  live.prepare('VACUUM INTO ?').run(database);
  live.close();
  chmodSync(database, 0o600);
  await flushFile(database);

  const { chunks, relayKey, generation } = readDatabase(database);
  const done: Manifest['chunks'] = [];
  let copied = 0;
  let bytes = 0;
  for (const { chunk, size } of chunks) {
    const there = statSync(chunkIn(folder, chunk), { throwIfNoEntry: false })?.size === size;
    if (!there && !(await copyChunk(createReadStream(chunkIn(dir, chunk)), folder, chunk))) continue;
    if (!there) {
      copied += 1;
      bytes += size;
    }
    done.push([chunk, size]);
  }
  if (withKey) {
    copyFileSync(path.join(dir, KEY_FILE), path.join(draft, KEY_FILE));
    await flushFile(path.join(draft, KEY_FILE));
  }
  const said: Manifest = {
    version: COPY_VERSION,
    time: now,
    relayKey,
    generation,
    database: { sha256: await hashFile(database), bytes: statSync(database).size },
    chunks: done,
  };
  writePrivateFile(path.join(draft, MANIFEST), JSON.stringify(said));
  await flushFolder(draft);
  renameSync(draft, path.join(copiesIn(folder), name));
  await flushFolder(copiesIn(folder));
  const removed = dropOld(folder, keep);
  return { name, chunks: done.length, copied, bytes, left: chunks.length - done.length, removed };
}

function readDatabase(file: string): { chunks: { chunk: Hash; size: number }[]; relayKey: string; generation: number } {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return {
      chunks: db.prepare('SELECT chunk, size FROM chunks').all() as { chunk: Hash; size: number }[],
      relayKey: String(db.prepare("SELECT value FROM settings WHERE name = 'relay key'").get()?.['value'] ?? ''),
      generation: readGeneration(db).generation,
    };
  } finally {
    db.close();
  }
}

async function flushFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}

export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** False: it is not there any more, or its bytes are not what its name says. */
export async function copyChunk(from: NodeJS.ReadableStream, folder: string, chunk: Hash): Promise<boolean> {
  const file = chunkIn(folder, chunk);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.draft`;
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(piece: Buffer, _encoding, next) {
      hash.update(piece);
      next(null, piece);
    },
  });
  try {
    await pipeline(from, hashing, createWriteStream(draft, { mode: 0o600, flush: true }));
  } catch (error) {
    rmSync(draft, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  if (hash.digest('hex') !== chunk) {
    rmSync(draft, { force: true });
    return false;
  }
  renameSync(draft, file);
  await flushFolder(path.dirname(file));
  return true;
}

function sweepDrafts(folder: string): void {
  if (!existsSync(copiesIn(folder))) return;
  for (const name of readdirSync(copiesIn(folder)))
    if (name.startsWith('draft ')) rmSync(path.join(copiesIn(folder), name), { recursive: true });
}

/** Removes copies beyond the newest `keep`, and chunks that none of the others names. A copy that cannot be read keeps all chunks. */
function dropOld(folder: string, keep: number): string[] {
  const copies = listCopies(folder);
  const old = copies.slice(0, Math.max(0, copies.length - keep));
  if (old.length === 0) return [];
  for (const copy of old) rmSync(copy.dir, { recursive: true });
  const kept = listCopies(folder).map(readManifest);
  if (kept.some((one) => one === null)) return old.map(({ name }) => name);
  const named = new Set(kept.flatMap((one) => one?.chunks.map(([chunk]) => chunk) ?? []));
  const chunks = path.join(folder, 'chunks');
  for (const part of existsSync(chunks) ? readdirSync(chunks) : [])
    for (const chunk of readdirSync(path.join(chunks, part)))
      if (!named.has(chunk)) rmSync(path.join(chunks, part, chunk));
  return old.map(({ name }) => name);
}
