/**
 * The part of the matrix of faults that always runs: one cell for each fault and step, and a sample of the others by a seed
 * that is printed. `npm run faults` runs all; what is left out here is said.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from '../../electron/evidence/testing/desk.fixture.ts';
import { CELLS, CORE, FAULTS, isRun, nameOf, PARTS, sample, STEPS } from './matrix/cells.ts';
import { runCell } from './matrix/runCell.ts';
import { pageOf } from './matrix/table.ts';
import { DONE_BY, whyNotHere } from './matrix/troubles.ts';

const SAMPLED = 2;
const seed = Number(process.env['JOINDER_FAULTS_SEED'] ?? Math.floor(Math.random() * 1e6));
const sampled = sample(seeded(seed), SAMPLED);
const chosen = [...CORE, ...sampled];

describe('the cells', () => {
  it('are every part, fault and step, and each of them is run, or has a reason', () => {
    expect(CELLS).toHaveLength(PARTS.length * FAULTS.length * STEPS.length);
    for (const { part, fault } of CELLS.filter(isRun)) expect(DONE_BY[part][fault]).toBeDefined();
  });
  it('of the core are one for each fault and step and all parts have their turn', () => {
    expect(new Set(CORE.map(({ fault, step }) => `${fault} ${step}`)).size).toBe(STEPS.length * FAULTS.length);
    expect(new Set(CORE.map(({ part }) => part)).size).toBe(PARTS.length);
  });
  it('that failed, were not played or cannot be are told apart on the page', () => {
    const outcome = { words: ['this disk is full'], retries: 1, struckAt: 20, untouched: false };
    const cells = { 'disk full, import': outcome, 'disk slow, import': { failed: 'x' } };
    const page = pageOf({ seed: 7, node: 'v24.0.0', system: 'linux x64', cells });
    expect(page).toContain('whole after *Retry*; said: this disk is full');
    expect(page).toContain('FAILED');
    expect(page).toContain('1 cells whole, 1 failed');
  });
});

beforeAll(() => {
  const left = CELLS.filter(isRun).filter((cell) => !chosen.includes(cell));
  console.log(
    `Faults: seed ${seed} (JOINDER_FAULTS_SEED), ${CORE.length} of the core and ${sampled.length} sampled: ${sampled.map(nameOf).join('; ')}. Left out: ${left.map(nameOf).join('; ')}. \`npm run faults\` plays all.`,
  );
});
const unable: string[] = [];
afterAll(() => {
  if (unable.length > 0) console.log(`Faults not played on this machine: ${unable.join('; ')}.`);
});

describe.concurrent('whole, or a clear word and a working Retry', () => {
  it.each(chosen.map((cell) => [nameOf(cell), cell] as const))(
    '%s',
    async (name, cell) => {
      const why = whyNotHere(cell);
      if (why !== null) return void unable.push(`${name} (${why})`);
      // What must hold is thrown where it does not.
      await runCell(cell, seed);
    },
    240_000,
  );
});
