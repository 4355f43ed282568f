/**
 * Releasing, between the windows and the sync worker: who can receive, what is asked for, and what the receiver will newly see.
 */
import type { Purpose, ReleaseWhen, Urgency } from '../model/events.ts';
import type { SentBefore } from '../model/facts/actions.ts';
import type { CaseId, PackageId, SeatId, VersionId } from '../primitives/ids.ts';
import type { ByteCount } from '../primitives/units.ts';

/** A post of a partner to which one can release. */
export interface ReceiverRow {
  readonly org: string;
  readonly seat: SeatId;
  readonly title: string;
  readonly unit: string;
  readonly people: readonly string[];
  /** What its holders may do, as their directory says. */
  readonly roles: readonly string[];
  readonly canReceive: boolean;
  readonly fingerprint: string;
}

export interface Release {
  readonly case: CaseId;
  readonly versions: readonly VersionId[];
  readonly to: SeatId;
  readonly purpose: Purpose;
  readonly urgency: Urgency;
  readonly when: ReleaseWhen;
  readonly note: string;
  readonly answers: PackageId | null;
}

export interface ReleasePreview {
  readonly org: string;
  /** What ORG will newly see, a sentence each: the record, the summary (its text), each file. */
  readonly newly: readonly string[];
  /** Rows that were taken off in Working papers and stay in the Case file, which this feeds, until somebody takes them off there. */
  readonly stays: readonly string[];
  readonly summary: string;
  readonly bytes: ByteCount;
  /** Of these, what ORG was not sent before from here: no content goes twice. */
  readonly toSend: ByteCount;
  readonly firstTime: boolean;
  /** Files whose very content went to ORG before: when, in which package, and who has opened it. */
  readonly twice: readonly { readonly name: string; readonly before: SentBefore }[];
  readonly fingerprint: string;
}

/** What may be done with a package now. */
export interface PackageCan {
  readonly withdraw: boolean;
  readonly accept: boolean;
  readonly return: boolean;
  /** Say that it was sent in error. */
  readonly error: boolean;
  /** It is on a stick alone, and may go over the link as well. */
  readonly sendByLink: boolean;
  /** What there is of it may be put on a stick: the package, or receipts. */
  readonly stick: 'package' | 'receipts' | null;
}
