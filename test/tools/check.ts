/**
 * `npm run check`: everything that can be told without running the application. Runs every check even when one fails, so
 * that one run names all that is to be mended, and ends with one line that counts them.
 */
import { conclude } from './results.ts';
import { runProgram } from './run.ts';

const checks = [
  { name: 'types', program: 'tsc', args: ['--build'] },
  { name: 'lint', program: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'boundaries', program: 'node', args: ['test/tools/boundaries.ts'] },
  { name: 'lock file', program: 'node', args: ['test/setup/complete-lock.mjs', '--check'] },
  { name: 'dead code', program: 'knip', args: ['--no-progress', '--no-config-hints'] },
  { name: 'format', program: 'oxfmt', args: ['--check', '.'] },
] as const;

const failed = checks.filter(({ name, program, args }) => {
  console.log(`--- ${name}`);
  return runProgram(program, args) !== 0;
});

for (const { name } of failed) console.log(`failed: ${name}${name === 'format' ? ' (npm run format mends it)' : ''}`);
conclude('check.txt', { passed: checks.length - failed.length, failed: failed.length });
