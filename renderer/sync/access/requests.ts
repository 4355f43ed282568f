/**
 * Asking for access to a case that one cannot see, and answering: the request goes to the intake of the post that is asked and
 * to the asker's own, so that colleagues of both have it on record; so does the answer. Approving lets the asker's post in, in
 * the same write.
 */
import type { AnswerRequest, AskAccess, RequestRow, RequestsView } from '../../../shared/ipc/access.ts';
import type { ActCause } from '../../../shared/ipc/worker.ts';
import type { AccessRequest } from '../../../shared/model/access/requests.ts';
import {
  foldRequests,
  isExpired,
  isLineManager,
  mayAnswer,
  needsEndorsing,
} from '../../../shared/model/access/requests.ts';
import type { CaseEvent, Party } from '../../../shared/model/events.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import { event } from '../../../shared/model/facts/event.ts';
import type { FactOf } from '../../../shared/model/logged.ts';
import type { CaseId, WorkId } from '../../../shared/primitives/ids.ts';
import { templateIn } from '../../../shared/model/work/agreement/draft.ts';
import { agreementInForce } from '../../../shared/model/work/agreement/inForce.ts';
import type { Agreement } from '../../../shared/model/work/agreement/schema.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { requestWord } from '../../../shared/status/request.ts';
import { allCases, areaOf } from '../cases/caseIndex.ts';
import { inTurn } from '../cases/inTurn.ts';
import { meAs } from '../cases/me.ts';
import { act, intakePiece } from '../cases/pieces.ts';
import { workOf } from '../cases/work/folded.ts';
import type { Desktop } from '../desktop.ts';
import type { Piece } from '../log/writer.ts';
import type { Session } from '../session.ts';
import { today } from '../timeZone.ts';
import { nameOf } from '../views/cases.ts';
import { clockOf } from '../views/clock.ts';
import { letIn } from './acts.ts';
import { leadsHere } from './enforcing.ts';
import { mySeats, myRoles } from './roles.ts';
import { postName } from './postName.ts';

const folded = new WeakMap<Session, { revision: number; requests: ReadonlyMap<WorkId, AccessRequest> }>();

/** Of one's own organisation alone: a partner can put into an intake what it likes. */
function requestsOf(session: Session): ReadonlyMap<WorkId, AccessRequest> {
  const { facts, identity } = session;
  const known = folded.get(session);
  if (known?.revision === facts.revision) return known.requests;
  const all = [...facts.of('access asked'), ...facts.of('access decided')].filter(({ org }) => org === identity.org);
  const requests = foldRequests(all);
  folded.set(session, { revision: facts.revision, requests });
  return requests;
}

async function allIntakes(session: Session, asked: FactOf<'access asked'>, fact: CaseEvent): Promise<Piece[]> {
  const seats = [...new Set([asked.to.seat, asked.by.seat, ...(asked.manager ? [asked.manager.seat] : [])])];
  return Promise.all(seats.map((seat) => intakePiece(session, { org: asked.by.org, seat }, 'event', encodeFact(fact))));
}

export async function askAccess(session: Session, asked: AskAccess): Promise<Result<WorkId, ActCause>> {
  const by = meAs(session);
  const { directories, identity, platform } = session;
  if (!by) return fail('not allowed');
  if (!directories.current(identity.org)?.posts.has(asked.to)) return fail('not found');
  if (mySeats(session).includes(asked.to)) return fail('own request');
  const id = newId<WorkId>(platform);
  const fact = event.safeParse({
    is: 'access asked',
    id,
    wanted: asked.wanted.trim(),
    role: asked.role,
    until: asked.until,
    why: asked.why.trim(),
    to: { seat: asked.to, post: postName(session, { org: identity.org, seat: asked.to }) },
    manager: asksManager(templateIn(session.rules.own().set.files)) ? lineManager(session) : null,
    by,
    at: platform.now(),
  });
  if (!fact.success || asked.wanted.trim() === '' || asked.why.trim() === '' || asked.until < today(platform))
    return fail('malformed');
  const done = await act(session, await allIntakes(session, fact.data as FactOf<'access asked'>, fact.data));
  return done.ok ? ok(id) : done;
}

export const answerRequest = (session: Session, id: WorkId, answer: AnswerRequest): Promise<Result<null, ActCause>> =>
  inTurn(session, () => answerNow(session, id, answer));

