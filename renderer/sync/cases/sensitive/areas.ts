/**
 * The areas of sensitive material of a case that this computer reads: our own organisation's, and those made by value for
 * the prosecutor. An area counts as one by its access chain, never by what a fact says; one of ours only if nobody else is
 * granted it, and one of a partner only if they sent us a package of the case.
 */
import type { AreaId, CaseId, ItemId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import type { SensitiveArea } from '../../../../shared/model/disclosure/places.ts';
import { mayKeep } from '../../../../shared/model/disclosure/sensitive.ts';
import type { FactOf, Logged } from '../../../../shared/model/logged.ts';
import { inOneOrder } from '../../../../shared/model/logged.ts';
import type { Session } from '../../session.ts';
import { areaOf, areasOf, isSensitive, packagesOf } from '../caseIndex.ts';

type Begun = Logged<FactOf<'sensitive begun'>>;

export interface SensitivePlaceOf {
  readonly area: SensitiveArea;
  readonly begun: Begun;
  /** Made by our own organisation. */
  readonly ours: boolean;
  /** For another organisation, by value. */
  readonly isShared: boolean;
  /** When another organisation was let in, at the relay's time; null: the relay has not taken it yet, or nobody is. */
  readonly since: Millis | null;
}

/** In the one order: of two that were begun at once, the first is the one that is written to. */
export function sensitiveOf(session: Session, of: CaseId): readonly SensitivePlaceOf[] {
  const begun = inOneOrder(session.facts.of('sensitive begun')).filter(
    ({ fact, area }) => fact.case === of && fact.area === area && isSensitive(session, area),
  );
  const own = begun.filter((one) => isOwn(session, one));
  const shared = begun.filter((one) => one.fact.with !== null && isShared(session, of, one, own));
  return [...own, ...shared].map((one) => {
    const { owner } = session.log.replica(one.area).access ?? {};
    const others = [...session.log.replica(one.area).history.since].filter(([org]) => org !== owner);
    return {
      area: one.area as SensitiveArea, // its chain says so
      begun: one,
      ours: owner === session.identity.org,
      isShared: one.fact.with !== null,
      since: others.length > 0 ? Math.min(...others.map(([, at]) => at)) : null,
    };
  });
}

function isOwn(session: Session, { area, org, fact, roles }: Begun): boolean {
  const { access } = session.log.replica(area);
  const { org: own } = session.identity;
  if (access?.owner !== own || org !== own || fact.with !== null || !mayKeep(roles)) return false;
  return [...access.seats.values()].every((grant) => grant.org === own);
}

function isShared(session: Session, of: CaseId, { area, org, fact, roles }: Begun, own: readonly Begun[]): boolean {
  const owner = session.log.replica(area).access?.owner;
  if (owner !== org || !mayKeep(roles)) return false;
  if (org === session.identity.org) return own.some((one) => one.area === fact.source);
  return packagesOf(session, of).some((pkg) => pkg.side === 'receiver' && pkg.content.from.org === org);
}

/** Our own, to which this computer's organisation writes; null where there is none that this person reads. */
export const ownSensitive = (session: Session, of: CaseId): SensitivePlaceOf | null =>
  sensitiveOf(session, of).find(({ isShared: is }) => !is) ?? null;

/** That there is one, as Working papers say to those who are not among its readers. */
export function begunInWorking(session: Session, of: CaseId): Begun | null {
  const working = areaOf(session, of, 'working papers');
  return (
    inOneOrder(session.facts.of('sensitive begun')).find(
      ({ area, fact, org, roles }) =>
        area === working?.area && fact.with === null && org === session.identity.org && mayKeep(roles),
    ) ?? null
  );
}

/**
 * The files of material that is sensitive now, as the organisation whose case it is says: no release takes them, nothing
 * is served of them. Working papers say it, and the Case file of what had been released before.
 */
export function withheldItems(session: Session, of: CaseId): ReadonlySet<ItemId> {
  const makers = new Map(areasOf(session, of).map(({ area, begun }) => [area as AreaId, begun.org]));
  const withheld = new Set<ItemId>();
  const moves = inOneOrder(session.facts.of('material moved')).filter(
    ({ area, org, roles }) => makers.get(area) === org && mayKeep(roles),
  );
  for (const { fact } of moves)
    for (const item of fact.items) {
      if (fact.to === 'sensitive') withheld.add(item);
      else withheld.delete(item);
    }
  return withheld;
}
