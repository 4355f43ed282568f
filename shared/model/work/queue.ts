/**
 * What colleagues gave to a person in a case, and what came back to them: reviews that wait for them, a review of theirs
 * that was sent back, a package that was allocated to them. Each goes when it is dealt with; nothing is ticked off by hand.
 */
import type { OrgId, PackageId, PersonId } from '../../primitives/ids.ts';
import type { PackageState } from '../foldPackage.ts';
import type { Allocation, ReviewState, WorkState } from './state.ts';

export type Queued =
  /** `mine`: asked of this person by name, or of whoever takes it; else of another supervisor. */
  | { readonly is: 'review'; readonly review: ReviewState; readonly mine: boolean }
  | { readonly is: 'sent back'; readonly review: ReviewState; readonly mine: true }
  | { readonly is: 'allocated'; readonly allocation: Allocation; readonly package: PackageState; readonly mine: true };

interface Person {
  readonly org: OrgId;
  readonly person: PersonId;
}
const isSame = (a: Person, b: Person): boolean => a.org === b.org && a.person === b.person;

/** `maySignOff`: whether this person may sign off what others ask for in this case. */
export function queueOf(
  work: WorkState,
  packages: readonly PackageState[],
  me: Person,
  maySignOff: boolean,
): readonly Queued[] {
  return [
    ...(maySignOff ? waitingReviews(work, me) : []),
    ...sentBack(work, packages, me),
    ...allocatedTo(work, packages, me),
  ];
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
