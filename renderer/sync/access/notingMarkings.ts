/**
 * What the markings of cases ask of whoever sees them: by the sharing agreement in force in a case, or by the organisation's
 * template where there is none. Looked up on every cue, and only where a rule names vetting at all.
 */
import type { MarkingRule } from '../../../shared/model/access/limits.ts';
import { templateIn } from '../../../shared/model/work/agreement/draft.ts';
import { agreementInForce } from '../../../shared/model/work/agreement/inForce.ts';
import type { Agreement } from '../../../shared/model/work/agreement/schema.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { allCases, areasOf } from '../cases/caseIndex.ts';
import { snapshotOf } from '../cases/snapshotOf.ts';
import { workOf } from '../cases/work/folded.ts';
import type { Session } from '../session.ts';
import { setMarkings } from './markings.ts';

export async function noteMarkings(session: Session): Promise<void> {
  const template = templateIn(session.rules.own().set.files);
  const rules = new Map<CaseId, MarkingRule>();
  for (const of of allCases(session)) {
    if (!areasOf(session, of).some(({ kind }) => kind === 'working papers')) continue;
    const agreement = agreementInForce(workOf(session, of))?.agreement ?? template;
    if (!agreement.markings.some(asksVetting)) continue;
    const { case: record } = await snapshotOf(session, of);
    const rule = agreement.markings.find((one) => one.marking === record.marking);
    if (rule && asksVetting(rule)) rules.set(of, { marking: rule.marking, vetting: rule.vetting ?? [] });
  }
  setMarkings(session.facts, rules);
}

const asksVetting = ({ vetting }: Agreement['markings'][number]): boolean => (vetting ?? []).length > 0;
