/**
 * A SQLite database's values, each whole: in the file itself a long one is spread over pages. Works on a copy, with what
 * stands in the write-ahead log, so that the database may be in use and is left as it was.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');

export const isSqlite = (file: Buffer): boolean => file.subarray(0, MAGIC.length).equals(MAGIC);

/** Null: it could not be read, so that nothing is known of it. */
export async function readSqlite(file: string): Promise<readonly Buffer[] | null> {
  const folder = await mkdtemp(path.join(tmpdir(), 'joinder-sqlite-'));
  try {
    const copy = path.join(folder, 'copy');
    await copyFile(file, copy);
    for (const beside of ['-wal', '-journal'])
      if (existsSync(file + beside)) await copyFile(file + beside, copy + beside);
    return valuesOf(copy);
  } catch {
    return null; // torn while it was copied, or a format of its own
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function valuesOf(file: string): readonly Buffer[] {
  const database = new DatabaseSync(file);
  try {
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    return tables.flatMap(({ name }) => {
      const query = database.prepare(`SELECT * FROM "${String(name).replaceAll('"', '""')}"`);
      query.setReadBigInts(true);
      return query.all().flatMap((row) => Object.values(row).flatMap(bytesOf));
    });
  } finally {
    database.close();
  }
}

function bytesOf(value: unknown): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  return typeof value === 'string' ? [Buffer.from(value)] : [];
}
