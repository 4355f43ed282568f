/**
 * What words are computed from: plain values that a log, a disk or a transfer has proven, and nothing else. They can be
 * stored and sent between processes as they are. Two sets of facts about one version join into one (`joinVersion`), in
 * any order and any number of times, to the same result: no fact is ever lost, and none is ever taken back.
 */
import type { TransferNews } from '../ipc/evidence.ts';
import type { ByteCount, Millis } from '../primitives/units.ts';

/** Local time, handed in: `offset` is local time minus UTC at a moment. */
export interface Clock {
  readonly now: Millis;
  readonly offset: (at: Millis) => Millis;
}

export interface At {
  readonly at: Millis;
}
/** A signed receipt that a device of `org` holds the version whole and has verified it. */
export interface DeliveredFact extends At {
  readonly org: string;
  readonly device: string;
  /** Whether the receipt is this very device's. */
  readonly here: boolean;
}
/** A signed receipt that a person of `org` saw a page or frame of it, or exported it. */
export interface OpenedFact extends At {
  readonly name: string;
  readonly org: string;
  readonly mine: boolean;
}
/** An act that somebody gave a reason for. */
export interface ReasonFact extends At {
  readonly reason: string;
  readonly name: string;
}

/** Sent in error: so many of the devices that could hold it have signed that they destroyed it. */
export interface InErrorFact extends ReasonFact {
  readonly done: number;
  readonly of: number;
  /** Whether this very device has. */
  readonly here: boolean;
}

/** Why there is no link to the relay. */
export const LINK_LOSSES = [
  'no network',
  'relay unreachable',
  /** It let this computer in, and does not answer what it is asked. */
  'no answer',
  /** What answers there holds another key than the relay that this computer was enrolled with. */
  'another relay',
] as const;
export type LinkLoss = (typeof LINK_LOSSES)[number];

/** Why something released does not go yet. */
export type WaitWhy =
  | {
      readonly is:
        | LinkLoss
        | 'signed out'
        | 'refused'
        | 'paused'
        | 'metered'
        | 'sealing'
        | 'turn'
        | 'taking'
        | 'no space at the relay'
        | 'quota'
        | 'area quota'
        | 'organisation quota'
        | 'missing here'
        | 'stick';
    }
  | { readonly is: 'until'; readonly at: Millis };

/** What is known of one version for one organisation. */
export interface VersionFacts {
  readonly side: 'sender' | 'receiver';
  /** The other organisation's name. */
  readonly org: string;
  /** Sealed bytes in all. */
  readonly size: ByteCount;
  /** Sender: sealed and journalled on this computer. */
  readonly sealed: At | null;
  /** Sender, where it was not sealed here: whose computer it is on, as "Ann Bell's laptop". */
  readonly holder: string | null;
  /** Sender: a person released it to this organisation. */
  readonly released: At | null;
  /** Sender: why it does not go yet, most telling first. */
  readonly waits: readonly WaitWhy[];
  /** The furthest that sealed bytes ever got on this way; never falls. */
  readonly moved: ByteCount;
  /** Where the transfer stands at this moment; decides no rank. */
  readonly transfer: TransferNews | null;
  /** The relay acknowledged the package and holds every chunk of the version. */
  readonly atRelay: At | null;
  readonly delivered: DeliveredFact | null;
  readonly opened: OpenedFact | null;
  /** Looking before it was whole: a line of its history, and no rank. */
  readonly viewingBegan: OpenedFact | null;
  readonly withdrawn: ReasonFact | null;
  /** Left out of the package on a recorded reason. */
  readonly dropped: ReasonFact | null;
  readonly inError: InErrorFact | null;
}

/** The facts of a version of which nothing but its existence is known. */
export const freshVersion = (side: 'sender' | 'receiver', org: string, size: ByteCount): VersionFacts => ({
  side,
  org,
  size,
  sealed: null,
  holder: null,
  released: null,
  waits: [],
  moved: 0,
  transfer: null,
  atRelay: null,
  delivered: null,
  opened: null,
  viewingBegan: null,
  withdrawn: null,
  dropped: null,
  inError: null,
});

/** The earlier of two facts; of two at one time, the one whose text sorts first, so that the order of arrival decides nothing. */
export function earlier<T extends At>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) return a ?? b;
  if (a.at !== b.at) return a.at < b.at ? a : b;
  return JSON.stringify(a) <= JSON.stringify(b) ? a : b;
}

/** Of two receipts that it was opened: one's own tells most. */
export function joinOpened(a: OpenedFact | null, b: OpenedFact | null): OpenedFact | null {
  if (a && b && a.mine !== b.mine) return a.mine ? a : b;
  return earlier(a, b);
}
/** Of two receipts that it was delivered: this device's own tells most, because it can be opened here. */
export function joinDelivered(a: DeliveredFact | null, b: DeliveredFact | null): DeliveredFact | null {
  if (a && b && a.here !== b.here) return a.here ? a : b;
  return earlier(a, b);
}

/** The first word stands; what was destroyed stays destroyed, and who could hold it only becomes more. */
function joinInError(a: InErrorFact | null, b: InErrorFact | null): InErrorFact | null {
  const first = earlier(a, b);
  if (!a || !b || !first) return first;
  const { at, reason, name } = first;
  return { at, reason, name, done: Math.max(a.done, b.done), of: Math.max(a.of, b.of), here: a.here || b.here };
}

/** Joins what two sources know of one version for one organisation. `b` is the newer where only the present counts. */
export const joinVersion = (a: VersionFacts, b: VersionFacts): VersionFacts => ({
  side: b.side,
  org: b.org,
  size: Math.max(a.size, b.size),
  sealed: earlier(a.sealed, b.sealed),
  holder: b.holder ?? a.holder,
  released: earlier(a.released, b.released),
  waits: b.waits,
  moved: Math.max(a.moved, b.moved),
  transfer: b.transfer ?? a.transfer,
  atRelay: earlier(a.atRelay, b.atRelay),
  delivered: joinDelivered(a.delivered, b.delivered),
  opened: joinOpened(a.opened, b.opened),
  viewingBegan: joinOpened(a.viewingBegan, b.viewingBegan),
  withdrawn: earlier(a.withdrawn, b.withdrawn),
  dropped: earlier(a.dropped, b.dropped),
  inError: joinInError(a.inError, b.inError),
});
