/**
 * Everything of a case that a disposal has to reach: its ordinary areas, and those of sensitive material. That there is
 * one of these Working papers say to everybody who reads them; what is in it, and what was made of it for a partner, only
 * its readers know.
 */
import type { AreaId, CaseId } from '../../../shared/primitives/ids.ts';
import { areasOf } from '../cases/caseIndex.ts';
import { begunInWorking, sensitiveOf } from '../cases/sensitive/areas.ts';
import type { Session } from '../session.ts';

/** What the order names: alike on every computer that reads the ordinary areas. */
export function orderedAreas(session: Session, of: CaseId): readonly AreaId[] {
  const ordinary: readonly AreaId[] = areasOf(session, of).map(({ area }) => area);
  const apart = begunInWorking(session, of)?.fact.area;
  const came =
    apart === undefined ? [] : [apart].filter((area) => !ordinary.includes(area) && cameFrom(session, area, ordinary));
  return [...ordinary, ...came].sort((a, b) => (a < b ? -1 : 1));
}

/** Whether its chain says so, where this computer reads it; who does not read it leaves that to the relay. */
function cameFrom({ log }: Session, area: AreaId, from: readonly AreaId[]): boolean {
  const { access } = log.replica(area);
  return access === null || (access.kind === 'sensitive' && access.from !== null && from.includes(access.from));
}

/** What this computer holds of it: also what only readers of sensitive material know. Never an area of another case. */
export function heldAreas(session: Session, of: CaseId, ordered: readonly AreaId[]): readonly AreaId[] {
  const others = new Set(
    session.facts
      .of('case')
      .filter(({ fact }) => fact.case !== of)
      .map(({ area }) => area),
  );
  const known = [...areasOf(session, of), ...sensitiveOf(session, of)].map(({ area }): AreaId => area);
  return [...new Set([...ordered, ...known])].filter((area) => !others.has(area));
}
