/**
 * What denies access to a case, as this computer has it, and to which posts of its own organisation in an area: asked by
 * whoever hands out keys, before each. Folded once for each change; a case of which nothing is said costs nothing.
 */
import type { AreaId, CaseId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Identity } from '../../../shared/ipc/vault.ts';
import type { Denial, Limits } from '../../../shared/model/access/limits.ts';
import type { Logged } from '../../../shared/model/logged.ts';
import { NO_LIMITS, denialOfSeat, foldLimits } from '../../../shared/model/access/limits.ts';
import type { Granting } from '../../../shared/model/access/spans.ts';
import type { Facts } from '../cases/facts.ts';
import { hasMarkings, markingOf } from './markings.ts';
import type { Directories } from '../log/directories.ts';
import type { Log } from '../log/log.ts';
import { today } from '../timeZone.ts';

export interface LimitsContext {
  readonly platform: Pick<Platform, 'now'>;
  readonly identity: Pick<Identity, 'org'>;
  readonly directories: Directories;
  readonly facts: Facts;
  readonly log: Pick<Log, 'replica'>;
}

interface Known {
  readonly revision: number;
  readonly cases: ReadonlyMap<AreaId, CaseId>;
  /** Areas that say they are the Working papers or the Case file of a case. */
  readonly areas: ReadonlyMap<CaseId, readonly AreaId[]>;
  readonly limits: Map<CaseId, Limits>;
}
const known = new WeakMap<Facts, Known>();

function knownOf({ facts, identity: { org: own } }: LimitsContext): Known {
  const before = known.get(facts);
  if (before?.revision === facts.revision) return before;
  const begun = [...facts.of('case'), ...facts.of('sensitive begun'), ...facts.of('guest invited')];
  const areas = new Map<CaseId, AreaId[]>();
  for (const { area, org, fact } of facts.of('case'))
    if (org === own) areas.set(fact.case, [...(areas.get(fact.case) ?? []), area]);
  const fresh = {
    areas,
    revision: facts.revision,
    cases: new Map(begun.map(({ area, fact }) => [area, fact.case])),
    limits: new Map(),
  };
  known.set(facts, fresh);
  return fresh;
}

/** The case that an area says it is of. */
export const caseOf = (context: LimitsContext, area: AreaId): CaseId | null => knownOf(context).cases.get(area) ?? null;

/** What denies access to a case, by the Working papers of one's own organisation. */
export function limitsOf(context: LimitsContext, of: CaseId): Limits {
  const { limits } = knownOf(context);
  const marking = markingOf(context.facts, of);
  const folded = limits.get(of);
  if (folded) return marking === folded.marking ? folded : { ...folded, marking };
  const fresh = foldLimits(limiting(context, of));
  limits.set(of, fresh);
  return marking === null ? fresh : { ...fresh, marking };
}

/** What our own organisation said in a case's Working papers. */
function limiting(context: LimitsContext, of: CaseId): readonly Logged[] {
  const { facts, log, identity } = context;
  const working = (knownOf(context).areas.get(of) ?? []).filter((area) => {
    const { access } = log.replica(area);
    return access?.kind === 'working papers' && access.owner === identity.org;
  });
  return working.flatMap((area) => facts.inArea(area)).filter(({ org }) => org === identity.org);
}

/** Whether a rule ever denied an area to somebody, or may have: then a key may have been made without one of its posts. */
export function wasLimited(context: LimitsContext, area: AreaId): boolean {
  const { facts } = context;
  if (hasMarkings(facts)) return true;
  if (LIMITING.every((is) => facts.of(is).length === 0)) return false;
  const of = caseOf(context, area);
  return (
    of !== null &&
    limiting(context, of).some(
      ({ fact }) =>
        fact.is === 'barred' || fact.is === 'access limited' || (fact.is === 'access given' && fact.until !== null),
    )
  );
}

const LIMITING = ['barred', 'access limited', 'access given'] as const;

/** Why a post of our organisation gets no key of an area; null: it may have it. A last day counts from who let the post in. */
export function denialIn(
  context: LimitsContext,
  area: AreaId,
  seat: SeatId,
  granted: Pick<Granting, 'by'> | null = context.log.replica(area).history.given.get(seat) ?? null,
): Denial | null {
  const { facts, directories, identity, platform } = context;
  if (LIMITING.every((is) => facts.of(is).length === 0) && !hasMarkings(facts)) return null;
  const of = caseOf(context, area);
  const own = directories.current(identity.org);
  const limits = of === null ? NO_LIMITS : limitsOf(context, of);
  if (own === null || limits === NO_LIMITS || !own.posts.has(seat)) return null;
  return denialOfSeat(limits, own, seat, today(platform), granted);
}
