/**
 * Owns the reading of a rule set from the texts of its files. Promises a whole set or every fault that was found, each with
 * its file and place; never half a set.
 */
import { fail, ok } from '../../primitives/result.ts';
import type { Result } from '../../primitives/result.ts';
import { KiB } from '../../primitives/units.ts';
import { readJson } from '../../primitives/json.ts';
import { checkRules, checksFile } from './checks.ts';
import type { ChecksFile } from './checks.ts';
import { KINDS, NEEDED } from './kinds.ts';
import { MANIFEST, manifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { faultsOf, inFile, orderFault } from './parts.ts';
import type { FileFault } from './parts.ts';
import type { RuleSet } from './ruleSet.ts';

/** Characters of one file, at most. */
export const LONGEST_FILE = 512 * KiB;

/** Reads a rule set from file names and texts. What the manifest does not name is not looked at. */
export function loadRules(texts: Readonly<Record<string, string>>): Result<RuleSet, readonly FileFault[]> {
  const head = readFile(MANIFEST, texts);
  if (!head.ok) return fail([head.cause]);
  const parsed = manifest.safeParse(head.value);
  if (!parsed.success) return fail(faultsOf(MANIFEST, parsed.error));
  const values = new Map<string, unknown>([[MANIFEST, head.value]]);
  const faults: FileFault[] = orderFault(parsed.data, 'to').map((fault) => inFile(MANIFEST, fault));
  for (const name of new Set(parsed.data.files)) {
    const read = readFile(name, texts);
    if (read.ok) values.set(name, read.value);
    else faults.push(read.cause);
  }
  return faults.length > 0 ? fail(faults) : readSet(parsed.data, values);
}

function readFile(name: string, texts: Readonly<Record<string, string>>): Result<unknown, FileFault> {
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (text === undefined) return fail({ file: name, place: '', sentence: 'This file is missing.' });
  if (text.length > LONGEST_FILE)
    return fail({ file: name, place: '', sentence: `This file is too long: over ${LONGEST_FILE} characters.` });
  const read = readJson(text);
  return read.ok ? read : fail({ file: name, ...read.cause });
}

/** A rule set from the contents of its files, once each is JSON. */
export function readSet(head: Manifest, values: ReadonlyMap<string, unknown>): Result<RuleSet, readonly FileFault[]> {
  const faults: FileFault[] = [];
  const formats = new Set<string>();
  const checks: (readonly [file: string, content: ChecksFile])[] = [];
  for (const name of new Set(head.files)) {
    const value = values.get(name);
    const format = formatOf(value);
    const schema = Object.hasOwn(KINDS, format) ? KINDS[format] : undefined;
    if (schema === undefined) {
      faults.push({
        file: name,
        place: 'format',
        sentence: `This version of Joinder knows no "${format}". It knows: ${Object.keys(KINDS).join(', ')}.`,
      });
      continue;
    }
    formats.add(format);
    const parsed = schema.safeParse(value);
    if (!parsed.success) faults.push(...faultsOf(name, parsed.error));
    else if (format === 'joinder checks') checks.push([name, checksFile.parse(value)]);
  }
  for (const format of NEEDED.filter((one) => !formats.has(one)))
    faults.push({ file: MANIFEST, place: 'files', sentence: `No file of the kind "${format}" is named.` });
  if (faults.length > 0) return fail(faults);
  const set = joinSet(head, values, checks);
  const all = [...checks.flatMap(([name, file]) => checkFile(name, file, set)), ...twice(checks)];
  return all.length > 0 ? fail(all) : ok(set);
}

const formatOf = (value: unknown): string => {
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  return typeof format === 'string' ? format.slice(0, 60) : '';
};

function joinSet(
  head: Manifest,
  values: ReadonlyMap<string, unknown>,
  checks: readonly (readonly [string, ChecksFile])[],
): RuleSet {
  return {
    manifest: head,
    files: values,
    reasons: checks.flatMap(([, { reasons }]) => reasons),
    rules: checks.flatMap(([, { rules }]) => rules),
    tables: Object.assign({}, ...checks.map(([, { tables }]) => tables)) as RuleSet['tables'],
  };
}

function checkFile(name: string, file: ChecksFile, set: RuleSet): readonly FileFault[] {
  const reasons = new Set(set.reasons.map(({ code }) => code));
  return checkRules(file, Object.keys(set.tables), reasons).map((fault) => inFile(name, fault));
}

/** Codes, reasons and tables that stand in the set more than once. */
function twice(checks: readonly (readonly [string, ChecksFile])[]): readonly FileFault[] {
  const seen = new Set<string>();
  return checks.flatMap(([file, { rules, reasons, tables }]) =>
    [
      ...rules.map(({ code }, i) => [`rules/${i}`, `rule "${code}"`] as const),
      ...reasons.map(({ code }, i) => [`reasons/${i}`, `reason "${code}"`] as const),
      ...Object.keys(tables).map((name) => [`tables/${name}`, `table "${name}"`] as const),
    ].flatMap(([place, what]) => {
      if (!seen.has(what)) return seen.add(what) && [];
      return [{ file, place, sentence: `The ${what} is there twice.` }];
    }),
  );
}
