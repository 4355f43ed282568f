/**
 * How the servers read their command lines: every setting has a default, and one that is unknown or unreadable is an
 * error, with a sentence and exit code 2. Exit code 1 means that a command was understood and could not be done.
 */
import type { Command } from 'commander';
import { CommanderError, InvalidArgumentError } from 'commander';
import type { ByteCount } from '../../shared/primitives/units.ts';
import { sayToPeople } from './output.ts';

export const MISUSE = 2;

/** Looked over, as it was asked, and found not well. */
export const NOT_WELL = 3;

/** Ends a command that was understood and cannot be done, with what to do about it. */
export class CommandFailure extends Error {
  readonly code: number;
  constructor(sentence: string, code = 1) {
    super(sentence);
    this.code = code;
  }
}

export function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 takes any that is free.');
  return value;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/** Reads `200GiB`, `512 MiB` or a plain number of bytes; null: it is none of these. */
export function readSize(text: string): ByteCount | null {
  const [, digits, unit] = /^(\d{1,12})\s*(KiB|MiB|GiB|TiB|)$/.exec(text.trim()) ?? [];
  const value = Number(digits) * (UNITS[unit ?? ''] ?? Number.NaN);
  return Number.isSafeInteger(value) ? value : null;
}
export const NO_SIZE = 'A size is a number with KiB, MiB, GiB or TiB behind it, as in 200GiB.';
export function byteCount(text: string): ByteCount {
  const value = readSize(text);
  if (value === null) throw new InvalidArgumentError(NO_SIZE);
  return value;
}

export const oneOf =
  <T extends string>(words: readonly T[]) =>
  (text: string): T => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new InvalidArgumentError(`It is one of ${words.join(', ')}.`);
    return found;
  };

/** Makes a command and those below it end with exit code 2 on anything they do not know. `isQuiet`: whoever calls says what is wrong. */
function makeStrict(command: Command, isQuiet: boolean): Command {
  command.exitOverride().allowExcessArguments(false).allowUnknownOption(false);
  if (isQuiet) command.configureOutput({ writeErr: () => undefined });
  else command.showHelpAfterError('(--help lists what there is)');
  if (command.commands.length > 0 && command.parent !== null) nameBelow(command);
  for (const below of command.commands) makeStrict(below, isQuiet);
  return command;
}

/** A command that only gathers others says which it has, where none or another was asked for. */
function nameBelow(group: Command): void {
  const names = group.commands.map((below) => below.name()).join(', ');
  group
    .usage('[options] [command]')
    .argument('[command]')
    .allowUnknownOption()
    .allowExcessArguments()
    .action((asked?: string) => {
      const has = `\`${group.name()}\` has ${names}`;
      const isName = asked !== undefined && !asked.startsWith('-');
      throw new CommandFailure(isName ? `${has}, and no "${asked}".` : `Say which: ${has}.`, MISUSE);
    });
}

/** The machine's own word for what it refuses (a disk that is full, may only be read, or is another's); null: a fault of ours. */
export function refusedBy(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error) || typeof error.code !== 'string') return null;
  if (/^E[A-Z]+$/.test(error.code)) return error.code;
  const primary = error.code === 'ERR_SQLITE_ERROR' && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return SQLITE[primary] ?? null;
}
/** What SQLite says of the machine, by its primary codes; its other words are faults of ours. */
const SQLITE: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  26: 'SQLITE_NOTADB',
};
export const cannotUse = (word: string): string =>
  `The data folder cannot be used (${word}). Check that it may be read and written, that its files are whole and that the disk has room; then try again.`;

/** Runs the command line; sets the process's exit code. With --json, what is wrong is a line of JSON on stderr, too: `{"error":SENTENCE}`. */
export async function runCommandLine(program: Command, argv: readonly string[]): Promise<void> {
  const isJson = argv.includes('--json');
  const say = (sentence: string): void => sayToPeople(isJson ? JSON.stringify({ error: sentence }) : sentence);
  try {
    await makeStrict(program, isJson).parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      if (isJson && error.exitCode !== 0) say(error.message.replace(/^error: /, ''));
      process.exitCode = error.exitCode === 0 ? 0 : MISUSE; // asking for --help is no mistake
    } else if (error instanceof CommandFailure) {
      say(error.message);
      process.exitCode = error.code;
    } else {
      const word = refusedBy(error);
      if (word === null) throw error;
      say(cannotUse(word));
      process.exitCode = 1;
    }
  }
}
