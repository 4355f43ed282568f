/** Whether this person may share files: what others would refuse is not written. Judged as they will judge it, by role. */
import type { Action } from '../../../shared/model/work/permissions/actions.ts';
import { mayShare } from '../../../shared/model/work/permissions/sharing.ts';
import { rolesOf } from '../../../shared/seal/directory/directory.ts';
import type { Session } from '../session.ts';

export function mayShareHere({ directories, identity }: Session, act: Action): boolean {
  const state = directories.current(identity.org);
  return state !== null && mayShare(act, rolesOf(state, identity.device));
}
