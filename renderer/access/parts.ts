/** The parts of the Access section, in their order, and for whom each is: one list for its navigation and its screens. */
import type { AccessView } from '../../shared/ipc/access.ts';

export const PARTS = [
  { id: 'requests', title: 'Requests', for: 'everybody' },
  { id: 'recertification', title: 'Recertification', for: 'everybody' },
  { id: 'emergency', title: 'Emergency access', for: 'emergencies' },
  { id: 'people', title: 'People', for: 'everybody' },
  { id: 'posts', title: 'Posts', for: 'administrators' },
  { id: 'guests', title: 'Guests', for: 'everybody' },
  { id: 'computers', title: 'Computers', for: 'everybody' },
  { id: 'leavers', title: 'Leavers’ work', for: 'everybody' },
  { id: 'recovery', title: 'Recovery', for: 'recovery' },
  { id: 'late', title: 'Late work', for: 'everybody' },
  { id: 'movements', title: 'Joiners, movers, leavers', for: 'administrators' },
  { id: 'audit', title: 'Audit', for: 'auditors' },
] as const satisfies readonly {
  readonly id: string;
  readonly title: string;
  readonly for: 'everybody' | 'administrators' | 'auditors' | 'emergencies' | 'recovery';
}[];
export type AccessPart = (typeof PARTS)[number]['id'];

/** Whether a part is this person's. */
export function isFor(part: (typeof PARTS)[number], view: AccessView): boolean {
  const whom: string = part.for;
  if (whom === 'administrators') return view.administers;
  if (whom === 'recovery') return view.recovery;
  if (whom === 'emergencies') return view.emergencies;
  return whom === 'auditors' ? view.audits : true;
}
