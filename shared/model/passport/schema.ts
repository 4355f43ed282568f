/**
 * The integrity passport of one version of a file: everything signed that is known of it, in a form that somebody outside
 * can check with the file and nothing else of Joinder's. Plain JSON; bytes are in hex, times in ISO 8601. What it says in
 * words is held against what the signatures say (verify.ts). It holds no key, and no word about another file.
 * Format: docs/passport.md.
 */
import { z } from 'zod';
import type { AreaId, DeviceId, OrgId, VersionId } from '../../primitives/ids.ts';
import { count, hash, id, ORIGINS, text } from '../facts/parts.ts';

/** At most this many hex digits: a header or a content is far below. */
const hex = (digits: number) =>
  z
    .string()
    .max(digits)
    .regex(/^([0-9a-f]{2})*$/);
const when = z.iso.datetime();

const signed = z.object({ header: hex(40_000), signature: hex(128) });

/** What happened, who by and on which computer, and the signed entry that proves it. */
const entryStep = z.object({
  what: z.enum(['imported', 'entered the Case file', 'delivered', 'opened', 'viewing began', 'exported']),
  at: when,
  by: z.object({ name: text(200), post: text(200), organisation: id<OrgId>() }),
  computer: id<DeviceId>(),
  /** `line`: the salt of a line that the header commits to; `content`: salt and content that the header commits to. */
  proof: z.union([signed.extend({ salt: hex(32) }), signed.extend({ content: hex(20_000) })]),
});
/** It was made from another version: which, by its content, in an entry of its own. */
const derivedStep = entryStep.extend({
  what: z.literal('derived'),
  how: z.enum(ORIGINS),
  from: z.object({ version: id<VersionId>(), sha256: hash }),
  proof: signed.extend({ content: hex(20_000) }),
});
/** A relay held all of it: its word may cover many versions, of which `lists` has one hash each. */
const custodyStep = z.object({
  what: z.literal('held by the relay'),
  at: when,
  proof: z.object({
    relayKey: hex(130),
    area: id<AreaId>(),
    lists: z.array(hash).max(5000),
    signature: hex(128),
  }),
});

const statement = z.object({ body: hex(20_000), signature: hex(128) });

export const passport = z.object({
  format: z.literal('joinder passport'),
  version: z.literal(1),
  file: z.object({
    name: text(1024),
    type: text(200),
    bytes: count,
    sha256: hash,
    version: id<VersionId>(),
    /** One hash of its sealed chunks. */
    chunks: hash,
  }),
  /** Oldest first. */
  steps: z.array(z.union([entryStep, derivedStep, custodyStep])).max(20_000),
  /** Each computer that signed a step: its authority's signed words for it and for its holder. */
  computers: z.array(z.object({ device: id<DeviceId>(), organisation: id<OrgId>(), says: z.array(statement).max(4) })),
  /** Each organisation, by the key of its authority: its id is a hash of the key. */
  organisations: z.array(z.object({ organisation: id<OrgId>(), name: text(200), key: hex(130) })),
  made: z.object({ at: when, by: text(200) }),
});
export type Passport = z.infer<typeof passport>;
export type PassportStep = Passport['steps'][number];
export type EntryStep = z.infer<typeof entryStep>;
export type DerivedStep = z.infer<typeof derivedStep>;
export type CustodyStep = z.infer<typeof custodyStep>;

/** Words of a receipt are those of the step that it proves. */
export const LINE_WORDS = { added: 'imported', entered: 'entered the Case file' } as const;
