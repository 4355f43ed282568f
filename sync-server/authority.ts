#!/usr/bin/env node
/**
 * The authority's command line: an organisation's own program, with its own data, never the relay's. See `authority/`.
 */
import { addCommands } from './authority/commands.ts';
import { makeProgram, runProgram } from './common/commandLine.ts';

const program = makeProgram('authority', "An organisation's directory: who is who, signed; and the enrolment of devices.");
addCommands(program);
await runProgram(program, process.argv.slice(2));
