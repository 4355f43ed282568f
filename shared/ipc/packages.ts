/** A package as a window shows it, and what its sender and its receiver do with it. */
import type { Purpose, Urgency } from '../model/events.ts';
import type { CaseId, PackageId, VersionId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { Progress } from '../status/progress.ts';
import type { Word } from '../status/words.ts';
import type { ActCause } from './causes.ts';
import type { ErrorRow, FileRow } from './files.ts';
import type { PackageCan, Release, ReleasePreview } from './release.ts';
import type { AllocationView } from './work.ts';

/** One package, as its sender or its receiver sees it. */
export interface PackageRow extends AllocationView {
  readonly package: PackageId;
  readonly direction: 'sent' | 'received';
  readonly case: CaseId;
  readonly caseTitle: string;
  readonly urn: string | null;
  readonly org: string;
  readonly post: string;
  readonly by: string;
  readonly purpose: Purpose;
  readonly urgency: Urgency;
  readonly at: Millis;
  readonly word: Word;
  readonly condition: Word | null;
  /** Of all its files together; null: none is on its way. */
  readonly progress: Progress | null;
  readonly files: readonly FileRow[];
  readonly answers: PackageId | null;
  /** What its sender wrote to its receiver. */
  readonly note: string;
  /** Summary and record by value, as they were when it was released. */
  readonly summary: string;
  readonly record: readonly { readonly label: string; readonly value: string }[];
  readonly can: PackageCan;
  /** What of it was sent in error. */
  readonly errors: readonly ErrorRow[];
  /** Why Accept is not possible yet. */
  readonly acceptWaits: string | null;
  readonly history: readonly { readonly at: Millis; readonly sentence: string }[];
}

export interface PackageCalls {
  previewRelease(release: Release): Promise<Result<ReleasePreview, ActCause>>;
  release(release: Release): Promise<Result<PackageId, ActCause>>;
  withdraw(pkg: PackageId, reason: string): Promise<Result<null, ActCause>>;
  /** These versions of a package, or all of it, went where they should not: whoever received them destroys them. */
  sentInError(pkg: PackageId, versions: readonly VersionId[] | 'all', reason: string): Promise<Result<null, ActCause>>;
  dropFile(pkg: PackageId, version: VersionId, reason: string): Promise<Result<null, ActCause>>;
  accept(pkg: PackageId): Promise<Result<null, ActCause>>;
  /** `reasons`: codes of the recorded reasons; `respondBy`: the day by which an answer is asked for. */
  returnPackage(
    pkg: PackageId,
    reason: string,
    more?: { readonly reasons?: readonly string[]; readonly respondBy?: string },
  ): Promise<Result<null, ActCause>>;
}
