/**
 * What is said beside a file whose name reads other than it is, or that runs when it is opened outside Joinder.
 * An oddity without a sentence does not compile. Sentences never hold the name.
 */
import type { NameOddity } from '../primitives/fileName.ts';

export const NAME_WORDS: Readonly<Record<NameOddity, { readonly short: string; readonly sentence: string }>> = {
  'hidden characters': {
    short: 'its name holds hidden characters',
    sentence:
      'The name of this file holds characters that nobody sees or that change how it reads; here they stand as their numbers. An exported copy is named without these characters.',
  },
  'disguised program': {
    short: 'a program, named as if it were a document',
    sentence:
      'The name of this file looks like a document\u2019s, but a computer would run it when it is opened outside Joinder. Do not export it to open it; ask who sent it.',
  },
  program: {
    short: 'a program',
    sentence:
      'A computer would run this file when it is opened outside Joinder. Export it only if you know what it is.',
  },
};
