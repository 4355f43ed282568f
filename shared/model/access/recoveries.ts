/**
 * Recovery by custodians, folded from the intakes: who asked and why, who agreed first, who gave, who declined. Two different people
 * act, neither of them who asked, each from a post that had the role when they wrote. One that nobody answers is over after a while;
 * one that who asked took back is over at once, and what is given after counts for nothing.
 */
import type { PersonId, WorkId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import { DAY } from '../../primitives/units.ts';
import type { FactOf, Logged } from '../logged.ts';
import { inOneOrder, isFact } from '../logged.ts';

const CUSTODIAN = 'custodian';
/** Unanswered for so long, it is over. */
export const RECOVERY_LIVES: Millis = 14 * DAY;

type Answer<Is extends 'recovery agreed' | 'recovery given' | 'recovery declined' | 'recovery withdrawn'> = Logged<
  FactOf<Is>
>;

export interface Recovery {
  readonly asked: Logged<FactOf<'recovery asked'>>;
  readonly agreed: Answer<'recovery agreed'> | null;
  /** What the first said to each intake; parts stand in those of the custodians. */
  readonly agreements: readonly Answer<'recovery agreed'>[];
  readonly given: Answer<'recovery given'> | null;
  readonly gifts: readonly Answer<'recovery given'>[];
  readonly declined: Answer<'recovery declined'> | null;
  readonly withdrawn: Answer<'recovery withdrawn'> | null;
}

const UNANSWERED = {
  agreed: null,
  agreements: [],
  given: null,
  gifts: [],
  declined: null,
  withdrawn: null,
} as const satisfies Omit<Recovery, 'asked'>;

/** Every request, by its id, oldest first. `facts`: of one's own organisation alone; each may stand in several intakes. */
export function foldRecoveries(facts: readonly Logged[]): ReadonlyMap<WorkId, Recovery> {
  const all = new Map<WorkId, Recovery>();
  const ordered = inOneOrder(facts);
  for (const one of ordered)
    if (isFact(one, 'recovery asked') && !all.has(one.fact.id) && one.fact.by.person === one.person)
      all.set(one.fact.id, { asked: one, ...UNANSWERED });
  for (const one of ordered) {
    const { fact } = one;
    const known = 'request' in fact && fact.request !== null ? all.get(fact.request) : undefined;
    if (!known || known.withdrawn !== null) continue;
    const { id } = known.asked.fact;
    if (isFact(one, 'recovery withdrawn')) {
      if (one.person === known.asked.person && known.given === null) all.set(id, { ...known, withdrawn: one });
      continue;
    }
    if (!mayAnswer(known, one)) continue;
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
  const { asked, agreed } = recovery;
  return (
    isRecoveryOpen(recovery, now) &&
    who.roles.includes(CUSTODIAN) &&
    asked.person !== who.person &&
    agreed?.person !== who.person
  );
}

const isUnanswered = ({ given, declined, withdrawn }: Recovery): boolean =>
  given === null && declined === null && withdrawn === null;

/** Whether nobody answered in time. */
export const isRecoveryOver = (recovery: Recovery, now: Millis): boolean =>
  isUnanswered(recovery) && now - (recovery.asked.relayTime ?? recovery.asked.time) > RECOVERY_LIVES;

/** Whether it still waits for a custodian. */
export const isRecoveryOpen = (recovery: Recovery, now: Millis): boolean =>
  isUnanswered(recovery) && !isRecoveryOver(recovery, now);

/** Of how many places every key that was asked for was given; null: nothing was, or by a version that did not say. */
export function wholeGiven({ asked, given, gifts }: Recovery): number | null {
  if (given === null) return null;
  const came = new Set(gifts.flatMap(({ fact }) => fact.keys.map(({ area, epoch }) => `${area} ${epoch}`)));
  if (came.size === 0) return given.fact.whole ?? null; // a custodian is told how many, and given none
  return asked.fact.areas.filter(({ area, epochs }) => epochs.every((epoch) => came.has(`${area} ${epoch}`))).length;
}
