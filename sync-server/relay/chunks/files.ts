/**
 * Chunks as files: whole ones under the hash of their bytes, uploads under way beside them, one per chunk, organisation and
 * area, so that nobody learns what was sent elsewhere. A file has its hash's name only after its bytes were hashed
 * and flushed. Never opens a chunk: it could not.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, statfs, truncate } from 'node:fs/promises';
import path from 'node:path';
import type { AreaId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { flushFolder } from '../../common/files.ts';
import type { AppendCause } from './append.ts';
import { appendTo } from './append.ts';

/** Who sends which chunk where. */
export interface Upload {
  readonly chunk: Hash;
  readonly org: OrgId;
  readonly area: AreaId;
}
/** The name of what has come of it. */
export const uploadName = ({ chunk, org, area }: Upload): string => `${chunk}.${org}.${area}`;

export type WriteCause = 'hash differs' | AppendCause;

/** Space that chunks leave for the log: acknowledgements must outlive a disk full of evidence. */
export const spaceFloor = (total: ByteCount): ByteCount => Math.min(256 * MiB, total / 20);

const sizeOf = (file: string): ByteCount => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

export function openChunkFiles(dir: string) {
  const whole = path.join(dir, 'chunks');
  const partial = path.join(dir, 'partial');
  for (const folder of [whole, partial]) mkdirSync(folder, { recursive: true, mode: 0o700 });

  const fileOf = (chunk: Hash): string => path.join(whole, chunk.slice(0, 2), chunk);
  const partOf = (upload: Upload): string => path.join(partial, uploadName(upload));

  async function hasRoom(bytes: ByteCount): Promise<boolean> {
    const { bavail, blocks, bsize } = await statfs(partial);
    return bavail * bsize - bytes > spaceFloor(blocks * bsize);
  }

  /** Gives a finished upload its hash's name; false where it was withdrawn meanwhile. `flushNames` makes it durable. */
  async function adopt(upload: Upload): Promise<boolean> {
    const file = fileOf(upload.chunk);
    const missing = async (): Promise<boolean> =>
      rename(partOf(upload), file).then(
        () => false,
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
          return true;
        },
      );
    if (!(await missing())) return true;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 }); // the first with this prefix
    return !(await missing());
  }
  async function flushNames(chunks: readonly Hash[]): Promise<void> {
    const folders = new Set(chunks.map((chunk) => path.dirname(fileOf(chunk))));
    await Promise.all([...folders, whole].map(flushFolder));
  }

  /** Uploads that were begun and not ended, by organisation: read once, then kept in step. */
  const half = new Map<string, Set<string>>();
  const halfOf = (org: string): Set<string> => {
    const there = half.get(org) ?? new Set<string>();
    half.set(org, there);
    return there;
  };
  for (const name of readdirSync(partial)) halfOf(name.split('.')[1] ?? '').add(name);

  return {
    halfUploads: (org: OrgId): number => half.get(org)?.size ?? 0,
    /** The same, without those that a command has dropped since. */
    recountHalf(org: OrgId): number {
      const names = halfOf(org);
      for (const name of names) if (!existsSync(path.join(partial, name))) names.delete(name);
      return names.size;
    },
    /** Bytes of a whole chunk's file; 0 where there is none. */
    size: (chunk: Hash): ByteCount => sizeOf(fileOf(chunk)),
    /** Bytes of an upload that have come so far. */
    held: (upload: Upload): ByteCount => sizeOf(partOf(upload)),
    /** Writes on from `from`. `whole`: all bytes are here, hashed and flushed under their name. */
    async write(
      upload: Upload,
      from: ByteCount,
      size: ByteCount,
      bytes: AsyncIterable<Uint8Array>,
    ): Promise<Result<'whole' | 'part', WriteCause>> {
      const file = partOf(upload);
      const { chunk } = upload;
      const [names, name] = [halfOf(upload.org), uploadName(upload)];
      names.add(name);
      if (!(await hasRoom(size - from))) return fail('storage full');
      const written = await appendTo(file, from, size, bytes);
      if (!written.ok && written.cause === 'too long') await truncate(file, from);
      if (!written.ok) return written;
      if (written.value === null) return ok('part');
      if (written.value !== chunk) {
        rmSync(file, { force: true });
        names.delete(name);
        return fail('hash differs');
      }
      if (!(await adopt(upload))) return fail('cut');
      names.delete(name);
      await flushNames([chunk]);
      return ok('whole');
    },
    /** Writes whole chunks whose bytes have their hash; answers which are flushed under their names. */
    async writeMany(
      by: Omit<Upload, 'chunk'>,
      chunks: readonly { readonly chunk: Hash; readonly bytes: Uint8Array }[],
      alone: (chunk: Hash, work: () => Promise<void>) => Promise<void>,
    ): Promise<ReadonlySet<Hash>> {
      const kept: Hash[] = [];
      const writeOne = async ({ chunk, bytes }: { chunk: Hash; bytes: Uint8Array }): Promise<void> => {
        const upload = { ...by, chunk };
        const handle = await open(partOf(upload), 'w', 0o600);
        try {
          await handle.writeFile(bytes);
          await handle.datasync();
        } finally {
          await handle.close();
        }
        if (await adopt(upload)) kept.push(chunk);
      };
      if (!(await hasRoom(chunks.reduce((sum, { bytes }) => sum + bytes.length, 0)))) return new Set();
      // One that the disk refuses leaves what came of it, and the others are kept.
      await Promise.all(chunks.map((one) => alone(one.chunk, () => writeOne(one)).catch(() => undefined)));
      await flushNames(kept);
      return new Set(kept);
    },
    discardPart(upload: Upload): void {
      rmSync(partOf(upload), { force: true });
      halfOf(upload.org).delete(uploadName(upload));
    },
    discard: (chunk: Hash): void => rmSync(fileOf(chunk), { force: true }),
    /** What the bytes of a whole chunk's file come to. Rejects where it cannot be read. */
    async hash(chunk: Hash): Promise<string> {
      const hash = createHash('sha256');
      for await (const piece of createReadStream(fileOf(chunk))) hash.update(piece as Buffer);
      return hash.digest('hex');
    },
    /** To be closed by whoever reads. Rejects where the file is gone. */
    open: (chunk: Hash): Promise<FileHandle> => open(fileOf(chunk), 'r'),
  };
}
export type ChunkFiles = ReturnType<typeof openChunkFiles>;
