/**
 * The line that stays at the top of a Case file: who else reads it, or will. Computed from where it stands, which follows
 * from its access chain and from what became of the release that made it.
 */
import { assertNever } from '../primitives/result.ts';
import type { Millis } from '../primitives/units.ts';
import type { Clock } from './facts.ts';
import { formatTime } from './format.ts';

/** `live`: another organisation was let in. `waiting`: for the delivery of its release, or only for the relay to take the grant. `closed`: its release was withdrawn first. */
export type Standing =
  | { readonly is: 'live'; readonly since: Millis }
  | { readonly is: 'waiting'; readonly for: 'delivery' | 'grant' }
  | { readonly is: 'closed' };

/** `org`: the other organisation's name. `on`: whether there is a link. */
export function liveLine(standing: Standing, org: string, on: boolean, clock: Clock): string {
  switch (standing.is) {
    case 'live':
      return `Live with ${org} since ${formatTime(standing.since, clock)}`;
    case 'waiting':
      if (standing.for === 'delivery') return `Will be live with ${org} when the package has been delivered`;
      return on ? `Going live with ${org} now` : `Will be live with ${org} when this computer is on line`;
    case 'closed':
      return `Not live: the package was withdrawn before ${org} had it. Only your organisation reads this. The next release to ${org} starts from this text.`;
    default:
      return assertNever(standing);
  }
}
