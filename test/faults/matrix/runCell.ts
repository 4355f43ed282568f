/**
 * Plays one cell: the step begins, in its middle the fault comes, lasts and goes; then the step must get whole, by itself or
 * by Retry after a clear word, with the SHA-256 of what went in. Throws what was not so.
 */
import { createHash } from 'node:crypto';
import { seeded } from '../../../electron/evidence/testing/desk.fixture.ts';
import { playAdding } from './adding.ts';
import type { Cell, Half } from './cells.ts';
import { nameOf } from './cells.ts';
import { playCarrying } from './carrying.ts';
import { playMoving } from './moving.ts';
import type { Play } from './play.ts';
import { setStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { troubleFor } from './troubles.ts';
import { until, upTo } from './wait.ts';

export interface Outcome {
  /** What the screen said meanwhile, a few words each. */
  readonly words: readonly string[];
  /** How often Retry was pressed; 0: it went on by itself. */
  readonly retries: number;
  /** How much was done when the fault came, per cent. */
  readonly struckAt: number;
  /** Whether the step was whole while the fault was still there. */
  readonly untouched: boolean;
}

/** A busy machine looked too late: the step was over before the fault came, and shows nothing. */
class OverTooSoon extends Error {}

const LASTS = 1200;
const MOST_TRIES = 5;
const MOST_RETRIES = 8;

/** Of a bundle, an even seed has the fault while it is written, an odd one while it is read. */
export async function runCell(cell: Cell, seed: number): Promise<Outcome> {
  const half = seed % 2 === 0 ? 'written' : 'read';
  for (let tries = 1; ; tries++) {
    try {
      return await runOnce(cell, seed, half);
    } catch (error) {
      if (!(error instanceof OverTooSoon) || tries === MOST_TRIES) throw error;
    }
  }
}

async function runOnce(cell: Cell, seed: number, half: Half): Promise<Outcome> {
  const own = createHash('sha256')
    .update(`${seed} ${nameOf(cell)}`)
    .digest()
    .readUInt32BE();
  const random = seeded(own);
  const stage = await setStage(cell, half);
  try {
    return await strike(cell, stage, await prepare(cell, stage, own, half), 0.1 + random() * 0.4);
  } finally {
    await stage.end();
  }
}

function prepare(cell: Cell, stage: Stage, seed: number, half: Half): Promise<Play> {
  switch (cell.step) {
    case 'import':
      return playAdding(stage, seed);
    case 'upload':
      return playMoving(stage, seed, 'up');
    case 'download':
      return playMoving(stage, seed, 'down');
    case 'bundle':
      return playCarrying(stage, seed, half);
  }
}

async function strike(cell: Cell, stage: Stage, play: Play, at: number): Promise<Outcome> {
  const trouble = troubleFor(cell, stage, play);
  const isWhole = (): boolean => play.standing() === 'whole';
  if (trouble.isAhead === true) await trouble.begin();
  await play.begin();
  await until('the middle of the step', () => play.progress() >= at || play.words().length > 0);
  if (trouble.isAhead !== true) {
    if (isWhole()) throw new OverTooSoon('it was over before the fault came');
    await trouble.begin();
  }
  const struckAt = Math.round(play.progress() * 100);
  if (trouble.lasts === 'a while') await upTo(LASTS, isWhole);
  else await until('the end of the step while the fault lasts', isWhole);
  const untouched = isWhole();
  await trouble.end();
  const retries = await finish(play);
  return { words: play.words(), retries, struckAt, untouched };
}

/** Both halves of a bundle, one after the other; of any other step there is one. */
export async function runWhole(cell: Cell, seed: number): Promise<Outcome> {
  const first = await runCell(cell, seed);
  if (cell.step !== 'bundle') return first;
  const second = await runCell(cell, seed + 1);
  return {
    words: [...new Set([...first.words, ...second.words])],
    retries: first.retries + second.retries,
    struckAt: first.struckAt,
    untouched: first.untouched && second.untouched,
  };
}

/** Until it is whole and checked, pressing Retry where a word asks for it. */
async function finish(play: Play): Promise<number> {
  for (let retries = 0; ; retries++) {
    await until(`whole or a word that asks for Retry (${play.words().join('; ')})`, () => play.standing() !== 'going');
    if (play.standing() === 'whole' && (await play.check()) === null) return retries;
    if (retries === MOST_RETRIES) throw new Error(`Retry did not mend it: ${play.words().join('; ')}`);
    await play.retry();
    await until('Retry to begin', () => play.standing() !== 'stopped', 2000).catch(() => undefined); // it may stop again at once
  }
}
