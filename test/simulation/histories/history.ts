/**
 * A random history of who may see an area: what people, authorities and leads do, one step after the other. Person 0 leads
 * throughout; 0 and 1 alone may hold the leads' post (0), 2 to 4 posts 1 and 2 and the one that may open a case in an emergency (5).
 * Person 5 is of a partner organisation and holds its post (3); person 6 is a guest with theirs (4), for whom person 1 answers.
 */
import fc from 'fast-check';
import type { AreaKind, Role } from '../../../shared/seal/area/chain.ts';

export const PEOPLE = [0, 1, 2, 3, 4, 5, 6] as const;
export const SEATS = [0, 1, 2, 3, 4, 5] as const;
export const OF_PARTNER = 5;
export const PARTNERS_POST = 3;
export const GUEST = 6;
export const GUESTS_POST = 4;
export const SPONSOR = 1;
/** The post with the role `emergency access`. */
export const DUTY_POST = 5;
/** The guest's last day when the history begins. */
export const GUEST_UNTIL = 10;
/** The hour of the first day at which a history begins. */
export const FIRST_HOUR = 12;

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
  | { readonly is: 'hours'; readonly hours: number }
  /** The guest's authority gives another last day, so many days from today; or ends them. */
  | { readonly is: 'guest until'; readonly days: number }
  | { readonly is: 'guest end' }
  /** Somebody opens the case in an emergency; `by` ends that of `of`. */
  | { readonly is: 'emergency'; readonly person: number; readonly hours: number }
  | { readonly is: 'emergency over'; readonly of: number; readonly by: number }
  /** The authority pins the partner organisation, or no longer. */
  | { readonly is: 'pin' | 'unpin' }
  /** Into the in-tray of the leads' post. */
  | { readonly is: 'hand in'; readonly person: number; readonly kind: 'event' | 'audit' }
  | { readonly is: 'cut' | 'mend'; readonly person: number }
  | { readonly is: 'write'; readonly person: number };

const among = (...n: readonly number[]) => fc.constantFrom(...n);
const who = among(...PEOPLE);
const others = among(2, 3, 4);
const post = among(1, 2);
const joined = among(1, 2, DUTY_POST);
const act: fc.Arbitrary<LeadAct> = fc.oneof(
  fc.record({
    do: fc.constant('give' as const),
    seat: post,
    role: fc.constantFrom<Role>('reader', 'contributor', 'lead'),
    until: fc.option(fc.integer({ min: 0, max: 12 }), { freq: 1 }),
  }),
  fc.record({ do: fc.constant('remove' as const), seat: post }),
);
/** About the posts of partner and guest, which have no last day in the case. */
const actOnStrangers: fc.Arbitrary<LeadAct> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('give' as const),
      seat: among(PARTNERS_POST, GUESTS_POST),
      role: fc.constantFrom<Role>('reader', 'contributor', 'lead'),
      until: fc.constant(null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), seat: among(PARTNERS_POST, GUESTS_POST) }) },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constantFrom('join' as const, 'leave' as const), person: others, seat: joined }),
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
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constant('lead' as const), by: among(0, 1, 5, 6), act: actOnStrangers }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('lead' as const), by: among(5, 6), act }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('emergency' as const),
      person: among(2, 3, 4, 4, 4, 5, 6),
      hours: fc.integer({ min: 1, max: 26 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('emergency over' as const), of: others, by: who }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ is: fc.constant('guest until' as const), days: fc.integer({ min: 0, max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ is: 'guest end' as const }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constantFrom('pin' as const, 'unpin' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('hand in' as const),
      person: among(2, 5, 5, 6),
      kind: fc.constantFrom('event' as const, 'audit' as const),
    }),
  },
);

export interface History {
  readonly kind: AreaKind;
  readonly steps: readonly Step[];
}

/** Somebody in each post, and both let in: most of what can go wrong needs that first. */
const BEGUN: readonly Step[] = [
  { is: 'join', person: 4, seat: DUTY_POST },
  { is: 'join', person: 2, seat: 1 },
  { is: 'join', person: 3, seat: 2 },
  { is: 'lead', by: 0, act: { do: 'give', seat: 1, role: 'contributor', until: null } },
  { is: 'lead', by: 0, act: { do: 'give', seat: 2, role: 'reader', until: null } },
];
/** Who comes from outside is let in where they may be. */
const strangersIn = (kind: AreaKind): readonly Step[] =>
  kind === 'working papers' || kind === 'sensitive'
    ? []
    : [
        {
          is: 'lead',
          by: 0,
          act: {
            do: 'give',
            seat: kind === 'guest' ? GUESTS_POST : PARTNERS_POST,
            role: 'contributor',
            until: null,
          },
        },
      ];
export const begun = (kind: AreaKind): readonly Step[] => [...BEGUN, ...strangersIn(kind)];

export const history: fc.Arbitrary<History> = fc
  .record({
    kind: fc.constantFrom<AreaKind>(
      'working papers',
      'working papers',
      'case file',
      'case file',
      'guest',
      'guest',
      'sensitive',
    ),
    steps: fc.array(step, { minLength: 4, maxLength: 16 }),
  })
  .map(({ kind, steps }) => ({ kind, steps: [...begun(kind), ...steps] }));
