/** Owns which types of files the prosecutor's systems open, by what a name ends in: rule data, since it changes. */
import { endingOf } from '../formats/fileName.ts';
import type { RuleSet } from './ruleSet.ts';

/** Whether a file of this name is of an accepted type; of rules that list none, any is. */
export function isAcceptedType({ tables }: Pick<RuleSet, 'tables'>, name: string): boolean {
  const accepted = tables['acceptedTypes'] ?? [];
  const ending = endingOf(name);
  return accepted.length === 0 || accepted.some((type) => type['ending'] === ending);
}
