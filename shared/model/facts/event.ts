/** Every fact that an `event` entry can hold, in one schema; and those of the work on a case. */
import { z } from 'zod';
import { ACCESS } from './access.ts';
import { ACTIONS } from './actions.ts';
import { AGREEING } from './agreeing.ts';
import { CHECKING } from './checking.ts';
import { DECIDING } from './deciding.ts';
import { DISPOSING } from './disposing.ts';
import { EMERGENCIES } from './emergency.ts';
import { EXCHANGING } from './exchanging.ts';
import { GUESTS } from './guests.ts';
import { KEEPING } from './keeping.ts';
import { RECERTIFYING } from './recertifying.ts';
import { LATE_WORK } from './late.ts';
import { RECOVERY } from './recovery.ts';
import { REVIEWING } from './reviewing.ts';
import { SHARING } from './sharing.ts';
import { DISCLOSING } from './disclosing.ts';
import { TALKING } from './talking.ts';

const work = z.discriminatedUnion('is', [
  ...REVIEWING,
  ...ACTIONS,
  ...DECIDING,
  ...CHECKING,
  ...TALKING,
  ...AGREEING,
  ...KEEPING,
  ...EXCHANGING,
]);
export type WorkFact = z.infer<typeof work>;

export const event = z.discriminatedUnion('is', [
  ...SHARING,
  ...DISCLOSING,
  ...DISPOSING,
  ...ACCESS,
  ...GUESTS,
  ...RECERTIFYING,
  ...LATE_WORK,
  ...EMERGENCIES,
  ...RECOVERY,
  ...work.options,
]);
export type CaseEvent = z.infer<typeof event>;

const KINDS: ReadonlySet<string> = new Set(work.options.flatMap((one) => [...one.shape.is.values]));
/** Whether a fact is of the work on a case: what `shared/model/work` folds. */
export const isOfWork = (fact: { readonly is: string }): fact is WorkFact => KINDS.has(fact.is);
