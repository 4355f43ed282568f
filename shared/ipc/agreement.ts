/**
 * The sharing agreement of a case between the windows and the sync worker: what a version can begin from, what each version
 * changes, and who by the process alone would be responsible for which step. The versions themselves are in the work.
 */
import type { Change } from '../model/work/agreement/compare.ts';
import type { Agreement } from '../model/work/agreement/schema.ts';
import type { PermissionTable } from '../model/work/permissions/table.ts';
import type { Role, Side } from '../model/roles.ts';

export interface StepRow {
  readonly id: string;
  readonly title: string;
  /** Names of the stages it belongs to. */
  readonly stages: readonly string[];
  readonly side: Side;
  readonly roles: readonly Role[];
}

/** What the text of a new version can begin as. */
export interface AgreementStart {
  readonly title: string;
  readonly agreement: Agreement;
}

/** A permission table that a new version can bring. */
export interface TableChoice {
  readonly key: 'joinder' | 'now' | 'rules';
  readonly title: string;
  /** As the agreement names it, and by value; null: those that Joinder comes with. */
  readonly named: Agreement['permissions'];
  readonly table: PermissionTable | null;
  /** What it would change of who may do what now. */
  readonly changes: readonly string[];
}

export interface VersionNotes {
  /** The version in force before it, by number; null: none, so that all of it is new. */
  readonly against: number | null;
  readonly changes: readonly Change[];
  /** What it changes, or changed, of who may do what. */
  readonly permissions: readonly string[];
  /** Whether the permissions that came with it are those that it names. */
  readonly fits: boolean;
}

export interface AgreementView {
  /** The other organisation of the Case file; null: there is none, so that nobody could accept. */
  readonly other: string | null;
  readonly steps: readonly StepRow[];
  /** The first is the usual one. */
  readonly starts: readonly AgreementStart[];
  readonly tables: readonly TableChoice[];
  /** By id of the version. */
  readonly versions: Readonly<Record<string, VersionNotes>>;
}
