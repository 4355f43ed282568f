/**
 * What was found in a file when it was added: what is wrong with it for the other side, and what to do.
 * A code without a sentence does not compile. Sentences never hold names, titles, paths or codes.
 */
import type { FoundCode } from '../model/snapshot/facts.ts';

export const FOUND_WORDS: Readonly<Record<FoundCode, { readonly short: string; readonly sentence: string }>> = {
  'encrypted pdf': {
    short: 'needs a password',
    sentence:
      'This PDF needs a password, so the prosecutor cannot open it. It was added; save it without one and add that.',
  },
  'encrypted office': {
    short: 'needs a password',
    sentence:
      'This document needs a password, so the prosecutor cannot open it. It was added; save it without one and add that.',
  },
  'protected archive': {
    short: 'needs a password',
    sentence: 'This archive needs a password. It was added; unpack it, and add what is in it.',
  },
  'type not accepted': {
    short: 'a type that is not accepted',
    sentence:
      'The prosecutor\u2019s system does not open files of this type. It was added; save it as PDF or another usual type and add that.',
  },
  'content differs from name': {
    short: 'not what its name says',
    sentence:
      'This file holds something else than its name says. It was added; check that it is the right one, and give it the name of what it is.',
  },
  empty: {
    short: 'empty',
    sentence: 'This file is empty (0 bytes). It was added; check that it is the right one.',
  },
  'too long a path': {
    short: 'its path is too long',
    sentence:
      'This file\u2019s path is longer than 260 characters, which the prosecutor\u2019s systems do not take. Give it a shorter name.',
  },
  'not readable': {
    short: 'cut off',
    sentence: 'This file seems to be cut off: its end is not there. It was added; add it again from another copy.',
  },
};
