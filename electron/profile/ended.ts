/**
 * The mark that the authority has shut this computer out: left in the profile's folder, so that it outlives the process. A
 * profile with it is not unlocked any more. It deletes nothing, and is no wall against a modified client with the passphrase.
 */
import { access } from 'node:fs/promises';
import path from 'node:path';
import { writeWhole } from '../disk/writeWhole.ts';

export interface Ended {
  is(): Promise<boolean>;
  mark(): Promise<void>;
  /** What was marked is not here any more: deleted by order, and the folder is enrolled anew. */
  forget(): void;
}

export function endedIn(folder: string): Ended {
  const file = path.join(folder, 'ended');
  let unwritten = false;
  return {
    // Asked of the disk each time: what was deleted by order takes its mark with it, and the folder may be enrolled anew.
    is: async () =>
      unwritten ||
      (await access(file).then(
        () => true,
        () => false,
      )),
    mark: async () => {
      unwritten = true; // where the disk takes no more: until the process ends
      unwritten = !(await writeWhole(file, new Uint8Array(0))).ok;
    },
    forget: () => {
      unwritten = false;
    },
  };
}
