/**
 * A random history of an organisation's access to one case: what people, the authority and leads do, one step after the other. Person 0
 * leads throughout; 0 and 1 alone may hold the leads' post (0), anybody else posts 1 and 2.
 */
import fc from 'fast-check';
import type { Role } from '../../../shared/seal/area/chain.ts';

export const PEOPLE = [0, 1, 2, 3, 4] as const;
export const SEATS = [0, 1, 2] as const;

/** A lead's act on the chain. `until`: the last day, said with a grant. */
export type LeadAct =
  | { readonly do: 'give'; readonly seat: number; readonly role: Role; readonly until: number | null }
  | { readonly do: 'remove'; readonly seat: number };

export type Step =
  | { readonly is: 'join' | 'leave'; readonly person: number; readonly seat: number }
  | { readonly is: 'move'; readonly person: number; readonly from: number; readonly to: number }
  /** The person leaves the organisation: their computer is revoked. */
  | { readonly is: 'out'; readonly person: number }
  | { readonly is: 'lead'; readonly by: number; readonly act: LeadAct }
  /** Two leads change the chain upon the same head; the second comes second to the relay. */
  | { readonly is: 'race'; readonly acts: readonly [LeadAct, LeadAct]; readonly first: number }
  | { readonly is: 'bar' | 'lift'; readonly person: number }
  | { readonly is: 'days'; readonly days: number }
  | { readonly is: 'cut' | 'mend'; readonly person: number }
  | { readonly is: 'write'; readonly person: number };

const among = (...n: readonly number[]) => fc.constantFrom(...n);
const who = among(...PEOPLE);
const others = among(2, 3, 4);
const post = among(1, 2);
const act: fc.Arbitrary<LeadAct> = fc.oneof(
  fc.record({
    do: fc.constant('give' as const),
    seat: post,
    role: fc.constantFrom<Role>('reader', 'contributor', 'lead'),
    until: fc.option(fc.integer({ min: 0, max: 12 }), { freq: 1 }),
  }),
  fc.record({ do: fc.constant('remove' as const), seat: post }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constantFrom('join' as const, 'leave' as const), person: others, seat: post }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constantFrom('join' as const, 'leave' as const),
      person: fc.constant(1),
      seat: fc.constant(0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('move' as const), person: others, from: post, to: post }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('out' as const), person: among(1, 2, 3, 4) }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('lead' as const), by: among(0, 1, 2), act }) },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant('race' as const), acts: fc.tuple(act, act), first: among(0, 1) }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constantFrom('bar' as const, 'lift' as const), person: others }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('days' as const), days: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constantFrom('cut' as const, 'mend' as const), person: who }) },
  { weight: 6, arbitrary: fc.record({ is: fc.constant('write' as const), person: who }) },
);
/** Somebody in each post, and both let in: most of what can go wrong needs that first. */
const BEGUN: readonly Step[] = [
  { is: 'join', person: 2, seat: 1 },
  { is: 'join', person: 3, seat: 2 },
  { is: 'lead', by: 0, act: { do: 'give', seat: 1, role: 'contributor', until: null } },
  { is: 'lead', by: 0, act: { do: 'give', seat: 2, role: 'reader', until: null } },
];
export const history: fc.Arbitrary<readonly Step[]> = fc
  .array(step, { minLength: 4, maxLength: 16 })
  .map((steps) => [...BEGUN, ...steps]);
