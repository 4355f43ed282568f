/**
 * Sensitive material, between the windows and the sync worker: the places of it that this person reads, who else does, and
 * what can be done. Who is not among the readers learns that there is one, and whom to ask.
 */
import type { ScheduleRow } from '../model/facts/deciding.ts';
import type { WorkFact } from '../model/facts/event.ts';
import type { AreaId, SeatId, StreamId, WorkId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';

export interface SensitiveReader {
  readonly seat: SeatId;
  readonly post: string;
  readonly org: string;
  readonly people: readonly string[];
  readonly own: boolean;
}

/** A certificate of the sensitive schedule, as the prosecutor has it. */
export interface SharedCertificate {
  readonly id: WorkId;
  readonly by: string;
  readonly post: string;
  readonly at: Millis;
  readonly sharedBy: string;
  readonly words: string;
  readonly sha256: string;
  readonly rows: readonly ScheduleRow[];
  /** Whether the rows have that hash. */
  readonly fits: boolean;
}

export interface SensitivePlace {
  readonly area: AreaId;
  readonly record: StreamId;
  readonly mayWrite: boolean;
  /** Made for another organisation, by value; `live` says since when they read it. */
  readonly shared: { readonly org: string; readonly live: string } | null;
  /** Made by our own organisation. */
  readonly ours: boolean;
  readonly readers: readonly SensitiveReader[];
  /** Certificates of the schedule that were shared there, the newest first. */
  readonly certificates: readonly SharedCertificate[];
  /** Posts among its readers that this person may take out. */
  readonly couldTakeOut: readonly SeatId[];
  /** Posts of one's own organisation that could be let in. */
  readonly couldRead: readonly SensitivePost[];
}
export interface SensitivePost {
  readonly seat: SeatId;
  readonly post: string;
  readonly org: string;
  readonly people: readonly string[];
}

export interface SensitiveView {
  readonly places: readonly SensitivePlace[];
  /** Our own organisation keeps sensitive material of this case, whether or not this person reads it. */
  readonly begun: { readonly by: string; readonly at: Millis; readonly keepers: readonly string[] } | null;
  /** Whether this person may begin it and move material; else who of the organisation may. */
  readonly mayKeep: boolean;
  readonly askWhom: readonly string[];
  /** The post it could be shared with; and what they would newly see, a line each. */
  readonly couldShareWith: readonly SensitivePost[];
  readonly unshared: readonly string[];
  /** The rows of material that the other organisation reads in the Case file, and which one that is. */
  readonly inCaseFile: { readonly org: string; readonly ids: readonly string[] } | null;
}

/** A conflict of the sensitive list that a person settled: recorded where its values stand, and nowhere else. */
export type Settled = Omit<Extract<WorkFact, { is: 'conflict settled' }>, 'is' | 'by' | 'at'>;

export type SensitiveAct =
  | { readonly is: 'settle'; readonly area: AreaId; readonly settled: Settled }
  | { readonly is: 'begin' }
  | { readonly is: 'let in'; readonly area: AreaId; readonly seat: SeatId }
  /** On a recorded reason; of our own also out of what is shared. They keep what they have read. */
  | { readonly is: 'take out'; readonly area: AreaId; readonly seat: SeatId; readonly why: string }
  | { readonly is: 'move'; readonly rows: readonly string[]; readonly to: 'sensitive' | 'non-sensitive' }
  /** To these posts of one organisation; where it is shared with that one already, what is new is brought there. */
  | { readonly is: 'share'; readonly seats: readonly SeatId[] };
