/**
 * Owns the growing delay after wrong passphrases, kept on disk so that a restart does not shorten it. A try is written
 * down before it is made, so that ending the process in the middle gains none. It slows a person at the keyboard;
 * against a copied disk only the passphrase's own strength and the key store help.
 */
import { readFile, unlink } from 'node:fs/promises';
import { z } from 'zod';
import type { Millis } from '../../shared/primitives/units.ts';
import { MINUTE, SECOND } from '../../shared/primitives/units.ts';
import { writeWhole } from '../disk/writeWhole.ts';

const schema = z.object({ failed: z.int().min(0), last: z.number().min(0) });

/** Wait after so many wrong tries in a row: none, none, 1 s, 2 s, 4 s, up to 5 minutes. */
export const delayAfter = (failed: number): Millis =>
  failed < 3 ? 0 : Math.min(5 * MINUTE, SECOND * 2 ** Math.min(failed - 3, 20));

export interface Tries {
  /** Until when no try is taken; null: now. */
  waitUntil(): Promise<Millis | null>;
  /** Counts a try as failed, before it is made. */
  begin(): Promise<void>;
  succeeded(): Promise<void>;
}

export function triesIn(file: string, now: () => Millis): Tries {
  // What a full disk did not take: it slows until the process ends.
  let unwritten: z.infer<typeof schema> | null = null;
  const read = async (): Promise<z.infer<typeof schema>> => {
    if (unwritten !== null) return unwritten;
    try {
      return schema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      return { failed: 0, last: 0 }; // no such file: none failed
    }
  };
  return {
    waitUntil: async () => {
      const { failed, last } = await read();
      // A clock that was set back must not turn seconds into years.
      const until = Math.min(last, now()) + delayAfter(failed);
      return until > now() ? until : null;
    },
    begin: async () => {
      const { failed } = await read();
      const counted = { failed: failed + 1, last: now() };
      const written = await writeWhole(file, Buffer.from(JSON.stringify(counted)));
      unwritten = written.ok ? null : counted;
    },
    succeeded: async () => {
      unwritten = null;
      await unlink(file).catch(() => undefined); // there was none
    },
  };
}
