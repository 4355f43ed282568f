/**
 * The settings in force: defaults, over them the file, over that variables, over those flags. Promises to name everything
 * that is wrong, where it stands and what to do, and to take nothing that it does not know.
 */
import { existsSync, readFileSync } from 'node:fs';
import { TomlError, parse } from 'smol-toml';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ConfigOf, NameOf, Settings, Table } from './table.ts';
import { fileVariable, namesOf, variableOf } from './table.ts';

export type Origin = 'default' | 'file' | 'variable' | 'command line';

export interface Loaded<S extends Settings> {
  readonly config: ConfigOf<S>;
  readonly origins: Readonly<Record<NameOf<S>, Origin>>;
  /** The file that was read; null: none. */
  readonly file: string | null;
}

export interface Asked<S extends Settings> {
  /** The file to read; null: none is needed. */
  readonly file: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags: Readonly<Partial<Record<NameOf<S>, string>>>;
}

type Put = (name: string, value: string, at?: string) => void;

/** Answers the settings, or every fault as a sentence. */
export function loadSettings<S extends Settings>(
  table: Table<S>,
  { file, env, flags }: Asked<S>,
): Result<Loaded<S>, readonly string[]> {
  const faults: string[] = [];
  const values = new Map<string, { readonly text: string; readonly origin: Origin; readonly at: string }>();
  const put = (name: string, value: string, origin: Origin, at: string): unknown =>
    values.set(name, { text: value, origin, at });
  for (const name of namesOf(table)) put(name, table.settings[name]?.byDefault ?? '', 'default', name);
  if (file !== null) readFile(table, file, (name, value) => put(name, value, 'file', `${name} in ${file}`), faults);
  readVariables(table, env, (name, value, at = name) => put(name, value, 'variable', at), faults);
  for (const [name, value] of Object.entries<string | undefined>(flags))
    if (value !== undefined) put(name, value, 'command line', flagOf(table, name));

  const config: Record<string, unknown> = {};
  const origins: Record<string, Origin> = {};
  for (const [name, { text, origin, at }] of values) {
    const read = table.settings[name]?.kind.read(text);
    if (!read?.ok) faults.push(`${at}: ${read?.cause ?? 'it is no setting.'}`);
    else config[name] = read.value;
    origins[name] = origin;
  }
  return faults.length > 0
    ? fail(faults)
    : ok({ config: config as ConfigOf<S>, origins: origins as Loaded<S>['origins'], file });
}

const flagOf = (table: Table<Settings>, name: string): string => table.flags[name] ?? name;
const isName = ({ settings }: Table<Settings>, name: string): boolean => Object.hasOwn(settings, name);
const isSecret = ({ settings }: Table<Settings>, name: string): boolean => settings[name]?.isSecret === true;

function readFile(table: Table<Settings>, file: string, put: Put, faults: string[]): void {
  if (!existsSync(file)) return void faults.push(`${file} is not there. '${table.program} init' writes one.`);
  let sections: Record<string, unknown>;
  try {
    sections = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof TomlError)) return void faults.push(`${file} cannot be read. Is it yours to read?`);
    return void faults.push(
      `${file}, line ${error.line}, column ${error.column}: this is no TOML. ${firstLine(error)}`,
    );
  }
  for (const [section, values] of Object.entries(sections)) {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      faults.push(
        `${section} in ${file} stands outside a section. Put it below a line such as [${sectionsOf(table)[0]}].`,
      );
      continue;
    }
    for (const [key, value] of Object.entries(values)) readValue(table, `${section}.${key}`, value, file, put, faults);
  }
}

const firstLine = (error: Error): string => `${error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '')}.`;

function readValue(
  table: Table<Settings>,
  name: string,
  value: unknown,
  file: string,
  put: Put,
  faults: string[],
): void {
  const secretName = name.replace(/-file$/, '');
  if (name !== secretName && isSecret(table, secretName)) {
    const read = readSecret(String(value));
    if (read === null) faults.push(`${name} in ${file}: that file cannot be read.`);
    else put(secretName, read);
  } else if (!isName(table, name)) {
    faults.push(`${name} in ${file} is no setting. ${likely(table, name)}`);
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    put(name, String(value));
  } else faults.push(`${name} in ${file}: it is one value, not a list or a table.`);
}

function readVariables(
  table: Table<Settings>,
  env: Readonly<Record<string, string | undefined>>,
  put: Put,
  faults: string[],
): void {
  const known = new Map(namesOf(table).map((name) => [variableOf(table, name), name]));
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(table.prefix) || variable === fileVariable(table) || value === undefined) continue;
    const name = known.get(variable);
    const secretName = known.get(variable.replace(/_FILE$/, ''));
    if (name) put(name, value, variable);
    else if (secretName && isSecret(table, secretName)) {
      const read = readSecret(value);
      if (read === null) faults.push(`${variable}: the file that it names cannot be read.`);
      else put(secretName, read, variable);
    } else
      faults.push(`${variable} is no setting. Unset it, or see docs/${table.program}-config.md for those there are.`);
  }
}

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

const sectionsOf = (table: Table<Settings>): string[] => [
  ...new Set(namesOf(table).map((name) => name.slice(0, name.indexOf('.')))),
];

/** What was probably meant: settings of that section, or the sections there are. */
function likely(table: Table<Settings>, name: string): string {
  const [section] = name.split('.');
  const near = namesOf(table).filter((one) => one.startsWith(`${section}.`));
  if (near.length > 0)
    return `In [${section}] there are ${near.map((one) => one.slice(one.indexOf('.') + 1)).join(', ')}.`;
  return `The sections are ${sectionsOf(table).join(', ')}.`;
}
