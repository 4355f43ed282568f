/**
 * What denies access to a case whatever a chain grants, as written rules over facts and directory: a conflict-of-interest
 * bar, attributes that every holder must have, units, a last day. A post's key is every holder's, so that a post is denied
 * when any of its holders is: nobody reads by a neighbour's right. Rules only ever deny; none gives.
 */
import type { DeviceId, PersonId, SeatId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import type { DirectoryState } from '../../seal/directory/directory.ts';
import type { Logged } from '../logged.ts';
import { inOneOrder, isFact } from '../logged.ts';
import type { Granting } from './spans.ts';

export interface Bar {
  readonly person: PersonId;
  readonly personName: string;
  readonly why: string;
  readonly by: string;
  readonly at: Millis;
  readonly lifted: { readonly by: string; readonly at: Millis; readonly why: string } | null;
}

/** The last day of a post in a case, and the device that said so. */
interface LastDay {
  readonly seat: SeatId;
  readonly until: string;
  readonly device: DeviceId;
}

export interface Limits {
  /** Every bar there has been, oldest first. */
  readonly bars: readonly Bar[];
  readonly units: readonly string[];
  readonly needs: readonly string[];
  readonly lastDays: readonly LastDay[];
  /** What the marking of the case asks of whoever sees it: one of these; null: nothing. */
  readonly marking: MarkingRule | null;
}

/** By the sharing agreement of a case, or the organisation's own template where it has none. */
export interface MarkingRule {
  readonly marking: string;
  readonly vetting: readonly string[];
}

/** Which rule denies, and the sentence that says so with its reason. */
export interface Denial {
  readonly rule: 'bar' | 'attribute' | 'marking' | 'unit' | 'last day';
  readonly sentence: string;
}

export const NO_LIMITS: Limits = { bars: [], units: [], needs: [], lastDays: [], marking: null };

/** Whoever may bar somebody else and limit a case: the line manager's part. */
const MANAGES: ReadonlySet<string> = new Set(['supervisor', 'prosecution manager']);

export const isManager = (roles: readonly string[]): boolean => roles.some((role) => MANAGES.has(role));

/** Whether a fact of access is its writer's to say: a manager's, or one's own conflict of interest. Nobody lifts a bar on themselves. */
export function mayLimit(logged: Pick<Logged, 'fact' | 'person' | 'roles'>): boolean {
  const { fact, person, roles } = logged;
  const manages = isManager(roles);
  if (fact.is === 'barred') return manages || fact.person === person;
  if (fact.is === 'bar lifted') return manages && fact.person !== person;
  return fact.is !== 'access limited' || manages;
}

/** Folds the facts of a case's Working papers. What is not its writer's to say does not count. */
export function foldLimits(facts: readonly Logged[]): Limits {
  const bars: Bar[] = [];
  let units: readonly string[] = [];
  let needs: readonly string[] = [];
  const lastDays = new Map<SeatId, LastDay>();
  for (const logged of inOneOrder(facts)) {
    if (!mayLimit(logged)) continue;
    const { fact } = logged;
    const at = logged.relayTime ?? logged.time;
    if (fact.is === 'barred') {
      const { person, personName, why, by } = fact;
      if (!barOn(bars, person)) bars.push({ person, personName, why, by: by.personName, at, lifted: null });
    } else if (fact.is === 'bar lifted') {
      const standing = bars.findIndex(({ person, lifted }) => person === fact.person && lifted === null);
      const bar = bars[standing];
      if (bar) bars[standing] = { ...bar, lifted: { by: fact.by.personName, at, why: fact.why } };
    } else if (fact.is === 'access limited') [units, needs] = [fact.units, fact.needs];
    else if (isFact(logged, 'access given')) {
      const { seat, until } = logged.fact;
      if (until === null) lastDays.delete(seat);
      else lastDays.set(seat, { seat, until, device: logged.device });
    }
  }
  return { bars, units, needs, lastDays: [...lastDays.values()], marking: null };
}

const barOn = (bars: readonly Bar[], person: PersonId): Bar | null =>
  bars.find((bar) => bar.person === person && bar.lifted === null) ?? null;

/** Why a person must not see the case, whichever post they hold; null: nothing denies it. */
export function denialOfPerson(limits: Limits, directory: DirectoryState, person: PersonId): Denial | null {
  const name = directory.people.get(person)?.name ?? 'Somebody';
  const bar = barOn(limits.bars, person);
  if (bar) return { rule: 'bar', sentence: `${name} is barred from this case: ${bar.why}` };
  const has = directory.attributes.get(person) ?? [];
  const { marking } = limits;
  if (marking && !marking.vetting.some((one) => has.includes(one))) {
    const asked = marking.vetting.join(' or ');
    return {
      rule: 'marking',
      sentence: `The case is marked ${marking.marking}, and ${name} has no vetting for it: ${asked}`,
    };
  }
  const lacks = limits.needs.filter((one) => !has.includes(one));
  return lacks.length === 0
    ? null
    : { rule: 'attribute', sentence: `${name} lacks what this case asks for: ${lacks.join(', ')}` };
}

/** Why a post of this organisation may not read the case today (`YYYY-MM-DD`); null: nothing denies it. */
export function denialOfSeat(
  limits: Limits,
  directory: DirectoryState,
  seat: SeatId,
  today: string,
  granted: Pick<Granting, 'by'> | null = null,
): Denial | null {
  const post = directory.posts.get(seat);
  if (limits.units.length > 0 && post && !limits.units.includes(post.unit))
    return { rule: 'unit', sentence: `This case is for ${limits.units.join(', ')}, and this post is of another unit` };
  for (const [person, seats] of directory.holds) {
    const denied = seats.has(seat) ? denialOfPerson(limits, directory, person) : null;
    if (denied) return denied;
  }
  const last = limits.lastDays.find((one) => one.seat === seat);
  // Only who gave it says when it ends: nobody else can put somebody out by a date.
  if (last && last.until < today && (granted === null || granted.by === last.device))
    return { rule: 'last day', sentence: `Access was given until ${last.until}` };
  return null;
}
