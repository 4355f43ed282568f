/** What one step of one system took: wall time, processor time of all its processes, and the most memory of each. */
import { cpuOf, forgetPeak, peakOf } from './part.ts';

export interface Process {
  readonly name: string;
  readonly pid: number;
}

export interface Cost {
  readonly seconds: number;
  readonly cpu: number;
  /** MiB, by the name of the process. */
  readonly peaks: Readonly<Record<string, number>>;
}

export async function measure(processes: readonly Process[], work: () => Promise<unknown>): Promise<Cost> {
  for (const { pid } of processes) forgetPeak(pid);
  const cpu = (): number => processes.reduce((sum, { pid }) => sum + cpuOf(pid), 0);
  const before = cpu();
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  if (process.env['BENCH_TELL']) console.error(processes.map((p) => p.name).join(' + '), seconds.toFixed(2));
  return { seconds, cpu: cpu() - before, peaks: Object.fromEntries(processes.map((p) => [p.name, peakOf(p.pid)])) };
}

/** The steps that are compared, and those of ours alone. */
export type Step = 'import' | 'upload' | 'download' | 'whole';
export type Round = Partial<Record<Step, Cost>>;

/** A way for a file to get from one machine to another. */
export interface System {
  readonly name: string;
  /** Once through everything, and nothing left on the disk. */
  round(): Promise<Round>;
  end(): Promise<void>;
}

/** The fastest of several, with its processor time, and the most memory of all of them. */
export function best(costs: readonly Cost[]): Cost | null {
  const [first] = costs.toSorted((a, b) => a.seconds - b.seconds);
  if (first === undefined) return null;
  const peaks: Record<string, number> = {};
  for (const cost of costs)
    for (const [name, peak] of Object.entries(cost.peaks)) peaks[name] = Math.max(peak, peaks[name] ?? 0);
  return { ...first, peaks };
}
