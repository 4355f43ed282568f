/**
 * Bringing keys back by two custodians: asking, agreeing, taking. The first custodian's computer opens the outer boxes of what was
 * asked for and passes what is in them to the others; the second's opens that, and gives the keys to the post that asked, where
 * each is held against the chain. All of it travels by intakes, so that it needs nobody to be on line at once.
 */
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { CaseEvent } from '../../../../shared/model/events.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { Recovery } from '../../../../shared/model/access/recoveries.ts';
import { foldRecoveries, isRecoveryOpen, waitsFor } from '../../../../shared/model/access/recoveries.ts';
import { MOST_ASKED } from '../../../../shared/model/facts/recovery.ts';
import type { FactOf } from '../../../../shared/model/logged.ts';
import type { SeatId, WorkId } from '../../../../shared/primitives/ids.ts';
import { newId } from '../../../../shared/primitives/naming.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail } from '../../../../shared/primitives/result.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import {
  CUSTODIAN_ROLE,
  custodiansOf,
  custodySubject,
  openInner,
  openOuter,
} from '../../../../shared/seal/custodians.ts';
import { inTurn } from '../../cases/inTurn.ts';
import { meAmong, meAs } from '../../cases/me.ts';
import { act, intakePiece } from '../../cases/pieces.ts';
import type { Session } from '../../session.ts';
import { myRoles } from '../roles.ts';

type Done = Promise<Result<null, ActCause>>;
type Parts = FactOf<'recovery agreed'>['parts'];
type Keys = FactOf<'recovery given'>['keys'];

const folded = new WeakMap<Session, { revision: number; all: ReadonlyMap<WorkId, Recovery> }>();

/** Of one's own organisation alone: a partner can put into an intake what it likes. */
export function recoveries(session: Session): ReadonlyMap<WorkId, Recovery> {
  const { facts, identity } = session;
  const known = folded.get(session);
  if (known?.revision === facts.revision) return known.all;
  const kinds = [
    'recovery asked',
    'recovery agreed',
    'recovery given',
    'recovery declined',
    'recovery withdrawn',
  ] as const;
  const all = foldRecoveries(kinds.flatMap((is) => facts.of(is)).filter(({ org }) => org === identity.org));
  folded.set(session, { revision: facts.revision, all });
  return all;
}

/** Areas that this person's posts read and whose keys are not here: of each the epochs that are lacking. */
export function lackingKeys(session: Session): FactOf<'recovery asked'>['areas'] {
  const { directories, identity, keyring, log } = session;
  const own = directories.current(identity.org);
  if (!own) return [];
  return log.all().flatMap(({ state }) => {
    const { area, access } = state;
    if (access === null || roleIn(access, own, identity.device) === null) return [];
    const epochs = access.keys.map(({ epoch }) => epoch).filter((epoch) => keyring.areaKey(area, epoch) === null);
    return epochs.length === 0 ? [] : [{ area, epochs: epochs.slice(-50) }];
  });
}

const custodianSeats = ({ directories, identity }: Session): readonly SeatId[] => {
  const own = directories.current(identity.org);
  return own ? custodiansOf(own).map(({ seat }) => seat) : [];
};

const tell = (session: Session, seats: readonly SeatId[], fact: CaseEvent) =>
  Promise.all(
    seats.map((seat) => intakePiece(session, { org: session.identity.org, seat }, 'event', encodeFact(fact))),
  );

/** Whether this person's own request is still open: a second beside it would only split what custodians agree to. */
export const isAsked = (session: Session): boolean =>
  [...recoveries(session).values()].some(
    (one) => one.asked.person === session.identity.person && isRecoveryOpen(one, session.platform.now()),
  );

/** Takes one's own request back: the laptop was found, or somebody asked in one's name. */
export const withdrawRecovery = (session: Session, id: WorkId): Done =>
  inTurn(session, async () => {
    const { identity, platform } = session;
    const recovery = recoveries(session).get(id);
    const by = meAs(session);
    if (!recovery) return fail('not found');
    if (!by || recovery.asked.person !== identity.person) return fail('not allowed');
    if (!isRecoveryOpen(recovery, platform.now())) return fail('already done');
    const seats = new Set([...custodianSeats(session), recovery.asked.fact.by.seat]);
    const fact: CaseEvent = { is: 'recovery withdrawn', request: id, by, at: platform.now() };
    return act(session, await tell(session, [...seats], fact));
  });

export const askRecovery = (session: Session, why: string): Done => inTurn(session, () => askNow(session, why));

async function askNow(session: Session, why: string): Done {
  const by = meAs(session);
  const seats = custodianSeats(session);
  const areas = lackingKeys(session).slice(0, MOST_ASKED);
  if (!by) return fail('not allowed');
  if (why.trim() === '') return fail('malformed');
  if (seats.length < 2) return fail('nobody there');
  if (areas.length === 0 || isAsked(session)) return fail('already done');
  const { platform } = session;
  const id = newId<WorkId>(platform);
  const fact: CaseEvent = { is: 'recovery asked', id, areas, why: why.trim(), by, at: platform.now() };
  return act(session, await tell(session, [...new Set([...seats, by.seat])], fact));
}

