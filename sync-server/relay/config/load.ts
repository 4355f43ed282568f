/**
 * The settings in force: defaults, over them the file, over that variables, over those flags. Promises to name everything
 * that is wrong, where it stands and what to do, and to take nothing that it does not know.
 */
import { existsSync, readFileSync } from 'node:fs';
import { TomlError, parse } from 'smol-toml';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Config, Setting, SettingName } from './schema.ts';
import { CONFIG_VARIABLE, FLAGS, NAMES, SETTINGS, isOurs, variableOf } from './schema.ts';

export type Origin = 'default' | 'file' | 'variable' | 'command line';

export interface Loaded {
  readonly config: Config;
  readonly origins: Readonly<Record<SettingName, Origin>>;
  /** The file that was read; null: none. */
  readonly file: string | null;
}

export interface Asked {
  /** The file to read; null: none is needed. */
  readonly file: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags: Readonly<Partial<Record<SettingName, string>>>;
}

/** Answers the settings, or every fault as a sentence. */
export function loadConfig({ file, env, flags }: Asked): Result<Loaded, readonly string[]> {
  const faults: string[] = [];
  const values = new Map<SettingName, { readonly text: string; readonly origin: Origin; readonly at: string }>();
  const put = (name: SettingName, value: string, origin: Origin, at: string): unknown =>
    values.set(name, { text: value, origin, at });
  for (const name of NAMES) put(name, SETTINGS[name].byDefault, 'default', name);
  if (file !== null) readFile(file, (name, value) => put(name, value, 'file', `${name} in ${file}`), faults);
  readVariables(env, (name, value, at) => put(name, value, 'variable', at), faults);
  for (const [name, value] of Object.entries(flags))
    put(name as SettingName, value, 'command line', FLAGS[name as SettingName] ?? name);

  const config: Partial<Record<SettingName, unknown>> = {};
  const origins: Partial<Record<SettingName, Origin>> = {};
  for (const [name, { text, origin, at }] of values) {
    const read = (SETTINGS[name] as Setting<unknown>).kind.read(text);
    if (!read.ok) faults.push(`${at}: ${read.cause}`);
    else config[name] = read.value;
    origins[name] = origin;
  }
  return faults.length > 0
    ? fail(faults)
    : ok({ config: config as Config, origins: origins as Loaded['origins'], file });
}

const isName = (name: string): name is SettingName => name in SETTINGS;

function readFile(file: string, put: (name: SettingName, value: string) => void, faults: string[]): void {
  if (!existsSync(file)) return void faults.push(`${file} is not there. 'relay init' writes one.`);
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
      faults.push(`${section} in ${file} stands outside a section. Put it below a line such as [listen].`);
      continue;
    }
    for (const [key, value] of Object.entries(values)) readValue(`${section}.${key}`, value, file, put, faults);
  }
}

const firstLine = (error: Error): string => `${error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '')}.`;

function readValue(
  name: string,
  value: unknown,
  file: string,
  put: (name: SettingName, value: string) => void,
  faults: string[],
): void {
  const secretName = name.replace(/-file$/, '');
  if (name !== secretName && isName(secretName) && isSecret(secretName)) {
    const read = readSecret(String(value));
    if (read === null) faults.push(`${name} in ${file}: that file cannot be read.`);
    else put(secretName, read);
  } else if (!isName(name)) {
    faults.push(`${name} in ${file} is no setting. ${likely(name)}`);
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    put(name, String(value));
  } else faults.push(`${name} in ${file}: it is one value, not a list or a table.`);
}

function readVariables(
  env: Asked['env'],
  put: (name: SettingName, value: string, at: string) => void,
  faults: string[],
): void {
  const known = new Map(NAMES.map((name) => [variableOf(name), name]));
  for (const [variable, value] of Object.entries(env)) {
    if (!isOurs(variable) || variable === CONFIG_VARIABLE || value === undefined) continue;
    const name = known.get(variable);
    const secretName = known.get(variable.replace(/_FILE$/, ''));
    if (name) put(name, value, variable);
    else if (secretName && isSecret(secretName)) {
      const read = readSecret(value);
      if (read === null) faults.push(`${variable}: the file that it names cannot be read.`);
      else put(secretName, read, variable);
    } else faults.push(`${variable} is no setting. Unset it, or see docs/relay-config.md for those there are.`);
  }
}

const isSecret = (name: SettingName): boolean => (SETTINGS[name] as Setting<unknown>).isSecret === true;

function readSecret(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}

/** What was probably meant: settings of that section, or the sections there are. */
function likely(name: string): string {
  const [section] = name.split('.');
  const near = NAMES.filter((one) => one.startsWith(`${section}.`));
  if (near.length > 0)
    return `In [${section}] there are ${near.map((one) => one.slice(one.indexOf('.') + 1)).join(', ')}.`;
  return `The sections are ${[...new Set(NAMES.map((one) => one.split('.')[0]))].join(', ')}.`;
}
