/**
 * Owns finding the files that a chosen path stands for. Promises a fixed order (by name, as code points compare), never
 * follows a link, stops at its limits, and names whatever it leaves out with the reason. Reads no content.
 */
import { lstat, readdir } from 'node:fs/promises';
import nodePath from 'node:path';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { LONGEST_PATH, skip, skipOfRead } from './skips.ts';
import type { Skip } from './skips.ts';

export interface Found {
  readonly path: string;
  /** Where it lies among what was chosen: the same each time that the same is walked, and no path. */
  readonly place: string;
  readonly name: string;
  readonly folder: string;
  readonly bytes: ByteCount;
  readonly modified: Millis;
}
export interface LeftOut {
  readonly place: string;
  readonly name: string;
  readonly folder: string;
  readonly skip: Skip;
}
export type Walked = { readonly file: Found } | { readonly leftOut: LeftOut };

export const MOST_FILES = 100_000;
export const DEEPEST = 64;

/** Name and folder of `file` as seen from beside `root`: a file of a chosen folder carries that folder's name. Slashes, whatever the system. */
export function placeOf(
  root: string,
  file: string,
  paths: Pick<typeof nodePath, 'dirname' | 'relative' | 'basename' | 'sep'> = nodePath,
): { name: string; folder: string } {
  const folder = paths
    .relative(paths.dirname(root), paths.dirname(file))
    .split(paths.sep)
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  return { name: paths.basename(file), folder };
}

/** Everything under `roots`, in order. */
export async function* walk(roots: readonly string[], signal: AbortSignal): AsyncGenerator<Walked> {
  const count = { files: 0 };
  for (const [number, chosen] of roots.entries()) {
    const root = { number, path: nodePath.resolve(chosen) };
    yield* visit(root, root.path, 0, count, signal);
  }
}

async function* visit(
  root: { readonly number: number; readonly path: string },
  path: string,
  depth: number,
  count: { files: number },
  signal: AbortSignal,
): AsyncGenerator<Walked> {
  if (signal.aborted) return;
  const { name, folder } = placeOf(root.path, path);
  const found = { place: [root.number, folder, name].filter((part) => part !== '').join('/'), name, folder };
  const leave = (why: Skip): Walked => ({ leftOut: { ...found, skip: why } });
  if (path.length > LONGEST_PATH) return yield leave(skip('path too long'));
  if (count.files >= MOST_FILES) {
    if (count.files++ === MOST_FILES)
      yield leave(
        skip(
          'unreadable',
          `More than ${MOST_FILES.toLocaleString('en-GB')} files were chosen at once. The other files go on; add the rest, from this one on, in a second step.`,
        ),
      );
    return;
  }
  try {
    const stats = await lstat(path);
    if (stats.isFile()) {
      count.files++;
      yield { file: { path, ...found, bytes: stats.size, modified: Math.round(stats.mtimeMs) } };
    } else if (!stats.isDirectory()) yield leave(skip('not a file'));
    else if (depth >= DEEPEST)
      yield leave(
        skip(
          'path too long',
          `This folder lies more than ${DEEPEST} folders deep. The other files go on; move it nearer the top and add it again.`,
        ),
      );
    else
      for (const inside of (await readdir(path)).sort(byCodePoint))
        yield* visit(root, nodePath.join(path, inside), depth + 1, count, signal);
  } catch (error) {
    yield leave(
      name.includes('\ufffd')
        ? skip(
            'unreadable',
            'The name of this file holds characters that this computer cannot read. The other files go on; rename it and add it again.',
          )
        : skipOfRead(error),
    );
  }
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
