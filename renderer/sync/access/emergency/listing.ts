/**
 * The index by which a case is found in an emergency: for each case that we lead, a fact in the intake of every post with the role
 * `emergency access`, holding ids of areas and posts and hashes of URN and title, so that who knows a name finds the case and
 * nobody can leaf through them. Written by one computer for each case, again when what it says has changed.
 */
import type { CaseId, DeviceId, Hash, SeatId } from '../../../../shared/primitives/ids.ts';
import { utf8 } from '../../../../shared/primitives/bytes.ts';
import type { Platform } from '../../../../shared/primitives/platform.ts';
import { hashOf } from '../../../../shared/primitives/platform.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { SECOND } from '../../../../shared/primitives/units.ts';
import type { FactOf, Logged } from '../../../../shared/model/logged.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { EMERGENCY_ROLE } from '../../../../shared/seal/area/emergency.ts';
import type { DirectoryState } from '../../../../shared/seal/directory/directory.ts';
import { LABEL } from '../../../../shared/seal/labels.ts';
import type { CaseArea } from '../../cases/caseIndex.ts';
import { allCases, areasOf } from '../../cases/caseIndex.ts';
import { meAs } from '../../cases/me.ts';
import { act, intakePiece } from '../../cases/pieces.ts';
import type { Desktop } from '../../desktop.ts';
import type { Session } from '../../session.ts';
import { nameOf } from '../../views/cases.ts';

const EVERY: Millis = 2 * SECOND;
const looked = new WeakMap<Session, { at: Millis; readonly seen: Map<CaseId, Hash> }>();

/** URN or title as it is compared: letters and digits alone. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

const hashName = (platform: Platform, salt: Uint8Array, name: string): Promise<Hash> =>
  hashOf(platform, LABEL.listedName, salt, utf8(plain(name)));

/** The case that is called so, as it was last listed to this person's posts; null: none was. */
export async function findListed(session: Session, wanted: string): Promise<Logged<FactOf<'case listed'>> | null> {
  const { facts, identity, platform } = session;
  if (plain(wanted) === '') return null;
  const newest = new Map<CaseId, Logged<FactOf<'case listed'>>>();
  for (const one of facts.of('case listed')) {
    const known = newest.get(one.fact.case);
    if (one.org === identity.org && (!known || known.time <= one.time)) newest.set(one.fact.case, one);
  }
  for (const one of newest.values())
    if (one.fact.names.includes(await hashName(platform, one.fact.salt, wanted))) return one;
  return null;
}

/** Posts that may open cases in an emergency and can be written to. */
function listeners(own: DirectoryState): readonly SeatId[] {
  return [...own.roles]
    .filter(([seat, roles]) => roles.includes(EMERGENCY_ROLE) && own.seats.has(seat))
    .map(([seat]) => seat)
    .toSorted();
}

/** Lists what is new or has changed and is for this computer to list. A name that is still being typed waits for the next look. */
export async function listCases(desktop: Desktop): Promise<void> {
  const { session } = desktop;
  const own = session.directories.current(session.identity.org);
  const to = own ? listeners(own) : [];
  const last = looked.get(session) ?? { at: -Infinity, seen: new Map<CaseId, Hash>() };
  looked.set(session, last);
  const now = session.platform.now();
  if (!own || to.length === 0 || (now >= last.at && now - last.at < EVERY)) return;
  last.at = now;
  for (const of of allCases(session)) {
    const areas = areasOf(session, of).filter((area) => isLister(session, own, area));
    if (areas.length > 0) await list(desktop, of, areas, to, last.seen);
  }
}

/** Who made the area, while they lead it; else the first of the computers that do. */
function isLister({ identity, log }: Session, own: DirectoryState, { area, begun }: CaseArea): boolean {
  const { access } = log.replica(area).state; // of what the relay does not know nobody can ask it
  if (access === null) return false;
  const leads = (device: DeviceId): boolean => roleIn(access, own, device) === 'lead';
  if (leads(begun.device)) return begun.device === identity.device;
  return [...own.devices.keys()].filter(leads).toSorted()[0] === identity.device;
}

async function list(
  desktop: Desktop,
  of: CaseId,
  areas: readonly CaseArea[],
  to: readonly SeatId[],
  seen: Map<CaseId, Hash>,
): Promise<void> {
  const { session } = desktop;
  const { platform, records, log, identity } = session;
  const { title, urn } = await nameOf(desktop, of);
  const names = [title, urn ?? ''].filter((name) => plain(name) !== '');
  const grants = areas.flatMap(({ area }) => [...(log.replica(area).access?.seats.values() ?? [])]);
  const seats = [...new Set(grants.filter(({ org }) => org === identity.org).map(({ seat }) => seat))].toSorted();
  const text = JSON.stringify([names.map(plain), areas.map(({ area }) => area).toSorted(), seats]);
  const digest = await hashOf(platform, LABEL.listedName, utf8(text));
  const before = seen.get(of);
  seen.set(of, digest);
  if (before !== digest) return;
  const by = meAs(session);
  if (!by || names.length === 0) return;
  const salt = platform.random(16);
  const hashes = await Promise.all(names.map((name) => hashName(platform, salt, name)));
  for (const seat of to) {
    const key = `listed ${of} ${seat}`;
    if ((await records.get(key)) === digest) continue;
    const fact = {
      is: 'case listed' as const,
      case: of,
      areas: areas.map(({ area }) => area),
      seats: seats.slice(0, 100),
      salt,
      names: hashes,
      by,
      at: platform.now(),
    };
    const piece = await intakePiece(session, { org: identity.org, seat }, 'event', encodeFact(fact));
    if ((await act(session, [piece])).ok) await records.put(key, digest);
  }
}
