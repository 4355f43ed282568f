/** Guests as windows show them: to the team all of the organisation's, with what each has here; to a guest their own. */
import type {
  GuestFile,
  GuestFolderRow,
  GuestHome,
  GuestLine,
  GuestRow,
  GuestsView,
  SponsorRow,
} from '../../../shared/ipc/guests.ts';
import { shownName } from '../../../shared/primitives/fileName.ts';
import type { Logged, FactOf } from '../../../shared/model/logged.ts';
import type { GuestEnd } from '../../../shared/model/access/guests.ts';
import type { DirectoryState, Guest } from '../../../shared/seal/directory/directory.ts';
import { formatDay } from '../../../shared/status/format.ts';
import { endsSoon, guestFileWord, guestWord } from '../../../shared/status/guest.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { postName } from '../access/postName.ts';
import type { Desktop } from '../desktop.ts';
import type { Session } from '../session.ts';
import { today } from '../timeZone.ts';
import type { GuestPlace } from './places.ts';
import { guestPlaces, guestPlacesOf, mayDecide, meAsGuest } from './places.ts';

function endOf(own: DirectoryState, { person, seat, until, sponsor, sponsorSeat }: Guest): GuestEnd {
  return {
    guest: person,
    until,
    isIn: own.holds.get(person)?.has(seat) === true,
    isSponsored: own.holds.get(sponsor)?.has(sponsorSeat) === true,
  };
}

const hasComputer = (own: DirectoryState, { person }: Guest): boolean =>
  [...own.devices.values()].some((device) => device.person === person);

/** Null: this person is one of the organisation's own. */
export async function guestHome(desktop: Desktop): Promise<GuestHome | null> {
  const { session } = desktop;
  const own = session.directories.current(session.identity.org);
  const me = meAsGuest(session);
  if (!own || !me) return null;
  const end = endOf(own, me);
  return {
    name: own.people.get(me.person)?.name ?? '',
    from: me.from,
    org: session.orgName,
    until: me.until,
    sponsor: own.people.get(me.sponsor)?.name ?? '',
    isSponsored: end.isSponsored,
    word: guestWord(end, today(session.platform), true),
    folders: guestPlaces(session).map((place) => folderRow(desktop, place)),
    unsent: await unsentHere(desktop),
  };
}

/** Messages and files of theirs that are on this computer alone. */
async function unsentHere({ session, moving }: Desktop): Promise<number> {
  const places = guestPlaces(session);
  const waiting = await session.db.outbox
    .where('area')
    .anyOf(places.map(({ area }) => area))
    .count();
  const files = places.flatMap(({ area, brought }) =>
    brought.filter(({ fact, n }) => n !== null && !moving.relay.holds(area, fact.file.content.version)),
  );
  return waiting + files.length;
}

export function guestsView(desktop: Desktop): GuestsView {
  const { session } = desktop;
  const own = session.directories.current(session.identity.org);
  const day = today(session.platform);
  if (!own || meAsGuest(session)) return { rows: [], sponsors: [], today: day };
  const rows = [...own.guests.values()].map((guest) => guestRow(desktop, own, guest, day));
  return {
    rows: rows.toSorted(
      (a, b) => Number(b.isIn) - Number(a.isIn) || compare(a.until, b.until) || compare(a.name, b.name),
    ),
    sponsors: sponsorsOf(session, own),
    today: day,
  };
}

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

function guestRow(desktop: Desktop, own: DirectoryState, guest: Guest, day: string): GuestRow {
  const { session } = desktop;
  const end = endOf(own, guest);
  const computers = [...own.devices.values()].filter((device) => device.person === guest.person).length;
  const folders = guestPlaces(session).filter(({ invited }) => invited.fact.guest === guest.person);
  return {
    guest: guest.person,
    name: own.people.get(guest.person)?.name ?? '',
    from: guest.from,
    until: guest.until,
    sponsor: own.people.get(guest.sponsor)?.name ?? '',
    sponsorPost: postName(session, { org: own.org, seat: guest.sponsorSeat }),
    isMine: guest.sponsor === session.identity.person,
    word: guestWord(end, day, hasComputer(own, guest)),
    isIn: end.isIn,
    isSponsored: end.isSponsored,
    computers,
    canDecide: end.isIn && mayDecide(session, own, guest),
    folders: folders.map((place) => folderRow(desktop, place)),
  };
}

