/**
 * The state of the work on a case, from the facts of its areas: a pure fold over facts in the one order, that lets count
 * what the permissions allow and names the rest. Each area is judged by itself, since not everybody who reads one reads
 * the others; then what they hold is put together.
 */
import type { AreaId, Hash, PersonId } from '../../primitives/ids.ts';
import { assertNever } from '../../primitives/result.ts';
import { mayLimit } from '../access/limits.ts';
import { isOfWork } from '../facts/event.ts';
import type { Logged, Refused, RefusedWhy } from '../logged.ts';
import { inOneOrder, isFact, isOwnWord } from '../logged.ts';
import { takeAction } from './fold/actions.ts';
import { takeAgreement } from './fold/agreeing.ts';
import { takeCertificate, takeDecision, takeFiled, takeSignature, takeStage } from './fold/deciding.ts';
import type { Draft, Verdict, Work } from './fold/draft.ts';
import { emptyWork } from './fold/draft.ts';
import { judgeWork, noteSide } from './fold/judge.ts';
import { takeClosing, takeDisposal, takeHold, takeRetention } from './fold/keeping.ts';
import { joinWork } from './fold/join.ts';
import { takeAllocation, takeHandover, takeReview } from './fold/reviewing.ts';
import { takeChecking, takeMessage, takeRead } from './fold/talking.ts';
import { actionOf } from './permissions/actionOf.ts';
import type { Denied, PermissionTable } from './permissions/table.ts';
import { DEFAULT_PERMISSIONS } from './permissions/table.ts';
import type { WorkState } from './state.ts';

/** Every kind of the work, to the part that folds it. */
function take(draft: Draft, logged: Work): Verdict {
  const { fact } = logged;
  switch (fact.is) {
    case 'review asked':
    case 'review withdrawn':
    case 'review given':
      return takeReview(draft, logged as Work<typeof fact.is>);
    case 'handed over':
      return takeHandover(draft, logged as Work<typeof fact.is>);
    case 'allocated':
      return takeAllocation(draft, logged as Work<typeof fact.is>);
    case 'action raised':
    case 'action due':
    case 'action answered':
    case 'action closed':
      return takeAction(draft, logged as Work<typeof fact.is>);
    case 'decided':
      return takeDecision(draft, logged as Work<typeof fact.is>);
    case 'certified':
      return takeCertificate(draft, logged as Work<typeof fact.is>);
    case 'signed':
      return takeSignature(draft, logged as Work<typeof fact.is>);
    case 'staged':
      return takeStage(draft, logged as Work<typeof fact.is>);
    case 'answered':
    case 'deadline set':
    case 'released anyway':
    case 'conflict settled':
      return takeChecking(draft, logged as Work<typeof fact.is>);
    case 'message':
      return takeMessage(draft, logged as Work<typeof fact.is>);
    case 'read':
      return takeRead(draft, logged as Work<typeof fact.is>);
    case 'agreement offered':
    case 'agreement accepted':
    case 'agreement declined':
    case 'agreement withdrawn':
      return takeAgreement(draft, logged as Work<typeof fact.is>);
    case 'closed':
    case 'reopened':
      return takeClosing(draft, logged as Work<typeof fact.is>);
    case 'held':
    case 'hold lifted':
      return takeHold(draft, logged as Work<typeof fact.is>);
    case 'retention reviewed':
      return takeRetention(draft, logged as Work<typeof fact.is>);
    case 'disposal asked':
    case 'disposal agreed':
    case 'disposal refused':
    case 'destroyed':
      return takeDisposal(draft, logged as Work<typeof fact.is>);
    case 'case exported':
    case 'case imported':
      return null; // on record, and changes nothing
    default:
      return assertNever(fact);
  }
}

/** Why a fact would not count if it came next; null: it would. The draft is not used afterwards. */
export function wouldRefuse(draft: Draft, logged: Logged): RefusedWhy | null {
  noteSide(draft, logged);
  return (isWork(logged) ? judge(draft, logged) : judgeFiled(draft, logged))?.why ?? null;
}

const isWork = (logged: Logged): logged is Work => isOfWork(logged.fact);

