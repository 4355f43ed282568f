/**
 * Why a file was passed over when files were added.
 * A cause without a sentence does not compile. Sentences never hold names, titles, paths or codes.
 */
import type { SkipWhy } from '../ipc/evidence.ts';
import type { Table } from './cure.ts';

const GOES_ON = 'The other files go on';
export const SKIPPED: Table<SkipWhy> = {
  empty: {
    short: 'empty',
    sentence:
      'This file has no content (0 bytes). It is listed so that you can check the original; most often the copy went wrong.',
  },
  unreadable: {
    short: 'could not be read',
    sentence: `This file could not be read: you may lack the permission, or another program holds it. ${GOES_ON}; add it again when it can be read.`,
    mend: 'retry',
  },
  gone: {
    short: 'no longer there',
    sentence: `This file was gone before it was copied: the drive may have been pulled out. ${GOES_ON}; put the drive back and add it again.`,
    mend: 'retry',
  },
  'changed while read': {
    short: 'changed while it was copied',
    sentence: `This file changed while it was copied, so the copy was put aside. ${GOES_ON}; close what writes to it and add it again.`,
    mend: 'retry',
  },
  'path too long': {
    short: 'its path is too long',
    sentence: `This file\u2019s path is longer than 260 characters. ${GOES_ON}; move it to a folder with a shorter path and add it again.`,
  },
  'not a file': {
    short: 'not a file',
    sentence: `This is neither a file nor a folder (a link or a device), so it was left out. ${GOES_ON}; add the original instead.`,
  },
  'no space': {
    short: 'this disk is full',
    sentence:
      'This disk has too little free space for the file. Free some space: it goes on by itself, as long as the file stays where it was chosen.',
    mend: 'free space',
  },
  cancelled: {
    short: 'cancelled',
    sentence: 'Adding was cancelled before this file was copied. Add it again if you want it.',
  },
  'not listed': {
    short: 'not in the manifest',
    sentence:
      'The manifest of the exported case does not name this file, so it was not added. Add it yourself if it belongs to the case.',
  },
  'disk error': {
    short: 'this disk reported an error',
    sentence:
      'This disk reported an error while the file was written. Add it again; if it recurs, have the disk checked.',
    mend: 'retry',
  },
  fault: {
    short: 'a fault in Joinder',
    sentence: 'This file was not added: a fault in Joinder. Add it again; if it recurs, tell your administrator.',
    mend: 'retry',
  },
};
