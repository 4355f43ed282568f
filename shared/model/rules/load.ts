/**
 * Owns the reading of a rule set from the texts of its files. Promises a whole set or every fault that was found, each with
 * its file and place; never half a set.
 */
import { fail, ok } from '../../primitives/result.ts';
import type { Result } from '../../primitives/result.ts';
import { KiB } from '../../primitives/units.ts';
import { readJson } from '../../primitives/json.ts';
import type { Fault } from '../conditions/check.ts';
import type { ChecksFile, Reason } from './checks.ts';
import { KINDS, NEEDED, isFormat } from './kinds.ts';
import type { Around, Format } from './kinds.ts';
import { MANIFEST, manifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { faultsOf, inFile, orderFault } from './parts.ts';
import type { FileFault } from './parts.ts';
import type { PersonalDataFile } from './personalData.ts';
import type { RetentionFile } from './retention.ts';
import type { ListedReason, RuleSet } from './ruleSet.ts';
import type { TimeLimitsFile } from './timeLimits.ts';

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

/** A file of a known kind whose schema takes it. */
interface Read {
  readonly file: string;
  readonly format: Format;
  readonly content: unknown;
}

/** A rule set from the contents of its files, once each is JSON. */
export function readSet(head: Manifest, values: ReadonlyMap<string, unknown>): Result<RuleSet, readonly FileFault[]> {
  const outcomes = [...new Set(head.files)].map((name) => readOne(name, values.get(name)));
  const read = outcomes.flatMap((one) => (one.ok ? [one.value] : []));
  const faults = outcomes.flatMap((one) => (one.ok ? [] : one.cause));
  if (faults.length > 0) return fail(faults);
  const missing = NEEDED.filter((format) => !read.some((one) => one.format === format)).map((format) => ({
    file: MANIFEST,
    place: 'files',
    sentence: `No file of the kind "${format}" is named.`,
  }));
  const set = joinSet(head, values, read);
  const around: Around = { tables: Object.keys(set.tables), reasons: new Set(set.reasons.map(({ code }) => code)) };
  const astray = read.flatMap((one) => checkOne(one, around).map((fault) => inFile(one.file, fault)));
  const all = [...missing, ...astray, ...twice(read)];
  return all.length > 0 ? fail(all) : ok(set);
}

function readOne(file: string, value: unknown): Result<Read, readonly FileFault[]> {
  const format = formatOf(value);
  if (!isFormat(format)) {
    const known = Object.keys(KINDS).join(', ');
    return fail([
      { file, place: 'format', sentence: `This version of Joinder knows no "${format}". It knows: ${known}.` },
    ]);
  }
  const parsed = KINDS[format].schema.safeParse(value);
  return parsed.success ? ok({ file, format, content: parsed.data }) : fail(faultsOf(file, parsed.error));
}

const formatOf = (value: unknown): string => {
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  return typeof format === 'string' ? format.slice(0, 60) : '';
};

/** The content was made by the schema of the same kind. */
const checkOne = ({ format, content }: Read, around: Around): readonly Fault[] =>
  (KINDS[format].check as (content: unknown, around: Around) => readonly Fault[])(content, around);

const contentsOf = <T>(read: readonly Read[], format: Format): readonly T[] =>
  read.filter((one) => one.format === format).map(({ content }) => content as T);

const listed = (list: string, reasons: readonly Reason[]): ListedReason[] => reasons.map((one) => ({ ...one, list }));

function joinSet(head: Manifest, values: ReadonlyMap<string, unknown>, read: readonly Read[]): RuleSet {
  const checks = contentsOf<ChecksFile>(read, 'joinder checks');
  const limits = contentsOf<TimeLimitsFile>(read, 'joinder time limits');
  return {
    manifest: head,
    files: values,
    reasons: checks.flatMap(({ name, reasons }) => listed(name, reasons)),
    declines: checks.flatMap(({ name, declines }) => listed(name, declines)),
    rules: checks.flatMap(({ rules }) => rules),
    tables: Object.assign({}, ...checks.map(({ tables }) => tables)) as RuleSet['tables'],
    limits: limits.flatMap((one) => one.limits),
    holidays: new Set(limits.flatMap(({ holidays }) => holidays.days.map(({ day }) => day))),
    retention: contentsOf<RetentionFile>(read, 'joinder retention').flatMap(({ classes }) => classes),
    personalData: contentsOf<PersonalDataFile>(read, 'joinder personal data').flatMap(({ categories }) => categories),
  };
}

/** Codes and names that stand in the set more than once. */
function twice(read: readonly Read[]): readonly FileFault[] {
  const seen = new Set<string>();
  return read.flatMap(({ file, content }) =>
    codesOf(content).flatMap(([place, what]) => {
      if (!seen.has(what)) return seen.add(what) && [];
      return [{ file, place, sentence: `The ${what} is there twice.` }];
    }),
  );
}

/** The lists whose entries have a code, and the one word for an entry. */
const CODED = {
  rules: 'rule',
  reasons: 'reason',
  limits: 'time limit',
  classes: 'class',
  categories: 'category',
} as const;

function codesOf(content: unknown): readonly (readonly [place: string, what: string])[] {
  const parts = content as Readonly<Partial<Record<keyof typeof CODED, readonly { readonly code: string }[]>>>;
  const { tables = {} } = content as Partial<ChecksFile>;
  return [
    ...Object.entries(CODED).flatMap(([list, one]) =>
      (parts[list as keyof typeof CODED] ?? []).map(({ code }, i) => [`${list}/${i}`, `${one} "${code}"`] as const),
    ),
    ...Object.keys(tables).map((name) => [`tables/${name}`, `table "${name}"`] as const),
  ];
}
