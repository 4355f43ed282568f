/**
 * Letting a guest in: the authority enters them with their own post and a last day, and answers a code; then one write makes an
 * area with a key of its own, shares what was chosen by value, and says so in Working papers. Only who leads the case does it.
 * What is not written into that area, a guest's computer holds no key of. Where an answer is lost, the next try goes on.
 */
import type { GuestInvited, InviteGuest } from '../../../shared/ipc/guests.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import type { CaseEvent, FileRecord, Party } from '../../../shared/model/events.ts';
import type { FactOf } from '../../../shared/model/logged.ts';
import { summaryText } from '../../../shared/model/record.ts';
import { event } from '../../../shared/model/facts/event.ts';
import type { AreaId, CaseId, PersonId, SeatId, VersionId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { GuestAnswer } from '../../../shared/wire/guests.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { leadsHere } from '../access/enforcing.ts';
import { denialIn } from '../access/limitsOf.ts';
import { areaOf, fileOf, filedIn } from '../cases/caseIndex.ts';
import { inTurn } from '../cases/inTurn.ts';
import { makeArea } from '../cases/makeArea.ts';
import { act, eventPiece } from '../cases/pieces.ts';
import { withheldItems } from '../cases/sensitive/areas.ts';
import { isClosed } from '../cases/work/folded.ts';
import { meIn } from '../cases/work/placing.ts';
import type { Desktop } from '../desktop.ts';
import type { Session } from '../session.ts';
import { nameOf } from '../views/cases.ts';
import { askAuthority } from './asking.ts';
import { guestOf, guestPlaceAt, guestPlacesOf, meAsGuest } from './places.ts';
import { beginInvitation, endInvitation } from './unfinished.ts';

/** How long the authority's word of a new guest may take to come round by the relay. */
const COMES_WITHIN: Millis = 20 * SECOND;

/** The files of a case that may be shared with a guest: what is sensitive never is. */
function shareable(session: Session, of: CaseId, versions: readonly VersionId[]): readonly FileRecord[] | null {
  const withheld = withheldItems(session, of);
  const inCase = new Set(filedIn(session, of).map(({ fact }) => fact.file.content.version));
  const files = versions.flatMap((version) => (inCase.has(version) ? (fileOf(session, version) ?? []) : []));
  return files.length === versions.length && files.every(({ item }) => !withheld.has(item)) ? files : null;
}

export async function inviteGuest(
  desktop: Desktop,
  of: CaseId,
  asked: InviteGuest,
): Promise<Result<GuestInvited, ActCause>> {
  const { session } = desktop;
  const working = areaOf(session, of, 'working papers');
  const by = working && meIn(session, working);
  if (!working) return fail('not found');
  if (!by || meAsGuest(session) || !leadsHere(session, working.area)) return fail('not allowed');
  if (isClosed(session, of)) return fail('case closed');
  if ([asked.name, asked.from, asked.why].some((text) => text.trim() === '')) return fail('malformed');
  const files = shareable(session, of, asked.versions);
  if (!files) return fail('sensitive');
  if (!session.link.open) return fail('offline');
  const { name, from, until, why } = asked;
  const id = await beginInvitation(session, of, asked);
  const seat = by.seat;
  const answer = await askAuthority(
    session,
    { is: 'invite', name: name.trim(), from: from.trim(), seat, until, why },
    id,
  );
  if (!answer.ok) {
    // Where no answer came the guest may be there already: the next try asks by the same id.
    if (answer.cause !== 'authority away') await endInvitation(session, of, id);
    return answer;
  }
  if (answer.value.is !== 'invited') return fail('malformed');
  const shared = await shareFirst(desktop, of, working.area, { by, asked, files }, answer.value);
  if (shared.ok) await endInvitation(session, of, id);
  return shared;
}

/** What was chosen, once the directory names the guest; and what they need to come in. Nothing is made twice. */
async function shareFirst(
  desktop: Desktop,
  of: CaseId,
  working: AreaId,
  chosen: Omit<Folder, 'guest'>,
  { person, seat, code, expires }: Extract<GuestAnswer, { is: 'invited' }>,
): Promise<Result<GuestInvited, ActCause>> {
  const { session } = desktop;
  const done = ok({ guest: person, code, expires, relay: session.identity.relay });
  if (!(await isKnown(session, person))) return fail('authority away');
  const { title } = await nameOf(desktop, of);
  const summary = chosen.asked.withSummary ? await summaryOf(session, working) : '';
  // The day that the authority gave: a try before this one may have named another.
  const until = guestOf(session, person)?.until ?? chosen.asked.until;
  const guest = { person, seat, title, summary, until };
  return inTurn(session, async () => {
    if (guestPlacesOf(session, of).some(({ invited }) => invited.fact.guest === person)) return done;
    const made = await makeFolder(session, of, working, { ...chosen, guest });
    return made.ok ? done : made;
  });
}

/** Whether the directory of this computer names the guest: without, nobody would take a grant to them. */
function isKnown(session: Session, person: PersonId): Promise<boolean> {
  const is = (): boolean => guestOf(session, person) !== undefined;
  if (is()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (known: boolean): void => {
      clearTimeout(timer);
      session.listeners.delete(look);
      resolve(known);
    };
    const look = (): void => (is() ? end(true) : undefined);
    const timer = setTimeout(() => end(is()), COMES_WITHIN);
    session.listeners.add(look);
  });
}

