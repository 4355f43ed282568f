/**
 * What a snapshot says besides the record: the files with what is known of each, the packages with what became of them,
 * and the work. Schemas and their types; what is computed of them is computed elsewhere.
 */
import { z } from 'zod';

const when = z.iso.datetime();
const name = z.string().max(300);

/** What was found when a file was added. */
export const FOUND = [
  'encrypted pdf',
  'encrypted office',
  'protected archive',
  'type not accepted',
  'content differs from name',
  'empty',
  'too long a path',
  'not readable',
] as const;

export type FoundCode = (typeof FOUND)[number];
export const isFound = (code: string): code is FoundCode => (FOUND as readonly string[]).includes(code);

export const fileFacts = z.looseObject({
  /** The item it is a version of; the id of its row in `documents`. */
  item: z.string().max(64),
  version: z.string().max(64),
  number: z.int().min(1),
  name: z.string().max(1024),
  type: z.string().max(200),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  added: when,
  addedBy: name,
  /** Codes of attach-time checks, those of FOUND and any of a later version. */
  found: z.array(z.string().max(60)).max(20),
  /** Names of the organisations it was released to. */
  releasedTo: z.array(name).max(100),
});
export type FileFacts = z.infer<typeof fileFacts>;

export const packageFacts = z.looseObject({
  id: z.string().max(64),
  /** The organisation, and the post, that it was released to. */
  to: name,
  post: name.optional(),
  purpose: z.string().max(60),
  urgency: z.string().max(60).optional(),
  released: when,
  releasedBy: name.optional(),
  /** The post that released it; behind its last comma stands the unit that measures count it for. */
  from: name.optional(),
  /** The package that it answers; missing: it is a first one. */
  answers: z.string().max(64).optional(),
  /** Versions. */
  files: z.array(z.string().max(64)).max(5000),
  state: z.enum(['released', 'delivered', 'opened', 'accepted', 'returned', 'withdrawn']),
  reasons: z.array(z.string().max(4000)).max(100),
  delivered: when.optional(),
  opened: when.optional(),
  decided: when.optional(),
  /** Returned: the day by which a response was asked for. */
  respondBy: z.iso.date().optional(),
});
export type PackageFacts = z.infer<typeof packageFacts>;

const facts = z.array(z.looseObject({})).max(100_000).default([]);
const fact = z.looseObject({}).nullable().default(null);

/** The work as its fold has it (`WorkState` of work/state.ts), taken as it comes: it is proved by signed facts, never by this copy. */
export const workFacts = z.looseObject({
  stage: z.looseObject({}).optional(),
  holder: fact,
  handovers: facts,
  allocations: facts,
  reviews: facts,
  actions: facts,
  decisions: facts,
  certificates: facts,
  signatures: facts,
  answers: z.record(z.string().max(300), z.looseObject({})).default({}),
  deadlines: facts,
  releasedAnyway: facts,
  settled: facts,
  messages: facts,
  agreements: facts,
  closed: fact,
  closings: facts,
  holds: facts,
  retention: facts,
  disposals: facts,
  refused: facts,
});
export type WorkFacts = z.infer<typeof workFacts>;

/** A field that several people set at once, until one chooses. */
export const conflict = z.object({ path: z.string().max(300), values: z.array(z.string().max(20_000)).max(100) });
