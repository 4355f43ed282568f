/**
 * How the server programs speak on a command line: every command takes --data and --json, prints one JSON line or a short
 * sentence, and ends with 0 (done), 1 (could not be done, and why) or 2 (not understood, and what to type instead).
 * Unknown commands and options are errors, never ignored.
 */
import path from 'node:path';
import { Command, CommanderError } from 'commander';
import type { Result } from '../../shared/primitives/result.ts';

/** What a command prints: `json` with --json, `words` otherwise. */
export interface Said {
  readonly json: unknown;
  readonly words: string;
}
/** What went well, or a sentence that says what did not and what to do next. */
export type Outcome = Result<Said, string>;

/** Options as commander read them. */
export interface Given {
  readonly data: string;
  readonly json: boolean;
  text(name: string): string;
  optional(name: string): string | undefined;
  many(name: string): readonly string[];
}

export interface OptionSpec {
  /** As commander writes them: `--name <text>`. */
  readonly flags: string;
  readonly says: string;
  readonly required?: boolean;
  readonly repeatable?: boolean;
}

export function makeProgram(name: string, says: string): Command {
  return new Command(name)
    .description(says)
    .exitOverride()
    .showHelpAfterError(`What to do next: run '${name} --help' (or '${name} COMMAND --help') to see the commands and their options.`);
}

/** Adds one command. `run` prints nothing itself, unless it goes on running. */
export function addCommand(parent: Command, name: string, says: string, options: readonly OptionSpec[], run: (given: Given) => Promise<Outcome>): void {
  const command = parent.command(name).description(says);
  command.requiredOption('--data <folder>', 'folder that holds everything this program keeps');
  command.option('--json', 'print one line of JSON');
  for (const { flags, says: text, required, repeatable } of options) {
    if (repeatable === true) command.option(flags, text, (value: string, before: string[]) => [...before, value], []);
    else if (required === true) command.requiredOption(flags, text);
    else command.option(flags, text);
  }
  command.action(async (values: Record<string, unknown>) => {
    const given = readGiven(values);
    const outcome = await run(given);
    if (outcome.ok) process.stdout.write(`${given.json ? JSON.stringify(outcome.value.json) : outcome.value.words}\n`);
    else {
      process.stderr.write(`${given.json ? JSON.stringify({ error: outcome.cause }) : outcome.cause}\n`);
      process.exitCode = 1;
    }
  });
}

function readGiven(values: Record<string, unknown>): Given {
  const optional = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    data: path.resolve(optional('data') ?? ''),
    json: values['json'] === true,
    text: (name) => optional(name) ?? '',
    optional,
    many: (name) => (Array.isArray(values[name]) ? values[name].filter((value) => typeof value === 'string') : []),
  };
}

/** Runs the command that `argv` names; what commander does not understand ends with 2. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}

/** A whole number from `least` to `most`, or null. */
export function readNumber(text: string, least: number, most: number): number | null {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}
