/**
 * What all commands of a relay share: where its settings and data are, how they are opened, and how an act is put down.
 * A command that changes something is an act; one that looks is none.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Command } from 'commander';
import type { Key } from '../../../shared/primitives/platform.ts';
import { CommandFailure, MISUSE } from '../../common/options.ts';
import { nodePlatform } from '../../common/node.ts';
import { jsonLine } from '../../common/output.ts';
import type { Loaded } from '../../common/config/load.ts';
import { loadSettings } from '../../common/config/load.ts';
import { fileVariable } from '../../common/config/table.ts';
import type { Config, SettingName } from '../config/schema.ts';
import { RELAY_SETTINGS } from '../config/schema.ts';
import { loadKeys } from '../keys.ts';
import { recordAct } from '../store/acts.ts';
import { hasDatabase, isLater, openDatabase } from '../store/schema.ts';

export interface Common {
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
}

export const common = (command: Command): Command =>
  command
    .option('--data <folder>', "the relay's data folder; goes before the settings")
    .option('--config <file>', 'the file of settings (docs/relay-config.md)')
    .option('--json', 'print JSON');

/** The file of settings: said, or in the data folder where there is one. */
function fileFor({ config, data }: Common): string | null {
  const said = config ?? process.env[fileVariable(RELAY_SETTINGS)];
  if (said !== undefined) return said;
  const inData = data === undefined ? null : path.join(data, 'relay.toml');
  return inData !== null && existsSync(inData) ? inData : null;
}

/** The settings in force for a command; flags go before everything. */
export function settingsOf(
  options: Common,
  flags: Partial<Record<SettingName, string>> = {},
): Loaded<(typeof RELAY_SETTINGS)['settings']> {
  const said = options.data === undefined ? flags : { ...flags, 'data.folder': options.data };
  const loaded = loadSettings(RELAY_SETTINGS, { file: fileFor(options), env: process.env, flags: said });
  if (!loaded.ok)
    throw new CommandFailure(
      `The settings are not in order:\n${loaded.cause.map((one) => `  ${one}`).join('\n')}`,
      MISUSE,
    );
  return loaded.value;
}

/** The same, where a data folder must be known. */
export function dataOf(
  options: Common,
  flags: Partial<Record<SettingName, string>> = {},
): { config: Config; dir: string } {
  const { config } = settingsOf(options, flags);
  const dir = config['data.folder'];
  if (dir === '')
    throw new CommandFailure(
      'Which data folder? Say it with --data, or name the file of settings with --config.',
      MISUSE,
    );
  return { config, dir };
}

const LATER = 'A newer relay has kept its data here. Run that one, or a newer one; nothing was touched.';

/** Opened for what `work` does, then closed. `isNew`: the folder may be empty. */
export async function withStore<T>(dir: string, work: (db: DatabaseSync) => T | Promise<T>, isNew = false): Promise<T> {
  if (!isNew && !hasDatabase(dir))
    throw new CommandFailure(
      "No relay has kept its data in this folder. Check --data, or begin with 'relay init' or 'relay org add'.",
    );
  if (isLater(dir)) throw new CommandFailure(LATER);
  const db = openDatabase(dir);
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

const keyOf = async (dir: string): Promise<Key | null> => (await loadKeys(nodePlatform, dir))?.signing ?? null;

/** Puts an act down, signed where this folder has a key. Ids and sizes only. */
export async function act(
  dir: string,
  db: DatabaseSync,
  what: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await recordAct(nodePlatform, db, await keyOf(dir), what, detail);
}

export const say = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

/** One JSON value, or lines for people. */
export function answer(json: boolean | undefined, value: unknown, lines: () => readonly string[]): void {
  if (json) jsonLine(value);
  else say(...lines());
}
