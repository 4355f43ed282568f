/** What each step of a passport is called, on the screen and on paper. */
import type { PassportStep } from './schema.ts';

export const STEP_WORDS: Readonly<Record<PassportStep['what'], string>> = {
  imported: 'Added, hashed and sealed',
  derived: 'Made from another version',
  'entered the Case file': 'Entered the Case file',
  'held by the relay': 'The relay held all of it',
  delivered: 'Delivered whole, hash verified',
  'viewing began': 'Viewing began',
  opened: 'Opened',
  exported: 'Exported',
};
