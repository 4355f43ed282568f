/**
 * Ends what the written rules deny (a bar on who holds a post, a unit, an attribute, a last day that is over), and what a
 * recertification removes: a lead's computer takes the post out of the chains, and the next key is made without it. Found again
 * from facts and chains on every cue, so that nothing is queued; on line only, since two changes of one chain are one too many.
 */
import type { AreaId, DeviceId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { Denial } from '../../../shared/model/access/limits.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { areaOf } from '../cases/caseIndex.ts';
import { inTurn } from '../cases/inTurn.ts';
import { meAmong } from '../cases/me.ts';
import { act, eventPiece } from '../cases/pieces.ts';
import type { Piece } from '../log/writer.ts';
import type { Session } from '../session.ts';
import { grantingsIn } from './histories.ts';
import { caseOf, denialIn } from './limitsOf.ts';
import { hasMarkings } from './markings.ts';
import { postName } from './postName.ts';
import type { Removed } from './recertification/removing.ts';
import { removedByReview } from './recertification/removing.ts';

/** What each lead's computer has, in the order of their ids, before the next does it in its place. */
const EACH: Millis = 2 * SECOND;

/** A post that goes, and the sentence that stays on record. `rule`: which rule of the case denies it. */
interface Ended extends Removed {
  readonly rule?: Denial['rule'];
}

/** Of a reason on record. */
const LONGEST = 4000;

const noticed = new WeakMap<Session, Map<AreaId, Millis>>();
const looked = new WeakMap<Session, string>();

/** Takes out what is denied, as far as it is for this computer to do. */
export function endDenied(session: Session): Promise<void> {
  const { facts } = session;
  const ending = ['barred', 'access limited', 'access given', 'recertification opened'] as const;
  const nothing = ending.every((is) => facts.of(is).length === 0) && !hasMarkings(facts);
  return nothing || !session.link.open ? Promise.resolve() : inTurn(session, () => lookAll(session));
}

async function lookAll(session: Session): Promise<void> {
  const own = session.directories.current(session.identity.org);
  if (own === null) return;
  const removed = await removedByReview(session);
  for (const { state, lie } of session.log.all()) {
    const { area, access } = state;
    const of = caseOf(session, area);
    if (access === null || lie !== null || of === null) continue;
    const denied = await deniedIn(session, area, access);
    const reviewed = (removed.get(of) ?? []).filter(({ seat }) => access.seats.get(seat)?.org === own.org);
    const gone = [...new Set([...denied.map(({ seat }) => seat), ...reviewed.map(({ seat }) => seat)])];
    // A case keeps a lead, whatever comes together.
    const going = isLed(access, gone) ? gone : denied.map(({ seat }) => seat);
    const why = [...denied, ...reviewed.filter(({ seat }) => denied.every((one) => one.seat !== seat))];
    if (going.length > 0 && isOurTurn(session, own, area, access, going))
      await remove(
        session,
        area,
        going,
        toRecord(
          own,
          access,
          why.filter(({ seat }) => going.includes(seat)),
        ),
      );
  }
}

/** What of it is put on record: where no partner and no guest reads the reasons, and once of each post and place; in a guest's area of the guest alone. */
function toRecord(own: DirectoryState, { kind, owner, seats }: AccessState, gone: readonly Ended[]): readonly Ended[] {
  if (kind === 'guest') return gone.filter(({ seat }) => own.guestSeats.has(seat));
  const isOwn = [...seats.values()].every(({ org }) => org === owner);
  return isOwn && (kind === 'working papers' || kind === 'sensitive') ? gone : [];
}

const isLed = (access: AccessState, gone: readonly SeatId[]): boolean =>
  [...access.seats.values()].some(
    ({ seat, org, role }) => role === 'lead' && org === access.owner && !gone.includes(seat),
  );

/** Takes posts out of an area, where it is for this computer to do so now: one lead's after the other. */
export async function takeOutInTurn(
  session: Session,
  area: AreaId,
  access: AccessState,
  seats: readonly SeatId[],
): Promise<void> {
  const own = session.directories.current(session.identity.org);
  if (own !== null && isOurTurn(session, own, area, access, seats)) await remove(session, area, seats, []);
}

/** Posts of our own that are denied, with the rule that does, as long as a lead of the owner's is left. */
async function deniedIn(session: Session, area: AreaId, access: AccessState): Promise<readonly Ended[]> {
  const ours = [...access.seats.values()].filter(({ org }) => org === session.identity.org);
  if (ours.every(({ seat }) => denialIn(session, area, seat) === null)) return [];
  const standing = (await grantingsIn(session, area)).filter(({ until }) => until === null);
  const denied = ours.flatMap(({ seat, org }) => {
    const denial = denialIn(session, area, seat, standing.find((one) => one.seat === seat) ?? null);
    return denial === null
      ? []
      : [{ seat, post: postName(session, { org, seat }), why: denial.sentence, rule: denial.rule }];
  });
  const seats = denied.map(({ seat }) => seat);
  return isLed(access, seats) ? denied : [];
}

/** Whoever leads by a post that is not denied itself; one computer after the other. */
function isOurTurn(
  session: Session,
  own: DirectoryState,
  area: AreaId,
  access: AccessState,
  denied: readonly SeatId[],
): boolean {
  const seats = new Map([...access.seats].filter(([seat]) => !denied.includes(seat)));
  const leads = (device: DeviceId): boolean => roleIn({ ...access, seats }, own, device) === 'lead';
  if (!leads(session.identity.device)) return false;
  const all = [...own.devices.keys()].filter(leads).toSorted();
  const since = noticed.get(session) ?? new Map<AreaId, Millis>();
  noticed.set(session, since);
  const now = session.platform.now();
  const first = since.get(area) ?? now;
  since.set(area, first);
  return now - first >= all.indexOf(session.identity.device) * EACH;
}

/** `ended`: those of which it is put on record here why they went, which the audit follows from. */
async function remove(
  session: Session,
  area: AreaId,
  seats: readonly SeatId[],
  ended: readonly Ended[],
): Promise<void> {
  const stream = await streamOf(session.platform, area, 'chain');
  const head = session.log.replica(area).access?.head ?? '';
  if (looked.get(session) === `${area} ${head}`) return; // asked for upon this very head
  if ((await session.db.outbox.where('[area+stream]').equals([area, stream]).count()) > 0) return;
  // Of a guest it stands with the team, and not before the guest.
  const of = caseOf(session, area);
  const isGuests = session.log.replica(area).access?.kind === 'guest';
  const told = (of === null || !isGuests ? null : areaOf(session, of, 'working papers')?.area) ?? area;
  const said = await Promise.all(ended.map((one) => endedPiece(session, told, one)));
  const done = await act(session, [
    ...said.flatMap((piece) => piece ?? []),
    { area, stream, kind: 'chain', op: { op: 'remove', seats }, boxes: [] },
  ]);
  if (done.ok) looked.set(session, `${area} ${head}`);
  noticed.get(session)?.delete(area);
}

async function endedPiece(session: Session, area: AreaId, { why, ...ended }: Ended): Promise<Piece | null> {
  const by = meAmong(session, session.log.replica(area).access?.seats.keys() ?? []);
  if (!by) return null;
  const said = { why: why.slice(0, LONGEST), by, at: session.platform.now() };
  return eventPiece(session, area, { is: 'access ended', ...ended, ...said });
}

/** Whether this person leads an area by a post of theirs. */
export const leadsHere = ({ directories, identity, log }: Session, area: AreaId): boolean => {
  const own = directories.current(identity.org);
  const { access } = log.replica(area);
  return own !== null && access !== null && roleIn(access, own, identity.device) === 'lead';
};
