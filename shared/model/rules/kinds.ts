/**
 * Owns which kinds of files a rule set may hold, each by its `format`, and how each is checked by itself. A kind that this
 * version does not know is refused, so that nobody believes that rules are applied which are not.
 */
import type { z } from 'zod';
import { processFile } from '../work/process/load.ts';
import { permissionTable } from '../work/permissions/table.ts';
import { checksFile } from './checks.ts';

/** The schema of a file by its `format`. */
export const KINDS: Readonly<Record<string, z.ZodType>> = {
  'joinder checks': checksFile,
  'joinder permissions': permissionTable,
  'joinder process': processFile,
};

/** Formats of which a set must hold a file. */
export const NEEDED: readonly string[] = ['joinder checks'];
