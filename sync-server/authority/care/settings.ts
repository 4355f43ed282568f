/** Every setting of an authority, once; and those in force: the file in its data folder, over it variables, over those flags. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Result } from '../../../shared/primitives/result.ts';
import { level, port, text } from '../../common/config/kinds.ts';
import type { Loaded } from '../../common/config/load.ts';
import { loadSettings } from '../../common/config/load.ts';
import type { NameOf, Table } from '../../common/config/table.ts';
import { fileVariable, setting } from '../../common/config/table.ts';

const SETTINGS = {
  'relay.url': setting(
    text,
    '',
    'Address of the relay that it publishes to, as https://relay.example. Or `serve --relay`.',
  ),
  'listen.port': setting(
    port,
    '0',
    'Port on this machine alone for /healthz and SCIM; 0: one that is free, chosen once and kept.',
  ),
  'log.level': setting(level, 'info', 'How much is written to stderr, as lines of JSON. Never about whom.'),
} as const;

export const AUTHORITY_SETTINGS: Table<typeof SETTINGS> = {
  program: 'authority',
  prefix: 'JOINDER_AUTHORITY_',
  settings: SETTINGS,
  flags: { 'relay.url': '--relay', 'listen.port': '--port' },
};

export const settingsFile = (dir: string): string => path.join(dir, 'authority.toml');

/** `file`: named on the command line. */
export function loadAuthority(
  dir: string,
  file: string | undefined,
  flags: Readonly<Partial<Record<NameOf<typeof SETTINGS>, string>>> = {},
): Result<Loaded<typeof SETTINGS>, string> {
  const named = file ?? process.env[fileVariable(AUTHORITY_SETTINGS)];
  const there = existsSync(settingsFile(dir)) ? settingsFile(dir) : null;
  const loaded = loadSettings(AUTHORITY_SETTINGS, { file: named ?? there, env: process.env, flags });
  return loaded.ok
    ? loaded
    : { ok: false, cause: `The settings are not in order:\n${loaded.cause.map((one) => `  ${one}`).join('\n')}` };
}
