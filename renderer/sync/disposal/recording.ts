/**
 * The record of a disposal that was agreed: an area of its own, for everybody of our organisation who could read the case.
 * The computer that confirmed makes it, once the relay has ordered its word and no hold came before it: from then on every
 * computer learns from it what to destroy, however long it was away.
 */
import type { CaseId, DeviceId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import type { Grant } from '../../../shared/seal/area/chain.ts';
import { readRecord, valueOf } from '../../../shared/model/record.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { MOST_COUNTED } from '../../../shared/model/facts/disposing.ts';
import { samplesOf } from '../../../shared/model/work/measures/samples.ts';
import { allCases, areasOf, packagesOf } from '../cases/caseIndex.ts';
import { makeArea } from '../cases/makeArea.ts';
import { meAs } from '../cases/me.ts';
import { act, eventPiece } from '../cases/pieces.ts';
import { keepingView } from '../views/keeping.ts';
import { holdersOf } from '../cases/work/devices.ts';
import { workOf } from '../cases/work/folded.ts';
import { dayHere } from '../cases/work/where.ts';
import type { Session } from '../session.ts';
import { agreedOf, orderOf } from './orders.ts';
import { remainsOf } from './remains.ts';

type Asked = WorkState['disposals'][number];

/** Makes the records that this computer owes. One call at a time. */
export async function recordDue(session: Session): Promise<void> {
  for (const of of allCases(session)) {
    const state = workOf(session, of);
    const due = state.disposals.find((one) => isDue(session, of, state, one));
    if (due) await makeRecord(session, of, state, due);
  }
}

/** Agreed here, ordered by the relay wherever it was said, not overtaken by a hold, and not recorded yet. */
function isDue(session: Session, of: CaseId, { holds, closed }: WorkState, asked: Asked): boolean {
  const { facts, identity } = session;
  if (!asked.agreed || !closed || holds.some(({ lifted }) => lifted === null)) return false;
  const said = agreedOf(session, of, asked);
  if (said.length === 0 || said.some(({ n, device }) => n === null || device !== identity.device)) return false;
  return !facts.of('disposal recorded').some(({ fact }) => fact.id === asked.id);
}

async function makeRecord(session: Session, of: CaseId, state: WorkState, asked: Asked): Promise<void> {
  const { closed, retention } = state;
  const { identity, platform } = session;
  const order = orderOf(session, of, asked);
  const me = asked.agreed && meAs(session, asked.agreed.by.seat);
  if (!order || !me) return;
  const { area, piece } = await makeArea(session, {
    kind: 'disposal record',
    owner: identity.org,
    seats: seatsOf(session, of, me.seat),
    from: null,
  });
  const decided = retention.findLast(({ decision }) => decision === 'dispose');
  const fact = await eventPiece(session, area, {
    is: 'disposal recorded',
    id: asked.id,
    case: of,
    urn: await urnOf(session, of),
    outcome: closed?.outcome ?? '',
    retention: keepingView(session, of, state).class?.name ?? null,
    rationale: decided?.rationale ?? '',
    reason: asked.reason,
    asked: { by: asked.asked.by, at: asked.asked.at },
    order,
    devices: holdersOf(session, of)
      .filter(({ org }) => org === identity.org)
      .map(({ device, name }) => ({ device, name, heard: heardOf(session, device) })),
    remains: [...remainsOf(session, of)],
    counted: samplesOf({ packages: packagesOf(session, of), work: state }, dayHere).slice(0, MOST_COUNTED),
    by: me,
    at: platform.now(),
  });
  await act(session, [piece, fact]);
}

/** Everybody of ours who could read the case reads its record, and may say there what they did. */
function seatsOf(session: Session, of: CaseId, mine: Grant['seat']): Grant[] {
  const { log, identity } = session;
  const seats = new Set([mine]);
  for (const { area } of areasOf(session, of))
    for (const { seat, org } of log.replica(area).access?.seats.values() ?? [])
      if (org === identity.org) seats.add(seat);
  return [...seats].map((seat) => ({ seat, org: identity.org, role: seat === mine ? 'lead' : 'contributor' }));
}

async function urnOf(session: Session, of: CaseId): Promise<string | null> {
  for (const { area } of areasOf(session, of)) {
    const record = readRecord(session.docs.doc(area, await streamOf(session.platform, area, 'record')));
    const urn = record && valueOf(record.fields, 'urn');
    if (urn) return urn.slice(0, 60);
  }
  return null;
}

/** When the relay last took something of this computer's that is known here. */
export function heardOf({ facts }: Session, device: DeviceId): Millis | null {
  const times = facts.all().flatMap((one) => (one.device === device && one.relayTime !== null ? [one.relayTime] : []));
  return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
}
