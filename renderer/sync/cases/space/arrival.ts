/** Of versions that were given back: which are to be here again, and waiting a moment for one that somebody opens. */
import type { VersionId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { SECOND } from '../../../../shared/primitives/units.ts';
import type { Session } from '../../session.ts';
import { caseOfArea, filedAs } from '../caseIndex.ts';
import type { Keeps } from './keeps.ts';

/** What comes within this time is opened whole; what is larger is looked at while it arrives. */
const MOMENT: Millis = 3 * SECOND;

/** Whether it was added on our side, in a case that is kept whole. */
export function isToBeKept(session: Session, keeps: Keeps, version: VersionId): boolean {
  const added = filedAs(session, version);
  const of = added && caseOfArea(session, added.area);
  return of !== null && added?.fact.is === 'added' && keeps.of(of) === 'all';
}

export function arrival(
  arrivals: Map<VersionId, () => void>,
  version: VersionId,
  isHere: () => boolean,
): Promise<void> {
  if (isHere()) return Promise.resolve();
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      arrivals.delete(version);
      done();
    };
    const timer = setTimeout(end, MOMENT);
    arrivals.set(version, end);
  });
}
