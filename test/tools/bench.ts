/**
 * `npm run bench [-- part of a name [options]]`: runs each test/bench/*.bench.ts in a Node 24 of its own, one after another,
 * so that none measures another's garbage. Each prints its own figures, and takes the options as it understands them.
 */
import { globSync } from 'node:fs';
import { root } from '../setup/exec.mjs';
import { runProgram } from './run.ts';

const [part = '', ...options] = process.argv.slice(2);
const files = globSync('test/bench/*.bench.ts', { cwd: root }).filter((file) => file.includes(part));
if (files.length === 0) console.error(`No test/bench/*.bench.ts has "${part}" in its name, so nothing was measured.`);

const failed = files.toSorted().filter((file) => {
  console.log(`--- ${file}`);
  return runProgram('node', ['--expose-gc', file, ...options]) !== 0;
});
for (const file of failed) console.error(`failed: ${file}`);
process.exitCode = files.length > 0 && failed.length === 0 ? 0 : 1;
