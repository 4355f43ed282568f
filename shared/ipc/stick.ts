/**
 * Bundles on a stick, between the processes: what the sync worker asks of the evidence process (which alone reads and writes the
 * stick), and what a window reads of an export or import.
 */
import type { Hash, PackageId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { ByteCount } from '../primitives/units.ts';
import type { ChunkOnStick, HeadCause, PartHead } from '../seal/stick/head.ts';
import type { StickLoss, StickOutCause } from '../status/stickCauses.ts';
import type { ActCause, WriteOutCause } from './causes.ts';

/** Why a file that was chosen is not read as a part of a stick bundle. */
export type StickCause = HeadCause | 'unreadable' | 'unknown token';
/** A part whose head and contents are as they were written; its chunks were not looked at. */
export interface StickPart extends PartHead {
  readonly handle: string;
  readonly sealed: Uint8Array;
}
/** What came of the chunks of a part. */
export interface StickTaken {
  /** Copied from it, or here before. */
  readonly here: number;
  /** Their bytes have another hash. */
  readonly damaged: readonly Hash[];
  /** The file ends before them, or the stick could not be read further. */
  readonly lost: readonly Hash[];
  /** This computer's own disk took no more; the rest counts as lost. */
  readonly stopped: 'no space here' | 'disk error' | null;
}
/** Sealed bytes of one export or import that were read or written so far. */
export interface StickNews {
  readonly id: string;
  readonly done: ByteCount;
  readonly total: ByteCount;
}

export type StickCalls = {
  /**
   * Writes a bundle into the folder that the token stands for: sealed contents and these chunks, in as many parts as it takes. Under
   * their names there are all of its parts, whole, or none. `name` says nothing of what is in it. `stick` is told meanwhile.
   */
  writeStick(
    id: string,
    token: string,
    name: string,
    sealed: Uint8Array,
    chunks: readonly ChunkOnStick[],
  ): Promise<
    Result<{ readonly parts: number; readonly bytes: ByteCount }, WriteOutCause | 'missing here' | 'cancelled'>
  >;
  /** Reads the beginning of a part; the token serves once. The handle stands until `closeStick`. */
  openStick(token: string): Promise<Result<StickPart, StickCause>>;
  /**
   * Copies those chunks of a part that are wanted and not here, each only if it has its hash. `chunks`: all of the part, in their order.
   * What is damaged or lost is named, and the rest goes on. `stick` is told meanwhile.
   */
  takeFromStick(
    id: string,
    handle: string,
    chunks: readonly (ChunkOnStick & { readonly wanted: boolean })[],
  ): Promise<StickTaken>;
  closeStick(handle: string): Promise<void>;
  /** Ends an export or import that is under way: of an export nothing stays, of an import what has come. */
  cancelStick(id: string): Promise<void>;
};

/** What came of one file of an import. */
export interface StickFile {
  readonly name: string;
  /** null: all of it is here. */
  readonly lost: StickLoss | null;
}
/** A package that a stick brought, or brought more of. */
export interface StickPackage {
  readonly package: PackageId;
  readonly caseTitle: string;
  readonly purpose: string;
  /** It was not known here before. */
  readonly isNew: boolean;
  readonly files: readonly StickFile[];
}
/** All that was on what a person chose: what came, and what was refused and why. */
export interface StickReport {
  /** Whose bundles were taken, by name. */
  readonly from: readonly string[];
  readonly packages: readonly StickPackage[];
  /** Receipts, decisions and the like that were news here. */
  readonly words: number;
  /** What was known here already. */
  readonly known: number;
  /** What it was, the reason in a few words, and its sentence. */
  readonly refused: readonly { readonly what: string; readonly why: string; readonly sentence: string }[];
}
/** A package that can be put on a stick now, or receipts for one. */
export interface StickChoice {
  readonly package: PackageId;
  readonly what: 'package' | 'receipts';
  /** The same for all that may go in one bundle. */
  readonly to: string;
  readonly post: string;
  readonly org: string;
  readonly caseTitle: string;
  readonly purpose: string;
  readonly files: number;
  /** Sealed bytes that would be written; of receipts none to speak of. */
  readonly bytes: ByteCount;
}
/** What is under way, and what could be. */
export interface StickView {
  readonly choices: readonly StickChoice[];
  readonly now: (StickNews & { readonly is: 'export' | 'import' }) | null;
}

/** What windows ask of the sync worker about sticks. */
export type StickActs = {
  /**
   * Writes these packages onto a stick, into the folder that the token stands for, sealed for the post at their other end: of those
   * sent all of it, of those received what there is to say of them. Afterwards their files do not go over the link (`sendByLink`).
   */
  exportStick(
    packages: readonly PackageId[],
    token: string,
  ): Promise<Result<{ readonly parts: number; readonly bytes: ByteCount }, StickOutCause>>;
  /** Takes in the bundles that these tokens stand for; imported again they change nothing. */
  importStick(tokens: readonly string[]): Promise<StickReport>;
  /** Ends the export or import that is under way. */
  cancelStick(): Promise<void>;
  /** The files of a package that is on a stick go over the link as well. */
  sendByLink(pkg: PackageId): Promise<Result<null, ActCause>>;
};
