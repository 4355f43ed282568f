/**
 * `npm test`: unit tests, faults and simulations, then the built application end to end. Ends with one line that sums all
 * runners; fails when anything failed, and when any runner ran nothing. An end-to-end test that passed only when CI tried it again is named.
 */
import path from 'node:path';
import type { Count } from './results.ts';
import {
  conclude,
  countPlaywright,
  countVitest,
  forgetReport,
  readReport,
  resultsFolder,
  settle,
  sum,
  unsteady,
} from './results.ts';
import { runProgram } from './run.ts';

const none: Count = { passed: 0, failed: 0 };

function runUnits(): Count {
  forgetReport('unit.json');
  const report = path.join(resultsFolder, 'unit.json');
  const exitCode = runProgram('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const read = readReport<Parameters<typeof countVitest>[0]>('unit.json');
  return settle(read === undefined ? none : countVitest(read), exitCode);
}

function runWindows(): Count {
  forgetReport('e2e.json');
  if (runProgram('electron-vite', ['build', '--logLevel', 'warn']) !== 0) {
    console.error('The application does not build, so no end-to-end test was run.');
    return { passed: 0, failed: 1 };
  }
  const exitCode = runProgram('playwright', ['test']);
  const read = readReport<Parameters<typeof countPlaywright>[0]>('e2e.json');
  if (read === undefined) return settle(none, exitCode);
  for (const name of unsteady(read)) console.log(`passed only when tried again, a bug to find: ${name}`);
  return settle(countPlaywright(read), exitCode);
}

conclude('test.txt', sum([runUnits(), runWindows()]));
