/**
 * What the windows ask of the sync worker: views to watch, and acts. Views are whole values, sent again when they change;
 * every word in them was computed by `shared/status` from durable facts. Shared text travels beside this, by y-websocket's
 * own protocol over a port of its own (`tell('socket', {area, stream}, [port])`),
 * with one message of ours: type 100 and a count, "of the content frames (sync step 2, update) on this socket, so many are in the journal".
 */
import type { LateRow } from './late.ts';
import type { PastFilter, PastTransfer } from '../model/transfers/past.ts';
import type { ComputerAnswer, ComputerAsk, ComputersView } from './computers.ts';
import type { Limits, LimitsView } from './limits.ts';
import type { PassportView } from './passport.ts';
import type { AreaId, CaseId, Hash, PackageId, StreamId, VersionId, WorkId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { ByteCount, Millis } from '../primitives/units.ts';
import type { CaseKind, Origin, Purpose, Urgency } from '../model/events.ts';
import type { Party } from '../model/facts/parts.ts';
import type { InHand } from '../model/work/leftBehind.ts';
import type { SentBefore } from '../model/facts/actions.ts';
import type { Wanted } from '../model/work/alreadySent.ts';
import type { AllMeasures } from '../model/work/measures/measures.ts';
import type { ScheduleForm } from '../model/facts/deciding.ts';
import type { Place } from '../model/work/places.ts';
import type { Word } from '../status/words.ts';
import type { EmergencyRow } from './emergency.ts';
import type { CallsOfParts, ViewsOfParts } from './parts.ts';
import type { Alarm } from './alarm.ts';
import type { ActCause } from './causes.ts';
import type { Exported, FileCause } from './exchange.ts';
import type { ErrorRow, FileRow } from './files.ts';
import type { ImportRow } from './importing.ts';
import type { DisposalRow } from './keeping.ts';
import type { Unsent } from './preload.ts';
import type { NeedRow } from './needs.ts';
import type { Freed, Keep, OfflineView } from './offline.ts';
import type { PackageCan, ReceiverRow, Release, ReleasePreview } from './release.ts';
import type { OrganisationRules } from './rules.ts';
import type { StickView } from './stick.ts';
import type { SensitiveAct, SensitiveView } from './sensitive.ts';
import type {
  AllocationView,
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
  WorkView,
} from './work.ts';

export type { Alarm } from './alarm.ts';
export type { ActCause } from './causes.ts';
export type { ErrorRow, FileRow, ReceiptRow } from './files.ts';

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
  readonly uploads: number;
  readonly downloads: number;
  readonly needsMe: number;
  readonly lastInStep: Millis | null;
  readonly pausedAll: boolean;
}

export interface CaseRow {
  readonly case: CaseId;
  readonly title: string;
  readonly urn: string | null;
  readonly kind: CaseKind;
  readonly officer: string;
  readonly suspects: readonly string[];
  readonly changed: Millis;
  /** Read only, until somebody reopens it. */
  readonly closed: boolean;
  readonly word: Word;
  /** The first thing that waits here for a person of this side. */
  readonly needsMe: string | null;
}

/** A place of a case where text can be written. */
export interface AreaView {
  readonly area: AreaId;
  readonly kind: 'working papers' | 'case file';
  readonly record: StreamId;
  readonly summary: StreamId;
  readonly mayWrite: boolean;
  /** For a Case file: "Live with ORG since …", or what it waits for; null for Working papers. */
  readonly live: string | null;
  /** Another organisation reads what is written here, or will. */
  readonly isShared: boolean;
  /** When this person last looked at its files, on this computer; null: never. */
  readonly lookedAt: Millis | null;
  readonly notes: readonly string[];
}

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

export interface ItemRow {
  readonly file: FileRow;
  readonly place: 'working papers' | 'case file';
  readonly addedAt: Millis;
  readonly addedBy: string;
  /** To which organisations it was released. */
  readonly releasedTo: readonly string[];
  /** It was not among the files of its place when this person last looked at them, and is not of their own adding. */
  readonly isNew: boolean;
}

