/**
 * What the sync worker asks of the vault (main process). The vault holds the device's private keys and the journal: it
 * checks that each entry is the device's next in its area, signs it, and answers only after the journal is on disk.
 */
import type { Box } from '../seal/boxes.ts';
import type { SignedStatement } from '../seal/directory/directory.ts';
import type { BoxKeys } from '../primitives/hpke.ts';
import type { AreaId, DeviceId, Hash, OrgId, PersonId, SeatId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { EnrolCause } from '../wire/askAuthority.ts';
import type { DeviceAnswer, DeviceAskBody } from '../wire/deviceAsk.ts';
import type { Unsent } from './preload.ts';

/** Who this profile is, and what the worker needs to begin. Private keys of the device are not in it. */
export interface Identity {
  readonly org: OrgId;
  readonly person: PersonId;
  readonly device: DeviceId;
  readonly relay: string;
  /** 65 bytes. */
  readonly relayKey: Uint8Array;
  /** The authority's public card, as text. */
  readonly card: string;
  /** The directory as it stood at enrolment. */
  readonly statements: readonly SignedStatement[];
  /** Seats whose keys this device made or was given: private halves, in memory while unlocked. */
  readonly seatKeys: readonly SeatKeys[];
  /** 32 bytes: seals what the worker keeps in IndexedDB beside the log. */
  readonly storeKey: Uint8Array;
  /** Names the IndexedDB store that belongs to this profile: an empty one under a known id was reset. */
  readonly storeId: string;
  readonly incarnation: number;
}

export interface SeatKeys {
  readonly seat: SeatId;
  readonly generation: number;
  readonly keys: BoxKeys;
}

/** A post's key that is to be made. */
export interface DueKey {
  readonly seat: SeatId;
  readonly generation: number;
}

/** An entry before its signature: the header names device, incarnation, counter and prev as the worker believes them. */
export interface Draft {
  readonly header: Uint8Array;
  /** The seal, CBOR as in an encoded entry (position 2). */
  readonly seal: Uint8Array;
  readonly boxes: readonly Box[];
}

/** What the journal holds: an entry (encoded) and the boxes that go with it. */
export interface JournalRecord {
  readonly entry: Uint8Array;
  readonly boxes: readonly Box[];
}

export type ProposeCause = EnrolCause | 'disk full' | 'disk error';

export type CommitCause = 'behind' | 'disk full' | 'disk error' | 'locked' | 'malformed';

export type VaultCalls = {
  /** The authority has revoked this device, in a statement that the worker verified: the profile locks, for good. */
  accessEnded(forgets: boolean): Promise<void>;
  /**
   * The latest time that the relay has signed, as far as the worker knows, and whether the link is open: what the vault holds this
   * computer's clock against, and its cue to ask for the next lease.
   */
  sawTime(time: Millis, isOnLine: boolean): Promise<void>;
  /** Asks the authority, sealed and signed, through the relay. */
  askAuthority(ask: DeviceAskBody): Promise<Result<DeviceAnswer, EnrolCause>>;
  identity(): Promise<Identity>;
  /** Signs and journals in one fsync; entries (encoded) in the order given, all or none. `behind`: ask `heads` and write again. */
  commit(drafts: readonly Draft[]): Promise<Result<readonly Uint8Array[], CommitCause>>;
  /** The device's newest header in each area, within the incarnation. */
  heads(): Promise<readonly { area: AreaId; counter: number; header: Hash }[]>;
  /** Everything the journal still holds, oldest first. */
  journal(): Promise<readonly JournalRecord[]>;
  /** These entries (header hashes) are acknowledged by the relay and covered by a verified local checkpoint: segments that hold only such may go. */
  release(entries: readonly Hash[]): Promise<void>;
  /**
   * Takes every entry of these areas, and these entries, out of the journal's files, with whatever was released before.
   * Only ids stay: what this device wrote last in each area. Done again, it changes nothing. Rejects where the disk fails.
   */
  destroy(what: { readonly areas: readonly AreaId[]; readonly entries: readonly Hash[] }): Promise<void>;
  /** After the store was found reset or behind: from now on this device writes under a new incarnation. */
  newIncarnation(): Promise<number>;
  /** Signs a link challenge, a presence frame, an order to dispose or the contents of a stick; other labels are refused. */
  sign(label: string, parts: readonly Uint8Array[]): Promise<Uint8Array>;
  /** Opens a box made for this device (a seat's 32-byte private key, filed under `seatSubject`) and keeps it in the vault; null where it is not for us. The caller holds the public half against the directory. */
  openSeatBox(box: Box, seat: SeatId): Promise<BoxKeys | null>;
  /** Opens a box of an area's key that was made for this device itself, in an emergency; null where it is not for us. The caller holds it against the chain. */
  openAreaBox(box: Box, area: AreaId, epoch: number): Promise<Uint8Array | null>;
  /**
   * Makes a key of this generation for each of these posts (64 at most; asked again, the same key), keeps it, and proposes it to the
   * authority, through the relay. What came of it is read in the directory, not in the answer.
   */
  proposeSeatKeys(seats: readonly DueKey[]): Promise<Result<null, ProposeCause>>;
  /**
   * The directory names this as the post's key of this generation: what was proposed here is kept as the seat's if it is that one, and
   * thrown away if it is not. The keys; null where they are another's, or nothing was proposed here.
   */
  settleSeatKeys(seat: SeatId, generation: number, publicKey: Uint8Array): Promise<BoxKeys | null>;
};

/**
 * What the sync worker asks of main about files that a person chose, over the vault's port: an import that is cut off goes
 * on after a restart, and paths stay in main and the evidence process.
 */
export type ChosenCalls = {
  /** What these tokens stand for, sealed so that this profile's main process alone can read it. They serve no more. */
  keepChosen(tokens: readonly string[]): Promise<Uint8Array>;
  /** Fresh tokens for what was kept, in its order; none where main did not seal it. */
  chooseAgain(kept: Uint8Array): Promise<readonly string[]>;
};

export type NoticeKind = 'ready' | 'returned' | 'problem' | 'asked' | 'to review' | 'emergency';

/** What the worker has main say outside of Joinder's windows: numbers alone, no case and nobody's name. */
export type ShellCalls = {
  /** So many packages came to this since the last time. Shown by the operating system, where no window of Joinder is in front. */
  notice(kind: NoticeKind, count: number): Promise<void>;
  /** What waits for this person, as a number on the application's icon. */
  badge(count: number): Promise<void>;
};

/** All that the worker asks of main. */
export type MainCalls = VaultCalls & ChosenCalls & ShellCalls;

/** What the vault asks of the worker, over the same port, before the application locks or quits. */
export type WorkerHostCalls = {
  unsent(): Promise<Unsent>;
  /** Answers when everything typed so far is in the journal. */
  flush(): Promise<void>;
  /** A test has set the clock this far from the machine's. */
  setClock(shift: Millis): Promise<void>;
};
