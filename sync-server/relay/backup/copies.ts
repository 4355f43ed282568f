/**
 * How a folder of copies looks: `chunks/` shared by all of them, and `copies/NAME/` for each, with the database and a
 * manifest. A copy has its name only once it is whole; one that was cut off is swept away by the next.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Millis } from '../../../shared/primitives/units.ts';

/** Version of this layout. */
export const COPY_VERSION = 1;

const manifest = z.object({
  version: z.literal(COPY_VERSION),
  time: z.number(),
  relayKey: z.string(),
  generation: z.number(),
  database: z.object({ sha256: z.string(), bytes: z.number() }),
  /** SHA-256 of each whole chunk that the database names, and its size. */
  chunks: z.array(z.tuple([z.string().regex(/^[0-9a-f]{64}$/), z.number()])),
});
export type Manifest = z.infer<typeof manifest>;

export interface Copy {
  readonly name: string;
  readonly dir: string;
  readonly time: Millis;
}

export const MANIFEST = 'manifest.json';
export const DATABASE = 'relay.sqlite';
export const copiesIn = (folder: string): string => path.join(folder, 'copies');
export const chunkIn = (folder: string, chunk: string): string => path.join(folder, 'chunks', chunk.slice(0, 2), chunk);

/** Names sort by time: 2026-11-29T07-23-52.879Z. */
export const nameOf = (time: Millis): string => new Date(time).toISOString().replaceAll(':', '-');
const timeOf = (name: string): Millis => Date.parse(name.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'));

/** Whole copies, oldest first. */
export function listCopies(folder: string): Copy[] {
  if (!existsSync(copiesIn(folder))) return [];
  return readdirSync(copiesIn(folder))
    .filter((name) => !Number.isNaN(timeOf(name)) && existsSync(path.join(copiesIn(folder), name, MANIFEST)))
    .toSorted()
    .map((name) => ({ name, dir: path.join(copiesIn(folder), name), time: timeOf(name) }));
}

export const newestCopy = (folder: string): Copy | null => listCopies(folder).at(-1) ?? null;

/** Null: it is not there or cannot be read. */
export function readManifest(copy: Copy): Manifest | null {
  try {
    const read = manifest.safeParse(JSON.parse(readFileSync(path.join(copy.dir, MANIFEST), 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
