/**
 * Who may share files: held against the table that Joinder comes with, by role alone, because packages travel outside the
 * areas in which an agreement and a stage stand.
 */
import type { AnyFact, Logged } from '../../logged.ts';
import type { Action } from './actions.ts';
import { DEFAULT_PERMISSIONS } from './table.ts';

function sharingAct(fact: AnyFact): Action | null {
  switch (fact.is) {
    case 'package':
    case 'entered':
    case 'rows frozen':
    case 'rows entered':
    case 'released':
      return 'released';
    case 'derived':
      return 'added';
    case 'sent in error':
      return 'withdrawn';
    case 'added':
    case 'withdrawn':
    case 'dropped':
    case 'accepted':
    case 'returned':
      return fact.is;
    default:
      return null;
  }
}

/** Whether somebody of these roles may do this to files and packages. */
export const mayShare = (act: Action, roles: readonly string[]): boolean =>
  DEFAULT_PERMISSIONS.actions[act]?.allow.some((allowed) => allowed.roles.some((role) => roles.includes(role))) ??
  false;

/** Whether a fact about files or packages counts by its writer's roles; true of every other fact. */
export function isPermitted({ fact, roles }: Pick<Logged, 'fact' | 'roles'>): boolean {
  const act = sharingAct(fact);
  return act === null || mayShare(act, roles);
}
