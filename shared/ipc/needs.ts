/**
 * What waits for a person of this side, as the windows list it: packages, and cases where no package is meant.
 */
import type { Purpose } from '../model/events.ts';
import type { CaseId, PackageId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';

/** Something that waits for a person of this side, and why. */
export interface NeedRow {
  readonly case: CaseId;
  readonly caseTitle: string;
  readonly urn: string | null;
  /** Null: it is about the case itself. */
  readonly package: {
    readonly id: PackageId;
    readonly direction: 'sent' | 'received';
    readonly purpose: Purpose;
    readonly org: string;
  } | null;
  readonly why: string;
  /** Since when: when the package was returned, or else released. Null: not known. */
  readonly at: Millis | null;
}