/** One area's facts, in their order. */
export function foldArea(ordered: readonly Logged[]): Draft {
  const begun = ordered.find((logged) => isFact(logged, 'case') && isOwnWord(logged));
  const kind = begun && isFact(begun, 'case') ? begun.fact.kind : undefined;
  const draft: Draft = {
    state: emptyWork(kind),
    sides: new Map(),
    table: DEFAULT_PERMISSIONS,
    tables: new Map(),
    closedAt: null,
    late: [],
  };
  const barred = new Set<PersonId>();
  for (const logged of ordered) {
    if (!isOwnWord(logged)) continue; // refused before it gets here
    noteBar(barred, logged);
    noteSide(draft, logged);
    if (isFact(logged, 'case')) draft.state.holder ??= logged.fact.by;
    const { hash, org, person } = logged;
    const outside = barred.has(person) && (isWork(logged) || isFiled(logged));
    const refused: Why | null = outside
      ? { hash, org, why: 'barred', action: null }
      : isWork(logged)
        ? judge(draft, logged)
        : judgeFiled(draft, logged);
    if (refused) draft.state.refused.push({ ...refused, at: logged.relayTime ?? logged.time });
    if (isFact(logged, 'reopened') && refused === null) takeLate(draft);
  }
  return draft;
}

/** What somebody writes who is barred from the case counts for nothing, until the bar is lifted. */
function noteBar(barred: Set<PersonId>, logged: Logged): void {
  if (!mayLimit(logged)) return;
  if (isFact(logged, 'barred')) barred.add(logged.fact.person);
  if (isFact(logged, 'bar lifted')) barred.delete(logged.fact.person);
}

const isFiled = (logged: Logged): boolean => isFact(logged, 'added') || isFact(logged, 'entered');

/** A case that is open again has what was filed while it was closed. */
function takeLate(draft: Draft): void {
  for (const logged of draft.late.splice(0)) {
    const why = takeFiled(draft, logged);
    const { hash, org, relayTime, time } = logged;
    if (why) draft.state.refused.push({ hash, org, why, action: null, at: relayTime ?? time });
  }
}

const DENIED: Readonly<Record<Denied, RefusedWhy>> = {
  role: 'not permitted',
  own: 'own work',
  stage: 'not at this stage',
  closed: 'case closed',
  'not closed': 'case open',
};

type Why = Pick<Refused, 'hash' | 'org' | 'why'> & { action: string | null };

function judge(draft: Draft, logged: Work): Why | null {
  const { hash, org } = logged;
  const action = actionOf(logged.fact);
  const denied = action && judgeWork(draft, logged, action);
  if (denied) return { hash, org, why: DENIED[denied], action };
  const why = take(draft, logged);
  return why && { hash, org, why, action };
}

function judgeFiled(draft: Draft, logged: Logged): Why | null {
  if (!isFact(logged, 'added') && !isFact(logged, 'entered')) return null;
  if (draft.state.closed) {
    draft.late.push(logged);
    return null;
  }
  const why = takeFiled(draft, logged);
  return why && { hash: logged.hash, org: logged.org, why, action: null };
}

/** The facts of each area, in the one order. */
function byArea(facts: readonly Logged[]): readonly (readonly Logged[])[] {
  const areas = new Map<AreaId, Logged[]>();
  for (const logged of inOneOrder(facts)) {
    const area = areas.get(logged.area);
    if (area) area.push(logged);
    else areas.set(logged.area, [logged]);
  }
  return [...areas.values()];
}

/** The work on a case, from all facts of its areas, in whatever order they came. */
export const foldWork = (facts: readonly Logged[]): WorkState => foldAreas(facts).state;

/** The same, and the permissions in force in the area that was begun last: where both organisations work, once there is one. */
export function foldAreas(facts: readonly Logged[]): { readonly state: WorkState; readonly table: PermissionTable } {
  const drafts = byArea(facts).map(foldArea);
  return { state: joinWork(drafts.map(({ state }) => state)), table: drafts.at(-1)?.table ?? DEFAULT_PERMISSIONS };
}

const closes = (facts: readonly Logged[]): boolean => facts.some((logged) => isFact(logged, 'closed'));

/** Files of a case that do not count while it is closed. */
export const lateFiles = (facts: readonly Logged[]): ReadonlySet<Hash> =>
  new Set(closes(facts) ? byArea(facts).flatMap((inArea) => foldArea(inArea).late.map(({ hash }) => hash)) : []);

/** The place in an area's order from which on its texts stand still, because the case was closed there; null: they do not. */
export const closedAt = (inArea: readonly Logged[]): number | null =>
  closes(inArea) ? foldArea(inOneOrder(inArea)).closedAt : null;
