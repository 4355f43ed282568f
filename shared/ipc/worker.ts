/**
 * What the windows ask of the sync worker: views to watch, and acts. Views are whole values, sent again when they change;
 * every word in them was computed by `shared/status` from durable facts. Shared text travels beside this, by y-websocket's
 * own protocol over a port of its own (`tell('socket', {area, stream}, [port])`),
 * with one message of ours: type 100 and a count, "of the content frames (sync step 2, update) on this socket, so many are in the journal".
 */
import type { SentBefore } from '../model/facts/actions.ts';
import type { ScheduleForm } from '../model/facts/deciding.ts';
import type { Party } from '../model/facts/parts.ts';
import type { PastTransfer } from '../model/transfers/past.ts';
import type { Wanted } from '../model/work/alreadySent.ts';
import type { InHand } from '../model/work/leftBehind.ts';
import type { AllMeasures } from '../model/work/measures/measures.ts';
import type { Place } from '../model/work/places.ts';
import type { CaseId, WorkId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { Word } from '../status/words.ts';
import type { Alarm } from './alarm.ts';
import type { CaseCalls, CaseRow } from './cases.ts';
import type { ActCause } from './causes.ts';
import type { ComputerAnswer, ComputerAsk, ComputersView } from './computers.ts';
import type { DisposalRow } from './keeping.ts';
import type { LateRow } from './late.ts';
import type { LimitsView } from './limits.ts';
import type { NeedRow } from './needs.ts';
import type { PackageCalls, PackageRow } from './packages.ts';
import type { CallsOfParts, ViewsOfParts } from './parts.ts';
import type { Unsent } from './preload.ts';
import type { ReceiverRow } from './release.ts';
import type { OrganisationRules } from './rules.ts';
import type { SensitiveAct } from './sensitive.ts';
import type { StickView } from './stick.ts';
import type { TransferCalls, TransferRow } from './transfers.ts';
import type { VersionCalls } from './versions.ts';
import type {
  CertifiedSchedule,
  ColleagueRow,
  HandedOver,
  HoldingRow,
  LeaverRow,
  QueueRow,
  ReasonRow,
  SchedulePreview,
  TaskRow,
  WorkAct,
} from './work.ts';

export type { Alarm } from './alarm.ts';
export type { AreaView, CaseRow, CaseView, ImportCause, ItemRow, NewCase } from './cases.ts';
export type { ActCause } from './causes.ts';
export type { ErrorRow, FileRow, ReceiptRow } from './files.ts';
export type { PackageRow } from './packages.ts';
export type { PastExported, TransferRow } from './transfers.ts';

/** The link, in the status bar. */
export interface LinkView {
  readonly word: Word;
  readonly me: {
    readonly name: string;
    readonly org: string;
    readonly posts: readonly string[];
    /** What this person may do: the roles of all posts held. */
    readonly roles: readonly string[];
    readonly device: string;
  };
  readonly unsentEdits: number;
  /** Why the relay takes none of some of these for now; null: they are on their way. */
  readonly unsentWhy: string | null;
  readonly uploads: number;
  readonly downloads: number;
  /** Bytes a second of all that moves, over the last seconds. */
  readonly rate: number;
  readonly needsMe: number;
  readonly lastInStep: Millis | null;
  readonly pausedAll: boolean;
}

export interface Views extends ViewsOfParts {
  link: LinkView;
  cases: readonly CaseRow[];
  inbox: readonly PackageRow[];
  needs: readonly NeedRow[];
  transfers: readonly TransferRow[];
  /** Every file that was sent or received, the newest release first. */
  'past transfers': readonly PastTransfer[];
  limits: LimitsView;
  stick: StickView;
  receivers: readonly ReceiverRow[];
  alarms: readonly Alarm[];
  /** Our own organisation's first. */
  rules: readonly OrganisationRules[];
  /** What cases wait for, this person's first, by due date. */
  tasks: readonly TaskRow[];
  /** What colleagues gave to this person. */
  queue: readonly QueueRow[];
  colleagues: readonly ColleagueRow[];
  /** The cases that this person may hand over. */
  holdings: readonly HoldingRow[];
  /** Who has left, and what of theirs is still without somebody, these first. */
  leavers: readonly LeaverRow[];
  measures: AllMeasures;
  computers: ComputersView;
  /** What computers that were shut out had not sent, of the areas that this person leads. */
  late: readonly LateRow[];
  /** Cases that our organisation disposed of, the newest first. */
  disposals: readonly DisposalRow[];
  /** The reasons for which a file is returned, or nobody is charged. */
  reasons: readonly ReasonRow[];
}

/** What a window may watch: a view by its own name, or one of a case or person by its id. */
export type ViewName =
  | keyof Views
  | `case:${string}`
  | `check:${string}`
  | `agreement:${string}`
  | `served:${string}`
  | `who:${string}`
  | `person:${string}`
  | `shown:${string}`;

export type WorkerCalls = CallsOfParts &
  CaseCalls &
  PackageCalls &
  TransferCalls &
  VersionCalls & {
    /** From now on `tell('view', …)` whenever it changes, as `viewNews.ts` has it; the first at once and whole. `case:ID` watches a case, `check:ID` what it would be sent back for (CheckView), `agreement:ID` its sharing agreement (AgreementView), `served:ID` what would be served on the defence (ServedView), `who:ID`, `who:ID:item:ITEM` and `who:ID:package:PACKAGE` who can see it (WhoView), `person:ID` a person of our organisation (PersonView), `shown:VERSION` a version that a window shows (ShownVersion; null: it may be opened here no more). */
    watch(name: ViewName): Promise<void>;
    unwatch(name: string): Promise<void>;
    /** Adopts what a computer that was shut out had not sent, or declines it with a reason. */
    decideLate(id: string, keep: boolean, why: string): Promise<Result<null, ActCause>>;
    /** Asks the authority about computers: a code for a new one, which wait, to admit, remove or name one. What came of it is in the directory. */
    askAboutComputers(ask: ComputerAsk): Promise<ComputerAnswer>;
    /** Does something to a case, where it belongs or where asked. Answers the id of what it made. */
    doWork(of: CaseId, what: WorkAct, place?: Place): Promise<Result<WorkId | null, ActCause>>;
    /** A schedule as this computer would certify it now. */
    previewCertificate(of: CaseId, form: ScheduleForm): Promise<Result<SchedulePreview, ActCause>>;
    /** What a certificate froze. */
    readCertificate(of: CaseId, id: WorkId): Promise<Result<CertifiedSchedule, ActCause>>;
    /** Does something with the sensitive material of a case. */
    doSensitive(of: CaseId, what: SensitiveAct): Promise<Result<null, ActCause>>;
    /** Gives what a leaver had in hand to somebody by name. */
    giveOn(of: CaseId, thing: InHand, to: Party, reason: string): Promise<Result<null, ActCause>>;
    /** Hands over each of these cases; in absence, where it is not this person's own. */
    handOver(cases: readonly CaseId[], to: Party, reason: string): Promise<HandedOver>;
    /** What of a case was sent before, the newest first. */
    alreadySent(of: CaseId, wanted: Wanted): Promise<readonly SentBefore[]>;
    seenAlarm(id: string): Promise<void>;
    unsent(): Promise<Unsent>;
    /** Answers when everything typed so far is in the journal. */
    flush(): Promise<void>;
  };
