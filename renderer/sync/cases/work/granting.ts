/**
 * Access for colleagues to whom work is given: who is asked for a review, handed a case or given a part in it can open it,
 * whichever post they act from. Found again from the facts on every cue, so that nothing is queued; the computer that gave
 * the work sees to it, on line and when nothing of its own waits there, because two changes of one access chain at once are
 * one too many. Only within one's own organisation.
 */
import type { AreaId, CaseId, SeatId } from '../../../../shared/primitives/ids.ts';
import type { Party } from '../../../../shared/model/facts/parts.ts';
import type { Logged } from '../../../../shared/model/logged.ts';
import { isFact } from '../../../../shared/model/logged.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import type { Role } from '../../../../shared/seal/area/chain.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import { denialIn } from '../../access/limitsOf.ts';
import { guestPlacesOf } from '../../guests/places.ts';
import type { Session } from '../../session.ts';
import { areasOf } from '../caseIndex.ts';
import { workOf } from './folded.ts';

interface Wanted {
  readonly seat: SeatId;
  readonly role: Role;
}

/** To whom a fact gives work, and what they need for it. */
function wantedBy({ fact }: Logged): { readonly to: Party; readonly role: Role } | null {
  if (fact.is === 'handed over') return { to: fact.to, role: 'lead' };
  if (fact.is === 'allocated') return { to: fact.to, role: 'contributor' };
  return fact.is === 'review asked' && fact.to ? { to: fact.to, role: 'contributor' } : null;
}

const granting = new WeakSet<Session>();
/** Places that were granted here and that the relay had not ordered yet: then the new ones need the area's key. */
const unkeyed = new WeakMap<Session, Set<string>>();

/** Grants what is missing. One call at a time. */
export async function grantDue(session: Session, cases: readonly CaseId[]): Promise<void> {
  if (granting.has(session) || !session.link.open) return;
  granting.add(session);
  try {
    for (const of of cases) await grantIn(session, of);
  } finally {
    granting.delete(session);
  }
}

async function grantIn(session: Session, of: CaseId): Promise<void> {
  const { facts, identity } = session;
  const areas = areasOf(session, of);
  const given = areas
    .flatMap(({ area }) => [...facts.inArea(area)])
    .filter(({ device }) => device === identity.device)
    .flatMap((logged) => {
      const wanted = wantedBy(logged);
      const { hash } = logged;
      return wanted?.to.org === identity.org
        ? [{ hash, at: timeOf(logged), seat: wanted.to.seat, role: wanted.role }]
        : [];
    });
  if (given.length === 0) return;
  const ended = endedIn(session, of);
  const refused = new Set(workOf(session, of).refused.map(({ hash }) => hash));
  for (const { area } of [...areas, ...guestPlacesOf(session, of)])
    for (const wanted of given)
      if (!refused.has(wanted.hash) && wanted.at > (ended.get(wanted.seat) ?? -1)) await grant(session, area, wanted);
}

const timeOf = ({ relayTime, time }: Logged): number => relayTime ?? time;

/** When somebody last ended the access of each post: work that was given before gives it no more. What a rule ended, it denies while it stands. */
function endedIn(session: Session, of: CaseId): ReadonlyMap<SeatId, number> {
  const ended = new Map<SeatId, number>();
  for (const logged of areasOf(session, of).flatMap(({ area }) => session.facts.inArea(area)))
    if (isFact(logged, 'access ended') && logged.fact.rule === undefined)
      ended.set(logged.fact.seat, Math.max(ended.get(logged.fact.seat) ?? 0, timeOf(logged)));
  return ended;
}

async function grant(session: Session, area: AreaId, { seat, role }: Wanted): Promise<void> {
  const { log, directories, identity, platform, db } = session;
  const access = log.replica(area).state.access;
  const own = directories.current(identity.org);
  const known = access?.seats.get(seat);
  const enough = known && (known.role === 'lead' || role !== 'lead');
  if (enough && unkeyed.get(session)?.delete(`${area} ${seat}`)) await session.boxKeeper.look();
  if (denialIn(session, area, seat) !== null) return;
  if (!access || !own?.posts.has(seat) || enough || roleIn(access, own, identity.device) !== 'lead') return;
  if ((await db.outbox.where('area').equals(area).count()) > 0) return;
  const stream = await streamOf(platform, area, 'chain');
  const op = { op: 'grant' as const, seats: [{ seat, org: identity.org, role }] };
  const written = await log.writer.write([{ area, stream, kind: 'chain', op, boxes: [] }]);
  if (written.ok) unkeyed.set(session, (unkeyed.get(session) ?? new Set()).add(`${area} ${seat}`));
}
