/**
 * What colleagues gave to a person in a case, and what came back to them: reviews that wait for them, a review of theirs
 * that was sent back, a package that was allocated to them, a case that was handed to them; for who allocates, each package
 * that nobody has by name, and for who answers for sharing, an agreement that was offered. Each goes when it is dealt with; nothing is ticked off by hand.
 */
import type { OrgId, PackageId, PersonId } from '../../primitives/ids.ts';
import { agreementsWaiting } from './agreement/inForce.ts';
import type { PackageState } from '../foldPackage.ts';
import type { Millis } from '../../primitives/units.ts';
import type { Allocation, Handover, ReviewState, WorkState } from './state.ts';

type AgreementVersion = WorkState['agreements'][number];

export type Queued =
  /** `mine`: asked of this person by name, or of whoever takes it; else of another supervisor. */
  | { readonly is: 'review'; readonly review: ReviewState; readonly mine: boolean }
  | { readonly is: 'sent back'; readonly review: ReviewState; readonly mine: true }
  /** The case is this person's now, and they have neither done anything in it nor had it open since. */
  | { readonly is: 'handed over'; readonly handover: Handover; readonly mine: true }
  /** A package of their organisation that nobody has by name; they may allocate it. */
  | { readonly is: 'unallocated'; readonly package: PackageState; readonly mine: true }
  /** A version of the sharing agreement that the other organisation offered, and nobody here has answered. */
  | { readonly is: 'agreement offered'; readonly version: AgreementVersion; readonly mine: true }
  /** One that they offered and the other organisation declined; nothing was offered since. */
  | { readonly is: 'agreement declined'; readonly version: AgreementVersion; readonly mine: true }
  | { readonly is: 'allocated'; readonly allocation: Allocation; readonly package: PackageState; readonly mine: true };

interface Person {
  readonly org: OrgId;
  readonly person: PersonId;
}
const isSame = (a: Person, b: Person): boolean => a.org === b.org && a.person === b.person;

/** What a person may do in a case, and when they last did something in it or had it open: null, never. */
export interface Standing {
  readonly maySignOff: boolean;
  readonly mayAllocate: boolean;
  readonly mayAgree: boolean;
  readonly lastDid: Millis | null;
  /** When they last had it open; null: never. */
  readonly lastSaw: Millis | null;
}

export function queueOf(
  work: WorkState,
  packages: readonly PackageState[],
  me: Person,
  { maySignOff, mayAllocate, mayAgree, lastDid, lastSaw }: Standing,
): readonly Queued[] {
  return [
    ...handedTo(work, me, Math.max(lastDid ?? 0, lastSaw ?? 0)),
    ...(maySignOff ? waitingReviews(work, me) : []),
    ...(mayAllocate ? unallocated(work, packages) : []),
    ...(mayAgree ? offered(work, me) : []),
    ...declined(work, me),
    ...sentBack(work, packages, me),
    ...allocatedTo(work, packages, me),
  ];
}

/** The last handover, where it was to them by another, and they have neither done anything nor had it open since. */
function handedTo({ handovers, closed }: WorkState, me: Person, last: Millis): readonly Queued[] {
  const handover = handovers.at(-1);
  if (closed || !handover || !isSame(handover.to, me) || isSame(handover.by, me)) return [];
  return last > handover.at ? [] : [{ is: 'handed over', handover, mine: true }];
}

function unallocated(work: WorkState, packages: readonly PackageState[]): readonly Queued[] {
  return packages.flatMap((pkg) =>
    pkg.side !== 'receiver' || pkg.decided || pkg.withdrawn || work.closed || allocationOf(work, pkg.package)
      ? []
      : [{ is: 'unallocated' as const, package: pkg, mine: true }],
  );
}

const waitingReviews = ({ reviews, closed }: WorkState, me: Person): readonly Queued[] =>
  reviews.flatMap((review) =>
    closed || review.given || review.withdrawn || isSame(review.asked.by, me) || review.asked.by.org !== me.org
      ? []
      : [{ is: 'review' as const, review, mine: review.to === null || isSame(review.to, me) }],
  );

/** The last review that was asked for, where it was sent back and nothing was released since. */
function sentBack({ reviews, closed }: WorkState, packages: readonly PackageState[], me: Person): readonly Queued[] {
  const review = reviews.findLast(({ withdrawn }) => withdrawn === null);
  const given = review?.given;
  if (closed || !review || given?.outcome !== 'sent back' || !isSame(review.asked.by, me)) return [];
  return packages.some(({ content }) => content.at > given.at) ? [] : [{ is: 'sent back', review, mine: true }];
}

function offered(work: WorkState, me: Person): readonly Queued[] {
  const version = agreementsWaiting(work).findLast((one) => one.offered.by.org !== me.org);
  return work.closed || !version ? [] : [{ is: 'agreement offered', version, mine: true }];
}

function declined(work: WorkState, me: Person): readonly Queued[] {
  const version = work.agreements.findLast(({ withdrawn }) => withdrawn === null);
  if (work.closed || !version || !isSame(version.offered.by, me) || version.declined.length === 0) return [];
  return [{ is: 'agreement declined', version, mine: true }];
}

function allocatedTo(
  { allocations, closed }: WorkState,
  packages: readonly PackageState[],
  me: Person,
): readonly Queued[] {
  return allocations.flatMap((allocation) => {
    const found = packages.find((pkg) => pkg.package === allocation.package);
    if (closed || !allocation.current || !found || found.decided || found.withdrawn) return [];
    return isSame(allocation.to, me) ? [{ is: 'allocated' as const, allocation, package: found, mine: true }] : [];
  });
}

/** To whom a package is allocated now, by either organisation; null: to nobody. */
export const allocationOf = ({ allocations }: WorkState, pkg: PackageId): Allocation | null =>
  allocations.findLast((one) => one.current && one.package === pkg) ?? null;