async function summaryOf(session: Session, working: AreaId): Promise<string> {
  const doc = session.docs.doc(working, await streamOf(session.platform, working, 'summary'));
  return summaryText(doc).slice(0, 200_000);
}

interface Folder {
  readonly by: Party;
  readonly asked: InviteGuest;
  readonly files: readonly FileRecord[];
  readonly guest: {
    readonly person: PersonId;
    readonly seat: SeatId;
    readonly title: string;
    readonly summary: string;
    readonly until: string;
  };
}

/** The area, for those who read Working papers, each as they do there, and for the guest: one write with what stands in it. */
async function makeFolder(
  session: Session,
  of: CaseId,
  working: AreaId,
  { by, asked, files, guest }: Folder,
): Promise<Result<null, ActCause>> {
  const { log, identity, platform } = session;
  const team = [...(log.replica(working).access?.seats.values() ?? [])].filter(
    ({ org, seat }) => org === identity.org && denialIn(session, working, seat) === null,
  );
  const role = asked.may === 'contribute' ? 'contributor' : 'reader';
  const { area, piece } = await makeArea(session, {
    kind: 'guest',
    owner: identity.org,
    seats: [...team, { seat: guest.seat, org: identity.org, role }],
    from: working,
  });
  const said = { by, at: platform.now() };
  const invited = event.safeParse({
    is: 'guest invited',
    case: of,
    area,
    source: working,
    guest: guest.person,
    guestName: asked.name.trim(),
    from: asked.from.trim(),
    seat: guest.seat,
    may: asked.may,
    until: guest.until,
    why: asked.why.trim(),
    title: guest.title,
    note: asked.note.trim(),
    summary: guest.summary,
    ...said,
  } satisfies FactOf<'guest invited'>);
  if (!invited.success) return fail('malformed');
  const events: CaseEvent[] = [invited.data, ...files.map((file): CaseEvent => ({ is: 'guest item', file, ...said }))];
  const pieces = await Promise.all(events.map((one) => eventPiece(session, area, one)));
  const told: CaseEvent = { ...(invited.data as FactOf<'guest invited'>), summary: '' };
  return act(session, [piece, ...pieces, await eventPiece(session, working, told)]);
}

/** More files of the case, for a guest who is in. */
export async function shareWithGuest(
  session: Session,
  area: AreaId,
  versions: readonly VersionId[],
): Promise<Result<null, ActCause>> {
  const place = guestPlaceAt(session, area);
  if (!place) return fail('not found');
  const working = areaOf(session, place.case, 'working papers');
  const by = working && meIn(session, working);
  if (!by || !leadsHere(session, area)) return fail('not allowed');
  if (isClosed(session, place.case)) return fail('case closed');
  const there = new Set(place.items.map(({ fact }) => fact.file.content.version));
  const files = shareable(
    session,
    place.case,
    versions.filter((version) => !there.has(version)),
  );
  if (!files) return fail('sensitive');
  if (files.length === 0) return fail('already done');
  const said = { by, at: session.platform.now() };
  return act(
    session,
    await Promise.all(files.map((file) => eventPiece(session, area, { is: 'guest item', file, ...said }))),
  );
}
