/**
 * Whether a computer may work on without its authority's word: from what the authority signed, the latest time that this
 * computer has seen, and its clock. Pure. A clock that was set back never makes a lease longer: time is the latest that was seen,
 * plus what has run since, and beyond an hour or two of difference the computer waits for its authority, or for the right time.
 */
import type { Millis } from '../primitives/units.ts';
import { DAY, HOUR } from '../primitives/units.ts';

/** From here on the application says that the end is near. */
export const NEAR_END: Millis = 3 * DAY;
/** A clock that is behind by less may be one that was set by hand, or after a change to summer time. */
const TOLERANCE: Millis = 2 * HOUR;

export interface LeaseFacts {
  readonly until: Millis;
  /** The latest time that this computer has seen, by its own clock or by somebody's signed word, when this session began or since. */
  readonly mark: Millis;
  /** How long the session has run since `mark` was noted, by a counter that no clock moves. */
  readonly ran: Millis;
  readonly now: Millis;
  /** In this session the authority itself said that the device may work on. */
  readonly isProven: boolean;
}

export type LeaseVerdict =
  | { readonly is: 'good'; readonly until: Millis; readonly isNear: boolean; readonly isClockBehind: boolean }
  | { readonly is: 'ended'; readonly until: Millis }
  /** The clock says less than it, or somebody's signature, said before: by so much. */
  | { readonly is: 'clock'; readonly behind: Millis };

/** No earlier than it can be, whatever the clock says. */
export const timeAtLeast = ({ mark, ran, now }: Pick<LeaseFacts, 'mark' | 'ran' | 'now'>): Millis =>
  Math.max(now, mark + ran);

export function judgeLease(facts: LeaseFacts): LeaseVerdict {
  const time = timeAtLeast(facts);
  const behind = time - facts.now;
  if (time > facts.until) return { is: 'ended', until: facts.until };
  if (behind > TOLERANCE && !facts.isProven) return { is: 'clock', behind };
  return {
    is: 'good',
    until: facts.until,
    isNear: facts.until - time <= NEAR_END,
    isClockBehind: behind > TOLERANCE,
  };
}
