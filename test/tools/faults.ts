/**
 * `npm run faults [-- --seed N] [--only WORDS] [--fresh] [--table]`: the whole matrix of faults, cell by cell, with real parts. What was played is
 * kept in .cache/faults.json after each cell, so that a run that was interrupted goes on; `--fresh` begins anew, `--only`
 * plays the cells whose name holds these words again. With `--table` the result is written to docs/faults.md.
 * Exit code 1 where a cell did not end as it must.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CELLS, isRun, nameOf } from '../faults/matrix/cells.ts';
import { runWhole } from '../faults/matrix/runCell.ts';
import type { Run } from '../faults/matrix/table.ts';
import { pageOf } from '../faults/matrix/table.ts';
import { whyNotHere } from '../faults/matrix/troubles.ts';
import { root } from '../setup/exec.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    only: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
  },
});
const stateFile = path.join(root, '.cache', 'faults.json');

function begun(): Run | null {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8')) as Run;
  } catch {
    return null;
  }
}

const before = values.fresh ? null : begun();
const seed = Number(values.seed ?? before?.seed ?? Math.floor(Math.random() * 1e6));
if (!Number.isInteger(seed)) throw new Error('--seed takes a whole number');
const run: Run =
  before?.seed === seed
    ? before
    : { seed, node: process.version, system: `${process.platform} ${process.arch}`, cells: {} };
const { only } = values;
console.log(
  `Seed ${seed}.${Object.keys(run.cells).length > 0 ? ` ${Object.keys(run.cells).length} cells were played before.` : ''}`,
);

for (const cell of CELLS.filter(isRun)) {
  const name = nameOf(cell);
  if (only === undefined ? name in run.cells && !('failed' in run.cells[name]!) : !name.includes(only)) continue;
  const unable = whyNotHere(cell);
  const start = performance.now();
  const result =
    unable === null ? await runWhole(cell, seed).catch((error: unknown) => ({ failed: String(error) })) : { unable };
  run.cells[name] = result;
  mkdirSync(path.dirname(stateFile), { recursive: true });
  writeFileSync(stateFile, JSON.stringify(run, null, 1));
  const said =
    'failed' in result
      ? `FAILED: ${result.failed}`
      : 'unable' in result
        ? `not played: ${result.unable}`
        : `whole${result.retries > 0 ? ' after Retry' : ''}${result.words.length > 0 ? ` (${result.words.join('; ')})` : ''}`;
  console.log(`${name}: ${said}  [${((performance.now() - start) / 1000).toFixed(1)} s]`);
}
if (values.table) writeFileSync(path.join(root, 'docs', 'faults.md'), pageOf(run));
const failed = Object.entries(run.cells).filter(([, result]) => 'failed' in result);
console.log(`${Object.keys(run.cells).length - failed.length} cells ended as they must, ${failed.length} did not.`);
process.exitCode = failed.length === 0 ? 0 : 1;
