/**
 * Another key for areas that somebody could read who has left a post: once the post has its next key, a computer of who stays
 * changes the area's, boxed to the newest keys of all its seats, most lately active areas first. What is due follows from
 * chain and directory and is looked for after every change; nothing is sealed under a key before the relay has ordered it.
 * Each organisation does it for its own posts.
 */
import type { AreaId, DeviceId, Hash, SeatId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { SECOND } from '../../../../shared/primitives/units.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { commitToKey, newAreaKey, sealLink } from '../../../../shared/seal/area/areaKey.ts';
import type { Box } from '../../../../shared/seal/boxes.ts';
import { epochSubject, hashBoxes, sealBox } from '../../../../shared/seal/boxes.ts';
import type { AccessState, KeyChange } from '../../../../shared/seal/area/chain.ts';
import { currentEpoch } from '../../../../shared/seal/area/chain.ts';
import type { DirectoryState } from '../../../../shared/seal/directory/directory.ts';
import { sealForCustodians } from '../../../../shared/seal/custodians.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import { isGuestElsewhere, isOverFor } from '../../guests/over.ts';
import { denialIn } from '../../access/limitsOf.ts';
import type { AreaReplica } from '../../log/areaReplica.ts';
import type { Session } from '../../session.ts';
import { inTurn } from '../inTurn.ts';
import { keyDueBy } from './due.ts';
import type { ChainPiece } from '../../log/writer.ts';
import { act } from '../pieces.ts';

/** What the computer that made the post's key has before another does it in its place, and each further one more. */
const HEAD_START: Millis = 3 * SECOND;
const EACH: Millis = SECOND;
/** Areas in one write, and in one pass: others have their turn between. */
const AT_ONCE = 32;

interface Seen {
  readonly noticed: Map<AreaId, Millis>;
  /** Chain heads that a change was asked for upon: never twice upon one. */
  readonly asked: Map<AreaId, Hash>;
  /** How many areas were due at the last look, and when they last became fewer: somebody is at it. */
  due: number;
  fewerAt: Millis;
}
const seen = new WeakMap<Session, Seen>();

/** Changes what is due, on this computer. */
export function changeKeys(session: Session): Promise<void> {
  const own = session.directories.current(session.identity.org);
  // Nobody has ever left a post of ours that had a key, and no post was taken out of an area.
  const nothing = own?.formerKeys.size === 0 && session.log.all().every(({ history }) => history.cut === null);
  return own === null || nothing ? Promise.resolve() : inTurn(session, () => lookAll(session, own));
}

async function lookAll(session: Session, own: DirectoryState): Promise<void> {
  if (!session.link.open) return;
  const last = seen.get(session) ?? { noticed: new Map(), asked: new Map(), due: 0, fewerAt: 0 };
  seen.set(session, last);
  const all = session.log.all().flatMap((replica) => {
    const by = dueTo(session, own, replica);
    return by === null ? [] : [{ replica, by }];
  });
  if (all.length < last.due) last.fewerAt = session.platform.now();
  last.due = all.length;
  const due = all
    .filter(({ replica, by }) => isOurTurn(session, own, last, replica, by))
    .toSorted((a, b) => b.replica.row.time - a.replica.row.time);
  await changeThese(
    session,
    last,
    due.slice(0, AT_ONCE).map(({ replica }) => replica),
  );
}

/** Whose doing makes another key due: who made the newest key of one of our posts after the area's, or took a post out; null where none is due, or where it is not for us to change. */
function dueTo(
  { directories, identity, keyring }: Session,
  own: DirectoryState,
  replica: AreaReplica,
): DeviceId | null {
  const { access } = replica.state;
  if (access === null || replica.lie !== null || access.succeededBy !== null) return null;
  if (own.guests.has(identity.person)) return null; // a guest changes no key
  const role = roleIn(access, own, identity.device);
  if (role !== 'lead' && role !== 'contributor') return null;
  if (!keyring.areaKey(replica.state.area, currentEpoch(access))) return null;
  const ours = [...access.seats.values()].filter(({ org, seat }) => org === own.org && own.seats.has(seat));
  // Our own box of the new key must be one that we can open.
  if (!ours.some(({ seat }) => holdsNewest(keyring, own, seat))) return null;
  const head = replica.history.keyed.get(own.org);
  return keyDueBy(own, access, replica.history, head === undefined ? null : directories.at(head));
}

function holdsNewest(keyring: Session['keyring'], own: DirectoryState, seat: SeatId): boolean {
  const key = own.seats.get(seat);
  return key !== undefined && keyring.seat(seat, key.generation) !== null;
}

/** A courtesy, that not all do the same: of two changes upon one head the relay takes one. */
function isOurTurn(
  { identity, platform }: Session,
  own: DirectoryState,
  last: Seen,
  { state }: AreaReplica,
  madeBy: DeviceId,
): boolean {
  const { access } = state;
  if (access === null || last.asked.get(state.area) === access.head) return false;
  const now = platform.now();
  const noticed = last.noticed.get(state.area) ?? now;
  last.noticed.set(state.area, noticed);
  const since = Math.max(noticed, last.fewerAt);
  if (madeBy === identity.device) return true;
  const others = entitled(access, own).filter((device) => device !== madeBy);
  return now - since >= HEAD_START + Math.max(0, others.indexOf(identity.device)) * EACH;
}

const entitled = (access: AccessState, own: DirectoryState): DeviceId[] =>
  [...own.devices.keys()].filter((device) => (roleIn(access, own, device) ?? 'reader') !== 'reader').toSorted();

/** In one write: a post of hundreds of areas has hundreds of keys to change, and each write waits for the disk. */
async function changeThese(session: Session, last: Seen, replicas: readonly AreaReplica[]): Promise<void> {
  const changes: { area: AreaId; head: Hash; boxes: Box[]; piece: ChainPiece }[] = [];
  for (const { state } of replicas) {
    const { area, access } = state;
    if (access === null) continue;
    const stream = await streamOf(session.platform, area, 'chain');
    if ((await session.db.outbox.where('[area+stream]').equals([area, stream]).count()) > 0) continue; // asked for before a restart
    const { key, boxes } = await nextKey(session, area, access);
    const piece: ChainPiece = { area, stream, kind: 'chain', op: { op: 'key', key }, boxes, upon: access.head };
    changes.push({ area, head: access.head, boxes, piece });
  }
  if (changes.length === 0) return;
  for (const { area, head } of changes) last.asked.set(area, head);
  const done = await act(
    session,
    changes.map(({ piece }) => piece),
  );
  if (!done.ok) {
    // Somebody was let in or taken out while the keys were boxed, or this disk is full: worked out anew with the next look.
    for (const { area } of changes) last.asked.delete(area);
    return;
  }
  for (const { area } of changes) last.noticed.delete(area);
  // Taken from its box like everybody's once it is in order: another's may come first. It need not be asked for then.
  await session.db.boxes.bulkPut(changes.flatMap(({ boxes }) => boxes));
}

async function nextKey(
  session: Session,
  area: AreaId,
  access: AccessState,
): Promise<{ readonly key: KeyChange; readonly boxes: Box[] }> {
  const { platform, directories, keyring } = session;
  const epoch = currentEpoch(access) + 1;
  const fresh = newAreaKey(platform);
  const subject = await epochSubject(platform, area, epoch);
  const boxes: Box[] = [];
  for (const { org, seat } of access.seats.values()) {
    const held = directories.current(org)?.seats.get(seat);
    const isDenied = denialIn(session, area, seat) !== null || isOverFor(session, org, seat);
    if (held && !isDenied && !isGuestElsewhere(session, access, seat))
      boxes.push(await sealBox(subject, held.seat, held.generation, held.publicKey, fresh));
  }
  const own = directories.current(session.identity.org);
  const kept = own === null ? [] : await sealForCustodians(platform, own, { area, epoch, key: fresh });
  const before = keyring.areaKey(area, epoch - 1);
  const isOurs = new Set([...access.seats.values()].map(({ org }) => org)).size === 1;
  return {
    key: {
      epoch,
      key: await commitToKey(platform, area, epoch, fresh),
      boxes: await hashBoxes(platform, boxes),
      // Within one organisation newcomers read what was before; across organisations never by this.
      link: isOurs && before ? await sealLink(platform, area, epoch, fresh, before) : null,
    },
    boxes: [...boxes, ...kept],
  };
}
