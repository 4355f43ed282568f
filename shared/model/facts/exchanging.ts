/**
 * Facts of a case that leaves Joinder as a file, or came from one. Who may read a case may take a copy, as of a single
 * file; it is always on record. An imported case holds what its file said, not the signed facts of where it was made.
 */
import { z } from 'zod';
import { count, hash, said } from './parts.ts';

export const EXCHANGING = [
  z.object({
    is: z.literal('case exported'),
    what: z.enum(['case', 'item list']),
    /** Of what was written: case.json, or the list. */
    sha256: hash,
    /** How many files of evidence were written beside it. */
    files: count,
    ...said,
  }),
  z.object({ is: z.literal('case imported'), sha256: hash, ...said }),
] as const;
