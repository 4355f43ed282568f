/**
 * The classes by which a case is kept: those of the sharing agreement in force first, then those of the rule data that the
 * agreement does not name. Where both have one code, what both organisations agreed on counts.
 */
import type { Span } from '../../../primitives/calendar.ts';
import type { RetentionClass } from '../../rules/retention.ts';
import { reviewDue } from '../../rules/retention.ts';
import type { WorkState } from '../state.ts';
import { agreementInForce } from './inForce.ts';

export interface KeptBy {
  readonly code: string;
  readonly name: string;
  readonly says: string;
  readonly source: string;
  readonly verified: boolean;
  /** After which somebody looks (again); null: when a person decides. */
  readonly review: Span | null;
}

export function classesFor(work: Pick<WorkState, 'agreements'>, rules: readonly RetentionClass[]): readonly KeptBy[] {
  const agreement = agreementInForce(work)?.agreement;
  const agreed = (agreement?.retention ?? []).map(({ code, title, keep, source, verified, reviewAfter }): KeptBy => ({
    code,
    name: title,
    says: `${keep}.`,
    source: `sharing agreement, version ${agreement?.number ?? 0}: ${source}`,
    verified,
    review: reviewAfter === null ? null : { months: reviewAfter },
  }));
  const known = new Set(agreed.map(({ code }) => code));
  return [...agreed, ...rules.filter(({ code }) => !known.has(code))];
}

/** The day on which somebody looks at a case again that was closed, or last reviewed, on a day; null for no day. */
export const keptReview = ({ review }: KeptBy, from: string): string | null => review && reviewDue({ review }, from);