/** Everybody of our own who holds a post, by each of their posts. */
function sponsorsOf(session: Session, own: DirectoryState): SponsorRow[] {
  const people = [...own.people.values()].filter(({ person }) => !own.guests.has(person));
  return people
    .flatMap(({ person, name }) =>
      [...(own.holds.get(person) ?? [])].map((seat) => ({
        person,
        name,
        seat,
        post: postName(session, { org: own.org, seat }),
      })),
    )
    .toSorted((a, b) => compare(a.name, b.name));
}

export function folderRow(desktop: Desktop, place: GuestPlace): GuestFolderRow {
  const { fact } = place.invited;
  const me = meAsGuest(desktop.session);
  return {
    area: place.area,
    case: place.case,
    title: fact.title,
    may: fact.may,
    why: fact.why,
    note: fact.note,
    summary: fact.summary,
    by: fact.by.personName,
    at: place.invited.relayTime ?? place.invited.time,
    items: place.items.map((one) => fileRow(desktop, place, one, me === undefined)),
    brought: place.brought.map((one) => fileRow(desktop, place, one, me !== undefined)),
    said: place.said.map((one) => lineRow(desktop.session, one)),
    imports: me === undefined ? [] : desktop.importing.rows(place.case),
    decided: place.decided.map(decisionRow).toReversed(),
  };
}

function fileRow(
  { moving }: Desktop,
  place: GuestPlace,
  { fact, relayTime, time }: Logged<FactOf<'guest item' | 'guest brought'>>,
  ours: boolean,
): GuestFile {
  const { content, name } = fact.file;
  const here = moving.here.has(content.version);
  return {
    version: content.version,
    name: shownName(name),
    bytes: content.size,
    at: relayTime ?? time,
    by: fact.by.personName,
    word: guestFileWord({ here, atRelay: moving.relay.holds(place.area, content.version), ours }),
    canOpen: here,
    taken: place.taken.has(content.version),
  };
}

const lineRow = (
  { identity }: Session,
  { fact, person, relayTime, time }: Logged<FactOf<'guest said'>>,
): GuestLine => ({
  at: relayTime ?? time,
  by: fact.by.personName,
  own: person === identity.person,
  text: fact.text,
});

function decisionRow({ fact, relayTime, time }: GuestPlace['decided'][number]): { at: number; sentence: string } {
  const by = fact.by.personName;
  const at = relayTime ?? time;
  switch (fact.is) {
    case 'guest extended':
      return { at, sentence: `${by} gave another last day, ${formatDay(fact.until)}: ${fact.why}` };
    case 'guest ended':
      return { at, sentence: `${by} ended it: ${fact.why}` };
    case 'guest sponsored':
      return { at, sentence: `${fact.sponsorName} answers for them since, said ${by}: ${fact.why}` };
  }
}

/** What a case asks of this person about its guests: of those that they answer for, or that nobody does, those whose end is near. */
export function guestNeeds(session: Session, of: CaseId): readonly string[] {
  const own = session.directories.current(session.identity.org);
  const day = today(session.platform);
  if (!own || meAsGuest(session)) return [];
  const guests = new Map(guestPlacesOf(session, of).map(({ invited }) => [invited.fact.guest, invited.fact.guestName]));
  return [...guests].flatMap(([person, name]) => {
    const guest = own.guests.get(person);
    const end = guest && endOf(own, guest);
    if (!guest || !end || !endsSoon(end, day)) return [];
    if (!end.isSponsored)
      return mayDecide(session, own, guest)
        ? [
            `nobody answers for the guest ${name} (${guest.from}) any more: take over, or their access ends on ${formatDay(guest.until)}`,
          ]
        : [];
    return guest.sponsor === session.identity.person
      ? [`the access of your guest ${name} (${guest.from}) ends on ${formatDay(guest.until)}: extend it, or let it end`]
      : [];
  });
}
