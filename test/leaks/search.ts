/**
 * The leak search: says where, in folders of a machine (profiles, the relay's and the authorities' data, logs, a wire
 * capture), a phrase of a case or a piece of its evidence can be read.
 *
 * Promises: a needle is found in every form that `needles.ts` lists and in every container that `containers/` opens, one
 * within another included; a finding names the needle, never its text; what it could not look into is named too.
 * Never: decrypts anything, writes into what it searches.
 */
import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { inflated } from './containers/deflate.ts';
import { packedValues, readLog, readTable } from './containers/leveldb.ts';
import { unpackSnappy } from './containers/snappy.ts';
import { isSqlite, readSqlite } from './containers/sqlite.ts';
import { readWebSocket } from './containers/wire.ts';
import type { Needle } from './needles.ts';
import { patternsOf } from './needles.ts';
import type { Scan } from './scan.ts';
import { compile } from './scan.ts';

export interface Finding {
  readonly file: string;
  /** The needle's name, never its text. */
  readonly needle: string;
  /** How it was written there, and within what. */
  readonly encoding: string;
  /** In the file or, where it was unpacked, in what came out. */
  readonly offset: number;
}

export interface Report {
  readonly findings: readonly Finding[];
  readonly files: number;
  readonly bytes: number;
  /** Containers by their names and first bytes, which could not be opened: of these only the bytes as they lie were searched. */
  readonly unread: readonly string[];
}

/** Larger files are looked through piece by piece; a stream that is packed is then unpacked within its piece. */
const WINDOW = 64 * 1024 * 1024;
const OVERLAP = 1024 * 1024;
/** How many containers within containers are opened. */
const DEEPEST = 2;

/** Folders, and files by themselves. */
type Search = (places: readonly string[]) => Promise<Report>;

/** Compiles the needles once; the search may be run as often as one likes. */
export function leakSearch(needles: readonly Needle[]): Search {
  const scan = compile(patternsOf(needles));
  return async (places) => {
    const report = { findings: [] as Finding[], files: 0, bytes: 0, unread: [] as string[] };
    for (const place of places) {
      for await (const file of filesAt(place)) {
        report.files++;
        // A name on the disk tells as much as a line in a file.
        report.findings.push(
          ...searchBytes(scan, Buffer.from(path.relative(place, file)), file, ['the name of the file'], 0),
        );
        report.bytes += await searchFile(scan, file, report);
      }
    }
    return report;
  };
}

/** Bytes at hand instead of files, for what a test has opened itself. */
export function searchIn(
  needles: readonly Needle[],
  pieces: Iterable<readonly [name: string, bytes: Uint8Array]>,
): readonly Finding[] {
  const scan = compile(patternsOf(needles));
  return [...pieces].flatMap(([name, bytes]) => searchBytes(scan, Buffer.from(bytes), name, [], 0));
}

async function* filesAt(place: string): AsyncGenerator<string> {
  if ((await stat(place)).isFile()) yield place;
  else yield* filesOf(place);
}

async function* filesOf(at: string): AsyncGenerator<string> {
  for (const entry of await readdir(at, { withFileTypes: true })) {
    const place = path.join(at, entry.name);
    if (entry.isFile()) yield place;
    if (entry.isDirectory()) yield* filesBelow(place);
  }
}

/** What a running application deletes meanwhile is there no more; the folder that was asked for must be. */
async function* filesBelow(at: string): AsyncGenerator<string> {
  try {
    yield* filesOf(at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function searchFile(
  scan: Scan,
  file: string,
  report: { findings: Finding[]; unread: string[] },
): Promise<number> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return 0; // deleted since it was listed
  try {
    const { size } = await handle.stat();
    for (let at = 0; ; at += WINDOW - OVERLAP) {
      const buffer = Buffer.alloc(Math.min(WINDOW, Math.max(0, size - at)));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      const bytes = buffer.subarray(0, bytesRead);
      report.findings.push(...searchBytes(scan, bytes, file, [], at));
      if (at === 0) await searchContainer(scan, file, bytes, size, report);
      if (at + WINDOW >= size) return size;
    }
  } finally {
    await handle.close();
  }
}

/** Bytes as they lie, and all that is packed in them. What was clean before is not looked through again. */
function searchBytes(scan: Scan, bytes: Buffer, file: string, within: readonly string[], at: number): Finding[] {
  if (within.length === 0) return searchAll(scan, bytes, file, within, at);
  const key = `${within.length} ${createHash('sha256').update(bytes).digest('base64')}`;
  const clean = known.get(scan) ?? new Set();
  known.set(scan, clean);
  if (clean.has(key)) return [];
  const findings = searchAll(scan, bytes, file, within, at);
  if (findings.length === 0) clean.add(key);
  return findings;
}
/** A picture that lies in five places is unpacked in each, and is the same picture. */
const known = new WeakMap<Scan, Set<string>>();

function searchAll(scan: Scan, bytes: Buffer, file: string, within: readonly string[], at: number): Finding[] {
  const first = new Map<string, Finding>();
  scan(bytes, ({ needle, encoding }, offset) => {
    const how = [encoding, ...within].join(' in ');
    const key = `${needle} ${how}`;
    if (!first.has(key)) first.set(key, { file, needle, encoding: how, offset: at + offset });
  });
  const deeper: Finding[] = [];
  if (within.length < DEEPEST) {
    for (const stream of inflated(bytes))
      deeper.push(...searchBytes(scan, stream, file, ['a deflated stream', ...within], 0));
    for (const value of packedValues(bytes))
      deeper.push(...searchBytes(scan, value, file, ['a packed value', ...within], 0));
  }
  return [...first.values(), ...deeper];
}

/** What a file's own format holds. */
async function searchContainer(
  scan: Scan,
  file: string,
  bytes: Buffer,
  size: number,
  report: { findings: Finding[]; unread: string[] },
): Promise<void> {
  const kind = kindOf(file, bytes);
  if (kind === null) return;
  const parts = size > WINDOW && kind !== 'a SQLite value' ? null : await partsOf(kind, file, bytes);
  if (parts === null) return void report.unread.push(file);
  for (const part of parts) report.findings.push(...searchBytes(scan, part, file, [kind], 0));
}

type Kind = 'a LevelDB block' | 'a LevelDB record' | 'a SQLite value' | 'a WebSocket message' | 'a packed blob';

function kindOf(file: string, bytes: Buffer): Kind | null {
  const name = path.basename(file);
  if (isSqlite(bytes)) return 'a SQLite value';
  if (name.endsWith('.ldb') || name.endsWith('.sst')) return 'a LevelDB block';
  if (/^\d{6}\.log$/.test(name) || /^MANIFEST-\d{6}$/.test(name)) return 'a LevelDB record';
  if (/-(?:up|down)\.bin$/.test(name) && readWebSocket(bytes) !== null) return 'a WebSocket message';
  return file.split(path.sep).some((part) => part.endsWith('.indexeddb.blob')) ? 'a packed blob' : null;
}

async function partsOf(kind: Kind, file: string, bytes: Buffer): Promise<readonly Buffer[] | null> {
  switch (kind) {
    case 'a LevelDB block':
      return readTable(bytes);
    case 'a LevelDB record':
      return readLog(bytes);
    case 'a SQLite value':
      return readSqlite(file);
    case 'a WebSocket message':
      return readWebSocket(bytes);
    case 'a packed blob': {
      const whole = unpackSnappy(bytes);
      return whole === null ? [] : [whole];
    }
  }
}