export interface CaseView {
  readonly row: CaseRow;
  readonly areas: readonly AreaView[];
  readonly items: readonly ItemRow[];
  readonly packages: readonly PackageRow[];
  readonly imports: readonly ImportRow[];
  readonly offline: OfflineView;
  readonly sensitive: SensitiveView;
  readonly work: WorkView;
  readonly activity: readonly { readonly at: Millis; readonly sentence: string }[];
  /** Who opened it in an emergency, the newest first. */
  readonly emergencies: readonly EmergencyRow[];
}

export interface TransferRow {
  readonly direction: 'up' | 'down';
  readonly caseTitle: string;
  readonly package: PackageId;
  readonly org: string;
  readonly file: FileRow;
  /** Put before all others. */
  readonly first: boolean;
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

export interface NewCase {
  readonly title: string;
  readonly urn: string | null;
  readonly kind: CaseKind;
  readonly officer: string;
  readonly suspects: readonly { readonly name: string; readonly born: string | null }[];
  readonly offences: readonly {
    readonly code: string;
    readonly wording: string;
    readonly date: string | null;
    readonly place: string;
  }[];
  readonly people: readonly { readonly role: 'victim' | 'witness'; readonly name: string }[];
}

/** What was written of the history of transfers; `left`: rows of cases that this person may not export. */
export interface PastExported {
  readonly sha256: Hash;
  readonly rows: number;
  readonly left: number;
}

/** Why no case was made of a file. */
export type ImportCause = FileCause | { readonly is: 'act'; readonly cause: ActCause };

export type WorkerCalls = CallsOfParts & {
  /** From now on `tell('view', …)` whenever it changes, as `viewNews.ts` has it; the first at once and whole. `case:ID` watches a case, `check:ID` what it would be sent back for (CheckView), `agreement:ID` its sharing agreement (AgreementView), `served:ID` what would be served on the defence (ServedView), `who:ID`, `who:ID:item:ITEM` and `who:ID:package:PACKAGE` who can see it (WhoView), `person:ID` a person of our organisation (PersonView). */
  watch(
    name:
      | keyof Views
      | `case:${string}`
      | `check:${string}`
      | `agreement:${string}`
      | `served:${string}`
      | `who:${string}`
      | `person:${string}`,
  ): Promise<void>;
  unwatch(name: string): Promise<void>;
  createCase(made: NewCase): Promise<Result<CaseId, ActCause>>;
  /** Makes a case of an exported one, whole or not at all; the token stands for its case.json. */
  importCase(token: string): Promise<Result<CaseId, ImportCause>>;
  /** The same from the folder of an export, and its files with it: they are added afterwards, as by `addFiles`, each as the item that the record names. */
  importFolder(token: string): Promise<Result<CaseId, ImportCause>>;
  /**
   * Writes the case as JSON with its manifest, and the files where asked, into a new folder within the one the token stands
   * for. A recorded act; each file counts as exported, as by `exportVersion`. Without sensitive material, unless one of its
   * readers asks for that as well.
   */
  /** Writes the case as it is now as a PDF for reading to where the token stands for: a recorded act. */
  exportPdf(of: CaseId, token: string): Promise<Result<{ sha256: Hash }, ActCause>>;
  exportCase(
    of: CaseId,
    token: string,
    withFiles: boolean,
    withSensitive?: boolean,
  ): Promise<Result<Exported, ActCause>>;
  /** Writes what is served on the defence, with index and manifest, into a new folder: a recorded act of the prosecution. With a file missing there is no index, and `without` names it. */
  exportServed(of: CaseId, token: string): Promise<Result<Exported, ActCause>>;
  /** Writes the list of items as CSV to where the token stands for: a recorded act. */
  exportItems(of: CaseId, token: string): Promise<Result<{ sha256: Hash }, ActCause>>;
  /** Writes the history of transfers, as far as the filter lets through, as CSV to where the token stands for: a recorded act in each case that it is of. */
  exportPast(filter: PastFilter, token: string): Promise<Result<PastExported, ActCause>>;
  addFiles(into: CaseId, tokens: readonly string[]): Promise<Result<string, ActCause>>;
  /** One file as a new version of a version that was added here, or as a copy made from it; answers the import's id. */
  addFrom(version: VersionId, how: Origin, token: string): Promise<Result<string, ActCause>>;
  cancelImport(id: string): Promise<void>;
  /** Tries what an import that has ended did not add once more, where its sources can be read again. */
  addAgain(id: string): Promise<Result<null, ActCause>>;
  /** A person has read how an import ended: it leaves the screen, and is not gone on with. */
  seenImport(id: string): Promise<void>;
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
  /** Asks the authority about computers: a code for a new one, which wait, to admit, remove or name one. What came of it is in the directory. */
  /** Adopts what a computer that was shut out had not sent, or declines it with a reason. */
  decideLate(id: string, keep: boolean, why: string): Promise<Result<null, ActCause>>;
  askAboutComputers(ask: ComputerAsk): Promise<ComputerAnswer>;
  pause(version: VersionId | 'all'): Promise<void>;
  resume(version: VersionId | 'all'): Promise<void>;
  /** Before all others from now on. */
  moveFirst(version: VersionId): Promise<void>;
  setLimits(limits: Limits): Promise<void>;
  /** What of a case this computer keeps: everything, or what somebody opens. */
  keepOffline(of: CaseId, keep: Keep): Promise<void>;
  /** Gives the space of a case's files back, but for what is not proved to be whole elsewhere. */
  freeSpace(of: CaseId): Promise<Freed>;
  fetchAgain(version: VersionId): Promise<void>;
  retryNow(): Promise<void>;
  /** A handle for reading the plaintext by range over the window's own port to the evidence process. */
  openVersion(
    version: VersionId,
  ): Promise<Result<{ handle: string; name: string; type: string; size: ByteCount; whole: boolean }, ActCause>>;
  closeVersion(handle: string): Promise<void>;
  /** A person saw a page or frame of it: recorded once, signed. */
  recordOpened(version: VersionId): Promise<Result<null, ActCause>>;
  /** Exports to where the token stands for; a recorded act that counts as opened. */
  exportVersion(version: VersionId, token: string): Promise<Result<{ sha256: Hash }, ActCause>>;
  /** The proof of a receipt: signed header (hex), signature (hex), device key (hex) and what it says. */
  showProof(
    proof: Hash,
  ): Promise<Result<{ lines: readonly { label: string; value: string }[]; verified: boolean }, ActCause>>;
  /** All that is signed of a version, each proof checked now. */
  passportOf(version: VersionId): Promise<Result<PassportView, ActCause>>;
  /** Writes it: `json` with every proof, for who checks it without Joinder; `pdf` for reading. */
  savePassport(version: VersionId, token: string, as: 'json' | 'pdf'): Promise<Result<{ sha256: Hash }, ActCause>>;
  /** Does something to a case, where it belongs or where asked. Answers the id of what it made. */
  doWork(of: CaseId, what: WorkAct, place?: Place): Promise<Result<WorkId | null, ActCause>>;
  /** A schedule as this computer would certify it now. */
  previewCertificate(of: CaseId, form: ScheduleForm): Promise<Result<SchedulePreview, ActCause>>;
  /** What a certificate froze. */
  readCertificate(of: CaseId, id: WorkId): Promise<Result<CertifiedSchedule, ActCause>>;
  /** Does something with the sensitive material of a case. */
  doSensitive(of: CaseId, what: SensitiveAct): Promise<Result<null, ActCause>>;
  /** Hands over each of these cases; in absence, where it is not this person's own. */
  /** Gives what a leaver had in hand to somebody by name. */
  giveOn(of: CaseId, thing: InHand, to: Party, reason: string): Promise<Result<null, ActCause>>;
  handOver(cases: readonly CaseId[], to: Party, reason: string): Promise<HandedOver>;
  /** What of a case was sent before, the newest first. */
  alreadySent(of: CaseId, wanted: Wanted): Promise<readonly SentBefore[]>;
  /** This person has looked at the files in a place of a case, these: they are not new to them any more. */
  looked(of: CaseId, place: AreaView['kind'], versions: readonly VersionId[]): Promise<void>;
  /** This person has the case open: what only told them of it has done so. */
  opened(of: CaseId): Promise<void>;
  seenAlarm(id: string): Promise<void>;
  unsent(): Promise<Unsent>;
  /** Answers when everything typed so far is in the journal. */
  flush(): Promise<void>;
};
