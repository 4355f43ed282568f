/**
 * The evidence that the story is played with: the demonstration's own, or whatever lies in a folder. Names are those that a
 * window gives to files of a chosen folder. Hashes are taken here, from the files, before any window has seen them.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { makeEvidence, MARKER } from './evidence.ts';

export interface InputFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Input {
  /** Null: the files are chosen one by one. */
  readonly folder: string | null;
  readonly files: readonly InputFile[];
  readonly marker: string;
}

export async function ownInput(folder: string): Promise<Input> {
  const paths = await makeEvidence(folder);
  const files = await Promise.all(paths.map((file) => readInput(file, path.basename(file))));
  return { folder: null, files: files.filter((file) => file !== null), marker: MARKER };
}

export const isFolder = (at: string): Promise<boolean> =>
  readdir(at).then(
    () => true,
    () => false,
  );

export async function folderInput(folder: string): Promise<Input> {
  const files: InputFile[] = [];
  for await (const file of walk(folder)) {
    const read = await readInput(file, path.relative(path.dirname(folder), file).split(path.sep).join('/'));
    if (read !== null) files.push(read);
  }
  return { folder, files, marker: (await phraseIn(files)) ?? MARKER };
}

/** The largest of those that a window took. */
export const largestOf = (input: Input, names: readonly string[]): InputFile | undefined =>
  input.files
    .filter(({ name }) => names.includes(name))
    .reduce<InputFile | undefined>(
      (most, file) => (most !== undefined && most.bytes >= file.bytes ? most : file),
      undefined,
    );

async function* walk(folder: string): AsyncGenerator<string> {
  for (const entry of (await readdir(folder, { withFileTypes: true }).catch(() => [])).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(at);
    else if (entry.isFile()) yield at;
  }
}

/** Null for one that cannot be read: the window will say so by name. */
async function readInput(file: string, name: string): Promise<InputFile | null> {
  try {
    return { path: file, name, sha256: await sha256Of(file), bytes: (await lstat(file)).size };
  } catch {
    return null;
  }
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** A phrase of a text among the files, so that the marker is in the case and in a file. */
async function phraseIn(files: readonly InputFile[]): Promise<string | null> {
  for (const file of files.filter(({ name }) => /\.(txt|md|csv)$/i.test(name))) {
    const from = await open(file.path);
    const { buffer, bytesRead } = await from.read(Buffer.alloc(4096), 0, 4096, 0);
    await from.close();
    const phrase = /[A-Za-z]{3,}(?: [A-Za-z]+){4,8}/.exec(buffer.subarray(0, bytesRead).toString('utf8'))?.[0];
    if (phrase !== undefined && phrase.length >= 20) return phrase;
  }
  return null;
}
