/**
 * The relay's command line. Answers on stdout (one JSON line with --json, and always for `serve`), words for people on
 * stderr. Exit code 1: it could not be done; 2: command line or settings were not understood; 3: looked over as asked, and
 * something is not well.
 */
import './common/threads.ts';
import { runCommandLine } from './common/options.ts';
import { makeProgram } from './relay/cli/program.ts';

await runCommandLine(makeProgram(), process.argv);
