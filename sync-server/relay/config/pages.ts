/**
 * What is written from the table of settings: the commented file that `init` puts down, the reference page, and the
 * settings in force with secrets left out.
 */
import type { Loaded } from './load.ts';
import type { Setting, SettingName } from './schema.ts';
import { CONFIG_VARIABLE, NAMES, SETTINGS, variableOf } from './schema.ts';

const settingOf = (name: SettingName): Setting<unknown> => SETTINGS[name];
const sections = (): string[] => [...new Set(NAMES.map((name) => name.slice(0, name.indexOf('.'))))];
const within = (section: string): SettingName[] => NAMES.filter((name) => name.startsWith(`${section}.`));
const keyOf = (name: SettingName): string => name.slice(name.indexOf('.') + 1);

const isBare = (value: string): boolean => /^(\d+|true|false)$/.test(value);
const asToml = (name: SettingName, value: string): string =>
  settingOf(name).kind.bare && isBare(value) ? value : JSON.stringify(value);

/** Every setting with its default, commented out; `data.folder` is said. */
export function commentedFile(dataFolder: string): string {
  const lines = [
    '# A relay of Joinder. Every setting stands here with its default: take away the # before a line to say otherwise.',
    "# 'relay config check' looks this over; a variable (docs/relay-config.md) or a flag goes before it.",
  ];
  for (const section of sections()) {
    lines.push('', `[${section}]`);
    for (const name of within(section)) {
      lines.push(`# ${settingOf(name).help}`);
      const isSaid = name === 'data.folder';
      const line = `${keyOf(name)} = ${asToml(name, isSaid ? dataFolder : settingOf(name).byDefault)}`;
      lines.push(isSaid ? line : `# ${line}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** docs/relay-config.md. */
export function referencePage(): string {
  const lines = [
    '# Settings of a relay',
    '',
    '<!-- Written by `npm run -s relay -- config reference > docs/relay-config.md`; a test compares. -->',
    '',
    `One TOML file: \`--config FILE\`, else the variable \`${CONFIG_VARIABLE}\`, else \`relay.toml\` in the folder of \`--data\`, where there is one. \`relay init\` writes it with every`,
    'setting commented. A variable goes before the file, a flag before both. What is not in this table is an error, in the file and among variables that begin with `JOINDER_RELAY_`.',
    '`relay config check` says whether all is well, `relay config print --redacted` what is in force and from where.',
    '',
    'A secret may stand in a file of its own: `token-file` in the TOML file, or the variable with `_FILE` behind it.',
    '',
    '| in the file | variable | may be | by default | |',
    '| --- | --- | --- | --- | --- |',
  ];
  for (const name of NAMES) {
    const { kind, byDefault, help, isSecret } = settingOf(name);
    const shown = byDefault === '' ? 'none' : `\`${asToml(name, byDefault)}\``;
    lines.push(
      `| \`${name}\` | \`${variableOf(name)}\`${isSecret ? ', `_FILE`' : ''} | ${isSecret ? 'secret' : kind.says} | ${shown} | ${help} |`,
    );
  }
  return `${lines.join('\n')}\n`;
}

export interface PrintedSetting {
  readonly name: SettingName;
  readonly value: string | number | boolean | null;
  readonly from: string;
}

/** The settings in force; the values of secrets are left out where `redacted`. */
export const printed = ({ config, origins }: Loaded, redacted: boolean): PrintedSetting[] =>
  NAMES.map((name) => {
    const value = config[name];
    const isHidden = redacted && settingOf(name).isSecret === true && value !== '';
    const shown = typeof value === 'object' && value !== null ? value.join(', ') : value;
    return { name, value: isHidden ? '(set)' : shown, from: origins[name] };
  });
