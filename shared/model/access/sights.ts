/**
 * Who can see what: people, through which post, since and until when, and what denies it. Computed from the spans of
 * directory and access chains alone; whoever holds the same log computes the same. What somebody read is not asked here.
 */
import type { AreaId, DeviceId, OrgId, PersonId, SeatId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import type { Role } from '../../seal/area/chain.ts';
import type { Denial } from './limits.ts';
import type { Granting, Holding } from './spans.ts';

/** A person could read an area by one post, without a break. */
export interface Sight {
  readonly area: AreaId;
  readonly org: OrgId;
  readonly person: PersonId;
  readonly seat: SeatId;
  readonly role: Role;
  /** Null: not ordered by the relay yet. */
  readonly since: Millis | null;
  /** Null: still. */
  readonly until: Millis | null;
  readonly by: DeviceId;
  /** Of what still stands: the rule by which the post gets no key all the same. */
  readonly denied: Denial | null;
}

/** Every sight there is and was, the ones that stand first, then the newest ended. */
export function sightsOf(
  grantings: readonly Granting[],
  holdings: readonly Holding[],
  denialOf: (granting: Granting) => Denial | null = () => null,
): readonly Sight[] {
  const sights = grantings.flatMap((granting) =>
    holdings
      .filter(({ org, seat }) => org === granting.org && seat === granting.seat)
      .flatMap((holding) => {
        const since = granting.from === null ? null : Math.max(granting.from, holding.from);
        const until = earliest(granting.until, holding.until);
        if (since !== null && until !== null && until <= since) return [];
        const { area, org, seat, role, by } = granting;
        const denied = until === null ? denialOf(granting) : null;
        return [{ area, org, person: holding.person, seat, role, since, until, by, denied }];
      }),
  );
  return sights.toSorted(
    (a, b) =>
      Number(a.until !== null) - Number(b.until !== null) || (b.until ?? 0) - (a.until ?? 0) || startOf(a) - startOf(b),
  );
}

const startOf = ({ since }: Sight): number => since ?? Infinity;

const earliest = (a: Millis | null, b: Millis | null): Millis | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/** Whether somebody can see by a sight now. */
export const stands = ({ until, denied }: Sight): boolean => until === null && denied === null;

/** Whether it stood at some time from `from` until before `to`: who could see on a past day is asked by it. Not ordered yet: at no time that is known. */
export const stoodWithin = ({ since, until }: Pick<Sight, 'since' | 'until'>, from: Millis, to: Millis): boolean =>
  since !== null && since < to && (until === null || until > from);