async function answerNow(session: Session, id: WorkId, answer: AnswerRequest): Promise<Result<null, ActCause>> {
  const request = requestsOf(session).get(id);
  const { platform } = session;
  if (!request) return fail('not found');
  if (request.answer !== null) return fail('already done');
  if (isExpired(request, platform.now())) return fail('too late');
  const { asked } = request;
  const mine = mySeats(session);
  const as =
    answer.is === 'endorse' || !mine.includes(asked.to.seat) ? (asked.manager?.seat ?? asked.to.seat) : asked.to.seat;
  const by = meAs(session, answer.is === 'take back' ? asked.by.seat : as);
  if (!by) return fail('not allowed');
  const fact = decided(asked, answer, by, platform.now());
  const standing = { fact, org: by.org, person: by.person, seats: mySeats(session), roles: myRoles(session) };
  if (!mayAnswer(request, standing))
    return fail(
      by.person === asked.by.person ? 'own request' : waitsForManager(request) ? 'line manager first' : 'not allowed',
    );
  // The asker's computer goes by what it knows; the case's own agreement, which only its readers know, counts in the end.
  if (answer.is === 'approve' && request.endorsed === null && asksManager(agreementOf(session, answer.case)))
    return fail('line manager first');
  const pieces = await allIntakes(session, asked, fact);
  if (answer.is !== 'approve') return act(session, pieces);
  if (answer.until < today(platform)) return fail('malformed');
  const given = {
    seat: asked.by.seat,
    role: asked.role,
    until: answer.until,
    why: answer.why || asked.why,
    request: id,
  };
  const done = await letIn(session, answer.case, given, pieces);
  // The post reads it by another way already: the asker is told so.
  return !done.ok && done.cause === 'already done' ? act(session, pieces) : done;
}

function decided(
  asked: FactOf<'access asked'>,
  answer: AnswerRequest,
  by: Party,
  at: number,
): FactOf<'access decided'> {
  const said = { is: 'access decided' as const, request: asked.id, by, at };
  switch (answer.is) {
    case 'approve':
      return { ...said, decision: 'approved', case: answer.case, until: answer.until, why: answer.why };
    case 'endorse':
      return { ...said, decision: 'endorsed', case: null, until: null, why: answer.why };
    case 'decline':
      return { ...said, decision: 'declined', case: null, until: null, why: answer.why };
    case 'take back':
      return { ...said, decision: 'taken back', case: null, until: null, why: '' };
  }
}

const isOpen = (session: Session, request: AccessRequest): boolean =>
  request.answer === null && !isExpired(request, session.platform.now());

const waitsForManager = ({ asked, endorsed }: AccessRequest): boolean => needsEndorsing(asked) && endorsed === null;

/** Whether this person is the line manager whose approval comes first. */
const isForMeAsManager = (session: Session, request: AccessRequest): boolean =>
  waitsForManager(request) &&
  request.asked.by.person !== session.identity.person &&
  isLineManager(request.asked, {
    person: session.identity.person,
    seats: mySeats(session),
    roles: myRoles(session),
  });

const isForMe = (session: Session, request: AccessRequest): boolean =>
  isForMeAsManager(session, request) ||
  (!waitsForManager(request) &&
    request.asked.by.person !== session.identity.person &&
    mySeats(session).includes(request.asked.to.seat));

const asksManager = (agreement: Agreement): boolean => agreement.requests === 'line manager, then lead';

const agreementOf = (session: Session, of: CaseId): Agreement =>
  agreementInForce(workOf(session, of))?.agreement ?? templateIn(session.rules.own().set.files);

/** The asker's line manager by the directory; where none is named, a post of their unit that manages. */
function lineManager(session: Session): FactOf<'access asked'>['manager'] {
  const { directories, identity } = session;
  const own = directories.current(identity.org);
  const person = own?.managers.get(identity.person) ?? null;
  const theirs = person === null ? undefined : [...(own?.holds.get(person) ?? [])].find((seat) => own?.seats.has(seat));
  const seat = theirs ?? askWhom(session).find(({ manager }) => manager)?.seat;
  if (seat === undefined) return null;
  const post = postName(session, { org: identity.org, seat });
  const name = theirs === undefined || person === null ? null : own?.people.get(person)?.name;
  return {
    seat,
    post: name === null || name === undefined ? post : `${name}, ${post}`.slice(0, 200),
    person: theirs === undefined ? null : person,
  };
}

