/**
 * Owns which rules count when new ones come: the new ones where they are whole and in force, otherwise those that counted
 * before, with what was refused and why. Promises that there is always a good set.
 */
import type { Result } from '../../primitives/result.ts';
import type { FileFault } from './parts.ts';
import { isInForce } from './parts.ts';
import type { RuleSet } from './ruleSet.ts';

export interface Adopted {
  readonly set: RuleSet;
  /** Why the candidate was not taken; null where it was. */
  readonly refused: readonly FileFault[] | null;
}

/** `candidate` as `readBundle` or `loadRules` answers it; `on` is the day of today, `YYYY-MM-DD`. */
export function adopt(current: RuleSet, candidate: Result<RuleSet, readonly FileFault[]>, on: string): Adopted {
  if (!candidate.ok) return { set: current, refused: candidate.cause };
  const { from, to } = candidate.value.manifest;
  if (isInForce({ from, to }, on)) return { set: candidate.value, refused: null };
  const sentence =
    on < from ? `These rules are in force from ${from} only.` : `These rules were in force to ${to ?? from} only.`;
  return { set: current, refused: [{ file: 'rules.json', place: on < from ? 'from' : 'to', sentence }] };
}
