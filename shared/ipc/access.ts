/**
 * Who can see what, and who is who, between the windows and the sync worker: people, posts, computers, bars and requests,
 * as this computer holds them by directory, access chains and facts. What an administrator asks of the authority is in
 * `shared/wire/access.ts`.
 */
import type { CaseId, DeviceId, Hash, PersonId, SeatId, WorkId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { ActCause } from './causes.ts';
import type { Word } from '../status/words.ts';
import type { AdminAct, AdminAnswer } from '../wire/administer.ts';
import type { EnrolCause } from '../wire/askAuthority.ts';
import type { Audited } from '../model/audit/act.ts';
import type { MarkingRule } from '../model/access/limits.ts';
import type { Askable } from '../model/facts/access.ts';
import type { RecertificationCalls, RecertificationView } from './recertification.ts';

/** Somebody who can see something, or could. */
export interface SeerRow {
  readonly person: PersonId;
  readonly name: string;
  readonly org: string;
  readonly own: boolean;
  readonly seat: SeatId;
  readonly post: string;
  /** By an emergency and no post: `post` says so, and `seat` is the computer's. */
  readonly isEmergency: boolean;
  readonly role: 'reader' | 'contributor' | 'lead';
  /** Null: not ordered by the relay yet. */
  readonly since: Millis | null;
  /** Null: still. */
  readonly until: Millis | null;
  /** Who let the post in, and the reason on record. */
  readonly by: string | null;
  readonly why: string | null;
  /** The last day, where one was set: YYYY-MM-DD. */
  readonly lastDay: string | null;
  /** The rule that denies it, as a sentence; null: nothing does. */
  readonly denied: string | null;
}

/** A place of a case, an item in it, or the intake that a package went to. */
export interface SeenPlace {
  readonly id: string;
  readonly title: string;
  /** Made for a guest. */
  readonly isGuests: boolean;
  readonly now: readonly SeerRow[];
  readonly before: readonly SeerRow[];
  /** Posts that may see it and that nobody holds. */
  readonly empty: readonly string[];
}

export interface BarRow {
  readonly person: PersonId;
  readonly name: string;
  readonly why: string;
  readonly by: string;
  readonly at: Millis;
  readonly lifted: { readonly by: string; readonly at: Millis; readonly why: string } | null;
}

export interface WhoView {
  readonly places: readonly SeenPlace[];
  readonly bars: readonly BarRow[];
  readonly limits: {
    readonly units: readonly string[];
    readonly needs: readonly string[];
    readonly marking: MarkingRule | null;
  };
  /** What this person may do here. */
  readonly may: { readonly limit: boolean; readonly give: boolean; readonly barMe: boolean };
  readonly people: readonly { readonly person: PersonId; readonly name: string }[];
  readonly units: readonly string[];
  readonly attributes: readonly string[];
  /** Posts of one's own organisation that could be let in. */
  readonly posts: readonly { readonly seat: SeatId; readonly post: string; readonly people: readonly string[] }[];
}

export type AccessAct =
  | { readonly is: 'bar'; readonly person: PersonId; readonly why: string }
  | { readonly is: 'lift bar'; readonly person: PersonId; readonly why: string }
  | { readonly is: 'limit'; readonly units: readonly string[]; readonly needs: readonly string[]; readonly why: string }
  | {
      readonly is: 'give';
      readonly seat: SeatId;
      readonly role: Askable;
      readonly until: string | null;
      readonly why: string;
    }
  | { readonly is: 'end'; readonly seat: SeatId; readonly why: string };

export interface PersonRow {
  readonly person: PersonId;
  readonly name: string;
  readonly posts: readonly string[];
  readonly computers: number;
  /** Holds no post and has no computer. */
  readonly gone: boolean;
}

export interface PostRow {
  readonly seat: SeatId;
  readonly title: string;
  readonly unit: string;
  /** Title and unit, as it stands on screens. */
  readonly post: string;
  readonly roles: readonly string[];
  /** Who holds it. */
  readonly people: readonly string[];
  /** One of this person's own. */
  readonly mine: boolean;
}

export interface HeldPost {
  readonly seat: SeatId;
  readonly post: string;
  readonly roles: readonly string[];
  readonly since: Millis;
  readonly until: Millis | null;
  /** The last day of a post that is held for a time, of one's own alone: YYYY-MM-DD. Null: none, or not known here. */
  readonly lastDay: string | null;
}

export interface PersonView {
  readonly row: PersonRow;
  readonly me: boolean;
  readonly held: readonly HeldPost[];
  readonly attributes: readonly string[];
  readonly computers: readonly {
    readonly device: DeviceId;
    readonly name: string;
    readonly since: Millis;
    readonly until: Millis | null;
  }[];
  /** Of the cases that this computer holds. */
  readonly sees: readonly (SeerRow & {
    readonly case: CaseId;
    readonly title: string;
    readonly place: string;
    /** The organisation of the guest whom the place was made for; null: it was made for none. */
    readonly guestsFrom: string | null;
  })[];
}

/** Something of access that waits for this person, and in which part of the section it is dealt with. */
export interface AccessNeed {
  readonly id: string;
  readonly part: 'requests' | 'recertification' | 'recovery';
  readonly text: string;
  /** The last day for it: YYYY-MM-DD. */
  readonly until: string | null;
}

/** What of the Access section this person sees. */
export interface AccessView {
  readonly administers: boolean;
  readonly audits: boolean;
  /** What waits for this person here; it stands under Needs me too. */
  readonly needs: readonly AccessNeed[];
  /** May open cases in an emergency, or reads one that was. */
  readonly emergencies: boolean;
  /** Custodians, administrators, and who needs them. */
  readonly recovery: boolean;
  readonly me: PersonId;
  /** This person's own posts that end within days, by last day (YYYY-MM-DD). */
  readonly ending: readonly { readonly until: string; readonly posts: readonly string[] }[];
}

export interface RequestRow {
  readonly id: WorkId;
  readonly mine: boolean;
  readonly by: string;
  readonly byPost: string;
  readonly to: string;
  readonly toSeat: SeatId;
  readonly wanted: string;
  readonly role: Askable;
  readonly until: string;
  readonly why: string;
  readonly at: Millis;
  readonly word: Word;
  readonly answer: { readonly by: string; readonly why: string; readonly at: Millis } | null;
  /** The line manager's approval, where it came first. */
  readonly endorsed: { readonly by: string; readonly at: Millis } | null;
  /** `endorse`: this person is the line manager whose approval comes first. */
  readonly can: {
    readonly decide: boolean;
    readonly endorse: boolean;
    readonly takeBack: boolean;
    /** This person's own, which nobody answered in time or which they took back, and which they have not asked anew. */
    readonly askAgain: boolean;
  };
  /** The cases that this person leads, the likely ones first. */
  readonly cases: readonly { readonly case: CaseId; readonly title: string; readonly fits: boolean }[];
}

export interface RequestsView {
  readonly rows: readonly RequestRow[];
  /** Whom this person may ask: their line managers first. */
  readonly askWhom: readonly {
    readonly seat: SeatId;
    readonly post: string;
    readonly people: readonly string[];
    readonly manager: boolean;
  }[];
}

export interface AskAccess {
  readonly wanted: string;
  readonly role: Askable;
  readonly until: string;
  readonly why: string;
  readonly to: SeatId;
}

export type AnswerRequest =
  | { readonly is: 'approve'; readonly case: CaseId; readonly until: string; readonly why: string }
  /** As the line manager: a lead decides then. */
  | { readonly is: 'endorse'; readonly why: string }
  | { readonly is: 'decline'; readonly why: string }
  | { readonly is: 'take back' };

export interface AuditRow {
  readonly id: string;
  readonly at: Millis;
  /** When the relay ordered it; null: it has not yet. */
  readonly arrived: Millis | null;
  readonly who: string;
  readonly post: string;
  readonly computer: string;
  readonly what: Audited;
  readonly said: string;
  readonly title: string;
  readonly to: string | null;
  readonly place: number | null;
}

export interface AuditView {
  /** The newest first, as many as a screen shows. */
  readonly rows: readonly AuditRow[];
  readonly acts: number;
  /** Of each post that audits: how far its order is proved here. */
  readonly chains: readonly {
    readonly seat: SeatId;
    readonly post: string;
    readonly places: number;
    readonly at: Millis;
    readonly computers: number;
    readonly holds: boolean;
  }[];
  /** The newest of the relay's words on all that it accepted, and how many are kept here; null: none came yet. */
  readonly relay: { readonly n: number; readonly at: Millis; readonly kept: number } | null;
}

/** A post that somebody has beside what their place brings, and that this person answers for. */
export interface PersonalRow {
  readonly person: PersonId;
  readonly name: string;
  readonly seat: SeatId;
  readonly post: string;
  /** The day on which it ends unless it is renewed: YYYY-MM-DD. */
  readonly until: string;
  /** Why it is put before this person now; null: it is not. */
  readonly asks: 'ends' | 'moved' | null;
}

export interface AccessViews {
  /** What of the Access section is this person's. */
  access: AccessView;
  /** The people of one's own organisation. */
  people: readonly PersonRow[];
  requests: RequestsView;
  recertification: RecertificationView;
  /** Every post of one's own organisation. */
  posts: readonly PostRow[];
  /** Null: this person audits nothing. */
  audit: AuditView | null;
}

export type AccessCalls = RecertificationCalls & {
  /** Bars, limits, lets a post in or takes it out. */
  doAccess(of: CaseId, what: AccessAct): Promise<Result<null, ActCause>>;
  /** Asks a post of our organisation for access to a case; off line it goes with the next link. */
  askAccess(asked: AskAccess): Promise<Result<WorkId, ActCause>>;
  /** Asks the authority, as an administrator of the organisation. What came of it is in the directory. */
  administer(act: AdminAct): Promise<Result<AdminAnswer, EnrolCause>>;
  /** Asks the authority which personal grants this person answers for. */
  personalGrants(): Promise<Result<readonly PersonalRow[], EnrolCause>>;
  /** One of them goes on until that day; null: it ends now. */
  renewPersonal(person: PersonId, seat: SeatId, until: string | null): Promise<Result<null, EnrolCause>>;
  answerRequest(id: WorkId, answer: AnswerRequest): Promise<Result<null, ActCause>>;
  /** Writes what a post audits to where the token stands for: `jsonl` with every proof, `csv` for reading. */
  exportAudit(seat: SeatId, as: 'jsonl' | 'csv', token: string): Promise<Result<{ sha256: Hash }, ActCause>>;
  /** Writes the relay's words that are kept here, one a line, to where the token stands for. */
  saveRelayWords(token: string): Promise<Result<{ sha256: Hash }, ActCause>>;
};
