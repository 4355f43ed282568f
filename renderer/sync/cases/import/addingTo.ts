/** Where files that somebody adds go: Working papers of their organisation, or the one area that a guest may add to. */
import type { AreaId, CaseId } from '../../../../shared/primitives/ids.ts';
import type { CaseEvent, FileRecord, Party } from '../../../../shared/model/events.ts';
import { meAsGuest, ownFolder } from '../../guests/places.ts';
import type { Session } from '../../session.ts';
import { areaOf } from '../caseIndex.ts';
import { meAs } from '../me.ts';
import { mayShareHere } from '../permitted.ts';

interface AddingTo {
  readonly area: AreaId;
  readonly by: Party;
  readonly event: (file: FileRecord, said: { readonly by: Party; readonly at: number }) => CaseEvent;
}

/** Null: there is no such place for this person, or no more. */
export function addingTo(session: Session, of: CaseId): AddingTo | null {
  const folder = ownFolder(session, of);
  if (folder) {
    const by = meAs(session);
    return by && { area: folder.area, by, event: (file, said) => ({ is: 'guest brought', file, ...said }) };
  }
  const working = areaOf(session, of, 'working papers');
  const by = working && meAs(session, working.begun.fact.by.seat);
  return by && { area: working.area, by, event: (file, said) => ({ is: 'added', file, ...said }) };
}

/** Whether this person may add files at all. */
export const mayAdd = (session: Session): boolean => meAsGuest(session) !== undefined || mayShareHere(session, 'added');
