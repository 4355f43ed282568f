/**
 * Emergencies end. At their limit a colleague's computer writes it into the chain, and the area gets another key by that; where a
 * bar speaks against the person, at once. On the computer that it was for, keys, log and files of the area go when the time is
 * over by its own clock, on line or not. Found again on every cue, so that nothing is queued.
 */
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { FactOf } from '../../../../shared/model/logged.ts';
import type { AreaId, CaseId, DeviceId, Hash } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail } from '../../../../shared/primitives/result.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { SECOND } from '../../../../shared/primitives/units.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { emergencyAt, hashReason } from '../../../../shared/seal/area/emergency.ts';
import type { DirectoryState } from '../../../../shared/seal/directory/directory.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import { areasOf } from '../../cases/caseIndex.ts';
import { contentsIn } from '../../cases/import/leftovers.ts';
import { inTurn } from '../../cases/inTurn.ts';
import { forgetLooks } from '../../cases/looks.ts';
import { act } from '../../cases/pieces.ts';
import { forgetSnapshot } from '../../cases/snapshotOf.ts';
import { forgetFolded } from '../../cases/work/folded.ts';
import type { Desktop } from '../../desktop.ts';
import type { AreaReplica } from '../../log/areaReplica.ts';
import { isOver } from '../../log/farewell.ts';
import type { Session } from '../../session.ts';
import { denialInEmergency, isProven, prove } from './standing.ts';

/** What each computer has, in the order of their ids, before the next does it in its place. */
const EACH: Millis = 2 * SECOND;
const noticed = new WeakMap<Session, Map<AreaId, Millis>>();
const asked = new WeakMap<Session, Map<AreaId, Hash>>();

/** All that follows by itself: reasons are checked, keys given, what is over is ended, and let go here. */
export async function keepEmergencies(desktop: Desktop): Promise<void> {
  const { session } = desktop;
  if (session.facts.of('emergency').length === 0 && !anyStands(session)) return;
  await proveReasons(session);
  await letGoHere(desktop);
  if (!session.link.open || !anyStands(session)) return;
  await session.boxKeeper.look();
  await inTurn(session, () => endDue(session));
}

const anyStands = ({ log }: Session): boolean =>
  log.all().some(({ state }) => (state.access?.emergencies.size ?? 0) > 0);

async function proveReasons({ facts, platform }: Session): Promise<void> {
  for (const { hash, fact } of facts.of('emergency'))
    if (!isProven(facts, hash) && (await hashReason(platform, fact.salt, fact.why)) === fact.reason) prove(facts, hash);
}

async function endDue(session: Session): Promise<void> {
  const own = session.directories.current(session.identity.org);
  if (own === null) return;
  for (const replica of session.log.all()) {
    const due = replica.lie === null ? dueIn(session, own, replica) : [];
    if (due.length === 0) noticed.get(session)?.delete(replica.state.area);
    else if (isOurTurn(session, own, replica)) await end(session, replica, due);
  }
}

/** Devices of ours whose emergency is over, or is not to be. */
function dueIn(session: Session, own: DirectoryState, { state }: AreaReplica): readonly DeviceId[] {
  const { access, area } = state;
  if (access === null) return [];
  return [...access.emergencies.values()]
    .filter(({ org }) => org === own.org)
    .filter(
      ({ device }) =>
        emergencyAt(access, own, device, session.platform.now()) === null ||
        denialInEmergency(session, area, device) !== null,
    )
    .map(({ device }) => device);
}

const writes = ({ state }: AreaReplica, own: DirectoryState, device: DeviceId): boolean => {
  const role = state.access && roleIn(state.access, own, device);
  return role === 'lead' || role === 'contributor';
};

