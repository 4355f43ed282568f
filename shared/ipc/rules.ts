/** What windows show of rule data: which edition judges at which organisation, since when, what it changed, what was refused. */
import type { Hash } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';

export interface EditionRow {
  readonly name: string;
  readonly edition: string;
  /** Who made it, by its own word. */
  readonly organisation: string;
  /** First and last day, YYYY-MM-DD; no last: until replaced. */
  readonly from: string;
  readonly to: string | null;
  readonly sha256: Hash;
}

export interface RuleRow {
  readonly code: string;
  readonly sentence: string;
  /** The stages at which it judges; `every` for all. */
  readonly stages: readonly string[] | 'every';
  readonly source: string;
  readonly verified: boolean;
}

export interface OrganisationRules {
  readonly org: string;
  readonly own: boolean;
  readonly edition: EditionRow;
  /** When its authority published it; null: it comes with this version of Joinder. */
  readonly published: Millis | null;
  readonly rules: readonly RuleRow[];
  /** By name, with its own title. */
  readonly files: readonly { readonly name: string; readonly title: string }[];
  /** What the edition changed of the one before it: rules, and files that differ otherwise. */
  readonly changes: readonly {
    readonly is: 'new' | 'changed' | 'gone';
    readonly code: string;
    readonly sentence: string;
  }[];
  readonly changedFiles: readonly string[];
  /** Newer ones whose first day has not come. */
  readonly waiting: readonly { readonly edition: EditionRow; readonly published: Millis }[];
  /** Newer ones that are not taken, each with why, a sentence for each fault. */
  readonly refused: readonly RefusedEdition[];
}

export interface RefusedEdition {
  readonly name: string;
  readonly edition: string;
  readonly sha256: Hash;
  readonly published: Millis;
  readonly is: 'ill-formed' | 'ended';
  readonly why: readonly string[];
}
