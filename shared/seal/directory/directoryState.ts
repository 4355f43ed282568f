/**
 * What an organisation's directory says at one place: a pure fold of its statements. A state is kept for every head, since
 * rights are judged by the directory that stood at an entry's own place: states share what did not change, and the bytes of
 * rule data always. Nothing is verified here.
 */
import type { DeviceId, Hash, OrgId, PersonId, SeatId } from '../../primitives/ids.ts';
import type { Millis } from '../../primitives/units.ts';
import type { Device, Guest, Partner, Person, Post, Rules, SeatKey, Statement } from './statements.ts';

/** Rule data, and when its authority stated it. */
export interface PublishedRules extends Rules {
  readonly at: Millis;
}

export interface DirectoryState {
  readonly org: OrgId;
  readonly n: number;
  readonly head: Hash | null;
  readonly time: Millis;
  readonly posts: ReadonlyMap<SeatId, Post>;
  readonly people: ReadonlyMap<PersonId, Person>;
  /** When each device was admitted, and when it was revoked. */
  readonly joined: ReadonlyMap<DeviceId, Millis>;
  readonly ended: ReadonlyMap<DeviceId, Millis>;
  /** Posts held, by person. */
  readonly holds: ReadonlyMap<PersonId, ReadonlySet<SeatId>>;
  /** Devices admitted and not revoked. */
  readonly devices: ReadonlyMap<DeviceId, Device>;
  /** Devices ever admitted: to verify what they signed before they were revoked. */
  readonly known: ReadonlyMap<DeviceId, Device>;
  /** Newest generation of each seat's public key. */
  readonly seats: ReadonlyMap<SeatId, SeatKey>;
  /** Generations that were followed by another, oldest first: what was sealed to them is still opened with them. */
  readonly formerKeys: ReadonlyMap<SeatId, readonly SeatKey[]>;
  /** Seats whose newest key somebody has who holds the post no more, or on a device that was revoked: a new one is due. */
  readonly stale: ReadonlySet<SeatId>;
  readonly partners: ReadonlyMap<OrgId, Partner>;
  /** What the holders of a post may do; a post that is not here may do nothing that asks for a role. */
  readonly roles: ReadonlyMap<SeatId, readonly string[]>;
  /** What cases may ask for that a person has; nobody has any of whom nothing is said. */
  readonly attributes: ReadonlyMap<PersonId, readonly string[]>;
  /** Who manages whom, by the person who is managed. */
  readonly managers: ReadonlyMap<PersonId, PersonId>;
  /** People of organisations outside who were ever let in, with what was said of each last; and the same by their post. */
  readonly guests: ReadonlyMap<PersonId, Guest>;
  readonly guestSeats: ReadonlyMap<SeatId, Guest>;
  /** On which side this organisation and its partners are, as its authority holds it. */
  readonly sides: ReadonlyMap<OrgId, string>;
  /** Rule data published, newest last. States share its bytes. */
  readonly rules: readonly PublishedRules[];
}

export const emptyDirectory = (org: OrgId): DirectoryState => ({
  org,
  n: 0,
  head: null,
  time: 0,
  posts: new Map(),
  people: new Map(),
  holds: new Map(),
  devices: new Map(),
  known: new Map(),
  joined: new Map(),
  ended: new Map(),
  seats: new Map(),
  formerKeys: new Map(),
  stale: new Set(),
  partners: new Map(),
  roles: new Map(),
  attributes: new Map(),
  managers: new Map(),
  guests: new Map(),
  guestSeats: new Map(),
  sides: new Map(),
  rules: [],
});

type Maps = Omit<DirectoryState, 'org' | 'n' | 'head' | 'time'>;
type Draft = ReturnType<typeof draftOf>;

