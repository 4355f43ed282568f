/**
 * The servers' log: JSON lines on stderr. Ids appear by their first digits only; names, titles, addresses of files, keys,
 * codes and content never do, so a call gives words and short ids, never an object it did not make for the log.
 */
import type { Logger } from 'pino';
import { destination, pino } from 'pino';

export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'> & {
  /** Set while it runs, where an administrator decides it. */
  level?: string;
};

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const makeLog = (level: LogLevel): Log =>
  pino(
    { level, base: { pid: process.pid }, timestamp: () => `,"time":"${new Date().toISOString()}"` },
    destination({ fd: 2, sync: true }),
  );

/** Enough of an id to follow it through a log, too little to ask for anything with. */
export const short = (id: string): string => id.slice(0, 8);
