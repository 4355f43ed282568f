/**
 * A case as a window shows it, in a list and as a screen, and what is done with it as a whole: made, brought in, taken out.
 */
import type { CaseKind } from '../model/events.ts';
import type { AreaId, CaseId, Hash, StreamId, VersionId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { Word } from '../status/words.ts';
import type { ActCause } from './causes.ts';
import type { EmergencyRow } from './emergency.ts';
import type { Exported, FileCause } from './exchange.ts';
import type { FileRow } from './files.ts';
import type { ImportRow } from './importing.ts';
import type { OfflineView } from './offline.ts';
import type { PackageRow } from './packages.ts';
import type { SensitiveView } from './sensitive.ts';
import type { WorkView } from './work.ts';

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

/** Why no case was made of a file. */
export type ImportCause = FileCause | { readonly is: 'act'; readonly cause: ActCause };

export interface CaseCalls {
  createCase(made: NewCase): Promise<Result<CaseId, ActCause>>;
  /** Makes a case of an exported one, whole or not at all; the token stands for its case.json. */
  importCase(token: string): Promise<Result<CaseId, ImportCause>>;
  /** The same from the folder of an export, and its files with it: they are added afterwards, as by `addFiles`, each as the item that the record names. */
  importFolder(token: string): Promise<Result<CaseId, ImportCause>>;
  /** Writes the case as it is now as a PDF for reading to where the token stands for: a recorded act. */
  exportPdf(of: CaseId, token: string): Promise<Result<{ sha256: Hash }, ActCause>>;
  /**
   * Writes the case as JSON with its manifest, and the files where asked, into a new folder within the one the token stands
   * for. A recorded act; each file counts as exported, as by `exportVersion`. Without sensitive material, unless one of its
   * readers asks for that as well.
   */
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
  /** This person has looked at the files in a place of a case, these: they are not new to them any more. */
  looked(of: CaseId, place: AreaView['kind'], versions: readonly VersionId[]): Promise<void>;
  /** This person has the case open: what only told them of it has done so. */
  opened(of: CaseId): Promise<void>;
}
