/**
 * Packages that came for a case after it was closed, by a modified client or by one that was away and did not know: they are
 * set aside while it is closed, as files and text are, and come in when somebody reopens it. Judged by the relay's time of
 * both; while it has given a package none, by the writer's.
 */
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import { isFact } from '../../../../shared/model/logged.ts';
import type { Session } from '../../session.ts';
import { areasOf, packages, packagesOf } from '../caseIndex.ts';
import { workOf } from './folded.ts';

/** Since when the case is closed; null: it is not, or the relay has not ordered it. */
function closedSince(session: Session, of: CaseId): Millis | null {
  const { closed } = workOf(session, of);
  if (closed === null) return null;
  const times = areasOf(session, of)
    .flatMap(({ area }) => session.facts.inArea(area))
    .filter((logged) => isFact(logged, 'closed') && logged.fact.at === closed.at && logged.relayTime !== null)
    .map(({ relayTime }) => relayTime ?? 0);
  return times.length > 0 ? Math.min(...times) : null;
}

/** When it came; null: it counts. */
export function lateAt(session: Session, { side, content, entry }: PackageState): Millis | null {
  if (side === 'sender') return null;
  const since = closedSince(session, content.case);
  const logged = session.facts.get(entry);
  const at = logged?.relayTime ?? logged?.time ?? null;
  return since !== null && at !== null && at > since ? at : null;
}

const counts = (session: Session, all: readonly PackageState[]): readonly PackageState[] =>
  all.filter((pkg) => lateAt(session, pkg) === null);

/** Every package, and those of one case, that are not set aside. */
export const packagesHere = (session: Session): readonly PackageState[] => counts(session, packages(session));
export const packagesHereOf = (session: Session, of: CaseId): readonly PackageState[] =>
  counts(session, packagesOf(session, of));
