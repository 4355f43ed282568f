/** What a fold of the work writes in while it goes through the facts of one area in their order. */
import type { OrgId, WorkId } from '../../../primitives/ids.ts';
import type { WorkFact } from '../../facts/event.ts';
import type { Stage } from '../../formats/stages.ts';
import type { CaseKind } from '../../facts/parts.ts';
import type { FactOf, Logged, RefusedWhy } from '../../logged.ts';
import type { Side } from '../../roles.ts';
import type { PermissionTable } from '../permissions/table.ts';
import type { Said, WorkState } from '../state.ts';

export interface Draft {
  readonly state: WorkState;
  /** The side that each organisation is on: what its directory said first, or what the first of its roles speaks for. None works on both. */
  readonly sides: Map<OrgId, Side>;
  /** By which acts are judged from here on. */
  table: PermissionTable;
  /** Those that came with an agreement, by its id. */
  readonly tables: Map<WorkId, PermissionTable>;
  /** The place of the closing in force; null: the case is open here, or the relay has not ordered its closing yet. */
  closedAt: number | null;
  /** Files that were filed while it was closed: they count once it is reopened, and not before. */
  late: Filed[];
}

/** A file as it was added to, or entered in, a place of a case. */
export type Filed = Logged<FactOf<'added' | 'entered'>>;

/** A fact of some kinds of the work, as logged. */
export type Work<Is extends WorkFact['is'] = WorkFact['is']> = Logged<Extract<WorkFact, { is: Is }>>;
/** Why a fact cannot count; null: it was taken. */
export type Verdict = RefusedWhy | null;

const FIRST_STAGE: Readonly<Record<CaseKind, Stage>> = {
  charging: 'charging',
  enquiry: 'charging',
  'first hearing': 'ngap',
  trial: 'trial',
};

export const emptyWork = (kind: CaseKind = 'charging'): WorkState => ({
  stage: { stage: FIRST_STAGE[kind], moves: [] },
  holder: null,
  handovers: [],
  allocations: [],
  reviews: [],
  actions: [],
  decisions: [],
  certificates: [],
  signatures: [],
  answers: {},
  deadlines: [],
  releasedAnyway: [],
  settled: [],
  messages: [],
  agreements: [],
  closed: null,
  closings: [],
  holds: [],
  retention: [],
  disposals: [],
  refused: [],
});

export const saidIn = ({ fact, hash }: Work): Said => ({ by: fact.by, at: fact.at, entry: hash });
/** The same with the reason given. */
export const saidWhy = (logged: Work, reason: string): Said & { reason: string } => ({ ...saidIn(logged), reason });

const indexes = new WeakMap<object, { readonly byId: Map<string, unknown>; read: number }>();

/** The thing of this id. Lists are only appended to while they are folded, so that each entry is indexed once. */
export function byId<T extends { id: string }>(list: readonly T[], id: string): T | undefined {
  const index = indexes.get(list) ?? { byId: new Map<string, unknown>(), read: 0 };
  if (index.read === 0) indexes.set(list, index);
  for (; index.read < list.length; index.read++) {
    const one = list[index.read];
    if (one) index.byId.set(one.id, one);
  }
  return index.byId.get(id) as T | undefined; // put there from this very list
}
