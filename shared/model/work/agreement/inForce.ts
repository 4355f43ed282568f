/** Which version of the sharing agreement binds now, which ones wait, and whether what a case holds is as it says. */
import type { Finding } from '../../rules/preflight/preflight.ts';
import type { WorkState } from '../state.ts';
import type { Agreement } from './schema.ts';

type Version = WorkState['agreements'][number];

export const agreementInForce = ({ agreements }: Pick<WorkState, 'agreements'>): Version | null =>
  agreements.find((one) => one.inForce !== null && one.supersededBy === null) ?? null;

/** Versions that were offered and wait for the other side: not answered, not withdrawn, not overtaken. */
export function agreementsWaiting(work: Pick<WorkState, 'agreements'>): readonly Version[] {
  const number = agreementInForce(work)?.agreement.number ?? 0;
  return work.agreements.filter(
    ({ inForce, declined, withdrawn, agreement }) =>
      inForce === null && declined.length === 0 && withdrawn === null && agreement.number > number,
  );
}

/** What of a case bears a marking. */
interface Marked {
  readonly case: { readonly marking?: string };
  readonly documents: readonly { readonly id: string; readonly marking?: string; readonly title?: string }[];
}

/** Where a case is not as the agreement in force says: a marking that it has no rule for, a day that has not come or has passed. */
export function agreementFindings(work: Pick<WorkState, 'agreements'>, held: Marked, on: string): readonly Finding[] {
  const found = agreementInForce(work);
  if (found === null) return [];
  const { agreement } = found;
  const covered = new Set(agreement.markings.map(({ marking }) => marking));
  const isBare = (marking: string | undefined): marking is string => marking !== undefined && !covered.has(marking);
  const say = (code: string, path: string, sentence: string, severity: Finding['severity']): Finding => ({
    code,
    path,
    mend: path,
    sentence,
    severity,
    reason: code,
    reasonText: 'Not as the sharing agreement says',
    source: `${agreement.name}, version ${agreement.number}`,
    verified: true,
    question: null,
  });
  const bare = [
    ...(isBare(held.case.marking) ? [{ path: 'case/marking', what: 'the case', marking: held.case.marking }] : []),
    ...held.documents.flatMap(({ id, marking, title }) =>
      isBare(marking) ? [{ path: `documents/${id}/marking`, what: title ?? 'a document', marking }] : [],
    ),
  ];
  return [
    ...bare.map(({ path, what, marking }) =>
      say(
        'agreement-marking',
        path,
        `The agreement has no rule for sharing ${marking}: ${what}. Ask before you share it.`,
        'fault',
      ),
    ),
    ...dates(agreement, on).map(([code, sentence]) => say(code, 'agreement', sentence, 'advice')),
  ];
}

function dates({ effective, review }: Agreement, on: string): readonly (readonly [string, string])[] {
  if (on < effective) return [['agreement-not-begun', `The agreement is in effect from ${effective} only.`]];
  return review !== null && on > review
    ? [['agreement-review', `The agreement was to be reviewed by ${review}. Offer a new version, or the same again.`]]
    : [];
}
