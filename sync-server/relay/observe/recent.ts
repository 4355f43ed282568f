/**
 * Why chunks were not taken lately, one word for each area and organisation: for `status`, which says why something is
 * stuck. Kept in memory, and only the newest of them; a chunk that is taken afterwards takes the word away.
 */
import type { AreaId, OrgId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { QuotaWord } from '../../../shared/wire/http.ts';

/** The words that a PUT of a chunk is answered with. */
export type RefusedCause =
  | 'no right'
  | 'not referred to'
  | 'withdrawn'
  | 'wrong offset'
  | 'hash differs'
  | 'too long'
  | QuotaWord
  | 'storage full'
  | 'too many at once';

export interface Refusal {
  readonly area: AreaId;
  readonly org: OrgId;
  readonly cause: RefusedCause;
  readonly at: Millis;
}

const KEPT = 4096;

export function openRecent() {
  const last = new Map<string, Refusal>();
  return {
    note(area: AreaId, org: OrgId, cause: RefusedCause | null, at: Millis): void {
      const key = `${area}.${org}`;
      last.delete(key);
      if (cause === null || cause === 'wrong offset' || cause === 'too many at once') return; // these mend themselves
      last.set(key, { area, org, cause, at });
      const [oldest] = last.keys();
      if (last.size > KEPT && oldest !== undefined) last.delete(oldest);
    },
    all: (): Refusal[] => [...last.values()],
  };
}
export type Recent = ReturnType<typeof openRecent>;
