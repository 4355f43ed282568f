/**
 * Whether a fact may count at its place: by the roles that the directory proves, the side its organisation is on, what
 * its writer is to the thing acted upon, and the permission table in force. It looks at nothing but the facts before it
 * in the same area, so that everybody who reads the area reaches the same verdict.
 */
import type { OrgId, PersonId } from '../../../primitives/ids.ts';
import type { AnyFact, Logged } from '../../logged.ts';
import { isSide } from '../../roles.ts';
import type { Action } from '../permissions/actions.ts';
import type { Denied, Relation } from '../permissions/table.ts';
import { denies } from '../permissions/table.ts';
import { sideOf, sideOfRoles } from '../sides.ts';
import type { Said, WorkState } from '../state.ts';
import type { Draft } from './draft.ts';
import { byId } from './draft.ts';

/** Who asked for, raised or offered what a fact answers. */
function askedBy(state: WorkState, fact: AnyFact): Said | null {
  switch (fact.is) {
    case 'review withdrawn':
    case 'review given':
      return byId(state.reviews, fact.review)?.asked ?? null;
    case 'disposal agreed':
    case 'disposal refused':
      return byId(state.disposals, fact.disposal)?.asked ?? null;
    case 'agreement accepted':
    case 'agreement declined':
    case 'agreement withdrawn':
      return byId(state.agreements, fact.agreement)?.offered ?? null;
    case 'action due':
    case 'action answered':
    case 'action closed':
      return byId(state.actions, fact.action)?.raised ?? null;
    default:
      return null;
  }
}

interface Who {
  readonly org: OrgId;
  readonly person: PersonId;
}
const isSame = (a: Who, b: Who): boolean => a.org === b.org && a.person === b.person;

/** What somebody is to the thing a fact speaks of. */
export function relationsOf(state: WorkState, fact: AnyFact, who: Who): Relation[] {
  const asked = askedBy(state, fact)?.by;
  return [
    ...(asked && isSame(asked, who) ? ['asked for it' as const] : []),
    ...(asked && asked.org === who.org ? ['same organisation' as const] : []),
    ...(state.holder && isSame(state.holder, who) ? ['holds the case' as const] : []),
  ];
}

/** The roles that count for an organisation here: once it has acted for one side, those of the other give nothing. */
export function rolesHere({ sides }: Pick<Draft, 'sides'>, org: OrgId, roles: readonly string[]): readonly string[] {
  const side = sides.get(org);
  return roles.filter((role) => sideOf(role) === null || sideOf(role) === side);
}

/** Notes the side of a writer's organisation, where it is not known yet. */
export function noteSide({ sides }: Draft, { org, roles, side }: Pick<Logged, 'org' | 'roles' | 'side'>): void {
  const spoken = side !== null && isSide(side) ? side : sideOfRoles(roles);
  if (spoken !== null && !sides.has(org)) sides.set(org, spoken);
}

/** Why the permissions in force do not let this fact count; null: they do. */
export function judgeWork(draft: Draft, logged: Logged, action: Action): Denied | null {
  const { state, table } = draft;
  const roles = rolesHere(draft, logged.org, logged.roles);
  const actor = { roles, is: relationsOf(state, logged.fact, logged) };
  return denies(table, action, actor, { stage: state.stage.stage, closed: state.closed !== null });
}
