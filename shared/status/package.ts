/**
 * The word of a package, for its sender and for its receiver: from its files' facts and the acts upon it. The highest
 * rank stands. A file left out of the package counts no more; a package of which no file is left proves no delivery.
 */
import type { TransferCause } from '../ipc/evidence.ts';
import { reasonToWait } from './transferCauses.ts';
import type { At, Clock, ReasonFact, VersionFacts, WaitWhy } from './facts.ts';
import { inErrorText, waitsHere } from './condition.ts';
import { earlier } from './facts.ts';
import { countOf } from './format.ts';
import { RECEIVER_RANK, SENDER_RANK, happened } from './happened.ts';
import type { Ranked, Word } from './words.ts';

export interface PackageFacts {
  readonly side: 'sender' | 'receiver';
  /** The other organisation's name. */
  readonly org: string;
  readonly files: readonly VersionFacts[];
  readonly released: At | null;
  /** Since when a device there holds the receiving seat; null: nobody could receive yet. */
  readonly receivable: At | null;
  /** Sender: why it does not go yet, most telling first. */
  readonly waits: readonly WaitWhy[];
  /** The relay acknowledged the package itself. */
  readonly sent: At | null;
  /** The first of acceptance and return in the intake's order stands. */
  readonly decided: {
    readonly is: 'accepted' | 'returned';
    readonly at: number;
    readonly name: string;
    readonly reason: string;
  } | null;
  readonly withdrawn: ReasonFact | null;
  /** Sent in error: how many of the devices that held it have said that they destroyed it. */
  readonly destroyed: { readonly done: number; readonly of: number } | null;
}

export const PACKAGE_RANK = {
  first: 0,
  waiting: 1,
  moving: 2,
  sent: 3,
  whole: 4,
  opened: 5,
  decided: 6,
  withdrawn: 7,
  error: 8,
} as const;
const EARLY = 'You can open those that are here; opening early never cancels anything.';

function ended(facts: PackageFacts): Ranked | null {
  const { destroyed, withdrawn, decided } = facts;
  if (destroyed) {
    return {
      rank: PACKAGE_RANK.error,
      word: { text: inErrorText(destroyed), tone: destroyed.done < destroyed.of ? 'attention' : 'quiet' },
    };
  }
  if (withdrawn)
    return {
      rank: PACKAGE_RANK.withdrawn,
      word: {
        text: 'Withdrawn',
        tone: 'attention',
        at: withdrawn.at,
        by: withdrawn.name,
        ...(withdrawn.reason ? { why: withdrawn.reason } : {}),
      },
    };
  if (!decided) return null;
  const word: Word =
    decided.is === 'accepted'
      ? { text: 'Accepted', tone: 'good', at: decided.at, by: decided.name }
      : { text: `Returned: ${decided.reason}`, tone: 'attention', at: decided.at, by: decided.name };
  return { rank: PACKAGE_RANK.decided, word };
}

/** The files that count: those not left out or sent in error, and those that had arrived before they were. */
const inIt = (facts: PackageFacts): readonly VersionFacts[] =>
  facts.files.filter(
    (file) =>
      (file.dropped === null && file.inError === null) ||
      (facts.side === 'sender' ? file.delivered : file.delivered?.here),
  );
/** Whether any file, also one left out since, ever got so far. */
const anyAt = (facts: PackageFacts, rank: number, clock: Clock): boolean =>
  facts.files.some((file) => happened(file, clock).rank >= rank);

/** The time at which the last of them came to be so. */
const lastOf = (times: readonly (At | null)[]): { at?: number } => {
  const known = times.flatMap((time) => (time ? [time.at] : []));
  return known.length > 0 ? { at: Math.max(...known) } : {};
};

function openedWord(files: readonly VersionFacts[]): Word {
  const first = files.reduce<VersionFacts['opened']>((found, file) => earlier(found, file.opened), null);
  const count = files.filter((file) => file.opened).length;
  return {
    text: 'Opened',
    tone: 'good',
    ...(first ? { at: first.at, by: first.name } : {}),
    why: `${count} of ${countOf(files.length, 'file', 'files')} opened.`,
  };
}

