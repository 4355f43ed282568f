/**
 * How the authority speaks on a command line: every command takes --data and --json, prints one JSON line or a short
 * sentence, and ends with 0 (done), 1 (could not be done, and why) or 2 (not understood; `common/options.ts`).
 */
import path from 'node:path';
import type { Command } from 'commander';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail } from '../../../shared/primitives/result.ts';
import { cannotUse, refusedBy } from '../../common/options.ts';

/** What a command prints: `json` with --json, `words` otherwise. */
export interface Said {
  readonly json: unknown;
  readonly words: string;
}
/** What went well, or a sentence that says what did not and what to do next. */
export type Outcome = Result<Said, string>;

/** Options as commander read them. */
export interface Given {
  /** Words without an option's name before them, as `import FILE` takes one. */
  readonly words: readonly string[];
  readonly data: string;
  readonly json: boolean;
  text(name: string): string;
  optional(name: string): string | undefined;
  number(name: string, otherwise: number): number;
  many(name: string): readonly string[];
  /** Whether a switch, an option without a value, was given. */
  has(name: string): boolean;
}

export interface OptionSpec {
  /** As commander writes them: `--name <text>`. */
  readonly flags: string;
  readonly says: string;
  readonly required?: boolean;
  readonly repeatable?: boolean;
  /** A number, read by this; it throws what commander understands. */
  readonly number?: (text: string) => number;
  /** A text that this reads, or throws what commander understands. */
  readonly read?: (text: string) => string;
}

/** Adds one command; its `name` may ask for words (`import <file>`). `run` prints nothing itself, unless it goes on running. */
export function addCommand(
  parent: Command,
  name: string,
  says: string,
  options: readonly OptionSpec[],
  run: (given: Given) => Promise<Outcome>,
): void {
  const command = parent.command(name).description(says);
  command.requiredOption('--data <folder>', 'folder that holds everything this program keeps');
  command.option('--json', 'print one line of JSON');
  for (const { flags, says: text, required, repeatable, number, read } of options) {
    if (repeatable === true) command.option(flags, text, (value: string, before: string[]) => [...before, value], []);
    else if (number !== undefined) command.option(flags, text, number);
    else if (read !== undefined) command.option(flags, text, read);
    else if (required === true) command.requiredOption(flags, text);
    else command.option(flags, text);
  }
  // Commander gives the words, then the options, then the command itself.
  command.action(async (...all: unknown[]) => {
    const words = all.slice(0, -2).filter((word) => typeof word === 'string');
    const given = readGiven(all.at(-2) as Record<string, unknown>, words);
    const outcome = await run(given).catch(machineTrouble);
    if (outcome.ok) process.stdout.write(`${given.json ? JSON.stringify(outcome.value.json) : outcome.value.words}\n`);
    else {
      process.stderr.write(`${given.json ? JSON.stringify({ error: outcome.cause }) : outcome.cause}\n`);
      process.exitCode = 1;
    }
  });
}

/** What the machine refuses is no fault of ours: a sentence, with the machine's own word for it. Other errors go on up. */
function machineTrouble(error: unknown): Outcome {
  const word = refusedBy(error);
  if (word === null) throw error;
  return fail(cannotUse(word));
}

function readGiven(values: Record<string, unknown>, words: readonly string[]): Given {
  const optional = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    words,
    data: path.resolve(optional('data') ?? ''),
    json: values['json'] === true,
    text: (name) => optional(name) ?? '',
    optional,
    number: (name, otherwise) => {
      const value = values[name];
      return typeof value === 'number' ? value : otherwise;
    },
    many: (name) => (Array.isArray(values[name]) ? values[name].filter((value) => typeof value === 'string') : []),
    has: (name) => values[name] === true,
  };
}