/** What this person decides. */
export const requestsToDecide = (session: Session): readonly AccessRequest[] =>
  [...requestsOf(session).values()].filter((one) => isOpen(session, one) && isForMe(session, one));

export async function requestsView(desktop: Desktop): Promise<RequestsView> {
  const { session } = desktop;
  const all = [...requestsOf(session).values()];
  const rows = await Promise.all(all.map((request) => rowOf(desktop, request)));
  return {
    rows: rows.toSorted(
      (a, b) => Number(b.can.decide || b.can.endorse) - Number(a.can.decide || a.can.endorse) || b.at - a.at,
    ),
    askWhom: askWhom(session),
  };
}

async function rowOf(desktop: Desktop, request: AccessRequest): Promise<RequestRow> {
  const { session } = desktop;
  const { asked, answer, at } = request;
  const mine = asked.by.person === session.identity.person;
  const endorses = isOpen(session, request) && isForMeAsManager(session, request);
  const decides = !endorses && isOpen(session, request) && isForMe(session, request);
  return {
    id: asked.id,
    mine,
    by: asked.by.personName,
    byPost: asked.by.post,
    to: asked.to.post,
    toSeat: asked.to.seat,
    wanted: asked.wanted,
    role: asked.role,
    until: asked.until,
    why: asked.why,
    at,
    word: requestWord(request, clockOf(session)),
    answer: answer && { by: answer.by.personName, why: answer.why, at: answer.time },
    endorsed: request.endorsed && { by: request.endorsed.by.personName, at: request.endorsed.time },
    can: {
      decide: decides,
      endorse: endorses,
      takeBack: mine && isOpen(session, request),
      askAgain: mayAskAgain(session, request),
    },
    cases: decides ? await casesFor(desktop, asked.wanted) : [],
  };
}

/** Over with no answer, and not asked anew for the same case since. */
function mayAskAgain(session: Session, request: AccessRequest): boolean {
  const { asked, answer, at } = request;
  const isOver = isExpired(request, session.platform.now()) || answer?.decision === 'taken back';
  if (!isOver || asked.by.person !== session.identity.person) return false;
  return ![...requestsOf(session).values()].some(
    (other) =>
      other.at > at && other.asked.by.person === asked.by.person && plain(other.asked.wanted) === plain(asked.wanted),
  );
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The cases that this person leads; first those that are called what was asked for. */
async function casesFor(desktop: Desktop, wanted: string): Promise<RequestRow['cases']> {
  const { session } = desktop;
  const asked = plain(wanted);
  const led = allCases(session).filter((of) => {
    const working = areaOf(session, of, 'working papers');
    return working !== null && leadsHere(session, working.area);
  });
  const named = await Promise.all(
    led.map(async (of) => {
      const { title, urn } = await nameOf(desktop, of);
      const fits = asked !== '' && [title, urn ?? ''].some((text) => text !== '' && isCalled(plain(text), asked));
      return { case: of, title: urn === null ? title : `${title} (${urn})`, fits };
    }),
  );
  return named.toSorted((a, b) => Number(b.fits) - Number(a.fits) || a.title.localeCompare(b.title, 'en-GB'));
}
const isCalled = (name: string, asked: string): boolean =>
  name !== '' && (name.includes(asked) || asked.includes(name));

/** Posts that can be asked: managers of one's own units first, who are the line managers, then the others. */
function askWhom(session: Session): RequestsView['askWhom'] {
  const { directories, identity } = session;
  const own = directories.current(identity.org);
  const mine = mySeats(session);
  const units = new Set(mine.map((seat) => own?.posts.get(seat)?.unit ?? ''));
  const posts = [...(own?.posts.values() ?? [])].filter(
    ({ seat }) => !mine.includes(seat) && own?.guestSeats.has(seat) !== true,
  );
  const rows = posts.map(({ seat, unit }) => ({
    seat,
    post: postName(session, { org: identity.org, seat }),
    people: [...(own?.holds ?? [])].flatMap(([person, seats]) =>
      seats.has(seat) && person !== identity.person ? [own?.people.get(person)?.name ?? ''] : [],
    ),
    manager:
      units.has(unit) &&
      (own?.roles.get(seat) ?? []).some((role) => role === 'supervisor' || role === 'prosecution manager'),
  }));
  return rows
    .filter(({ people }) => people.length > 0)
    .toSorted((a, b) => Number(b.manager) - Number(a.manager) || a.post.localeCompare(b.post, 'en-GB'));
}
