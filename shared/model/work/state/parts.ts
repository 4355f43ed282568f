/** What every part of the state of the work is made of: who said it, when by their own clock, and the entry that proves it. */
import { z } from 'zod';
import type { PackageId, WorkId } from '../../../primitives/ids.ts';
import { count, hash, id, party, text } from '../../facts/parts.ts';

export const workId = id<WorkId>();
export const packageId = id<PackageId>();
export const said = z.object({ by: party, at: count, entry: hash });
export type Said = z.infer<typeof said>;
export const saidWhy = said.extend({ reason: text(4000) });
