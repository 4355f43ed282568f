/** What windows noted, as figures to read and to write. */
import type { Noted } from './inUse.ts';

export interface Spread {
  readonly count: number;
  readonly middle: number;
  /** 95 of 100 are no longer. */
  readonly p95: number;
  readonly worst: number;
}

export interface Figures {
  readonly keys: Spread;
  readonly frames: Spread & { readonly over50: number };
  readonly longTasks: { readonly count: number; readonly longest: number; readonly sum: number };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    tenths(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { count: sorted.length, middle: at(0.5), p95: at(0.95), worst: at(1) };
}

export const figuresOf = ({ keys, frames, tasks }: Noted): Figures => ({
  keys: spread(keys),
  frames: { ...spread(frames), over50: frames.filter((frame) => frame > 50).length },
  longTasks: {
    count: tasks.length,
    longest: tenths(Math.max(0, ...tasks)),
    sum: tenths(tasks.reduce((sum, task) => sum + task, 0)),
  },
});

export function printFigures(who: string, { keys, frames, longTasks }: Figures): void {
  const ms = (value: number): string => `${value.toFixed(0)} ms`;
  console.log(
    `  ${who.padEnd(10)} ${keys.count} keys, on the screen after ${ms(keys.middle)} in the middle, ${ms(keys.p95)} for 95 of 100, ${ms(keys.worst)} at worst; ${frames.count} frames, ${ms(frames.middle)} in the middle, ${ms(frames.p95)} for 95 of 100, ${ms(frames.worst)} at worst, ${frames.over50} over 50 ms; ${longTasks.count} tasks over 50 ms, the longest ${ms(longTasks.longest)}`,
  );
}
