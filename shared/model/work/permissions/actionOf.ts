/**
 * Which act a fact is: its own word, but where what it says makes it another (a review signed off or sent back; a decision
 * by police or prosecutor), or where it undoes one (an offer taken back).
 */
import type { WorkFact } from '../../facts/event.ts';
import type { AnyFact } from '../../logged.ts';
import type { Action } from './actions.ts';
import { ACTIONS } from './actions.ts';

type Plain = Exclude<WorkFact['is'], 'review given' | 'agreement withdrawn'>;
const isPlain = (is: string): is is Plain & Action => (ACTIONS as readonly string[]).includes(is);

/** The act that a fact of the work is; null where it is none that anybody needs leave for. */
export function actionOf(fact: AnyFact): Action | null {
  if (fact.is === 'review given') return fact.outcome;
  if (fact.is === 'decided') return fact.route === 'police' ? 'decided by police' : 'decided';
  // Who may offer may take it back; tables that came with an agreement know no other act for it.
  if (fact.is === 'agreement withdrawn') return 'agreement offered';
  return isPlain(fact.is) ? fact.is : null;
}