/** Maps to write in: each is copied when it is first asked for, so that the state begun with stays as it was. */
export function draftOf(state: DirectoryState) {
  const { org: _org, n: _n, head: _head, time: _time, ...shared } = state;
  const maps: { -readonly [Name in keyof Maps]: Maps[Name] } = shared;
  const own = <Name extends keyof Maps, K, V>(name: Name, before: ReadonlyMap<K, V>): Map<K, V> => {
    const copy = maps[name] === state[name] ? new Map(before) : (before as Map<K, V>);
    Object.assign(maps, { [name]: copy });
    return copy;
  };
  return {
    maps: (): Maps => ({ ...maps }),
    now: maps as Maps,
    posts: () => own('posts', maps.posts),
    people: () => own('people', maps.people),
    holds: () => own('holds', maps.holds),
    devices: () => own('devices', maps.devices),
    known: () => own('known', maps.known),
    joined: () => own('joined', maps.joined),
    ended: () => own('ended', maps.ended),
    seats: () => own('seats', maps.seats),
    formerKeys: () => own('formerKeys', maps.formerKeys),
    /** Marks those of the seats that have a key. */
    markStale: (some: Iterable<SeatId>) => {
      const fresh = [...some].filter((seat) => maps.seats.has(seat) && !maps.stale.has(seat));
      if (fresh.length > 0) maps.stale = new Set([...maps.stale, ...fresh]);
    },
    renewed: (seat: SeatId) => {
      if (maps.stale.has(seat)) maps.stale = new Set([...maps.stale].filter((one) => one !== seat));
    },
    partners: () => own('partners', maps.partners),
    roles: () => own('roles', maps.roles),
    attributes: () => own('attributes', maps.attributes),
    managers: () => own('managers', maps.managers),
    guests: () => own('guests', maps.guests),
    guestSeats: () => own('guestSeats', maps.guestSeats),
    sides: () => own('sides', maps.sides),
    publish: (published: PublishedRules) => void (maps.rules = [...maps.rules, published]),
  };
}

/** Folds one statement, made at a time, into the draft. */
export function fold(draft: Draft, s: Statement, time: Millis): void {
  switch (s.is) {
    case 'post':
      return void draft.posts().set(s.seat, s);
    case 'person':
      return void draft.people().set(s.person, s);
    case 'holds':
      return void draft.holds().set(s.person, new Set([...(draft.now.holds.get(s.person) ?? []), s.seat]));
    case 'leaves': {
      const held = draft.now.holds.get(s.person) ?? new Set<SeatId>();
      const hasDevice = [...draft.now.known.values()].some((device) => device.person === s.person);
      if (held.has(s.seat) && hasDevice) draft.markStale([s.seat]);
      return void draft.holds().set(s.person, new Set([...held].filter((seat) => seat !== s.seat)));
    }
    case 'device': {
      draft.devices().set(s.device, s);
      if (!draft.now.joined.has(s.device)) draft.joined().set(s.device, time); // stated again, it was named anew
      return void draft.known().set(s.device, s);
    }
    case 'revoked': {
      const person = draft.now.devices.get(s.device)?.person;
      draft.markStale((person !== undefined && draft.now.holds.get(person)) || []);
      if (draft.now.devices.has(s.device)) draft.ended().set(s.device, time);
      return void draft.devices().delete(s.device);
    }
    case 'seat': {
      const before = draft.now.seats.get(s.seat);
      if (s.generation !== (before?.generation ?? 0) + 1) return undefined;
      if (before) draft.formerKeys().set(s.seat, [...(draft.now.formerKeys.get(s.seat) ?? []), before]);
      draft.renewed(s.seat);
      return void draft.seats().set(s.seat, s);
    }
    case 'partner':
      return void draft.partners().set(s.org, s);
    case 'no partner':
      return void draft.partners().delete(s.org);
    case 'roles':
      return void draft.roles().set(s.seat, s.roles);
    case 'manager':
      return void (s.manager === null ? draft.managers().delete(s.person) : draft.managers().set(s.person, s.manager));
    case 'attributes':
      return void draft.attributes().set(s.person, s.has);
    case 'guest': {
      // Of a post the first word counts: one of ours, with a key already, never becomes a guest's, nor one guest's another's.
      const before = draft.now.guests.get(s.person);
      if (before === undefined && draft.now.seats.has(s.seat)) return undefined;
      if (before !== undefined && before.seat !== s.seat) return undefined;
      if ((draft.now.guestSeats.get(s.seat)?.person ?? s.person) !== s.person) return undefined;
      draft.guests().set(s.person, s);
      return void draft.guestSeats().set(s.seat, s);
    }
    case 'side':
      return void draft.sides().set(s.org, s.side);
    case 'rules':
      return draft.publish({ ...s, at: time });
  }
}
