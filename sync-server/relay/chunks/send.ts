/**
 * Answering with bytes of a chunk: read while those before are on their way, into buffers that are used again, since a
 * stream would make a new one for each piece.
 */
import type { ServerResponse } from 'node:http';
import type { FileHandle } from 'node:fs/promises';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { KiB } from '../../../shared/primitives/units.ts';

const PIECE = 256 * KiB;
const BUFFERS = 3;

/** Sends from `start` to `end` and ends the answer; a file that is shorter, or fails, breaks the connection off. */
export async function sendRange(
  response: ServerResponse,
  handle: FileHandle,
  start: ByteCount,
  end: ByteCount,
): Promise<void> {
  const ring = Array.from({ length: BUFFERS }, () => ({
    buffer: new Uint8Array(Math.min(PIECE, end - start)),
    sent: Promise.resolve(),
  }));
  try {
    for (let at = start, turn = 0; at < end; turn++) {
      const slot = ring[turn % BUFFERS];
      if (slot === undefined) return;
      await slot.sent; // its buffer is free again
      const { bytesRead } = await handle.read(slot.buffer, 0, Math.min(slot.buffer.length, end - at), at);
      if (bytesRead === 0) throw new Error('the file is shorter');
      slot.sent = writeOut(response, slot.buffer.subarray(0, bytesRead));
      slot.sent.catch(() => undefined); // whoever waits for it hears of it
      at += bytesRead;
    }
    for (const { sent } of ring) await sent;
    response.end();
    for (const { buffer } of ring) freeBytes(buffer);
  } catch {
    response.destroy();
  } finally {
    await handle.close();
  }
}

/** Until the connection has taken the bytes; rejects where it is closed before. */
export function writeOut(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (response.destroyed) return reject(new Error('closed'));
    const closed = (): void => reject(new Error('closed'));
    response.once('close', closed);
    response.write(bytes, (error) => {
      response.off('close', closed);
      if (error) reject(error);
      else resolve();
    });
  });
}
