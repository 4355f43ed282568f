/**
 * The files of guests on their way: each is made reachable in the guest's area by a computer that has it, sent where the relay
 * lacks it, and fetched by those who read there and have it not. What is wanted follows from the facts, as for packages.
 */
import type { AreaId, Hash, VersionId } from '../../../shared/primitives/ids.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { AtRelay } from '../cases/moving/atRelay.ts';
import type { InLine } from '../cases/moving/ranking.ts';
import { makeReachable } from '../cases/moving/reachable.ts';
import type { Session } from '../session.ts';
import type { GuestPlace } from './places.ts';
import { guestPlaces, meAsGuest } from './places.ts';

interface Held {
  readonly here: ReadonlySet<VersionId>;
  readonly fetching: ReadonlySet<VersionId>;
  readonly first: ReadonlySet<VersionId>;
  isPaused(version: VersionId): boolean;
  readonly relay: AtRelay;
}

const filesIn = ({ items, brought }: GuestPlace): readonly FileRecord[] =>
  [...items, ...brought].map(({ fact }) => fact.file);

/** References of one area are under one name: they go with it. */
const tagOf = (area: AreaId): Hash => (area + area) as Hash;

export async function guestsUp(session: Session, held: Held): Promise<InLine[]> {
  const wanted: InLine[] = [];
  const me = meAsGuest(session);
  for (const place of guestPlaces(session)) {
    const mine = me === undefined ? filesIn(place) : place.brought.map(({ fact }) => fact.file);
    const have = mine.filter(({ content }) => held.here.has(content.version));
    if (have.length === 0 || !isOrdered(session, place)) continue;
    if (!(await makeReachable(session, held.relay, place.area, tagOf(place.area), have))) continue;
    wanted.push(
      ...have
        .filter(({ content }) => !held.relay.holds(place.area, content.version))
        .map((file) => line(held, place, file)),
    );
  }
  return wanted;
}

export function guestsDown(session: Session, held: Held): InLine[] {
  const me = meAsGuest(session);
  return guestPlaces(session).flatMap((place) => {
    const theirs = me === undefined ? place.brought.map(({ fact }) => fact.file) : filesIn(place);
    const asked = filesIn(place).filter(({ content }) => held.fetching.has(content.version));
    const lacking = new Set([...theirs, ...asked].filter(({ content }) => !held.here.has(content.version)));
    return [...lacking].map((file) => line(held, place, file));
  });
}

/** Before the relay has ordered the area it knows no rights there. */
const isOrdered = ({ log }: Session, { area }: GuestPlace): boolean => log.replica(area).state.access !== null;

function line(held: Held, { area, case: of, invited }: GuestPlace, { content }: FileRecord): InLine {
  const { version, size } = content;
  const due = { first: held.first.has(version), urgency: 1, case: of, size, at: invited.fact.at };
  return { wanted: { content, area, paused: held.isPaused(version) }, due };
}
