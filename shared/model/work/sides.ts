/** Which side of the work a role belongs to; some roles are on either. */
import type { Role, Side } from '../roles.ts';
import { isRole } from '../roles.ts';

const SIDE_OF: Readonly<Record<Role, Side | null>> = {
  officer: 'police',
  supervisor: 'police',
  'disclosure officer': 'police',
  'file builder': 'police',
  prosecutor: 'prosecution',
  'prosecution manager': 'prosecution',
  paralegal: 'prosecution',
  'records manager': null,
  administrator: null,
  auditor: null,
  'emergency access': null,
  custodian: null,
};

export const sideOf = (role: string): Side | null => (isRole(role) ? SIDE_OF[role] : null);

/** The side that roles speak for; null: none, or both. */
export function sideOfRoles(roles: readonly string[]): Side | null {
  const [side, ...others] = new Set(roles.flatMap((role) => sideOf(role) ?? []));
  return side !== undefined && others.length === 0 ? side : null;
}
