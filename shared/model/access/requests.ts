/**
 * Requests for access, folded from the intakes: who asked for what and why, who answered, what has expired. Only a holder of
 * the post that was asked answers, never who asked; the first answer stands. Expiry follows from the day, and changes no fact.
 */
import type { WorkId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import { DAY } from '../../primitives/units.ts';
import type { FactOf, Logged } from '../logged.ts';
import { inOneOrder, isFact } from '../logged.ts';
import { isManager } from './limits.ts';

/** Unanswered for so long, it is put before its readers again. */
export const REMIND_AFTER = 3 * DAY;
/** Unanswered for so long, it is over. */
export const ASK_LIVES = 14 * DAY;

export interface AccessRequest {
  readonly asked: FactOf<'access asked'>;
  readonly at: Millis;
  /** The line manager's approval, where the request needs one. */
  readonly endorsed: (FactOf<'access decided'> & { readonly time: Millis }) | null;
  readonly answer: (FactOf<'access decided'> & { readonly time: Millis }) | null;
}

/** Every request, by its id, oldest first. `facts` may hold each of them twice: it stands in two intakes. */
export function foldRequests(facts: readonly Logged[]): ReadonlyMap<WorkId, AccessRequest> {
  const requests = new Map<WorkId, AccessRequest>();
  const ordered = inOneOrder(facts);
  for (const logged of ordered) {
    if (!isFact(logged, 'access asked') || requests.has(logged.fact.id)) continue;
    requests.set(logged.fact.id, {
      asked: logged.fact,
      at: logged.relayTime ?? logged.time,
      endorsed: null,
      answer: null,
    });
  }
  for (const logged of ordered) {
    const request = isFact(logged, 'access decided') ? requests.get(logged.fact.request) : undefined;
    if (!request || request.answer !== null || !isFact(logged, 'access decided')) continue;
    const time = logged.relayTime ?? logged.time;
    if (!mayAnswer(request, logged) || time - request.at > ASK_LIVES) continue;
    const said = { ...logged.fact, time };
    const isEndorsed = said.decision === 'endorsed';
    requests.set(request.asked.id, isEndorsed ? { ...request, endorsed: said } : { ...request, answer: said });
  }
  return requests;
}

/** Whether an answer is its writer's to give: the asker takes back, the others of the post that was asked decide. */
export function mayAnswer(
  request: Pick<AccessRequest, 'asked' | 'endorsed'>,
  {
    fact,
    org,
    person,
    seats,
    roles,
  }: Pick<Logged<FactOf<'access decided'>>, 'fact' | 'org' | 'person' | 'seats' | 'roles'>,
): boolean {
  const { asked } = request;
  if (org !== asked.by.org) return false;
  if (fact.decision === 'taken back') return person === asked.by.person;
  if (person === asked.by.person) return false;
  const manages = isLineManager(asked, { person, roles, ...(seats && { seats }) });
  if (fact.decision === 'endorsed') return manages && request.endorsed === null;
  if (fact.decision === 'declined' && manages && request.endorsed === null) return true;
  const isReady = !needsEndorsing(asked) || request.endorsed !== null || fact.decision === 'declined';
  return isReady && seats?.includes(asked.to.seat) === true;
}

/** Whether the line manager's approval comes before the lead's. */
export const needsEndorsing = ({ manager }: FactOf<'access asked'>): boolean => (manager ?? null) !== null;

/** The person who is named; where none is, a holder of the post that manages. */
export function isLineManager(
  { manager }: FactOf<'access asked'>,
  { person, seats, roles }: Pick<Logged, 'person' | 'seats' | 'roles'>,
): boolean {
  if (!manager) return false;
  if (manager.person !== null) return person === manager.person;
  return seats?.includes(manager.seat) === true && isManager(roles);
}

export const isExpired = ({ at, answer }: AccessRequest, now: Millis): boolean =>
  answer === null && now - at > ASK_LIVES;
