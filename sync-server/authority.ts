#!/usr/bin/env node
/**
 * The authority's command line: an organisation's own program, with its own data, never the relay's. See `authority/`.
 */
import { Command } from 'commander';
import { addCommands } from './authority/cli/commands.ts';
import { runCommandLine } from './common/options.ts';

const program = new Command('authority').description(
  "An organisation's directory: who is who, signed; and the enrolment of devices.",
);
addCommands(program);
await runCommandLine(program, process.argv);
