/**
 * Where a Case file stands: live, by what its access chain grants and nothing else; waiting for the delivery of the
 * release that made it; or closed, because that release was withdrawn first. A closed one is never granted to anybody, so
 * that nothing of what was taken back is in a place that the other organisation gets a key for.
 */
import type { Millis } from '../primitives/units.ts';
import type { Standing } from '../status/live.ts';
import type { Made } from './foldCase.ts';
import type { PackageState } from './foldPackage.ts';
import { hasArrived } from './packageStatus.ts';

/** `since`: when the chain let another organisation in, at the relay's time; null: it has not. `by`: the release that made it, where this computer knows it. */
export function standingOf(since: Millis | null, made: Made | null, by: PackageState | null): Standing {
  if (since !== null) return { is: 'live', since };
  if (by?.withdrawn) return { is: 'closed' };
  // Made by a version that granted in the same breath: it is live once the relay has it.
  const granted = made !== null && made.release === undefined;
  return { is: 'waiting', for: granted || (by !== null && hasArrived(by)) ? 'grant' : 'delivery' };
}

/** The one that counts, of those of one case in the one order: what is live, else the first that waits, else what was closed last. */
export function currentOf<T extends { readonly standing: Standing }>(all: readonly T[]): T | null {
  const at = (is: Standing['is']): readonly T[] => all.filter(({ standing }) => standing.is === is);
  return at('live')[0] ?? at('waiting')[0] ?? at('closed').at(-1) ?? null;
}
