/**
 * Owns what is said to differ between two rule sets: rules by their code, anything else by its file. For people who ask
 * what a new edition changes; nothing is judged by it.
 */
import { canonicalJson } from '../../primitives/json.ts';
import type { Rule } from './checks.ts';
import { MANIFEST } from './manifest.ts';
import type { RuleSet } from './ruleSet.ts';

export interface RuleChange {
  readonly is: 'new' | 'changed' | 'gone';
  /** The rule: as it is now; as it was, where it is gone. */
  readonly rule: Rule;
}

export interface Changes {
  readonly rules: readonly RuleChange[];
  /** Names of files that differ otherwise than in their rules: reasons, tables, dates, the process. */
  readonly files: readonly string[];
}

/** What a set changes of the one before it; in the order of the new set, what is gone last. */
export function changesBetween(before: RuleSet, after: RuleSet): Changes {
  const was = new Map(before.rules.map((rule) => [rule.code, rule]));
  const is = new Set(after.rules.map((rule) => rule.code));
  const kept = after.rules.flatMap((rule): RuleChange[] => {
    const old = was.get(rule.code);
    if (old === undefined) return [{ is: 'new', rule }];
    return sameText(old, rule) ? [] : [{ is: 'changed', rule }];
  });
  const gone = before.rules.filter(({ code }) => !is.has(code)).map((rule): RuleChange => ({ is: 'gone', rule }));
  const names = new Set([...before.files.keys(), ...after.files.keys()]);
  const files = [...names].filter(
    (name) => name !== MANIFEST && !sameText(besideRules(before.files.get(name)), besideRules(after.files.get(name))),
  );
  return { rules: [...kept, ...gone], files };
}

const sameText = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

/** A file's content without its rules, which are compared by their codes; null: there is nothing else. */
function besideRules(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || !('rules' in content)) return content;
  const { rules: _, ...rest } = content;
  return rest;
}
