/**
 * Owns the sealed chunks on this disk: `chunks/xx/HASH` whole ones, `partial/HASH` what has arrived of one, `temp/` what
 * is being written, `verified/xx/HASH` an empty mark for each version whose plaintext was verified, `damaged/` what no
 * longer has its hash, `unnamed/HASH` an empty note for each chunk or mark that an import made and the log has not named
 * yet. Promises that a file in chunks/ was whole and on disk before it got its name. Never sees plaintext.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, statfs, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isHash } from '../../../shared/primitives/ids.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { isMissing } from '../../disk/causes.ts';
import { syncFolder } from '../../disk/writeWhole.ts';

export interface ChunkStore {
  readonly folder: string;
  chunkFile(hash: Hash): string;
  partialFile(hash: Hash): string;
  /** Writes a whole chunk to disk and names it. Rejects with the file system's error, leaving nothing behind. */
  keep(hash: Hash, sealed: Uint8Array): Promise<void>;
  /** Names a partial file, which the caller found to have this hash and synced, as whole. */
  keepPartial(hash: Hash): Promise<void>;
  /** The same of several, which wait for the disk together; answers those that were named. */
  keepPartials(hashes: readonly Hash[]): Promise<ReadonlySet<Hash>>;
  /** The size of a whole chunk, null where it is not here. */
  sizeOf(hash: Hash): Promise<ByteCount | null>;
  partialSize(hash: Hash): Promise<ByteCount>;
  dropPartial(hash: Hash): Promise<void>;
  /** Puts a chunk aside that no longer has its hash, so that it is fetched again and what is left of it is not lost. */
  setAside(hash: Hash): Promise<void>;
  remove(hash: Hash): Promise<void>;
  /** Whatever lies under this name: whole, in part, put aside, its mark and its note. False: some of it is still there. */
  destroy(name: Hash): Promise<boolean>;
  /** Which of these are whole here; maybe others with them, where more than `FEW` are asked for. */
  present(hashes: Iterable<Hash>): Promise<Set<Hash>>;
  partials(): Promise<Set<Hash>>;
  /** Notes that an import is about to make this chunk or mark. Not synced: a note that is lost leaves a chunk too many. */
  note(name: Hash): Promise<void>;
  /** The log has named it, or it is gone. */
  named(name: Hash): Promise<void>;
  unnamed(): Promise<Hash[]>;
  mark(name: Hash): Promise<void>;
  isMarked(name: Hash): Promise<boolean>;
  unmark(name: Hash): Promise<void>;
  freeSpace(): Promise<ByteCount>;
}

/** So many are looked at one by one rather than by reading whole folders. */
export const FEW = 8;

/** Makes the folders, and clears what an earlier run left half written. */
export async function openStore(folder: string): Promise<ChunkStore> {
  const inside = (...parts: string[]): string => path.join(folder, ...parts);
  const temp = inside('temp');
  await rm(temp, { recursive: true, force: true });
  for (const part of ['temp', 'partial', 'damaged', 'chunks', 'verified', 'unnamed'])
    await mkdir(inside(part), { recursive: true, mode: 0o700 });
  await syncFolder(folder);

  const chunkFile = (hash: Hash): string => inside('chunks', hash.slice(0, 2), hash);
  const partialFile = (hash: Hash): string => inside('partial', hash);
  const markFile = (mark: Hash): string => inside('verified', mark.slice(0, 2), mark);

  const keepAs = async (file: string, bytes: Uint8Array): Promise<void> => {
    const from = path.join(temp, randomBytes(8).toString('hex'));
    try {
      await writeSynced(from, bytes);
      await nameSynced(from, file);
    } catch (error) {
      await dropFile(from);
      throw error;
    }
  };
  return {
    folder,
    chunkFile,
    partialFile,
    keep: (hash, sealed) => keepAs(chunkFile(hash), sealed),
    keepPartial: (hash) => nameSynced(partialFile(hash), chunkFile(hash)),
    keepPartials: async (hashes) => {
      const named = new Set<Hash>();
      const nameOne = async (hash: Hash): Promise<string[]> => {
        const made = await makeName(chunkFile(hash), () => rename(partialFile(hash), chunkFile(hash))).catch(
          () => null,
        );
        if (made !== null) named.add(hash);
        return made ?? [];
      };
      await Promise.all([...new Set((await Promise.all(hashes.map(nameOne))).flat())].map(syncFolder));
      return named;
    },
    sizeOf: (hash) => fileSize(chunkFile(hash)),
    partialSize: async (hash) => (await fileSize(partialFile(hash))) ?? 0,
    dropPartial: (hash) => dropFile(partialFile(hash)),
    setAside: async (hash) => {
      await rename(chunkFile(hash), inside('damaged', hash)).catch(() => dropFile(chunkFile(hash)));
    },
    remove: (hash) => dropFile(chunkFile(hash)),
    destroy: async (name) => {
      const files = [
        chunkFile(name),
        partialFile(name),
        markFile(name),
        inside('damaged', name),
        inside('unnamed', name),
      ];
      const gone = await Promise.all(
        files.map((file) =>
          dropFile(file).then(
            () => true,
            () => false,
          ),
        ),
      );
      return !gone.includes(false);
    },
    present: async (hashes) => {
      const all = [...hashes];
      if (all.length <= FEW) {
        const sizes = await Promise.all(all.map((hash) => fileSize(chunkFile(hash))));
        return new Set(all.filter((_, i) => sizes[i] !== null));
      }
      const prefixes = new Set(all.map((hash) => hash.slice(0, 2)));
      return new Set((await Promise.all([...prefixes].map((prefix) => listHashes(inside('chunks', prefix))))).flat());
    },
    partials: async () => new Set(await listHashes(inside('partial'))),
    note: (name) => writeFile(inside('unnamed', name), '', { mode: 0o600 }),
    named: (name) => dropFile(inside('unnamed', name)),
    unnamed: () => listHashes(inside('unnamed')),
    // Empty, so that there is no half of it: the folder is all that must reach the disk.
    mark: (mark) => makeSynced(markFile(mark)),
    isMarked: async (mark) => (await fileSize(markFile(mark))) !== null,
    unmark: (mark) => dropFile(markFile(mark)),
    freeSpace: async () => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
}

/** Moves a synced file to its name, and makes the name durable. */
const nameSynced = (from: string, to: string): Promise<void> => inFolder(to, () => rename(from, to));
const makeSynced = (file: string): Promise<void> => inFolder(file, () => writeFile(file, '', { mode: 0o600 }));

/** Makes a name in its folder, with the folder if this is the first there, and both durable. */
async function inFolder(name: string, make: () => Promise<void>): Promise<void> {
  for (const folder of await makeName(name, make)) await syncFolder(folder);
}

/** The same, but for the folders that are to be synced, which it answers. */
async function makeName(name: string, make: () => Promise<void>): Promise<string[]> {
  const folder = path.dirname(name);
  try {
    await make();
    return [folder];
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await make();
    return [path.dirname(folder), folder];
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function fileSize(file: string): Promise<ByteCount | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function listHashes(folder: string): Promise<Hash[]> {
  try {
    return (await readdir(folder)).filter((name) => isHash(name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function dropFile(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
