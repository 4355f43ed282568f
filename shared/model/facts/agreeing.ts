/** Facts of the sharing agreement that a case refers to: a version offered, accepted or declined by a party. */
import { z } from 'zod';
import type { WorkId } from '../../primitives/ids.ts';
import { agreement } from '../work/agreement/schema.ts';
import { permissionTable } from '../work/permissions/table.ts';
import { id, reason, said } from './parts.ts';

export const AGREEING = [
  z.object({
    is: z.literal('agreement offered'),
    id: id<WorkId>(),
    agreement,
    /** The permissions it names, by value, so that every client judges by the same; null: those that Joinder comes with. */
    permissions: permissionTable.nullable(),
    ...said,
  }),
  z.object({ is: z.literal('agreement accepted'), agreement: id<WorkId>(), ...said }),
  z.object({ is: z.literal('agreement declined'), agreement: id<WorkId>(), reason, ...said }),
  /** By the organisation that offered it, before the other has answered. */
  z.object({ is: z.literal('agreement withdrawn'), agreement: id<WorkId>(), reason, ...said }),
] as const;
