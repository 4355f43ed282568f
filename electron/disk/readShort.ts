/** Reads a file that a person chose as text, if it is a short one; null where it is longer, or cannot be read. */
import { open } from 'node:fs/promises';

export async function readShort(file: string, most: number): Promise<string | null> {
  try {
    const handle = await open(file, 'r');
    try {
      const buffer = Buffer.alloc(most + 1);
      const { bytesRead } = await handle.read(buffer, 0, most + 1, 0);
      return bytesRead > most ? null : buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await handle.close();
    }
  } catch {
    return null; // the operating system tells every way of being unreadable by throwing
  }
}
