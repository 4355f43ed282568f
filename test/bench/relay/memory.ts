/** Memory of another process, as Linux counts it. */
import { readFileSync } from 'node:fs';

/** MiB that a process holds now. */
export function memoryOf(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}

/** The most that it holds while `work` is under way, looked at ten times a second. */
export async function peakOf(pid: number, work: () => Promise<void>): Promise<number> {
  let peak = memoryOf(pid);
  const timer = setInterval(() => (peak = Math.max(peak, memoryOf(pid))), 100);
  await work();
  clearInterval(timer);
  return Math.max(peak, memoryOf(pid));
}
