/**
 * `npm run model -- preflight FILE.json --stage STAGE [--on DATE] [--rules DIR] [--json]`: judges an exported case and
 * prints findings. Exit 0: none; 1: findings; 2: the case or the rules cannot be read, with a sentence that says why.
 */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { dayNumber } from '../../../shared/primitives/calendar.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { parseCaseText } from '../../../shared/model/snapshot/parse.ts';
import { builtInRules } from '../../../shared/model/rules/builtIn.ts';
import { editionOf } from '../../../shared/model/rules/bundle.ts';
import type { Edition } from '../../../shared/model/rules/bundle.ts';
import { STAGES } from '../../../shared/model/formats/stages.ts';
import type { Stage } from '../../../shared/model/formats/stages.ts';
import { LONGEST_FILE, loadRules } from '../../../shared/model/rules/load.ts';
import { sentenceOf } from '../../../shared/model/rules/parts.ts';
import { preflight } from '../../../shared/model/rules/preflight/preflight.ts';
import type { Finding } from '../../../shared/model/rules/preflight/preflight.ts';
import { rulesFor } from '../../../shared/model/rules/ruleSet.ts';
import type { RuleSet } from '../../../shared/model/rules/ruleSet.ts';

export interface PreflightOptions {
  readonly stage: string;
  readonly on?: string | undefined;
  readonly rules?: string | undefined;
  readonly json?: boolean | undefined;
}

/** What to print, and the exit code. Paths are as given, from the folder in which the command was typed. */
export async function runPreflight(
  file: string,
  options: PreflightOptions,
): Promise<{ text: string; code: 0 | 1 | 2 }> {
  const prepared = prepare(file, options);
  if (!prepared.ok) return { text: prepared.cause, code: 2 };
  const { snapshot, stage, rules, on } = prepared.value;
  const findings = preflight(snapshot, stage, rules, on);
  const edition = await editionOf(nodePlatform, rules);
  const text = options.json
    ? JSON.stringify({ stage, on, rules: edition, findings }, null, 2)
    : report(findings, stage, on, edition);
  return { text, code: findings.length === 0 ? 0 : 1 };
}

interface Prepared {
  readonly snapshot: unknown;
  readonly stage: Stage;
  readonly rules: RuleSet;
  readonly on: string;
}

function prepare(file: string, { stage, on = today(), rules: folder }: PreflightOptions): Result<Prepared, string> {
  const known = STAGES.find((one) => one === stage);
  if (known === undefined) return fail(`"${stage}" is not a stage. Choose one of: ${STAGES.join(', ')}.`);
  if (dayNumber(on) === null) return fail(`"${on}" is not a date. Give it as year, month and day, such as 2026-11-22.`);
  const rules = folder === undefined ? ok(builtInRules()) : readFolder(folder);
  if (!rules.ok) return rules;
  if (rulesFor(rules.value, on).length === 0)
    return fail(`No rules of "${rules.value.manifest.name}" are in force on ${on}. Give another date with --on.`);
  const snapshot = readCase(file);
  return snapshot.ok ? ok({ snapshot: snapshot.value, stage: known, rules: rules.value, on }) : snapshot;
}

/** The day it is here. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** A value that is not of its field's type is set aside, so that a case with faults can be judged. */
function readCase(file: string): Result<unknown, string> {
  const text = readText(file);
  if (!text.ok) return text;
  const parsed = parseCaseText(text.value, 'lenient');
  if (parsed.ok) return parsed;
  if (parsed.cause.is === 'unreadable') return fail(`${file}: ${parsed.cause.sentence}`);
  const faults = parsed.cause.faults.slice(0, 20).map((fault) => `${fault.path}: ${fault.sentence}`);
  return fail([`${file} is not a case as it should be:`, ...faults].join('\n'));
}

/** A folder of rule files. */
function readFolder(folder: string): Result<RuleSet, string> {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return fail(`The folder ${folder} cannot be read. Give the folder that holds rules.json.`);
  }
  const texts: Record<string, string> = {};
  for (const name of names) {
    const text = readText(path.join(folder, name), LONGEST_FILE);
    if (!text.ok) return text;
    texts[name] = text.value;
  }
  const set = loadRules(texts);
  return set.ok ? set : fail(['The rules are not used:', ...set.cause.map(sentenceOf)].join('\n'));
}

function readText(file: string, longest = 256 * 1024 * 1024): Result<string, string> {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > longest) return fail(`${file} is too long to be read.`);
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail(`${file} cannot be read. Check its name, and that it is a text file in UTF-8.`);
  }
}

function report(findings: readonly Finding[], stage: Stage, on: string, edition: Edition): string {
  const by = `Stage ${stage}, as of ${on}, by ${edition.name}, edition ${edition.edition} (${edition.sha256.slice(0, 12)}).`;
  if (findings.length === 0) return `${by}\nNone found. That does not say that the file will be accepted.`;
  return [by, `${findings.length} found.`, ...findings.map(lines)].join('\n');
}

const lines = (finding: Finding): string =>
  [
    '',
    `${finding.severity}  ${finding.code}  ${finding.path}`,
    `  ${finding.sentence}`,
    `  Reason: ${finding.reasonText}. Source: ${finding.source}${finding.verified ? '' : ' (not verified)'}.`,
  ].join('\n');
