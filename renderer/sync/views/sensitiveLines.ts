/**
 * What has happened to sensitive material, for the screen alone: that it is kept apart and who moved what where is said to
 * whoever reads the case, what it is to nobody; and none of it is in a copy of the case.
 */
import type { AreaId, CaseId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { mayKeep } from '../../../shared/model/disclosure/sensitive.ts';
import { inOneOrder } from '../../../shared/model/logged.ts';
import { areasOf } from '../cases/caseIndex.ts';
import { begunInWorking, sensitiveOf } from '../cases/sensitive/areas.ts';
import type { Session } from '../session.ts';

interface Line {
  readonly at: Millis;
  readonly sentence: string;
}

export function sensitiveLines(session: Session, of: CaseId): readonly Line[] {
  const makers = new Map(areasOf(session, of).map(({ area, begun }) => [area as AreaId, begun.org]));
  const begun = begunInWorking(session, of);
  const moved = new Map<string, Line>();
  for (const { area, org, roles, fact } of inOneOrder(session.facts.of('material moved'))) {
    if (makers.get(area) !== org || !mayKeep(roles)) continue;
    const where = fact.to === 'sensitive' ? 'to the sensitive list' : 'back to unused material';
    moved.set(fact.as, { at: fact.at, sentence: `${fact.by.personName} moved an item of material ${where}` });
  }
  const shared = sensitiveOf(session, of).flatMap(({ begun: { fact } }) =>
    fact.with === null
      ? []
      : [{ at: fact.at, sentence: `${fact.by.personName} shared sensitive material with ${fact.with.orgName}` }],
  );
  const read = new Set<AreaId>(sensitiveOf(session, of).map(({ area }) => area));
  const ended = inOneOrder(session.facts.of('access ended')).flatMap(({ area, fact }) =>
    read.has(area)
      ? [
          {
            at: fact.at,
            sentence: `${fact.by.personName} took ${fact.post} out of the sensitive material: ${fact.why}`,
          },
        ]
      : [],
  );
  return [
    ...(begun ? [{ at: begun.fact.at, sentence: `${begun.fact.by.personName} began the sensitive list` }] : []),
    ...moved.values(),
    ...shared,
    ...ended,
  ];
}
