/**
 * Recovery by custodians, folded from the intakes: who asked and why, who agreed first, who gave, who declined. Two different people
 * act, neither of them who asked, each from a post that had the role when they wrote. One that nobody answers is over after a while.
 */
import type { PersonId, WorkId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import { DAY } from '../../primitives/units.ts';
import type { FactOf, Logged } from '../logged.ts';
import { inOneOrder, isFact } from '../logged.ts';

const CUSTODIAN = 'custodian';
/** Unanswered for so long, it is over. */
export const RECOVERY_LIVES: Millis = 14 * DAY;

type Answer<Is extends 'recovery agreed' | 'recovery given' | 'recovery declined'> = Logged<FactOf<Is>>;

export interface Recovery {
  readonly asked: Logged<FactOf<'recovery asked'>>;
  readonly agreed: Answer<'recovery agreed'> | null;
  /** What the first said to each intake; parts stand in those of the custodians. */
  readonly agreements: readonly Answer<'recovery agreed'>[];
  readonly given: Answer<'recovery given'> | null;
  readonly gifts: readonly Answer<'recovery given'>[];
  readonly declined: Answer<'recovery declined'> | null;
}

/** Every request, by its id, oldest first. `facts`: of one's own organisation alone; each may stand in several intakes. */
export function foldRecoveries(facts: readonly Logged[]): ReadonlyMap<WorkId, Recovery> {
  const all = new Map<WorkId, Recovery>();
  const ordered = inOneOrder(facts);
  for (const one of ordered)
    if (isFact(one, 'recovery asked') && !all.has(one.fact.id) && one.fact.by.person === one.person)
      all.set(one.fact.id, { asked: one, agreed: null, agreements: [], given: null, gifts: [], declined: null });
  for (const one of ordered) {
    const { fact } = one;
    const known = 'request' in fact && fact.request !== null ? all.get(fact.request) : undefined;
    if (!known || !mayAnswer(known, one)) continue;
    const { id } = known.asked.fact;
    if (isFact(one, 'recovery agreed')) {
      const first = known.agreed ?? one;
      if (first.person === one.person) all.set(id, { ...known, agreed: first, agreements: [...known.agreements, one] });
    } else if (isFact(one, 'recovery given')) {
      // Who agreed first stands in another intake, which who asked may not read.
      if (known.agreed?.person !== one.person)
        all.set(id, { ...known, given: known.given ?? one, gifts: [...known.gifts, one] });
    } else if (isFact(one, 'recovery declined') && known.given === null)
      all.set(id, { ...known, declined: known.declined ?? one });
  }
  return all;
}

/** A custodian who is not the person that asked. */
const mayAnswer = ({ asked }: Recovery, one: Pick<Logged, 'person' | 'roles' | 'fact'>): boolean =>
  one.person !== asked.person && one.roles.includes(CUSTODIAN);

/** Whether a person may act on it now. */
export function waitsFor(
  recovery: Recovery,
  who: { readonly person: PersonId; readonly roles: readonly string[] },
  now: Millis,
): boolean {
  const { asked, agreed, given, declined } = recovery;
  const isOpen = given === null && declined === null && !isRecoveryOver(recovery, now);
  return isOpen && who.roles.includes(CUSTODIAN) && asked.person !== who.person && agreed?.person !== who.person;
}

export const isRecoveryOver = ({ asked, given, declined }: Recovery, now: Millis): boolean =>
  given === null && declined === null && now - (asked.relayTime ?? asked.time) > RECOVERY_LIVES;
