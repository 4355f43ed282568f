/** How much the running relay logs, as an administrator decided: until the relay ends, then the setting counts again. */
import type { DatabaseSync } from 'node:sqlite';
import type { LogLevel } from '../../common/log.ts';
import { LOG_LEVELS } from '../../common/log.ts';

const NAME = 'log level';

/** Null: nobody decided. */
export function readLogLevel(db: DatabaseSync): LogLevel | null {
  const said = db.prepare('SELECT value FROM settings WHERE name = ?').get(NAME)?.['value'];
  return LOG_LEVELS.find((level) => level === said) ?? null;
}

export const setLogLevel = (db: DatabaseSync, level: LogLevel): void =>
  void db
    .prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
    .run(NAME, level);

export const forgetLogLevel = (db: DatabaseSync): void =>
  void db.prepare('DELETE FROM settings WHERE name = ?').run(NAME);
