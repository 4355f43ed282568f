/** Faults that the operating system puts on a living process: held, slowed, out of file handles. All of them real. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const ALIVE = 25;
const HELD = 75;

/** A process that another core is not there for: it runs a quarter of the time. Answers how to let it run. */
export function slowDown(pid: number): () => void {
  let timer: NodeJS.Timeout;
  const hold = (): void => {
    process.kill(pid, 'SIGSTOP');
    timer = setTimeout(go, HELD);
  };
  const go = (): void => {
    process.kill(pid, 'SIGCONT');
    timer = setTimeout(hold, ALIVE);
  };
  hold();
  return () => {
    clearTimeout(timer);
    process.kill(pid, 'SIGCONT');
  };
}

/** Lets a process that rests now open, from `take` on, nothing more than it has open now. */
export function handlesOf(pid: number): { readonly take: () => void; readonly giveBack: () => void } {
  const open = readdirSync(`/proc/${pid}/fd`).length;
  const limit = (most: number): void =>
    void execFileSync('prlimit', ['--pid', String(pid), `--nofile=${most}:`], { stdio: 'pipe' });
  return { take: () => limit(open), giveBack: () => limit(1024) };
}

let able: boolean | null = null;
export function mayTakeHandles(): boolean {
  if (able !== null) return able;
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'pipe' });
    able = process.platform === 'linux';
  } catch {
    able = false;
  }
  return able;
}
