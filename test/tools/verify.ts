/**
 * `npm run verify -- FILE PASSPORT.json`: checks a file against its integrity passport, with nothing of Joinder's but this
 * command: no relay, no account, no store. Prints what was checked, line by line.
 * Exit code 0: everything holds; 1: something does not; 2: something could not be read, or was asked for wrongly.
 */
import path from 'node:path';
import { Command } from 'commander';
import { runCommandLine } from '../../sync-server/common/options.ts';
import { sayToPeople } from '../../sync-server/common/output.ts';
import { check } from './verify/check.ts';

/** Names of files are meant from where the command was typed; npm runs scripts elsewhere. */
const fromThere = (file: string): string => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);

const program = new Command('verify')
  .description('Check a file against its integrity passport.')
  .argument('<file>', 'the file')
  .argument('<passport>', 'its passport, JSON')
  .option('--any-name', 'the file may have another name than in the passport')
  .option('--json', 'print one JSON value')
  .action(async (file: string, passport: string, options: { anyName?: boolean; json?: boolean }) => {
    const { text, code } = await check(fromThere(file), fromThere(passport), options);
    if (code === 2) sayToPeople(text);
    else process.stdout.write(`${text}\n`);
    process.exitCode = code;
  });

await runCommandLine(program, process.argv);
