/**
 * What the sync worker asks of the evidence process, and what it tells back. The evidence process keeps sealed chunks on
 * disk, imports, transfers and verifies; it is told what is wanted and works off the difference. It knows versions by
 * id and content keys only while in use; it never keeps plaintext on disk but where a person exports.
 */
import type { Limits } from './limits.ts';
import type { FoundCode } from '../model/snapshot/facts.ts';
import type { AreaId, Hash, VersionId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { ByteCount, Millis } from '../primitives/units.ts';
import type { WriteOutCause } from './causes.ts';
import type { StickCalls } from './stick.ts';

/** A version's sealed content: how to find, open and verify it. Lives sealed in the log. */
export interface Content {
  readonly version: VersionId;
  /** Plaintext bytes. */
  readonly size: ByteCount;
  /** SHA-256 of the plaintext. */
  readonly sha256: Hash;
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** Plaintext bytes in each chunk but the last. */
  readonly chunkSize: ByteCount;
  /** The version under which the chunks were sealed, where the same content was there before under another. */
  readonly sealed?: VersionId | undefined;
  /** Sealed chunks in order: address (SHA-256 of the ciphertext) and sealed size. */
  readonly chunks: readonly { readonly hash: Hash; readonly size: ByteCount }[];
}

export type SkipWhy =
  | 'empty'
  | 'unreadable'
  | 'gone'
  | 'changed while read'
  | 'path too long'
  | 'not a file'
  | 'no space'
  | 'cancelled'
  | 'not listed'
  | 'disk error'
  | 'fault';
/**
 * An empty file is imported and named; the reasons above skip the one file and the rest goes on. `place`: where a file lies
 * among what was chosen, the same in each attempt at one import; it says nothing of where on the disk that is.
 */
export type ImportNews =
  | {
      readonly is: 'found';
      readonly file: number;
      readonly place: string;
      readonly name: string;
      readonly folder: string;
      readonly bytes: ByteCount;
    }
  /** Everything that was chosen has been named; what is sealed comes after this. */
  | { readonly is: 'all found' }
  | { readonly is: 'progress'; readonly file: number; readonly done: ByteCount }
  | {
      readonly is: 'sealed';
      readonly file: number;
      readonly type: string;
      readonly modified: Millis;
      readonly content: Content;
      /** Codes of what was found in it, such as `encrypted pdf`; none for most files. */
      readonly found: readonly FoundCode[];
    }
  | {
      readonly is: 'skipped';
      readonly file: number;
      readonly place: string;
      readonly name: string;
      readonly why: SkipWhy;
      readonly sentence: string;
    }
  | { readonly is: 'finished'; readonly cancelled: boolean };

/** One version to move. `area`: through which area's right; lower `rank` first (urgent, then small). */
export interface Wanted {
  readonly content: Content;
  readonly area: AreaId;
  readonly rank: number;
  readonly paused: boolean;
}

export type TransferCause =
  | 'no link'
  | 'no network'
  | 'relay unreachable'
  | 'refused'
  | 'not there yet'
  | 'withdrawn'
  | 'no space here'
  | 'no space at the relay'
  | 'quota'
  | 'area quota'
  | 'organisation quota'
  | 'does not verify'
  | 'missing here'
  | 'disk error'
  | 'busy'
  | 'metered'
  | 'paused';

/** Where a transfer stands; facts only. `done` and `total` are sealed bytes. */
export interface TransferNews {
  readonly version: VersionId;
  /** As in `Wanted`, for a version that goes through several; always told. */
  readonly area?: AreaId;
  readonly direction: 'up' | 'down';
  readonly state: 'queued' | 'moving' | 'retrying' | 'paused' | 'whole' | 'failed';
  readonly done: ByteCount;
  readonly total: ByteCount;
  /** Bytes a second over the last seconds. */
  readonly rate: number;
  readonly cause: TransferCause | null;
  /** For `retrying`: when. */
  readonly nextAt: Millis | null;
}

/** What transfers may take (`shared/ipc/limits.ts`); what is left out is not limited. */
export interface TransferSetting {
  readonly relay: string;
  readonly token: string | null;
  /** Bytes a second, 0 for no limit; `hours` with another. */
  readonly maxRate: number;
  readonly hours?: Limits['hours'];
  readonly freeFloor: ByteCount;
  readonly atOnce?: number;
  /** All wait for another link. */
  readonly held?: boolean;
}

export type EvidenceCalls = StickCalls & {
  /** Relay and bearer; null while there is no link. */
  configure(setting: TransferSetting): Promise<void>;
  /**
   * Imports what the tokens stand for (files and folders that main was given); news is told as `import`. `only`: the
   * places (of files, or of folders with all that is in them) to go on with, where an import was cut off; left out:
   * whatever is found. `names`: of the chosen folder only the files of these names, directly in it; the others are told
   * as `not listed`.
   */
  importFiles(
    id: string,
    tokens: readonly string[],
    only?: readonly string[],
    names?: readonly string[],
  ): Promise<void>;
  cancelImport(id: string): Promise<void>;
  /** Bytes that imports may still write here: what is free, beyond the floor. */
  room(): Promise<ByteCount>;
  /**
   * The same content under two versions: what stands on disk for `kept` serves `other` too, which says that it was sealed
   * as the first. False where that is not so, or not verified here.
   */
  adopt(kept: Content, other: Content): Promise<boolean>;
  /** The log names these: they are not what an import has left behind. */
  named(contents: readonly Content[]): Promise<void>;
  /** The whole of what should move now; what is not in it stops. Idempotent. `down` for one that is whole is answered `whole` at once. */
  want(wanted: { up: readonly Wanted[]; down: readonly Wanted[] }): Promise<void>;
  retryNow(): Promise<void>;
  /** Which of these are whole and verified on this disk, and how many sealed bytes of each are. */
  here(contents: readonly Content[]): Promise<readonly { version: VersionId; whole: boolean; held: ByteCount }[]>;
  /** A handle under which a page may read this version's plaintext by range, until `close`. */
  open(content: Content): Promise<Result<string, 'missing here' | 'does not verify'>>;
  close(handle: string): Promise<void>;
  /**
   * Writes the plaintext to where the token stands for, verifying it; answers the SHA-256 of the bytes written. `name`: in
   * the folder that `beginFolder` made.
   */
  exportFile(
    content: Content,
    token: string,
    name?: string,
  ): Promise<Result<Hash, 'missing here' | 'does not verify' | WriteOutCause>>;
  /**
   * Makes a new, empty folder in the one that the token stands for; from now on the token stands for it alone. Answers its
   * name, which is the one asked for or, where that is taken, the same with a number.
   */
  beginFolder(token: string, name: string): Promise<Result<string, WriteOutCause>>;
  /** Writes bytes whole or not at all: to the file the token stands for, or as `name` in the folder that was begun. Answers their SHA-256. */
  writeBytes(token: string, bytes: Uint8Array, name?: string): Promise<Result<Hash, WriteOutCause>>;
  /** Nothing more goes into that folder. */
  endFolder(token: string): Promise<void>;
  /** A file that a person chose, of at most `most` bytes, or the one of that `name` in a folder that they chose; the token serves once. */
  readChosen(
    token: string,
    most: ByteCount,
    name?: string,
  ): Promise<Result<Uint8Array, 'unknown token' | 'too large' | 'unreadable'>>;
  /**
   * Deletes what imports before this line made and nobody ever named, and what is here of the useless ones; of none a chunk
   * that something needed uses as well.
   */
  clear(needed: readonly Content[], useless: readonly Content[]): Promise<void>;
  /**
   * Destroys what is here of these, whoever reads or moves it: of none a chunk that something needed uses as well. Done
   * again, it goes on. Answers what is still there, because the disk would not let it go.
   */
  destroy(doomed: readonly Content[], needed: readonly Content[]): Promise<{ readonly left: number }>;
};
/** Told by the evidence process: `import` {id, news: ImportNews}, `transfers` TransferNews[] and `stick` StickNews (at most 5 times a second). */

/** What a page asks over its own port to the evidence process. */
export type ReadCalls = {
  /** At most 8 MiB of plaintext from `from`. */
  read(
    handle: string,
    from: ByteCount,
    length: ByteCount,
  ): Promise<Result<Uint8Array, 'unknown handle' | 'missing here' | 'does not verify'>>;
};

/** What a path was chosen for. */
export type OfferedFor = 'read' | 'write' | 'folder';

/**
 * What main asks of the evidence process. Main brings every line as a message {kind: 'host' | 'worker' | 'page'} with one
 * port: for these calls, for `EvidenceCalls`, for `ReadCalls`. A new worker line ends the one before, with its wants,
 * handles and imports; so does its closing.
 */
export type EvidenceHostCalls = {
  /** Makes a path known under a token: for import (`read`), for one file to write, or for a folder to write a new one into. */
  offer(token: string, path: string, use: OfferedFor): Promise<void>;
  /** Stops transfers and closes files. */
  stop(): Promise<void>;
};
