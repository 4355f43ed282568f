/** What the markings of cases ask of whoever sees them, as `notingMarkings.ts` noted it last: asked without waiting by who hands out keys. */
import type { MarkingRule } from '../../../shared/model/access/limits.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Facts } from '../cases/facts.ts';

const noted = new WeakMap<Facts, ReadonlyMap<CaseId, MarkingRule>>();

export const setMarkings = (facts: Facts, rules: ReadonlyMap<CaseId, MarkingRule>): void =>
  void noted.set(facts, rules);
export const markingOf = (facts: Facts, of: CaseId): MarkingRule | null => noted.get(facts)?.get(of) ?? null;
export const hasMarkings = (facts: Facts): boolean => (noted.get(facts)?.size ?? 0) > 0;
