/**
 * The work on a case between the windows and the sync worker: what a person asks to be done, and the view of it. Who, when
 * and a thing's own id are added where it is written; so is what this computer knows better than a page (what lay before a
 * reviewer, which device destroyed what it held).
 */
import type { ScheduleRow } from '../model/facts/deciding.ts';
import type { WorkFact } from '../model/facts/event.ts';
import type { Party } from '../model/facts/parts.ts';
import type { Action } from '../model/work/permissions/actions.ts';
import type { KeepingView } from './keeping.ts';
import type { InHand } from '../model/work/leftBehind.ts';
import type { OpenStep, Where } from '../model/work/process/where.ts';
import type { WorkState } from '../model/work/state.ts';
import type { CaseId, Hash, OrgId, PackageId, PersonId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';
import type { ActCause } from './causes.ts';
import type { Word } from '../status/words.ts';

type Without<Fact, Key extends PropertyKey> = Fact extends unknown ? Omit<Fact, Key> : never;
/** Those of which this computer knows a part better than a page. */
type Completed = Extract<
  WorkFact,
  { is: 'review asked' | 'review given' | 'destroyed' | 'disposal asked' | 'disposal agreed' }
>;
export type WorkAct =
  | Without<Exclude<WorkFact, Completed>, 'by' | 'at' | 'id'>
  | Without<Completed, 'by' | 'at' | 'id' | 'about' | 'deviceName' | 'order' | 'signature'>;

/** The work on a case, as this person sees it. */
export interface WorkView {
  readonly me: { readonly org: OrgId; readonly person: PersonId; readonly roles: readonly string[] };
  readonly state: WorkState;
  /** Stage, open steps with whose they are and by when, and what comes next. */
  readonly where: Where;
  /** What roles, stage and an open or closed case let this person do. One's own work is judged with the thing itself. */
  readonly may: readonly Action[];
  /**
   * By review that is asked or signed off, by certificate and by signature that stands: what is no longer as it was then, in
   * sentences. A certificate of which this computer cannot tell is not there.
   */
  readonly changedSince: Readonly<Record<string, readonly string[]>>;
  /** How long the case is kept, and what a disposal would destroy. */
  readonly keeping: KeepingView;
  /** Facts that a newer version of Joinder wrote: kept and passed on, not shown in `state`. */
  readonly newer: number;
}

/** A schedule as it would be certified now. */
export interface SchedulePreview {
  readonly rows: readonly ScheduleRow[];
  /** Of the rows: what is certified is what was shown. */
  readonly sha256: Hash;
  /** What has to be done first. */
  readonly hindrances: readonly { readonly sentence: string; readonly path: string }[];
}

/** A schedule as it was certified. */
export interface CertifiedSchedule {
  /** Null where an older version certified, by hash alone; or where they stand apart. */
  readonly rows: readonly ScheduleRow[] | null;
  /** They stand with sensitive material that this person does not read. */
  readonly isApart: boolean;
  /** Whether the rows have the hash that was certified. */
  readonly fits: boolean;
}

/** A step that a case waits for. */
export interface TaskRow {
  readonly case: CaseId;
  readonly title: string;
  readonly urn: string | null;
  readonly stage: string;
  readonly step: OpenStep;
  /** Whether it is for this person: by name, or by role where nobody is named. */
  readonly mine: boolean;
}

/** Somebody of one's own organisation in one of their posts, as work is given to them. */
export interface ColleagueRow {
  readonly party: Party;
  readonly roles: readonly string[];
}

/** A case that this person may hand over, with whose it is. */
export interface HoldingRow {
  readonly case: CaseId;
  readonly title: string;
  readonly urn: string | null;
  readonly holder: Party;
}

/** Something that a colleague who has left had in hand, by name. */
export interface LeftRow {
  readonly id: string;
  readonly case: CaseId;
  readonly title: string;
  readonly urn: string | null;
  readonly thing: InHand;
  readonly from: Party;
  /** Who took it over; null: nobody yet. */
  readonly taken: { readonly name: string; readonly by: string; readonly at: Millis } | null;
  /** To whom this person may give it; empty where that is not theirs to do. */
  readonly to: readonly Party[];
}

/** A colleague who has left, and what they had in hand in the cases that this computer holds. */
export interface LeaverRow {
  readonly person: PersonId;
  readonly name: string;
  /** When their last computer or post ended, as the directory has it; null: it does not say. */
  readonly left: Millis | null;
  readonly things: readonly LeftRow[];
}

/** What became of several cases that were handed over at once. */
export interface HandedOver {
  readonly done: number;
  readonly failed: readonly { readonly case: CaseId; readonly cause: ActCause }[];
}

/** Something that a colleague gave to this person, or sent back to them. */
export interface QueueRow {
  readonly is:
    | 'review'
    | 'sent back'
    | 'handed over'
    | 'unallocated'
    | 'allocated'
    | 'agreement offered'
    | 'agreement declined';
  /** Of the review, of the version of the agreement, of the entry that handed over or allocated, or of the package. */
  readonly id: string;
  readonly case: CaseId;
  readonly title: string;
  readonly urn: string | null;
  readonly package: PackageId | null;
  /** Who asked, sent back, handed over, released or allocated. */
  readonly by: string;
  readonly at: Millis;
  readonly note: string;
  readonly word: Word;
  /** Whether it waits for this person: by name, or for whoever takes it; else for another supervisor. */
  readonly mine: boolean;
}

/** Who works on a package, at the organisation that has it. */
export interface AllocationView {
  readonly allocated: {
    readonly name: string;
    readonly org: string;
    readonly by: string;
    readonly at: Millis;
  } | null;
  /** To whom this person may allocate it; empty where that is not theirs to do. */
  readonly allocateTo: readonly Party[];
}

/** A recorded reason for which a file is returned, or nobody is charged, as the rules of one's own organisation have it. */
export interface ReasonRow {
  readonly for: 'return' | 'decline';
  /** The name of the list in the rule data that it stands in. */
  readonly list: string;
  readonly code: string;
  readonly text: string;
}
