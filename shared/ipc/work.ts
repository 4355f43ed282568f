/**
 * The work on a case between the windows and the sync worker: what a person asks to be done, and the view of it. Who, when
 * and a thing's own id are added where it is written; so is what this computer knows better than a page (what lay before a
 * reviewer, which device destroyed what it held).
 */
import type { WorkFact } from '../model/facts/event.ts';
import type { Action } from '../model/work/permissions/actions.ts';
import type { WorkState } from '../model/work/state.ts';
import type { OrgId, PersonId } from '../primitives/ids.ts';

type Without<Fact, Key extends PropertyKey> = Fact extends unknown ? Omit<Fact, Key> : never;
/** Those of which this computer knows a part better than a page. */
type Completed = Extract<WorkFact, { is: 'review asked' | 'review given' | 'destroyed' }>;
export type WorkAct =
  | Without<Exclude<WorkFact, Completed>, 'by' | 'at' | 'id'>
  | Without<Completed, 'by' | 'at' | 'id' | 'about' | 'deviceName'>;

/** The work on a case, as this person sees it. */
export interface WorkView {
  readonly me: { readonly org: OrgId; readonly person: PersonId; readonly roles: readonly string[] };
  readonly state: WorkState;
  /** What roles, stage and an open or closed case let this person do. One's own work is judged with the thing itself. */
  readonly may: readonly Action[];
  /** Facts that a newer version of Joinder wrote: kept and passed on, not shown in `state`. */
  readonly newer: number;
}
