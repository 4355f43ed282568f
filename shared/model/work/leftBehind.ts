/**
 * What somebody who has left had in hand in a case, by name: the case itself, a role or package given to them, a review asked of
 * them; and what of it others took over since, who and when. Pure: who has left is said by the directory, not here.
 */
import type { OrgId, PackageId, PersonId, WorkId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import type { Party } from '../facts/parts.ts';
import type { Role } from '../roles.ts';
import type { Stage } from '../formats/stages.ts';
import type { WorkState } from './state.ts';

/** Something that a person had in hand. */
export type InHand =
  /** `actions`: of the action plan, open, which whoever has the case answers. */
  | { readonly is: 'case'; readonly actions: number }
  | { readonly is: 'role'; readonly role: Role; readonly package: PackageId | null }
  | { readonly is: 'review'; readonly review: WorkId; readonly stage: Stage }
  /** Somebody of an organisation outside for whom they answered; nobody does now, and their access ends soon. */
  | { readonly is: 'guest'; readonly guest: PersonId; readonly name: string; readonly until: string };

export interface LeftBehind {
  readonly thing: InHand;
  readonly from: Party;
  /** Who has it now; null: still the one who left. */
  readonly taken: { readonly to: Party; readonly by: string; readonly at: Millis } | null;
}

/** What these people of an organisation left behind in a case: nothing of one that is closed but what was taken over. */
export function leftBehind(work: WorkState, org: OrgId, gone: ReadonlySet<PersonId>): readonly LeftBehind[] {
  const isGone = (party: Party): boolean => party.org === org && gone.has(party.person);
  const all = [...casesOf(work, isGone), ...rolesOf(work, isGone), ...reviewsOf(work, isGone)];
  return work.closed === null ? all : all.filter(({ taken }) => taken !== null);
}

type IsGone = (party: Party) => boolean;

function casesOf(work: WorkState, isGone: IsGone): readonly LeftBehind[] {
  const thing: InHand = { is: 'case', actions: work.actions.filter(({ closed }) => closed === null).length };
  const taken = work.handovers.flatMap(({ to, from: before, by, at }, i): LeftBehind[] => {
    const from = before ?? work.handovers[i - 1]?.to;
    return from !== undefined && isGone(from) && !isGone(to)
      ? [{ thing: { is: 'case', actions: 0 }, from, taken: { to, by: by.personName, at } }]
      : [];
  });
  return work.holder !== null && isGone(work.holder) ? [...taken, { thing, from: work.holder, taken: null }] : taken;
}

const rolesOf = ({ allocations }: WorkState, isGone: IsGone): readonly LeftBehind[] =>
  allocations.flatMap(({ to: from, role, package: pkg, current }, i): LeftBehind[] => {
    if (!isGone(from)) return [];
    const next = allocations
      .slice(i + 1)
      .find((one) => one.role === role && one.package === pkg && one.to.org === from.org);
    if (!current && next === undefined) return [];
    const taken = next === undefined || isGone(next.to) ? null : { to: next.to, by: next.by.personName, at: next.at };
    return taken === null && !current ? [] : [{ thing: { is: 'role', role, package: pkg }, from, taken }];
  });

/** A review that was asked of somebody is taken over by who gives it, or by being asked of another. */
const reviewsOf = ({ reviews }: WorkState, isGone: IsGone): readonly LeftBehind[] =>
  reviews.flatMap(({ id, stage, to, given, withdrawn }): LeftBehind[] =>
    to !== null && isGone(to) && given === null && withdrawn === null
      ? [{ thing: { is: 'review', review: id, stage }, from: to, taken: null }]
      : [],
  );
