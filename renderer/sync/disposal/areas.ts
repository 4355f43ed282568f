/**
 * Everything of a case that a disposal has to reach: its ordinary areas, and those of sensitive material. That there is
 * one of these Working papers say to everybody who reads them; what is in it, and what was made of it for a partner, only
 * its readers know.
 */
import type { AreaId, CaseId } from '../../../shared/primitives/ids.ts';
import { areasOf } from '../cases/caseIndex.ts';
import { begunInWorking, sensitiveOf } from '../cases/sensitive/areas.ts';
import { grantedBy } from '../guests/places.ts';
import { falseInvitations } from '../../../shared/model/access/guests.ts';
import type { Session } from '../session.ts';

/** What the order names: alike on every computer that reads the ordinary areas. */
export function orderedAreas(session: Session, of: CaseId): readonly AreaId[] {
  const ordinary: readonly AreaId[] = areasOf(session, of).map(({ area }) => area);
  const apart = begunInWorking(session, of)?.fact.area;
  const came =
    apart === undefined ? [] : [apart].filter((area) => !ordinary.includes(area) && cameFrom(session, area, ordinary));
  return [...ordinary, ...came, ...guestAreas(session, ordinary)].sort((a, b) => (a < b ? -1 : 1));
}

/** What was made for guests of it: Working papers say so to everybody who reads them. */
const guestAreas = ({ facts, log }: Session, ordinary: readonly AreaId[]): readonly AreaId[] => {
  const isFalse = new Set(
    ordinary.flatMap((area) => falseInvitations(facts.inArea(area), grantedBy(log.replica(area).access))),
  );
  const invited = facts
    .of('guest invited')
    .filter((one) => one.fact.area !== one.area && ordinary.includes(one.area) && !isFalse.has(one));
  const made = [...new Set(invited.map(({ fact }) => fact.area))].filter((area) => !ordinary.includes(area));
  return made.filter((area) => {
    const { access } = log.replica(area);
    return access === null || (access.kind === 'guest' && access.from !== null && ordinary.includes(access.from));
  });
};

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
