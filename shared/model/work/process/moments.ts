/** When things happened from which a target runs, and the target that follows. No clock: the day of a moment is handed in. */
import { addSpan } from '../../../primitives/calendar.ts';
import { momentOf } from '../../../primitives/moments.ts';
import type { Millis } from '../../../primitives/units.ts';
import { HOUR } from '../../../primitives/units.ts';
import type { CaseSnapshot } from '../../snapshot/schema.ts';
import type { WorkState } from '../state.ts';
import type { Moment, Step } from './table.ts';

/** A day, and the moment where the target is one of hours. */
export interface Due {
  readonly day: string;
  readonly at: Millis | null;
}
export interface Times {
  /** When the case began. */
  readonly begun: Millis;
  /** The day of a moment where the case is worked on, YYYY-MM-DD. */
  readonly dayAt: (at: Millis) => string;
}

const newest = (times: readonly (Millis | null | undefined)[]): Millis | null =>
  times.reduce<Millis | null>((most, at) => (at !== null && at !== undefined && at > (most ?? -1) ? at : most), null);

type Packages = Pick<CaseSnapshot, 'packages'>['packages'];

function momentAt(
  from: Exclude<Moment, 'action due'>,
  packages: Packages,
  work: WorkState,
  begun: Millis,
): Millis | null {
  switch (from) {
    case 'stage began':
      return work.stage.moves.at(-1)?.at ?? begun;
    case 'review asked':
      return newest(work.reviews.flatMap((review) => (review.given || review.withdrawn ? [] : [review.asked.at])));
    case 'package released':
      return newest(
        packages.flatMap(({ state, released }) =>
          state === 'withdrawn' || state === 'returned' ? [] : [momentOf(released)],
        ),
      );
    case 'package accepted':
      return newest(packages.map(({ decided, state }) => (state === 'accepted' && decided ? momentOf(decided) : null)));
    case 'decided':
      return newest(work.decisions.map(({ at }) => at));
  }
}

/** By when a step should be taken; null: it has no target, or what it runs from has not happened. */
export function dueOf({ target }: Step, packages: Packages, work: WorkState, times: Times): Due | null {
  if (target === null) return null;
  if (target.from === 'action due') {
    const [first] = work.actions
      .flatMap(({ due, state }) => (due && (state === 'open' || state === 'accepted') ? [due] : []))
      .sort();
    return first === undefined ? null : { day: first, at: null };
  }
  const from = momentAt(target.from, packages, work, times.begun);
  if (from === null) return null;
  if (target.hours !== undefined) {
    const at = from + target.hours * HOUR;
    return { day: times.dayAt(at), at };
  }
  const day = addSpan(times.dayAt(from), { days: target.days });
  return day === null ? null : { day, at: null };
}
