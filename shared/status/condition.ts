/**
 * The condition of a version or package: what hinders it now, or what made it void, beside what has happened. One at a
 * time, the most final first; null where there is nothing to say.
 */
import type { TransferNews } from '../ipc/evidence.ts';
import type { Millis } from '../primitives/units.ts';
import { LOST, TRANSFER } from './transferCauses.ts';
import type { Clock, InErrorFact, LinkLoss, ReasonFact } from './facts.ts';
import { countOf, formatTime, formatWait } from './format.ts';
import type { Word } from './words.ts';

export interface ConditionFacts {
  /** Sent in error; `mine`: by our own organisation. */
  readonly inError: (InErrorFact & { readonly mine: boolean }) | null;
  readonly withdrawn: ReasonFact | null;
  /** Left out of the package on a recorded reason. */
  readonly dropped: ReasonFact | null;
  /** Whether the other organisation had it before it was withdrawn or left out. */
  readonly reached: boolean;
  /** The number of the version that took its place. */
  readonly replacedBy: number | null;
  /** A person paused it (or everything) here. */
  readonly paused: boolean;
  readonly transfer: TransferNews | null;
  /** Whose computer has what is not at the relay yet, and when it was last heard. */
  /** `out`: the sender put it on a stick, and has no receipt yet. `ahead`: both have what the relay has not ordered yet. */
  readonly stick: 'out' | 'ahead' | null;
  readonly waitingFor: { readonly name: string; readonly lastSeen: Millis | null } | null;
  /** Why there is no link, of what stands still for it alone. */
  readonly offline: LinkLoss | null;
}

export const noCondition: ConditionFacts = {
  inError: null,
  withdrawn: null,
  dropped: null,
  reached: false,
  replacedBy: null,
  paused: false,
  transfer: null,
  stick: null,
  waitingFor: null,
  offline: null,
};

const PROBLEM = 'Problem: ';
const WAITING = 'Waiting: ';
const REACHED = 'It had been delivered before that: it stays where it is, marked, and cannot be un-seen.';
const NOT_REACHED = 'It had not been delivered, and nobody can fetch it any more.';

/** The same words for a package and for a version of one. */
export const inErrorText = ({ done, of }: { readonly done: number; readonly of: number }): string =>
  `Sent in error: ${done} of ${countOf(of, 'device has', 'devices have')} destroyed it`;

function sentInError({ at, name, reason, mine, here, ...count }: NonNullable<ConditionFacts['inError']>): Word {
  const what = mine
    ? 'Your own original stays as it is. The package names the computers that have not answered.'
    : here
      ? 'Its key and its chunks are destroyed on this computer. A copy that was exported is not: destroy it yourself.'
      : 'This computer destroys its key and its chunks.';
  return {
    text: inErrorText(count),
    tone: count.done < count.of ? 'attention' : 'quiet',
    at,
    by: name,
    why: `Said by ${name}${reason === '' ? '' : ` (${reason})`}. ${what}`,
  };
}

function ended(facts: ConditionFacts): Word | null {
  if (facts.inError) return sentInError(facts.inError);
  const fact = facts.withdrawn ?? facts.dropped;
  if (!fact) return null;
  const act = facts.withdrawn ? 'Withdrawn' : 'Left out of this package';
  const reason = fact.reason === '' ? '' : ` (${fact.reason})`;
  return {
    text: 'Withdrawn',
    tone: 'attention',
    at: fact.at,
    by: fact.name,
    why: `${act} by ${fact.name}${reason}. ${facts.reached ? REACHED : NOT_REACHED}`,
  };
}

const STICK: Readonly<Record<NonNullable<ConditionFacts['stick']>, Word>> = {
  out: {
    text: 'On a stick: no receipt yet',
    tone: 'going',
    why: 'Its files were put on a stick and do not go over the link. The receipt comes back on a stick, or over the link. If the stick is lost, send it over the link too.',
  },
  ahead: {
    text: 'By stick: not yet through the relay',
    tone: 'quiet',
    why: 'It came by stick, signed and verified. It goes through the relay by itself when there is a link, without its files being sent again.',
  },
};

function waitingFor(who: NonNullable<ConditionFacts['waitingFor']>, clock: Clock): Word {
  const seen = who.lastSeen === null ? '' : `, last seen ${formatTime(who.lastSeen, clock)}`;
  return { text: `Waiting for ${who.name}'s computer${seen}`, tone: 'going', why: TRANSFER['not there yet'].sentence };
}

function going(transfer: TransferNews, clock: Clock): Word | null {
  const cure = transfer.cause === null ? null : TRANSFER[transfer.cause];
  const why = cure?.short ?? 'not known yet';
  const more = { ...(cure ? { why: cure.sentence } : {}), ...(cure?.mend ? { mend: cure.mend } : {}) };
  switch (transfer.state) {
    case 'failed':
      return { text: `${PROBLEM}${why}`, tone: 'attention', ...more, mend: cure?.mend ?? 'retry' };
    case 'retrying':
      // Trying alone does not help here: a person has to.
      if (transfer.cause === 'no space here')
        return { text: `${WAITING}${why}; free some space`, tone: 'attention', ...more, mend: 'retry' };
      return {
        text: `Retrying in ${formatWait((transfer.nextAt ?? clock.now) - clock.now)}: ${why}`,
        tone: 'going',
        ...more,
        mend: 'retry',
      };
    case 'paused':
      return { text: 'Paused', tone: 'attention', why: TRANSFER.paused.sentence, mend: 'resume' };
    case 'queued':
      return transfer.cause === 'metered' ? { text: `${WAITING}${why}`, tone: 'going', ...more } : null;
    case 'moving':
    case 'whole':
      return null;
  }
}

/** Whether a condition is one that only a person can mend. */
export const isProblem = (word: Word | null): word is Word => word?.text.startsWith(PROBLEM) === true;

/** The condition to show, or null. */
export function condition(facts: ConditionFacts, clock: Clock): Word | null {
  const end = ended(facts);
  if (end) return end;
  if (facts.replacedBy !== null) return { text: `Replaced by version ${facts.replacedBy}`, tone: 'quiet' };
  const { transfer } = facts;
  if (transfer?.state === 'whole') return null;
  if (transfer?.state === 'failed' && transfer.cause !== 'not there yet') return going(transfer, clock);
  if (facts.paused) return { text: 'Paused', tone: 'attention', why: TRANSFER.paused.sentence, mend: 'resume' };
  if (facts.stick) return STICK[facts.stick];
  if (facts.waitingFor) return waitingFor(facts.waitingFor, clock);
  const now = transfer ? going(transfer, clock) : null;
  return now ?? (facts.offline && { text: `Waiting: ${LOST[facts.offline]}`, tone: 'going' });
}
/** The word of a transfer that stands still on this computer, whatever the other side does; null: of any other. */
export function waitsHere(transfer: TransferNews | null, clock: Clock): Word | null {
  const word = transfer && going(transfer, clock);
  return word?.text.startsWith(WAITING) === true ? word : null;
}
