/**
 * Sets the clock of a test for several readers at once. Promises that no reader finds half of a text, and that servers have the new
 * time before an application asks them for a lease by it: as in life, where all clocks go alike.
 */
import { rename, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { LOOK_AGAIN } from '../../shared/primitives/testClock.ts';
import type { Millis } from '../../shared/primitives/units.ts';

/** Each file of `servers` first, then the one of the applications. `shift` as in `JOINDER_TEST_CLOCK`. */
export async function setClock(
  files: { readonly servers: string; readonly apps: string },
  shift: Millis,
): Promise<void> {
  await put(files.servers, shift);
  await setTimeout(LOOK_AGAIN); // the longest that a reader takes what it has read to stand
  await put(files.apps, shift);
}

async function put(file: string, shift: Millis): Promise<void> {
  await writeFile(`${file}.new`, String(shift));
  await rename(`${file}.new`, file);
}
