/** The process as a file of a rule set: checked by itself, and the one that comes with this version where a set has none. */
import defaults from '../../rules/data/process.json' with { type: 'json' };
import { DEFAULT_PERMISSIONS } from '../permissions/table.ts';
import { checkProcess } from './check.ts';
import type { ProcessTable } from './table.ts';
import { processTable } from './table.ts';

/** The schema of the file: its shape, and that the table holds together. */
export const processFile = processTable.superRefine((table, context) => {
  for (const { at, what } of checkProcess(table, DEFAULT_PERMISSIONS))
    context.addIssue({ code: 'custom', path: at.split('/'), message: what });
});

let known: ProcessTable | null = null;

/** The process by which a rule set has cases worked on. */
export function processIn(files: ReadonlyMap<string, unknown>): ProcessTable {
  for (const content of files.values()) {
    const parsed = isProcess(content) ? processTable.safeParse(content) : null;
    if (parsed?.success) return parsed.data;
  }
  known ??= processFile.parse(defaults);
  return known;
}

const isProcess = (content: unknown): boolean =>
  typeof content === 'object' && content !== null && 'format' in content && content.format === 'joinder process';
