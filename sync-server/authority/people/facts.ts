/**
 * What an organisation says of its people: from its personnel system, from its identity provider, and by an administrator's
 * hand. Joining, moving and leaving are not said anywhere: they follow from these facts and the day (`access.ts`). Never
 * leaves the authority; only a name and the posts held reach the directory.
 */
import { z } from 'zod';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { isId } from '../../../shared/primitives/ids.ts';
import { dayNumber } from '../../../shared/primitives/calendar.ts';

const day = z.string().refine((text) => dayNumber(text) !== null);
const id = z.string().refine(isId);

/** A post as other systems name it. `unit` is empty where none is said. */
const namedPost = z.object({ title: z.string(), unit: z.string() });
/** First and last day, both included; null: no such bound. */
const span = { from: day.nullable(), until: day.nullable() };

const hrFacts = z.object({
  name: z.string(),
  /** The name to sign in with, where personnel knows it. */
  signIn: z.string().nullable(),
  from: day.nullable(),
  until: day.nullable(),
  postings: z.array(namedPost.extend(span)),
  /** The staff number of their line manager, where personnel names one. */
  manager: z.string().nullable().optional(),
});

const account = z.object({
  /** `deleted`: the provider took it away, and may bring it back under the same `externalId`. */
  state: z.enum(['active', 'inactive', 'deleted']),
  userName: z.string(),
  externalId: z.string().nullable(),
  /** The provider's attributes, as SCIM writes them. Empty once deleted. */
  resource: z.record(z.string(), z.unknown()),
});

export const personFacts = z.object({
  /** As an administrator wrote it, of whoever was added by hand. */
  name: z.string().nullable(),
  /** The personnel system's own key: staff or collar number. */
  staffNumber: z.string().nullable(),
  hr: hrFacts.nullable(),
  account: account.nullable(),
  /**
   * Posts that an administrator gave, by hand. With an owner it is a personal grant: it ends on a day, and its owner answers for
   * it (`personal.ts`); `renewed`: the day on which the owner, or who gave it, last said that it is to be.
   */
  given: z.array(
    z.object({ seat: id, ...span, owner: id.nullable().default(null), renewed: day.nullable().default(null) }),
  ),
  /** The day on which another system last named another post or unit for them; null: not since it was first told of. */
  moved: day.nullable().default(null),
  /** The day from which an administrator shut them out, whatever other systems say; null: nobody has. */
  ended: day.nullable().default(null),
});

export type NamedPost = z.infer<typeof namedPost>;
export type HrFacts = z.infer<typeof hrFacts>;
export type Account = z.infer<typeof account>;
export type PersonFacts = z.infer<typeof personFacts>;
export type GivenPost = PersonFacts['given'][number];

/** Facts as the store keeps them. */
export interface PersonRow {
  readonly id: PersonId;
  readonly facts: PersonFacts;
  /** Grows by one with each change. */
  readonly version: number;
  readonly created: number;
  readonly modified: number;
}

/** A group of the identity provider: a post whose holders the provider names. */
export interface GroupRow {
  readonly id: string;
  readonly displayName: string;
  readonly externalId: string | null;
  readonly members: readonly PersonId[];
  /** The post it stands for, once the directory has one. */
  readonly seat: SeatId | null;
  readonly version: number;
  readonly created: number;
  readonly modified: number;
}

/** What comes by itself: a post for everybody, for whoever holds a post of this title, or is in this unit. */
export interface Baseline {
  readonly id: string;
  readonly seat: SeatId;
  /** Null: whatever the title. */
  readonly title: string | null;
  readonly unit: string | null;
}

/** What other systems write alike: no case, one space, one form of each letter. */
export const sameText = (a: string, b: string): boolean => plainText(a) === plainText(b);
export const plainText = (text: string): string => text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

export const noFacts: PersonFacts = {
  name: null,
  staffNumber: null,
  hr: null,
  account: null,
  given: [],
  moved: null,
  ended: null,
};