function isOurTurn(session: Session, own: DirectoryState, replica: AreaReplica): boolean {
  const { device } = session.identity;
  if (!writes(replica, own, device)) return false;
  const since = noticed.get(session) ?? new Map<AreaId, Millis>();
  noticed.set(session, since);
  const now = session.platform.now();
  const first = since.get(replica.state.area) ?? now;
  since.set(replica.state.area, first);
  const all = [...own.devices.keys()].filter((one) => writes(replica, own, one)).toSorted();
  return now - first >= all.indexOf(device) * EACH;
}

async function end(session: Session, { state }: AreaReplica, devices: readonly DeviceId[]): Promise<void> {
  const { area, access } = state;
  const before = asked.get(session) ?? new Map<AreaId, Hash>();
  asked.set(session, before);
  const stream = await streamOf(session.platform, area, 'chain');
  if (access === null || before.get(area) === access.head) return; // asked for upon this very head
  if ((await session.db.outbox.where('[area+stream]').equals([area, stream]).count()) > 0) return;
  const op = { op: 'emergency over' as const, devices };
  if ((await act(session, [{ area, stream, kind: 'chain', op, boxes: [] }])).ok) before.set(area, access.head);
}

/** Ends one before its time. */
export const endEmergency = (session: Session, of: CaseId, reason: Hash): Promise<Result<null, ActCause>> =>
  inTurn(session, () => endNow(session, of, reason));

async function endNow(session: Session, of: CaseId, reason: Hash): Promise<Result<null, ActCause>> {
  const { identity, link, log, platform } = session;
  if (!link.open) return fail('offline');
  const own = session.directories.current(identity.org);
  const replicas = areasOf(session, of).map(({ area }) => log.replica(area));
  const pieces = [];
  for (const replica of replicas) {
    const { area, access } = replica.state;
    const one = [...(access?.emergencies.values() ?? [])].find((held) => held.reason === reason);
    if (!one || !own) continue;
    if (one.device !== identity.device && !writes(replica, own, identity.device)) return fail('not allowed');
    const op = { op: 'emergency over' as const, devices: [one.device] };
    pieces.push({ area, stream: await streamOf(platform, area, 'chain'), kind: 'chain' as const, op, boxes: [] });
  }
  return pieces.length === 0 ? fail('already done') : act(session, pieces);
}

/** Areas that this computer read in an emergency alone, and may not any more: nothing of them stays readable here. */
async function letGoHere(desktop: Desktop): Promise<void> {
  const { session } = desktop;
  const { facts, identity, log } = session;
  const mine = facts.of('emergency').filter(({ device }) => device === identity.device);
  for (const { fact } of mine) {
    for (const area of fact.areas) {
      const replica = log.replica(area);
      // With the area its outbox goes, and in that may be the next entry that asks for it.
      const isAsked = mine.some((one) => one.fact.areas.includes(area) && isOnItsWay(session, one.fact, replica));
      if (!isAsked && replica.row.n > 0 && isOver(session, replica)) await letGo(desktop, fact.case, area);
    }
  }
}

/** Asked for, and not seen in the order yet. */
const isOnItsWay = ({ platform }: Session, { until, reason }: FactOf<'emergency'>, { history }: AreaReplica): boolean =>
  platform.now() < until && !history.emergencies.some((one) => one.reason === reason);

async function letGo({ session, moving }: Desktop, of: CaseId, area: AreaId): Promise<void> {
  const { facts, docs, evidence, log } = session;
  const goes = facts.inArea(area).flatMap(({ fact }) => contentsIn(fact));
  const needed = facts
    .all()
    .filter((one) => one.area !== area)
    .flatMap(({ fact }) => contentsIn(fact));
  // What was fetched goes first: its keys are found through the area alone.
  if (goes.length > 0 && (await evidence.destroy(goes, needed)).left > 0) return;
  const kept = new Set(needed.map(({ version }) => version));
  await docs.forget(area);
  await log.forgetting.letGo([area]);
  facts.forgetArea(area);
  await moving.forget(new Set(goes.map(({ version }) => version).filter((version) => !kept.has(version))));
  await forgetLooks(session, of);
  forgetSnapshot(session, of);
  forgetFolded(session, of);
  session.changed();
}