function sender(facts: PackageFacts, clock: Clock): Ranked {
  const files = inIt(facts);
  const ranks = files.map((file) => happened(file, clock).rank);
  const atRelay = ranks.filter((rank) => rank >= SENDER_RANK.sent).length;
  if (files.length > 0 && ranks.every((rank) => rank >= SENDER_RANK.delivered)) {
    if (files.some((file) => file.opened)) return { rank: PACKAGE_RANK.opened, word: openedWord(files) };
    return {
      rank: PACKAGE_RANK.whole,
      word: { text: 'Delivered', tone: 'good', ...lastOf(files.map((file) => file.delivered)) },
    };
  }
  const begun = facts.released !== null || facts.sent !== null;
  if (begun && facts.receivable === null && !anyAt(facts, SENDER_RANK.delivered, clock)) {
    return {
      rank: PACKAGE_RANK.waiting,
      word: {
        text: `Waiting: nobody at ${facts.org} can receive yet`,
        tone: 'attention',
        why: 'It goes by itself as soon as a computer there holds the post. Nothing is lost meanwhile.',
      },
    };
  }
  if (facts.sent && atRelay === files.length)
    return { rank: PACKAGE_RANK.sent, word: { text: 'Sent', tone: 'going', at: facts.sent.at } };
  if (begun && anyAt(facts, SENDER_RANK.sending, clock)) {
    return {
      rank: PACKAGE_RANK.moving,
      word: { text: `Sending ${atRelay} of ${countOf(files.length, 'file', 'files')}`, tone: 'going' },
    };
  }
  if (begun)
    return {
      rank: PACKAGE_RANK.waiting,
      word: {
        text: `Waiting to send: ${reasonToWait(facts.waits[0], clock, heldUp(facts))}`,
        tone: 'going',
        ...(facts.released ? { at: facts.released.at } : {}),
      },
    };
  return { rank: PACKAGE_RANK.first, word: { text: 'Preparing', tone: 'quiet' } };
}

/** What holds up every file that is still here, where nothing else is said; null: one of them goes, or waits for its turn. */
function heldUp(facts: PackageFacts): TransferCause | null {
  if (facts.waits[0]?.is !== 'turn') return null;
  const causes = inIt(facts)
    .filter(({ atRelay }) => atRelay === null)
    .map(({ transfer }) => transfer?.cause ?? null);
  return causes.includes(null) ? null : (causes[0] ?? null);
}

function receiver(facts: PackageFacts, clock: Clock): Ranked {
  const files = inIt(facts);
  // A colleague who opened a file proves nothing about this computer: ready is what this device has signed for.
  const ready = files.filter((file) => file.delivered?.here).length;
  if (files.length > 0 && ready === files.length) {
    if (files.some((file) => file.opened)) return { rank: PACKAGE_RANK.opened, word: openedWord(files) };
    const last = lastOf(files.map((file) => file.delivered));
    const by = files[0]?.delivered?.device;
    return {
      rank: PACKAGE_RANK.whole,
      word: { text: 'Ready to open', tone: 'good', ...last, ...(by === undefined ? {} : { by }) },
    };
  }
  const waits = allWaitHere(files, clock);
  if (anyAt(facts, RECEIVER_RANK.arriving, clock)) {
    const text = `Arriving ${ready} of ${countOf(files.length, 'file', 'files')}`;
    return { rank: PACKAGE_RANK.moving, word: waits ?? { text, tone: 'going', why: EARLY } };
  }
  return { rank: PACKAGE_RANK.first, word: waits ?? { text: `Expected from ${facts.org}`, tone: 'quiet' } };
}

/** What every file that has still to come waits for on this computer; null: one of them comes, or waits for the sender. */
function allWaitHere(files: readonly VersionFacts[], clock: Clock): Word | null {
  const words = files
    .filter(({ delivered }) => delivered?.here !== true)
    .map(({ transfer }) => waitsHere(transfer, clock));
  const first = words[0] ?? null;
  return first !== null && words.every((word) => word?.text === first.text) ? first : null;
}

/** The package's word, with its rank. */
export const packageWord = (facts: PackageFacts, clock: Clock): Ranked =>
  ended(facts) ?? (facts.side === 'sender' ? sender(facts, clock) : receiver(facts, clock));
