/** The last full run as a page of documentation: a table for each step, and beside each cell how it was made and ended. */
import type { Cell, Step } from './cells.ts';
import { CELLS, nameOf, PARTS, FAULTS, STEPS, whyNot } from './cells.ts';
import type { Outcome } from './runCell.ts';
import { DONE_BY } from './troubles.ts';

export type Result = Outcome | { readonly failed: string } | { readonly unable: string };
export interface Run {
  readonly seed: number;
  readonly node: string;
  readonly system: string;
  readonly cells: Record<string, Result>;
}

const TITLES: Readonly<Record<Step, string>> = {
  import: 'Import: 24 small files and one of 10 MiB, into the officer\u2019s store',
  upload: 'Upload: 8 MiB, from the officer\u2019s store to the relay',
  download: 'Download: 8 MiB, from the relay to the prosecutor\u2019s store',
  bundle: 'Bundle: 24 MiB, onto a stick at the officer\u2019s and from it at the prosecutor\u2019s',
};

export function pageOf(run: Run): string {
  const all = CELLS.map((cell) => endOf(cell, run));
  const count = (is: string): number => all.filter((end) => end.startsWith(is)).length;
  return `# Faults

<!-- Written by \`npm run faults -- --table\`. -->

What happens when application, relay, network or disk is killed, stalls, is slow, corrupts or is full in the middle of a step. Each
cell must end with whole content and equal SHA-256, by itself or by *Retry* after a clear word. Real in it: the evidence process (a
process of its own on Node, not in Electron), relay, HTTP, disk; the sync worker's part (saying again what is wanted) is played by
the harness. A bundle's cell is played twice, once while it is written and once while it is read; its disk is the stick, and what is full while it is
read is the reader's own. A disk that is dead, hangs or is slow is injected between the evidence process and Node's file system.

Last full run: seed ${run.seed}, Node ${run.node.slice(1)}, ${run.system}. ${count('whole')} cells whole, ${count('FAILED')} failed, ${count('\u2013')} not applicable, ${count('not ')} not played.

${STEPS.map((step) => sectionOf(step, run)).join('\n')}
## How each fault is made

| | ${FAULTS.join(' | ')} |
| --- | ${FAULTS.map(() => '---').join(' | ')} |
${PARTS.map((part) => `| ${part} | ${FAULTS.map((fault) => DONE_BY[part][fault] ?? '\u2013').join(' | ')} |`).join('\n')}
`;
}

function sectionOf(step: Step, run: Run): string {
  const row = (part: Cell['part']): string =>
    `| ${part} | ${FAULTS.map((fault) => endOf({ part, fault, step }, run)).join(' | ')} |`;
  const reasons = [
    ...new Set(
      CELLS.filter((cell) => cell.step === step).flatMap((cell) => {
        const why = whyNot(cell);
        return why === null ? [] : [`${cell.part} ${cell.fault}: ${why}`];
      }),
    ),
  ];
  return `## ${TITLES[step]}

| | ${FAULTS.join(' | ')} |
| --- | ${FAULTS.map(() => '---').join(' | ')} |
${PARTS.map(row).join('\n')}

${reasons.map((reason) => `- ${reason}\n`).join('')}`;
}

function endOf(cell: Cell, run: Run): string {
  if (whyNot(cell) !== null) return '\u2013';
  const result = run.cells[nameOf(cell)];
  if (result === undefined) return 'not played';
  if ('failed' in result) return 'FAILED';
  if ('unable' in result) return `not here: ${result.unable}`;
  const said = result.words.length === 0 ? '' : `; said: ${result.words.join(', ')}`;
  const how =
    result.retries > 0 ? 'whole after *Retry*' : result.untouched ? 'whole, in spite of it' : 'whole by itself';
  return `${how}${said}`;
}
