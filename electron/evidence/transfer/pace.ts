/** Owns the times that transfers keep: how long to wait before the next try, when a connection counts as stalled. */
import type { TransferCause } from '../../../shared/ipc/evidence.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { MINUTE, SECOND } from '../../../shared/primitives/units.ts';

export interface Pace {
  readonly first: Millis;
  /** The first look again for what its sender may be sending just now; doubles up to `gentle`. */
  readonly soon: Millis;
  readonly most: Millis;
  /** At most between two looks for what its sender has not finished sending. */
  readonly gentle: Millis;
  /** A question that waits is answered after this long at the latest: less than `stall`. 0: none is asked. */
  readonly listen: Millis;
  /** Without a byte for this long, a connection is given up. */
  readonly stall: Millis;
  /** Between two reports of progress. */
  readonly news: Millis;
  /** Between two questions of what the relay holds of chunks on their way. */
  readonly confirm: Millis;
}

export const PACE: Pace = {
  first: SECOND,
  soon: 250,
  most: MINUTE,
  gentle: 8 * SECOND,
  listen: 10 * SECOND,
  stall: 15 * SECOND,
  news: 200,
  confirm: SECOND,
};

/** A wait that grows with each failure in a row for one cause. */
export interface Wait {
  readonly cause: TransferCause;
  readonly tries: number;
  readonly nextAt: Millis;
}

/** Doubles from `first` to `most`; the last quarter is chance, so that clients cut off together do not come back together. */
export function waitAfter(
  before: Wait | null,
  cause: TransferCause,
  now: Millis,
  pace: Pace,
  atLeast: Millis = 0,
): Wait {
  const tries = before?.cause === cause ? before.tries + 1 : 1;
  const [first, most] = cause === 'not there yet' ? [pace.soon, pace.gentle] : [pace.first, pace.most];
  const base = Math.min(most, first * 2 ** Math.min(tries - 1, 30));
  return { cause, tries, nextAt: now + Math.max(atLeast, Math.round(base * (0.75 + Math.random() / 4))) };
}
