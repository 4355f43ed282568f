/**
 * How long to wait before dialling again: doubling from half a second to half a minute, each wait cut by up to half at
 * random, so that a relay that comes back is not met by everybody at once. Never gives up.
 */
import type { Millis } from '../../../shared/primitives/units.ts';

const FIRST: Millis = 500;
const MOST: Millis = 30_000;

/** The wait after `failures` failures in a row; `chance` is a number from 0 to 1. */
export const backOff = (failures: number, chance: number): Millis =>
  Math.min(MOST, FIRST * 2 ** Math.min(failures - 1, 16)) * (1 - chance / 2);
