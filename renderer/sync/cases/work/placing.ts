/**
 * Into which areas of a case a fact goes, as whom, and whether those who read there would take it. Nothing of sensitive
 * material, and no word about a file that was not given, goes where another organisation reads.
 */
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import type { WorkAct } from '../../../../shared/ipc/work.ts';
import type { WorkFact } from '../../../../shared/model/facts/event.ts';
import type { Party } from '../../../../shared/model/facts/parts.ts';
import type { Logged, RefusedWhy } from '../../../../shared/model/logged.ts';
import { inOneOrder } from '../../../../shared/model/logged.ts';
import { foldArea, wouldRefuse } from '../../../../shared/model/work/foldWork.ts';
import type { Place } from '../../../../shared/model/work/places.ts';
import { PLACES } from '../../../../shared/model/work/places.ts';
import { rolesOf } from '../../../../shared/seal/directory/directory.ts';
import type { Session } from '../../session.ts';
import type { CaseArea } from '../caseIndex.ts';
import { areaOf } from '../caseIndex.ts';
import { meAmong } from '../me.ts';

type Frozen =
  | Pick<Extract<WorkFact, { is: 'certified' }>, 'is' | 'schedule'>
  | Pick<Extract<WorkFact, { is: 'signed' }>, 'is' | 'item'>;

/** Whether a certificate or a signature may stand in the Case file: no sensitive schedule, and no statement before its file. */
export function isAtHome(session: Session, of: CaseId, fact: Frozen): boolean {
  if (fact.is === 'certified') return fact.schedule !== 'MG6D';
  const shared = areaOf(session, of, 'case file');
  return (
    shared !== null &&
    session.facts.inArea(shared.area).some((one) => one.fact.is === 'entered' && one.fact.file.item === fact.item)
  );
}

/** Where a fact goes that nobody placed. */
export function placeOf(session: Session, of: CaseId, what: WorkAct): Place {
  const isFrozen = what.is === 'certified' || what.is === 'signed';
  return isFrozen && areaOf(session, of, 'working papers') && !isAtHome(session, of, what) ? 'own' : PLACES[what.is];
}

/** The areas that a fact goes into; null where the Case file is known to be there and has not come to this computer yet. */
export function areasFor(session: Session, of: CaseId, place: Place): readonly CaseArea[] | null {
  const own = areaOf(session, of, 'working papers');
  const shared = areaOf(session, of, 'case file');
  const coming = own && !shared && session.facts.inArea(own.area).some(({ fact }) => fact.is === 'case file');
  if (coming && place !== 'own') return null;
  const wanted = place === 'both' ? [own, shared] : [place === 'own' ? (own ?? shared) : (shared ?? own)];
  return wanted.filter((area) => area !== null);
}

/** This person, in a post that the area is granted to. */
export const meIn = (session: Session, { area }: CaseArea): Party | null =>
  meAmong(session, session.log.replica(area).access?.seats.keys() ?? []);

/** Why readers of the area would refuse it from this person; null: they would not. */
export function refusal(
  { facts, identity, directories, platform }: Session,
  { area }: CaseArea,
  fact: WorkFact,
): RefusedWhy | null {
  const state = directories.current(identity.org);
  const logged: Logged = {
    fact,
    area,
    hash: '0'.repeat(64) as Logged['hash'],
    n: null,
    relayTime: null,
    time: platform.now(),
    org: identity.org,
    device: identity.device,
    person: identity.person,
    roles: state ? rolesOf(state, identity.device) : [],
    side: state?.sides.get(identity.org) ?? null,
  };
  return wouldRefuse(foldArea(inOneOrder(facts.inArea(area))), logged);
}
