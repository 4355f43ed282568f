/**
 * What is written from a table of settings: the commented file that `init` puts down, the reference page, and the settings
 * in force with secrets left out.
 */
import type { Loaded } from './load.ts';
import type { Settings, Table } from './table.ts';
import { fileVariable, namesOf, variableOf } from './table.ts';

const keyOf = (name: string): string => name.slice(name.indexOf('.') + 1);
const sectionOf = (name: string): string => name.slice(0, name.indexOf('.'));
const isBare = (value: string): boolean => /^(\d+|true|false)$/.test(value);
const asToml = ({ settings }: Table<Settings>, name: string, value: string): string =>
  settings[name]?.kind.bare && isBare(value) ? value : JSON.stringify(value);

/** Every setting with its default, commented out; `data.folder` is said. */
export function commentedFile(table: Table<Settings>, dataFolder: string): string {
  const { program, settings } = table;
  const lines = [
    `# ${program === 'authority' ? 'An authority' : 'A relay'} of Joinder. Every setting stands here with its default: take away the # before a line to say otherwise.`,
    `# '${program} config check' looks this over; a variable (docs/${program}-config.md) or a flag goes before it.`,
  ];
  let section = '';
  for (const name of namesOf(table)) {
    if (sectionOf(name) !== section) lines.push('', `[${(section = sectionOf(name))}]`);
    lines.push(`# ${settings[name]?.help ?? ''}`);
    const isSaid = name === 'data.folder';
    const line = `${keyOf(name)} = ${asToml(table, name, isSaid ? dataFolder : (settings[name]?.byDefault ?? ''))}`;
    lines.push(isSaid ? line : `# ${line}`);
  }
  return `${lines.join('\n')}\n`;
}

/** docs/relay-config.md, docs/authority-config.md. */
export function referencePage(table: Table<Settings>): string {
  const { program, prefix, settings } = table;
  const hasSecrets = namesOf(table).some((name) => settings[name]?.isSecret === true);
  const lines = [
    `# Settings of ${program === 'authority' ? 'an authority' : 'a relay'}`,
    '',
    `<!-- Written by \`npm run -s ${program} -- config reference > docs/${program}-config.md\`; a test compares. -->`,
    '',
    `One TOML file: \`--config FILE\`, else the variable \`${fileVariable(table)}\`, else \`${program}.toml\` in the folder of \`--data\`, where there is one. \`${program} init\` writes it with every`,
    `setting commented. A variable goes before the file, a flag before both. What is not in this table is an error, in the file and among variables that begin with \`${prefix}\`.`,
    `\`${program} config check\` says whether all is well, \`${program} config print --redacted\` what is in force and from where.`,
    '',
    ...(hasSecrets
      ? [
          'A secret may stand in a file of its own: `token-file` in the TOML file, or the variable with `_FILE` behind it.',
          '',
        ]
      : []),
    '| in the file | variable | may be | by default | |',
    '| --- | --- | --- | --- | --- |',
  ];
  for (const name of namesOf(table)) {
    const one = settings[name];
    if (one === undefined) continue;
    const shown = one.byDefault === '' ? 'none' : `\`${asToml(table, name, one.byDefault)}\``;
    lines.push(
      `| \`${name}\` | \`${variableOf(table, name)}\`${one.isSecret ? ', `_FILE`' : ''} | ${one.isSecret ? 'secret' : one.kind.says} | ${shown} | ${one.help} |`,
    );
  }
  return `${lines.join('\n')}\n`;
}

export interface PrintedSetting {
  readonly name: string;
  readonly value: string | number | boolean | null;
  readonly from: string;
}

/** The settings in force; the values of secrets are left out where `redacted`. */
export const printed = <S extends Settings>(
  table: Table<S>,
  { config, origins }: Loaded<S>,
  redacted: boolean,
): PrintedSetting[] =>
  namesOf(table).map((name) => {
    const value: unknown = config[name];
    const isHidden = redacted && table.settings[name]?.isSecret === true && value !== '';
    const shown = Array.isArray(value) ? value.join(', ') : (value as PrintedSetting['value']);
    return { name, value: isHidden ? '(set)' : shown, from: origins[name] };
  });
