/**
 * Facts of a case that leaves Joinder as a file, or came from one. Who may read a case may take a copy, as of a single
 * file, unless the permissions of the case say otherwise; it is always on record. An imported case holds what its file said,
 * not the signed facts of where it was made.
 */
import { z } from 'zod';
import { count, hash, said } from './parts.ts';

/** What can be taken out of a case, in words. */
export const TAKEN_OUT = {
  case: 'the case',
  'item list': 'the list of items',
  pdf: 'the case as a PDF',
  passport: 'the integrity passport of a file',
  'served bundle': 'the bundle for the defence',
  transfers: 'the history of its transfers',
} as const;

export const EXCHANGING = [
  z.object({
    is: z.literal('case exported'),
    what: z.enum(Object.keys(TAKEN_OUT) as (keyof typeof TAKEN_OUT)[]),
    /** Of what was written: case.json, the list, the PDF, the passport of a file, or the bundle's index. */
    sha256: hash,
    /** How many files of evidence were written beside it. */
    files: count,
    /** With sensitive material, which is left out otherwise. */
    sensitive: z.boolean().optional(),
    ...said,
  }),
  z.object({ is: z.literal('case imported'), sha256: hash, ...said }),
] as const;
