/**
 * Facts of late work: what a computer that was shut out had signed and not sent. `adopted` brings one of its entries into the
 * case under the lead's own, whole: header, signature and content, so that everybody can hold it against its author's key and
 * it counts as the author's word, of the author's time. `late decided` says who judged what, and how.
 */
import { z } from 'zod';
import { KiB } from '../../primitives/units.ts';
import type { PersonId } from '../../primitives/ids.ts';
import { bytes, bytesUpTo, count, hash, id, reason, said, text } from './parts.ts';

export const LATE_WORK = [
  z.object({
    is: z.literal('adopted'),
    header: bytesUpTo(16 * KiB),
    signature: bytes(64),
    /** Salt and content, as the header commits to them. */
    salted: bytesUpTo(900 * KiB),
    ...said,
  }),
  z.object({
    is: z.literal('late decided'),
    outcome: z.enum(['adopted', 'declined']),
    /** What it was, in words. */
    what: text(1000),
    author: z.object({ person: id<PersonId>(), personName: text(200), computer: text(200) }),
    /** When it was written last, by its author's clock, and when that computer was shut out. */
    written: count,
    ended: count.nullable(),
    entries: z.array(hash).max(5000),
    /** Of what was declined. */
    why: reason,
    ...said,
  }),
] as const;

/**
 * What a lead may bring in for somebody who cannot any more: what they found, made and said. Nothing that lets in or takes
 * out, that sends to another organisation, or that is a decision of their office: that is for who holds it now to make anew.
 */
export const ADOPTABLE: ReadonlySet<string> = new Set([
  'added',
  'derived',
  'message',
  'action raised',
  'action answered',
  'action closed',
  'action due',
  'answered',
  'conflict settled',
  'signed',
  'deadline set',
  // Of a guest: what they found and wrote, in the area that was made for them.
  'guest brought',
  'guest said',
]);
