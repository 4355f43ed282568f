/**
 * Guests between the windows and the sync worker: for the team who there is, until when, by whom and what they have; for a guest
 * what was shared with them and what they may do.
 */
import type { AreaId, CaseId, PersonId, VersionId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { ByteCount, Millis } from '../primitives/units.ts';
import type { GuestMay } from '../model/facts/guests.ts';
import type { Word } from '../status/words.ts';
import type { ActCause } from './causes.ts';
import type { ImportRow } from './importing.ts';

export interface GuestFile {
  readonly version: VersionId;
  readonly name: string;
  readonly bytes: ByteCount;
  readonly at: Millis;
  readonly by: string;
  /** Where it is; of what a guest brought, whether the team has it. */
  readonly word: Word;
  readonly canOpen: boolean;
  /** The team's: it was added to Working papers. */
  readonly taken: boolean;
}

export interface GuestLine {
  readonly at: Millis;
  readonly by: string;
  readonly own: boolean;
  readonly text: string;
}

/** What a guest has of one case. */
export interface GuestFolderRow {
  readonly area: AreaId;
  readonly case: CaseId;
  readonly title: string;
  readonly may: GuestMay;
  readonly why: string;
  readonly note: string;
  readonly summary: string;
  readonly by: string;
  readonly at: Millis;
  readonly items: readonly GuestFile[];
  readonly brought: readonly GuestFile[];
  readonly said: readonly GuestLine[];
  readonly imports: readonly ImportRow[];
  /** Decisions since: a sentence each, the newest first. */
  readonly decided: readonly { readonly at: Millis; readonly sentence: string }[];
}

export interface GuestRow {
  readonly guest: PersonId;
  readonly name: string;
  readonly from: string;
  /** The last day: YYYY-MM-DD. */
  readonly until: string;
  readonly sponsor: string;
  readonly sponsorPost: string;
  readonly isMine: boolean;
  readonly word: Word;
  readonly isIn: boolean;
  readonly isSponsored: boolean;
  readonly computers: number;
  /** This person may extend, end, or answer for them. */
  readonly canDecide: boolean;
  readonly folders: readonly GuestFolderRow[];
}

/** Somebody of our own who could answer for a guest, by a post of theirs. */
export interface SponsorRow {
  readonly person: PersonId;
  readonly name: string;
  readonly seat: string;
  readonly post: string;
}

export interface GuestsView {
  /** Those that are let in first, the earliest end first. */
  readonly rows: readonly GuestRow[];
  readonly sponsors: readonly SponsorRow[];
  readonly today: string;
}

/** A guest's own view; null: this person is no guest. */
export interface GuestHome {
  readonly name: string;
  readonly from: string;
  readonly org: string;
  readonly until: string;
  readonly sponsor: string;
  readonly isSponsored: boolean;
  readonly word: Word;
  readonly folders: readonly GuestFolderRow[];
  /** What they added or wrote here that the team cannot get yet: lost, if it stays so until their access ends. */
  readonly unsent: number;
}

export interface InviteGuest {
  readonly name: string;
  readonly from: string;
  readonly may: GuestMay;
  readonly until: string;
  readonly why: string;
  readonly note: string;
  readonly versions: readonly VersionId[];
  readonly withSummary: boolean;
}

/** An invitation of which no answer came: the authority may have let the guest in, and nothing is shared with them yet. */
export interface UnfinishedGuest {
  readonly asked: InviteGuest;
  readonly at: Millis;
}

/** What a guest needs to come in: handed over once, by a way that both trust. */
export interface GuestInvited {
  readonly guest: PersonId;
  readonly code: string;
  readonly expires: Millis;
  readonly relay: string;
}

export type GuestDecision =
  | { readonly is: 'extend'; readonly guest: PersonId; readonly until: string; readonly why: string }
  | { readonly is: 'end'; readonly guest: PersonId; readonly why: string }
  | {
      readonly is: 'sponsor';
      readonly guest: PersonId;
      readonly sponsor: PersonId;
      readonly seat: string;
      readonly why: string;
    };

export interface GuestViews {
  guests: GuestsView;
  guest: GuestHome | null;
}

export type GuestCalls = {
  /** For how many days a guest may be let in at most; null: the authority could not be asked. */
  guestTerms(): Promise<number | null>;
  /** Lets a person of an organisation outside into a case, to these files alone. Needs the network. */
  inviteGuest(of: CaseId, asked: InviteGuest): Promise<Result<GuestInvited, ActCause>>;
  /** Invitations to a case that this computer began and did not finish, newest first: asked for once more, the same person is no second guest. */
  unfinishedGuests(of: CaseId): Promise<readonly UnfinishedGuest[]>;
  /** Shares more files of the case with a guest who is in. */
  shareWithGuest(area: AreaId, versions: readonly VersionId[]): Promise<Result<null, ActCause>>;
  decideGuest(decision: GuestDecision): Promise<Result<null, ActCause>>;
  guestCode(guest: PersonId): Promise<Result<GuestInvited, ActCause>>;
  /** Writes into what is shared with a guest: by the guest, or by the team. */
  sayToGuest(area: AreaId, text: string): Promise<Result<null, ActCause>>;
  /** Adds a file that a guest brought to Working papers. */
  takeGuestFile(version: VersionId): Promise<Result<null, ActCause>>;
};
