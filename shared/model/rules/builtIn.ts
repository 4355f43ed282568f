/**
 * Owns the rule set that comes with this version: what judges where an organisation has published none, and what a copy
 * of the data folder begins as. Promises that it is good: a test loads it, and a fault here is a bug.
 */
import { canonicalJson } from '../../primitives/json.ts';
import agreement from './data/agreement.json' with { type: 'json' };
import caseValidation from './data/case-validation.json' with { type: 'json' };
import fileStandard from './data/file-standard.json' with { type: 'json' };
import personalData from './data/personal-data.json' with { type: 'json' };
import permissions from './data/permissions.json' with { type: 'json' };
import prohibited from './data/prohibited.json' with { type: 'json' };
import process from './data/process.json' with { type: 'json' };
import retention from './data/retention.json' with { type: 'json' };
import manifest from './data/rules.json' with { type: 'json' };
import timeLimits from './data/time-limits.json' with { type: 'json' };
import { loadRules } from './load.ts';
import { sentenceOf } from './parts.ts';
import type { RuleSet } from './ruleSet.ts';

const FILES: Readonly<Record<string, unknown>> = {
  'rules.json': manifest,
  'file-standard.json': fileStandard,
  'permissions.json': permissions,
  'case-validation.json': caseValidation,
  'prohibited.json': prohibited,
  'process.json': process,
  'time-limits.json': timeLimits,
  'retention.json': retention,
  'personal-data.json': personalData,
  'agreement.json': agreement,
};

let known: RuleSet | null = null;

/** The rules that come with this version. */
export function builtInRules(): RuleSet {
  known ??= load();
  return known;
}

function load(): RuleSet {
  const texts = Object.fromEntries(Object.entries(FILES).map(([name, content]) => [name, canonicalJson(content)]));
  const set = loadRules(texts);
  if (!set.ok) throw new Error(`the rules of this version are at fault: ${set.cause.map(sentenceOf).join(' ')}`);
  return set.value;
}
