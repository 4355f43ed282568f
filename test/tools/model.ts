/**
 * `npm run model`: the common data model for who works outside the application: its schema, its documentation, a good case,
 * and what is wrong with one. Prints what was asked for on stdout and sentences for people on stderr.
 * Exit code 0: done, or nothing wrong; 1: faults or findings; 2: something could not be read, or was asked for wrongly.
 */
import path from 'node:path';
import { Command } from 'commander';
import { STAGES } from '../../shared/model/formats/stages.ts';
import { makeExample, printSchema, validate } from './model/cases.ts';
import { dataModel } from './model/doc.ts';
import { runPreflight } from './model/preflight.ts';
import type { Printed } from './model/printed.ts';
import { sayToPeople } from '../../sync-server/common/output.ts';
import { oneOf, runCommandLine } from '../../sync-server/common/options.ts';

/** Names of files are meant from where the command was typed; npm runs scripts elsewhere. */
const fromThere = (file: string): string => path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);

function print({ text, code }: Printed): void {
  if (code === 2) sayToPeople(text);
  else process.stdout.write(`${text}\n`);
  process.exitCode = code;
}

const program = new Command('model').description('The common data model of a case: schema, documentation, checks.');

program
  .command('schema')
  .description('print the JSON Schema of a case')
  .action(() => print(printSchema()));
program
  .command('doc')
  .description('print the documentation of the model, as it stands in docs/data-model.md')
  .action(() => print({ text: dataModel().trimEnd(), code: 0 }));
program
  .command('example')
  .description('print a complete good case')
  .option('--stage <stage>', `one of ${STAGES.join(', ')}`, oneOf(STAGES), 'charging')
  .option('--on <date>', 'the day on which it is good (default: today)')
  .action((options: { stage: (typeof STAGES)[number]; on?: string }) => print(makeExample(options)));
program
  .command('validate')
  .description('say whether a file is a case, and what is wrong with it')
  .argument('<file>', 'an exported case, JSON')
  .option('--json', 'print one JSON value')
  .action((file: string, options: { json?: boolean }) => print(validate(fromThere(file), options)));
program
  .command('preflight')
  .description('say what a case would be sent back for')
  .argument('<file>', 'an exported case, JSON')
  .requiredOption('--stage <stage>', `one of ${STAGES.join(', ')}`, oneOf(STAGES))
  .option('--on <date>', 'the day as of which it is judged (default: today)')
  .option('--rules <folder>', 'a folder of rule files (default: those of the application)')
  .option('--json', 'print one JSON value')
  .action(async (file: string, { rules, ...options }: { stage: string; on?: string; rules?: string; json?: boolean }) =>
    print(await runPreflight(fromThere(file), { ...options, ...(rules !== undefined && { rules: fromThere(rules) }) })),
  );

await runCommandLine(program, process.argv);
