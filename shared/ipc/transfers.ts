/** What moves, and what has moved: as a window shows it, and what a person decides about it. */
import type { PastFilter } from '../model/transfers/past.ts';
import type { CaseId, Hash, PackageId, VersionId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { ActCause } from './causes.ts';
import type { FileRow } from './files.ts';
import type { Limits } from './limits.ts';
import type { Freed, Keep } from './offline.ts';

export interface TransferRow {
  readonly direction: 'up' | 'down';
  readonly caseTitle: string;
  readonly package: PackageId;
  readonly org: string;
  readonly file: FileRow;
  /** Put before all others. */
  readonly first: boolean;
  /** It goes on a stick alone: not over the link, unless somebody says so. */
  readonly byStick: boolean;
}

/** What was written of the history of transfers; `left`: rows of cases that this person may not export. */
export interface PastExported {
  readonly sha256: Hash;
  readonly rows: number;
  readonly left: number;
}

export interface TransferCalls {
  /** Writes the history of transfers, as far as the filter lets through, as CSV to where the token stands for: a recorded act in each case that it is of. */
  exportPast(filter: PastFilter, token: string): Promise<Result<PastExported, ActCause>>;
  pause(version: VersionId | 'all'): Promise<void>;
  resume(version: VersionId | 'all'): Promise<void>;
  /** Before all others from now on. */
  moveFirst(version: VersionId): Promise<void>;
  setLimits(limits: Limits): Promise<void>;
  /** Lets transfers go on over a link that they would wait on, until the link changes; false: they wait again. */
  goOnOnce(on: boolean): Promise<void>;
  /** What of a case this computer keeps: everything, or what somebody opens. */
  keepOffline(of: CaseId, keep: Keep): Promise<void>;
  /** Gives the space of a case's files back, but for what is not proved to be whole elsewhere. */
  freeSpace(of: CaseId): Promise<Freed>;
  fetchAgain(version: VersionId): Promise<void>;
  retryNow(): Promise<void>;
}
