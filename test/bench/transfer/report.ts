/** What was measured, as lines to read and as JSON for others. */
import { writeFileSync } from 'node:fs';
import type { Cost, Step } from './step.ts';

export const MIB = 2 ** 20;
export const GIB = 2 ** 30;

/** By system, then step. */
export type Figures = ReadonlyMap<string, Partial<Record<Step, Cost>>>;

const rate = (cost: Cost, bytes: number): number => bytes / MIB / cost.seconds;
const cpu = (cost: Cost, bytes: number): number => (cost.cpu * GIB) / bytes;
export const peaksOf = ({ peaks }: Cost): string =>
  Object.entries(peaks)
    .map(([name, peak]) => `${name} ${peak.toFixed(0)}`)
    .join(', ');

export function printStep(step: Step, figures: Figures, bytes: number): void {
  console.log(`${step}:`);
  for (const [system, steps] of figures) {
    const cost = steps[step];
    if (cost === undefined) continue;
    console.log(
      `  ${system.padEnd(34)} ${rate(cost, bytes).toFixed(0).padStart(5)} MiB/s, ${cpu(cost, bytes).toFixed(2)} s of processor a GiB; most MiB of memory: ${peaksOf(cost)}`,
    );
  }
}

/** How many times as fast one is as another; `aim` is the least it should be. */
export function printRatio(step: Step, theirs: string, figures: Figures, aim: number): void {
  const [our, their] = [figures.get('joinder')?.[step], figures.get(theirs)?.[step]];
  if (our === undefined || their === undefined) return;
  const ratio = their.seconds / our.seconds;
  console.log(
    `  joinder ${step} is ${ratio.toFixed(2)} times ${theirs} (aim: at least ${aim})${ratio < aim ? ', missed' : ''}`,
  );
}

export function writeJson(file: string, figures: Figures, bytes: number): void {
  const out: Record<string, Record<string, unknown>> = {};
  for (const step of ['upload', 'download', 'whole'] as const) {
    for (const system of ['joinder', 'tus', 'plain']) {
      const cost = figures.get(system)?.[step];
      if (cost === undefined) continue;
      (out[step] ??= {})[system] = {
        mibPerSecond: round(rate(cost, bytes)),
        cpuSecondsPerGiB: round(cpu(cost, bytes)),
        peakMiB: round(Math.max(...Object.values(cost.peaks))),
      };
    }
  }
  writeFileSync(file, `${JSON.stringify(out, null, 2)}\n`);
}

/** Two places are more than such a measurement knows. NaN, for what this system does not tell, becomes null. */
const round = (value: number): number => Math.round(value * 100) / 100;
