/**
 * The one object that a window gets from the preload script, as `window.joinder`. Every function is checked again in
 * main: sender, schema. Content never passes here; cases and evidence go by the ports that `connect` brings.
 */
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { EnrolCause as AskCause } from '../wire/askAuthority.ts';
import type { SignInRefusal } from '../wire/stranger.ts';

/** What can come of asking an authority; and what this computer can add to it. */
export type EnrolCause = AskCause | 'already enrolled' | 'disk full' | 'disk error';

/** How one signs in with one's organisation, once its code has found it. */
export interface SignInOffer {
  readonly org: string;
  readonly fingerprint: string;
  /** Where the browser goes. */
  readonly host: string;
}

export type SignInCause =
  | EnrolCause
  | SignInRefusal
  | 'cancelled'
  | 'took too long'
  | 'no browser'
  /** Every port that the organisation allows is taken. */
  | 'no port'
  /** The browser came back from a sign-in that was not this one. */
  | 'other sign-in';

/** `day`: of `not in`, the first on which they are. */
export interface SignInRefused {
  readonly cause: SignInCause;
  readonly day: string | null;
}

/** What enrolling would make of this profile: shown before it is confirmed. */
export interface EnrolOffer {
  readonly person: string;
  readonly org: string;
  readonly posts: readonly { readonly title: string; readonly unit: string }[];
  readonly fingerprint: string;
  readonly relay: string;
}

/** `key store changed`: the profile was sealed with the help of a key store that this computer no longer gives. */
export type UnlockCause =
  | 'access ended'
  | 'lease ended'
  | 'clock behind'
  | 'lease file'
  | 'wrong passphrase'
  | 'wait'
  | 'damaged'
  | 'disk full'
  | 'disk error'
  | 'key store changed';

export type LeaseFileCause = 'no lease' | 'disk full' | 'disk error';

/**
 * What a locked computer holds that would be lost with it. `brought`: the organisation's late lane has it now. `most`: so many
 * entries at most, since some may have been sent. `files`: sealed files are here, and which were sent cannot be told while it is locked.
 */
export interface LeftHere {
  readonly written: 'none' | 'brought' | 'not sent' | 'unreadable';
  readonly most: number;
  readonly files: boolean;
}

/** `kept`: its organisation says that nothing here may be deleted now. */
export type AnewCause = 'not sent' | 'not locked' | 'kept' | 'disk error';

export type ProfileState =
  /** `comparing`: the short code that the other computer shows too, while enrolling waits for somebody's word there. */
  | {
      readonly is: 'new';
      readonly comparing?: string;
      /** What was here before was deleted: for which organisation, and by its authority's order of when. */
      readonly erased?: { readonly org: string; readonly at: Millis };
    }
  | {
      readonly is: 'locked';
      readonly person: string;
      readonly org: string;
      /**
       * `ended`: the organisation's authority has shut this computer out, and it cannot be unlocked any more. `lease`: it was off line
       * for longer than its lease. `clock`: its clock was set back.
       */
      readonly why: 'start' | 'asked' | 'idle' | 'sleep' | 'ended' | 'lease' | 'clock';
      readonly waitUntil: Millis | null;
      /** What becomes of the copies on a computer that was shut out; null: nothing is known. */
      readonly copies: CopiesWord | null;
      readonly keyStore: 'helps' | 'none';
    }
  | {
      readonly is: 'open';
      readonly person: string;
      readonly org: string;
      /** What is to be said of the lease; null: nothing, it runs for long. */
      readonly lease: LeaseWord | null;
    };

/** `day`: the first on which they are deleted. `isHeld`: somebody's hold stops it. `isUnsent`: ordered, and what was not sent goes out first. */
export interface CopiesWord {
  readonly day: string | null;
  readonly isHeld: boolean;
  readonly isUnsent: boolean;
}

/** Until when this computer works without its authority's word, where that is near; and whether its clock is behind what it was. */
export interface LeaseWord {
  readonly until: Millis | null;
  readonly isClockBehind: boolean;
}

/** What is left to do when a person closes the application: told by the worker, shown before quitting. */
export interface Unsent {
  readonly files: number;
  readonly bytes: number;
  readonly edits: number;
  readonly sentences: readonly string[];
}

export type SaveCause = 'disk full' | 'disk error';

export interface JoinderApi {
  readonly version: string;
  /** How far the time to be shown is from the machine's: 0 but where a test set the clock. */
  clockShift(): Millis;
  profile(): Promise<ProfileState>;
  onProfile(changed: (state: ProfileState) => void): () => void;
  /** Asks the authority who this code is for. The code stays in main until `enrol` or the next `lookUp`. */
  lookUp(relay: string, code: string): Promise<Result<EnrolOffer, EnrolCause>>;
  /** Asks whether one can sign in with the organisation of this code. */
  findSignIn(relay: string, orgCode: string): Promise<Result<SignInOffer, SignInCause>>;
  /** Opens the system browser at what `findSignIn` found, waits, and looks up what came of it; `enrol` goes on from there. */
  signIn(): Promise<Result<EnrolOffer, SignInRefused>>;
  openBrowserAgain(): Promise<void>;
  cancelSignIn(): Promise<void>;
  /** Makes the device's keys, enrols it, seals the vault with the passphrase and opens it. */
  enrol(passphrase: string, deviceName: string): Promise<Result<null, EnrolCause>>;
  /** Waits no longer for somebody's word at another computer. */
  stopEnrolling(): Promise<void>;
  unlock(passphrase: string): Promise<Result<null, UnlockCause>>;
  lock(): Promise<void>;
  /** On the locked screen: what would be lost with this computer, after an attempt to bring it to colleagues. */
  leftHere(): Promise<Result<LeftHere, 'not locked'>>;
  /** Deletes everything here and begins as a new computer. `losing`: also what was not sent, or may not have been. */
  beginAnew(losing: boolean): Promise<Result<null, AnewCause>>;
  /** The dialog for a lease file, on the locked screen; the next unlocking judges it. False: cancelled. */
  chooseLeaseFile(): Promise<Result<boolean, LeaseFileCause>>;
  /** Asks main for the ports; they arrive as a window `message` {joinder: 'ports'} with [to the worker, to the evidence process]. Again after each unlock. They come again, unasked, when worker or evidence process was restarted: let the old ones go. */
  connect(): Promise<void>;
  /** Starts the sync worker anew, after it told that the case store cannot be used (`tell('store', StoreCause)`); the ports come again by themselves. */
  reopenStore(): Promise<void>;
  /** The dialog for one file, files or a folder: tokens that stand for what was chosen (empty: cancelled). */
  chooseFiles(what: 'file' | 'files' | 'folder'): Promise<readonly string[]>;
  /** Tokens for what was dropped on the window. */
  takeDropped(files: readonly unknown[]): Promise<readonly string[]>;
  /** The dialog to save under a name; null: cancelled. */
  chooseSave(name: string): Promise<string | null>;
  /**
   * Asks where, under a proposed name, and writes a text there, whole or not at all; false: cancelled. For what is no
   * content of a case: that goes from the evidence process alone.
   */
  saveText(name: string, text: string): Promise<Result<boolean, SaveCause>>;
  /** The dialog for the folder that an export goes into; null: cancelled. */
  chooseExportFolder(): Promise<string | null>;
  onQuitAsked(ask: (unsent: Unsent) => void): () => void;
  quitAnyway(): Promise<void>;
  stay(): Promise<void>;
  newWindow(): Promise<void>;
  /** Writes text to the clipboard. */
  copy(text: string): Promise<void>;
  readonly platform: string;
}
