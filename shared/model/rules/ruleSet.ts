/**
 * A rule set as loaded: everything by which a case is judged, of one edition. Owns what is in force on a day.
 */
import type { Reason, Rule } from './checks.ts';
import type { Tables } from '../conditions/world.ts';
import type { Manifest } from './manifest.ts';
import { isInForce } from './parts.ts';
import type { PersonalDataCategory } from './personalData.ts';
import type { RetentionClass } from './retention.ts';
import type { TimeLimit } from './timeLimits.ts';

/** `list`: the name of the file that it stands in. */
export type ListedReason = Reason & { readonly list: string };

export interface RuleSet {
  readonly manifest: Manifest;
  /** The content of each file by name, as read; the manifest is one of them. */
  readonly files: ReadonlyMap<string, unknown>;
  readonly reasons: readonly ListedReason[];
  /** The recorded reasons for charging nobody. */
  readonly declines: readonly ListedReason[];
  readonly rules: readonly Rule[];
  readonly tables: Tables;
  readonly limits: readonly TimeLimit[];
  /** Public holidays, as days. */
  readonly holidays: ReadonlySet<string>;
  readonly retention: readonly RetentionClass[];
  readonly personalData: readonly PersonalDataCategory[];
}

/** The rules that judge a case on a day: none where the whole set is not in force then. */
export const rulesFor = (set: RuleSet, on: string): readonly Rule[] =>
  isInForce(set.manifest, on) ? set.rules.filter((rule) => isInForce(rule, on)) : [];

/** The time limits in force on a day. */
export const limitsFor = (set: RuleSet, on: string): readonly TimeLimit[] =>
  isInForce(set.manifest, on) ? set.limits.filter((limit) => isInForce(limit, on)) : [];

/** The words of a recorded reason; the code itself where the set does not know it. */
export const reasonText = (set: RuleSet, code: string): string =>
  set.reasons.find((reason) => reason.code === code)?.text ?? code;
