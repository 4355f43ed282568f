/**
 * Owns one import from chosen paths to its last word: finds the files, seals a few at a time, tells of each. Promises that
 * every file found ends as sealed or skipped unless the import is cancelled, and that one file's trouble stops no other.
 */
import type { ImportNews } from '../../../shared/ipc/evidence.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { markOf } from '../store/marks.ts';
import { sealFile, SMALL, takeBack } from './sealFile.ts';
import type { SealContext } from './sealFile.ts';
import { skip, skipOfWrite } from './skips.ts';
import type { Skip } from './skips.ts';
import { walk } from './walk.ts';
import type { Found } from './walk.ts';

/** Files sealed at once: hides the waits for the disk behind each other. */
const LANES = 3;
/** Small ones beside them, whose time is nearly all such waits. */
const SMALL_LANES = 9;
const PROGRESS_EVERY: Millis = 200;

export type ImportContext = Omit<SealContext, 'progress'> & { readonly tell: (news: ImportNews) => void };

export interface Chosen {
  /** The places to go on with, of an import that was cut off; null: whatever is found. */
  readonly only: ReadonlySet<string> | null;
  /** The names of the files that are wanted of a folder, directly in it; null: all. */
  readonly names: ReadonlySet<string> | null;
}

export async function runImport(
  roots: readonly string[],
  { only, names }: Chosen,
  context: ImportContext,
): Promise<void> {
  const found: (readonly [file: number, found: Found])[] = [];
  let next = 0;
  for await (const step of walk(roots, context.signal)) {
    const { place, name, folder } = 'leftOut' in step ? step.leftOut : step.file;
    if (only !== null && !isAmong(place, only)) continue;
    const file = next++;
    if ('leftOut' in step) context.tell({ is: 'skipped', file, place, name, ...step.leftOut.skip });
    else if (names !== null && !(names.has(name) && isDirectlyIn(folder)))
      context.tell({ is: 'skipped', file, place, name, ...skip('not listed') });
    else {
      found.push([file, step.file]);
      context.tell({ is: 'found', file, place, name, folder, bytes: step.file.bytes });
    }
  }
  if (!context.signal.aborted) context.tell({ is: 'all found' });
  const [small, large] = [true, false].map((is) => found.filter(([, { bytes }]) => bytes <= SMALL === is).values());
  const lane = async (queue: typeof small): Promise<void> => {
    for (const [file, source] of queue ?? []) {
      if (context.signal.aborted) return;
      await importOne(file, source, context);
    }
  };
  const lanes = (queue: typeof small, length: number) => Array.from({ length }, () => lane(queue));
  await Promise.all([...lanes(small, SMALL_LANES), ...lanes(large, LANES)]);
  context.tell({ is: 'finished', cancelled: context.signal.aborted });
}

const isDirectlyIn = (folder: string): boolean => !folder.includes('/');

/** Whether a place is one of these, or lies in a folder that is. */
function isAmong(place: string, only: ReadonlySet<string>): boolean {
  for (let end = place.length; end > 0; end = place.lastIndexOf('/', end - 1))
    if (only.has(place.slice(0, end))) return true;
  return false;
}

async function importOne(file: number, source: Found, context: ImportContext): Promise<void> {
  let told = performance.now();
  const progress = (done: number): void => {
    const now = performance.now();
    if (now - told < PROGRESS_EVERY) return;
    told = now;
    context.tell({ is: 'progress', file, done });
  };
  const { place, name } = source;
  const skipped = (why: Skip): void => context.tell({ is: 'skipped', file, place, name, ...why });
  const sealed = await sealFile(source, { ...context, progress });
  if (!sealed.ok) return skipped(sealed.cause);
  const { content, type, found } = sealed.value;
  try {
    await context.note(markOf(content));
    await context.store.mark(markOf(content));
  } catch (error) {
    await Promise.all(content.chunks.map(({ hash }) => takeBack(context.store, hash)));
    return skipped(skipOfWrite(error));
  }
  context.tell({ is: 'sealed', file, type, modified: source.modified, content, found });
}
