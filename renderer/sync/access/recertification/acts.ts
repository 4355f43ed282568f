/**
 * What a person does in a recertification: opening and stopping a campaign as an administrator, answering of a post as a lead,
 * a manager, or whom it was passed to. An answer is a fact in the case's Working papers; what follows from it is carried out by
 * a lead's computer (`enforcing.ts`), at once or when it is on line.
 */
import type { RecertifyAct } from '../../../../shared/ipc/recertification.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { mayAnswer } from '../../../../shared/model/access/recertification/lines.ts';
import type { Line } from '../../../../shared/model/access/recertification/lines.ts';
import { isOver } from '../../../../shared/model/access/recertification/rounds.ts';
import type { CaseEvent, Party } from '../../../../shared/model/events.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import { event } from '../../../../shared/model/facts/event.ts';
import type { PersonId, SeatId, WorkId } from '../../../../shared/primitives/ids.ts';
import { newId } from '../../../../shared/primitives/naming.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { assertNever, fail } from '../../../../shared/primitives/result.ts';
import { seatsOf } from '../../../../shared/seal/directory/directory.ts';
import { inTurn } from '../../cases/inTurn.ts';
import { meAmong } from '../../cases/me.ts';
import { act, eventPiece, intakePiece } from '../../cases/pieces.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { today } from '../../timeZone.ts';
import { mySeats, myRoles } from '../roles.ts';
import { postName } from '../postName.ts';
import type { CaseList } from './rounds.ts';
import { holdersOf, roundsAndLists } from './rounds.ts';

type Done = Promise<Result<null, ActCause>>;

export const recertify = (session: Session, what: RecertifyAct): Done => inTurn(session, () => doNow(session, what));

function doNow(session: Session, what: RecertifyAct): Done {
  switch (what.is) {
    case 'open':
      return open(session, what);
    case 'stop':
      return stop(session, what.campaign, what.why);
    case 'answer':
      return answer(session, what);
    default:
      return assertNever(what);
  }
}

/** This person, in the first of their posts that administers. */
function meAdministering(session: Session): Party | null {
  const own = session.directories.current(session.identity.org);
  const mine = own ? [...seatsOf(own, session.identity.device)] : [];
  return meAmong(
    session,
    mine.filter((seat) => own?.roles.get(seat)?.includes('administrator') === true),
  );
}

function open(session: Session, what: Extract<RecertifyAct, { is: 'open' }>): Done {
  const { directories, identity, platform } = session;
  const own = directories.current(identity.org);
  const from = today(platform);
  return saidByAdministrator(session, (by) =>
    what.until < from || what.name.trim() === ''
      ? null
      : {
          is: 'recertification opened',
          id: newId<WorkId>(platform),
          name: what.name.trim(),
          from,
          until: what.until,
          every: what.every,
          units: [...what.units],
          people: what.people.map((person) => ({ person, personName: own?.people.get(person)?.name ?? '' })),
          cases: what.cases.map((name) => name.trim()).filter((name) => name !== ''),
          by,
          at: platform.now(),
        },
  );
}

function stop(session: Session, campaign: WorkId, why: string): Done {
  return saidByAdministrator(session, (by) =>
    why.trim() === ''
      ? null
      : { is: 'recertification stopped', campaign, why: why.trim(), by, at: session.platform.now() },
  );
}

/** Into the intake of who says it; `spreading.ts` brings it to every other post. */
async function saidByAdministrator(session: Session, says: (by: Party) => CaseEvent | null): Done {
  const by = meAdministering(session);
  if (!by) return fail('not allowed');
  const fact = event.safeParse(says(by));
  if (!fact.success) return fail('malformed');
  return act(session, [await intakePiece(session, by, 'event', encodeFact(fact.data))]);
}

async function answer(session: Session, what: Extract<RecertifyAct, { is: 'answer' }>): Done {
  const { campaign, round: number, of, answer: said, to, why } = what;
  const standing = await roundsAndLists(session);
  const round = standing.begun.find((one) => one.campaign.opened.id === campaign && one.number === number);
  if (!round) return fail('not found');
  if (isOver(round, today(session.platform))) return fail('too late');
  if ((said === 'pass') !== (to !== null) || of.length === 0) return fail('malformed');
  const lists = standing.lists.filter((one) => one.round === round);
  const pieces: Piece[] = [];
  for (const one of of) {
    const list = lists.find((a) => a.case === one.case);
    const line = list?.lines.find(({ seat }) => seat === one.seat);
    if (!list || !line) return fail('not found');
    const by = meAmong(session, session.log.replica(list.working).access?.seats.keys() ?? []);
    if (!by || !mayI(session, list, line)) return fail('not allowed');
    if (to !== null && !passTo(session, list, line.seat).includes(to)) return fail('not found');
    pieces.push(
      await eventPiece(session, list.working, {
        is: 'recertified',
        campaign,
        round: number,
        seat: line.seat,
        post: postName(session, { org: by.org, seat: line.seat }),
        answer: said,
        to: to === null ? null : named(session, to),
        why: why.trim(),
        by,
        at: session.platform.now(),
      }),
    );
  }
  return act(session, pieces);
}

const named = ({ directories, identity }: Session, person: PersonId): { person: PersonId; personName: string } => ({
  person,
  personName: directories.current(identity.org)?.people.get(person)?.name ?? '',
});

/** Whether this person may answer of a post. */
export function mayI(
  session: Session,
  { grantings, round }: CaseList,
  { seat, answer: standing, stands }: Line,
): boolean {
  const { directories, identity, platform } = session;
  const own = directories.current(identity.org);
  if (own === null || !stands || isOver(round, today(platform))) return false;
  const me = { org: identity.org, person: identity.person, roles: myRoles(session), seats: mySeats(session) };
  return mayAnswer(me, platform.now(), seat, standing, grantings);
}

/** Who writes in the case, does not hold the post, and is somebody else. */
export function passTo(session: Session, { grantings }: CaseList, seat: SeatId): readonly PersonId[] {
  const { directories, identity } = session;
  const own = directories.current(identity.org);
  if (own === null) return [];
  const writers = grantings.filter(({ org, role, until }) => org === own.org && role !== 'reader' && until === null);
  const people = new Set(writers.flatMap((one) => holdersOf(own, one.seat)));
  return [...people].filter((person) => person !== identity.person && own.holds.get(person)?.has(seat) !== true);
}

/** Whether it waits for this person: nobody has answered, or it was passed to them. */
export function isMine(session: Session, list: CaseList, line: Line): boolean {
  const { outcome, answer: standing } = line;
  const mine = outcome === 'open' || (outcome === 'passed' && standing?.to?.person === session.identity.person);
  return mine && mayI(session, list, line);
}
