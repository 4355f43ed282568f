/** What this person may do, by the roles of the posts they hold. */
import type { Action } from '../../../../shared/model/work/permissions/actions.ts';
import { denies } from '../../../../shared/model/work/permissions/table.ts';
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import { rolesOf } from '../../../../shared/seal/directory/directory.ts';
import type { Session } from '../../session.ts';
import { permissionsOf, workOf } from './folded.ts';

/** The roles of this person, by the newest directory. */
export function myRoles({ directories, identity }: Session): readonly string[] {
  const directory = directories.current(identity.org);
  return directory ? rolesOf(directory, identity.device) : [];
}

/** Whether they may do something to a case as it stands, as far as it is not their own work. */
export function mayIn(session: Session, of: CaseId, action: Action): boolean {
  const { holder, stage, closed } = workOf(session, of);
  const { identity } = session;
  const holds = holder?.org === identity.org && holder.person === identity.person;
  const actor = { roles: myRoles(session), is: holds ? ['holds the case' as const] : [] };
  return denies(permissionsOf(session, of), action, actor, { stage: stage.stage, closed: closed !== null }) === null;
}
