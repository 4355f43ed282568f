/**
 * Owns writing a version's plaintext to where a person chose: to a temporary file beside it, read back and compared with
 * the SHA-256, then named. Promises that under the chosen name there is either what was there before or the verified whole.
 */
import { randomBytes } from 'node:crypto';
import { open, rename, statfs, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import type { OutCause } from '../../disk/causes.ts';
import { outCause } from '../../disk/causes.ts';
import { syncFolder } from '../../disk/writeWhole.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import { eachPiece, hashFile } from './pieces.ts';
import type { PieceCause } from './pieces.ts';

export type ExportCause = PieceCause | OutCause;

export async function exportFile(
  store: ChunkStore,
  content: Content,
  target: string,
): Promise<Result<Hash, ExportCause>> {
  const temporary = `${target}.${randomBytes(4).toString('hex')}.part`;
  try {
    const { bavail, bsize } = await statfs(path.dirname(target));
    if (bavail * bsize < content.size) return fail('no space');
    const cause = await writePlain(store, content, temporary);
    if (cause !== null) return fail(cause);
    const hash = await hashFile(temporary);
    if (hash === null) return fail('disk error');
    if (hash !== content.sha256) return fail('does not verify');
    await rename(temporary, target);
    await syncFolder(path.dirname(target));
    return ok(hash);
  } catch (error) {
    return fail(outCause(error));
  } finally {
    await unlink(temporary).catch(() => undefined); // gone already where the export succeeded
  }
}

async function writePlain(store: ChunkStore, content: Content, file: string): Promise<PieceCause | null> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const cause = await eachPiece(store, content, 0, content.size, async (piece) => {
      for (let at = 0; at < piece.length;) at += (await handle.write(piece, at, piece.length - at)).bytesWritten;
    });
    if (cause === null) await handle.sync();
    return cause;
  } finally {
    await handle.close();
  }
}