/** This person's word as a custodian: the first passes on, the second gives. */
export const answerRecovery = (session: Session, id: WorkId, decline: string | null): Done =>
  inTurn(session, () => answerNow(session, id, decline));

async function answerNow(session: Session, id: WorkId, decline: string | null): Done {
  const { identity, link, platform } = session;
  const recovery = recoveries(session).get(id);
  if (!recovery) return fail('not found');
  const seats = custodianSeats(session);
  const by = meAmong(session, seats);
  const me = { person: identity.person, roles: myRoles(session) };
  if (!by) return fail('not allowed');
  if (!waitsFor(recovery, me, platform.now()))
    return fail(recovery.asked.person === identity.person ? 'own request' : 'already done');
  const asker = recovery.asked.fact.by.seat;
  const said = { request: id, by, at: platform.now() };
  const others = seats.filter((seat) => seat !== by.seat);
  if (decline !== null) {
    if (decline.trim() === '') return fail('malformed');
    const fact: CaseEvent = { is: 'recovery declined', ...said, why: decline.trim() };
    return act(session, await tell(session, [...new Set([...seats, asker])], fact));
  }
  if (recovery.agreed === null) {
    if (!link.open) return fail('offline');
    const parts = await openParts(session, recovery);
    if (parts === null) return fail('offline');
    if (parts.length === 0) return fail('not kept');
    const fact = { is: 'recovery agreed' as const, ...said };
    return act(session, [
      ...(await tell(session, others, { ...fact, parts })),
      ...(await tell(
        session,
        [...new Set([by.seat, asker])].filter((seat) => !others.includes(seat)),
        { ...fact, parts: [] },
      )),
    ]);
  }
  const keys = await openKeys(session, recovery);
  if (keys.length === 0) return fail('not kept');
  const found = new Set(keys.map(({ area, epoch }) => `${area} ${epoch}`));
  const { areas } = recovery.asked.fact;
  const whole = areas.filter(({ area, epochs }) => epochs.every((epoch) => found.has(`${area} ${epoch}`))).length;
  const fact = { is: 'recovery given' as const, whole, ...said };
  return act(session, [
    ...(await tell(session, [asker], { ...fact, keys })),
    ...(await tell(
      session,
      seats.filter((seat) => seat !== asker),
      { ...fact, keys: [] },
    )),
  ]);
}

/** What our own outer boxes of the areas that were asked for hold for the others; null where the relay went away in between: a part of it, agreed to, would be all that ever comes. */
async function openParts({ keyring, link, platform }: Session, { asked }: Recovery): Promise<Parts | null> {
  const parts: Parts = [];
  for (const { area, epochs } of asked.fact.areas) {
    for (const epoch of epochs) {
      const answer = await link.ask<'boxes'>({ t: 'boxes', subjects: [await custodySubject(platform, area, epoch)] });
      if (answer?.t !== 'boxes') return null;
      for (const box of answer.boxes) {
        const keys = keyring.seat(box.to, box.generation);
        const inner = keys ? await openOuter(keys, box) : [];
        for (const { subject, to, generation, sealed } of inner)
          if (parts.length < 4000) parts.push({ area, epoch, subject, to: to as SeatId, generation, sealed });
      }
    }
  }
  return parts;
}

/** The keys, from what the first custodian passed to this person's post. */
async function openKeys({ keyring, platform }: Session, { asked, agreements }: Recovery): Promise<Keys> {
  const found = new Map<string, Keys[number]>();
  const wanted = new Set(asked.fact.areas.flatMap(({ area, epochs }) => epochs.map((epoch) => `${area} ${epoch}`)));
  for (const { fact } of agreements) {
    for (const { area, epoch, ...box } of fact.parts) {
      const keys = keyring.seat(box.to, box.generation);
      if (!keys || found.has(`${area} ${epoch}`) || !wanted.has(`${area} ${epoch}`)) continue;
      const key = await openInner(platform, keys, { area, epoch, first: fact.by.seat }, box);
      if (key?.length === 32) found.set(`${area} ${epoch}`, { area, epoch, key });
    }
  }
  return [...found.values()];
}

/** Takes what was given to this person's post; each key is held against the chain's commitment. */
export async function takeRecovered(session: Session): Promise<void> {
  const { keyring, log, identity } = session;
  let taken = 0;
  for (const { asked, gifts } of recoveries(session).values()) {
    if (asked.person !== identity.person) continue;
    for (const { area, epoch, key } of gifts.flatMap(({ fact }) => fact.keys)) {
      const { access } = log.replica(area);
      if (access === null || keyring.areaKey(area, epoch) !== null) continue;
      if (await keyring.keepAreaKey(area, access, epoch, key)) taken += 1;
    }
  }
  if (taken === 0) return;
  log.keyCame();
  session.changed();
}

export const isCustodian = (session: Session): boolean => myRoles(session).includes(CUSTODIAN_ROLE);
