/**
 * What one can do to a case, as the permission table names it: a fact's own word, but where what it says makes it another
 * act (a review signed off or sent back; a decision by police or prosecutor).
 */
import type { AnyFact } from '../../logged.ts';
import type { WorkFact } from '../../facts/event.ts';

const SHARING = ['added', 'released', 'withdrawn', 'dropped', 'accepted', 'returned'] as const;
const WORK = [
  'review asked',
  'review withdrawn',
  'signed off',
  'sent back',
  'handed over',
  'allocated',
  'action raised',
  'action due',
  'action answered',
  'action closed',
  'decided',
  'decided by police',
  'certified',
  'signed',
  'staged',
  'answered',
  'released anyway',
  'conflict settled',
  'message',
  'read',
  'agreement offered',
  'agreement accepted',
  'agreement declined',
  'closed',
  'reopened',
  'held',
  'hold lifted',
  'retention reviewed',
  'disposal asked',
  'disposal agreed',
  'disposal refused',
  'destroyed',
] as const;
export const ACTIONS = [...SHARING, ...WORK] as const;
export type Action = (typeof ACTIONS)[number];

type Plain = Exclude<WorkFact['is'], 'review given'>;
const isPlain = (is: string): is is Plain & Action => (ACTIONS as readonly string[]).includes(is);

/** The act that a fact of the work is; null where it is none that anybody needs leave for. */
export function actionOf(fact: AnyFact): Action | null {
  if (fact.is === 'review given') return fact.outcome;
  if (fact.is === 'decided') return fact.route === 'police' ? 'decided by police' : 'decided';
  return isPlain(fact.is) ? fact.is : null;
}
