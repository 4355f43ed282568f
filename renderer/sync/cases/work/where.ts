/** Where a case stands in the process that its organisation's rule data sets, today. */
import { dayOf } from '../../../../shared/primitives/calendar.ts';
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { DAY } from '../../../../shared/primitives/units.ts';
import type { RuleSet } from '../../../../shared/model/rules/ruleSet.ts';
import { processIn } from '../../../../shared/model/work/process/load.ts';
import type { ProcessTable } from '../../../../shared/model/work/process/table.ts';
import type { Where } from '../../../../shared/model/work/process/where.ts';
import { whereIs } from '../../../../shared/model/work/process/where.ts';
import type { Session } from '../../session.ts';
import { offset, today } from '../../timeZone.ts';
import { caseState } from '../caseIndex.ts';
import { snapshotOf } from '../snapshotOf.ts';
import { workOf } from './folded.ts';

const processes = new WeakMap<RuleSet, ProcessTable>();
/** The process that a rule set has cases worked on by. */
export function processOf(set: RuleSet): ProcessTable {
  const known = processes.get(set) ?? processIn(set.files);
  processes.set(set, known);
  return known;
}

/** The day of a moment here, YYYY-MM-DD. */
export const dayHere = (at: Millis): string => dayOf(Math.floor((at + offset(at)) / DAY)) ?? '9999-12-31';

export async function whereOf(session: Session, of: CaseId): Promise<Where> {
  const { platform, rules } = session;
  return whereIs(processOf(rules.own().set), await snapshotOf(session, of), workOf(session, of), {
    on: today(platform),
    now: platform.now(),
    begun: caseState(session, of)?.begun ?? platform.now(),
    dayAt: dayHere,
  });
}
