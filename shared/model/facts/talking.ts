/** Facts of conversation: messages tied to what they are about, and who has read them. */
import { z } from 'zod';
import type { ItemId, PackageId, WorkId } from '../../primitives/ids.ts';
import { id, path, said, text } from './parts.ts';

export const about = z.discriminatedUnion('is', [
  z.object({ is: z.literal('case') }),
  z.object({ is: z.literal('path'), path }),
  z.object({ is: z.literal('item'), item: id<ItemId>() }),
  z.object({ is: z.literal('action'), action: id<WorkId>() }),
  z.object({ is: z.literal('package'), package: id<PackageId>() }),
]);
export type About = z.infer<typeof about>;

export const TALKING = [
  z.object({
    is: z.literal('message'),
    id: id<WorkId>(),
    about,
    text: text(8000),
    /** Whether the defence may have to be given it. */
    disclosable: z.boolean(),
    replyTo: id<WorkId>().nullable(),
    ...said,
  }),
  z.object({ is: z.literal('read'), messages: z.array(id<WorkId>()).max(500), ...said }),
] as const;
