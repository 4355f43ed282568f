/**
 * Owns which kinds of files a rule set may hold, each by its `format`, and how each is checked. A kind that this version
 * does not know is refused, so that nobody believes that rules are applied which are not.
 */
import type { z } from 'zod';
import type { Fault } from '../conditions/check.ts';
import { agreement } from '../work/agreement/schema.ts';
import { processFile } from '../work/process/load.ts';
import { permissionTable } from '../work/permissions/table.ts';
import { checkRules, checksFile } from './checks.ts';
import { checkPersonalData, personalDataFile } from './personalData.ts';
import { checkRetention, retentionFile } from './retention.ts';
import { checkTimeLimits, timeLimitsFile } from './timeLimits.ts';

/** What the other files of the set give that a file may refer to. */
export interface Around {
  readonly tables: readonly string[];
  readonly reasons: ReadonlySet<string>;
}

interface Kind<T> {
  readonly schema: z.ZodType<T>;
  /** Faults that the schema does not show. */
  readonly check: (content: T, around: Around) => readonly Fault[];
}
const kind = <T>(schema: z.ZodType<T>, check: Kind<T>['check'] = () => []): Kind<T> => ({ schema, check });

export const KINDS = {
  'joinder checks': kind(checksFile, (file, { tables, reasons }) => checkRules(file, tables, reasons)),
  'joinder time limits': kind(timeLimitsFile, (file, { tables }) => checkTimeLimits(file, tables)),
  'joinder retention': kind(retentionFile, checkRetention),
  'joinder personal data': kind(personalDataFile, checkPersonalData),
  'joinder permissions': kind(permissionTable),
  'joinder process': kind(processFile),
  'joinder agreement': kind(agreement),
} as const;
export type Format = keyof typeof KINDS;
export const isFormat = (word: string): word is Format => Object.hasOwn(KINDS, word);

/** Formats of which a set must hold a file: without them nothing would be judged, and nobody would see why. */
export const NEEDED: readonly Format[] = [
  'joinder checks',
  'joinder time limits',
  'joinder retention',
  'joinder personal data',
];
