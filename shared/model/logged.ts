/**
 * A fact as it stands in the log: what was written, and who is proven to have written it, where and when. Folds put facts
 * into one order that every replica computes alike from the same facts, however they arrived: the relay's time and place
 * first, what it has not ordered yet after it.
 */
import type { AreaId, DeviceId, Hash, OrgId, PersonId, SeatId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';
import type { CaseEvent, PackageContent, Party, Receipt } from './events.ts';

export type AnyFact = CaseEvent | PackageContent | Receipt;
export type FactOf<Is extends AnyFact['is']> = Extract<AnyFact, { is: Is }>;

/** `org`, `device`, `person`, `roles` and `side` are what the signature and the directory prove, not what the fact says of itself. */
export interface Logged<T extends AnyFact = AnyFact> {
  readonly fact: T;
  readonly area: AreaId;
  readonly hash: Hash;
  /** The relay's place and time; null until it has ordered it. */
  readonly n: number | null;
  readonly relayTime: Millis | null;
  /** The writer's own time. */
  readonly time: Millis;
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly person: PersonId;
  /** Roles of the posts that the person held, by the directory in force at the entry's place; while it has none, by the one its header names. */
  readonly roles: readonly string[];
  /** The posts that the person held, by the same directory; where it is not known, none are named. */
  readonly seats?: readonly SeatId[];
  /** On which side its organisation says that it is, by the same directory; null: it does not say. */
  readonly side: string | null;
  /** It was late work: its author's word, brought in by somebody else under this entry. */
  readonly adopted?: Adopted;
}
export interface Adopted {
  readonly by: string;
  readonly at: Millis;
  /** Its own header's hash: what its author signed. */
  readonly entry: Hash;
}

export type RefusedWhy =
  | 'not its author'
  | 'not theirs to say'
  | 'unknown package'
  | 'another content'
  | 'said twice'
  | 'not permitted'
  | 'own work'
  | 'not at this stage'
  | 'case closed'
  | 'case open'
  | 'unknown'
  | 'already done'
  | 'held'
  | 'altered after it was signed'
  | 'barred';
/** A fact that counts for nothing, and why; shown, never dropped in silence. */
export interface Refused {
  readonly hash: Hash;
  readonly org: OrgId;
  readonly why: RefusedWhy;
}

export const isFact = <Is extends AnyFact['is']>(logged: Logged, is: Is): logged is Logged<FactOf<Is>> =>
  logged.fact.is === is;

const text = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** The relay's time never goes back within an area, so this keeps each area's own order. */
function compare(a: Logged, b: Logged): number {
  if (a.n !== null && b.n !== null)
    return (a.relayTime ?? 0) - (b.relayTime ?? 0) || text(a.area, b.area) || a.n - b.n || text(a.hash, b.hash);
  if (a.n !== null || b.n !== null) return a.n !== null ? -1 : 1;
  return a.time - b.time || text(a.hash, b.hash);
}

/** Facts in the one order, each entry once (its ordered form where both are given). */
export function inOneOrder<T extends Logged>(facts: readonly T[]): readonly T[] {
  const once = new Map<Hash, T>();
  for (const fact of facts) {
    const known = once.get(fact.hash);
    if (!known || compare(fact, known) < 0) once.set(fact.hash, fact);
  }
  return [...once.values()].sort(compare);
}

/** Who a fact says wrote it; null for the kinds that do not say. */
export function writerOf(fact: AnyFact): Party | null {
  if (fact.is === 'package') return fact.from;
  return 'by' in fact ? fact.by : null;
}

/** Whether a fact was written by who it says: a colleague's or a partner's name cannot be put to it. */
export function isOwnWord({ fact, org, person }: Logged): boolean {
  const writer = writerOf(fact);
  return writer === null || (writer.org === org && writer.person === person);
}
