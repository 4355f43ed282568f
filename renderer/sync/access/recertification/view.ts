/** Recertification as windows show it: campaigns, this person's list of each, and for administrators how far all have got. */
import type { CampaignRow, RecertificationView, ToReview } from '../../../../shared/ipc/recertification.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { dayNumber } from '../../../../shared/primitives/calendar.ts';
import { progressOf, reportCsv, toldOf } from '../../../../shared/model/access/recertification/report.ts';
import type { Line } from '../../../../shared/model/access/recertification/lines.ts';
import type { Round } from '../../../../shared/model/access/recertification/rounds.ts';
import { isOver } from '../../../../shared/model/access/recertification/rounds.ts';
import { isFact } from '../../../../shared/model/logged.ts';
import { utf8 } from '../../../../shared/primitives/bytes.ts';
import type { Hash, PersonId, WorkId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import { countOf } from '../../../../shared/status/format.ts';
import { lineWord, roundWord } from '../../../../shared/status/recertification.ts';
import type { Desktop } from '../../desktop.ts';
import type { Session } from '../../session.ts';
import { today } from '../../timeZone.ts';
import { guestPlacesOf } from '../../guests/places.ts';
import { nameOf } from '../../views/cases.ts';
import { WRITE_CAUSES } from '../../cases/exchange/exporting.ts';
import { myRoles } from '../roles.ts';
import { postName } from '../postName.ts';
import { mayI, passTo } from './acts.ts';
import type { CaseList } from './rounds.ts';
import { holdersOf, rounds, roundsAndLists } from './rounds.ts';

export async function recertificationView(desktop: Desktop): Promise<RecertificationView> {
  const { session } = desktop;
  const own = session.directories.current(session.identity.org);
  const { begun, lists } = await roundsAndLists(session);
  const rows = await Promise.all(begun.map((round) => rowOf(desktop, round, lists)));
  const administers = myRoles(session).includes('administrator');
  const units = new Set([...(own?.posts.values() ?? [])].map(({ unit }) => unit).filter((unit) => unit !== ''));
  return {
    rows: rows.filter(({ lines, told }) => lines.length > 0 || told !== null),
    mayOpen: administers,
    units: [...units].toSorted((a, b) => a.localeCompare(b, 'en-GB')),
    people: administers
      ? [...(own?.people.values() ?? [])].filter(({ person }) => (own?.holds.get(person)?.size ?? 0) > 0)
      : [],
  };
}

async function rowOf(desktop: Desktop, round: Round, lists: readonly CaseList[]): Promise<CampaignRow> {
  const { session } = desktop;
  const { opened } = round.campaign;
  const day = today(session.platform);
  const over = isOver(round, day);
  const mine = lists.filter((list) => list.round === round);
  const all = (await Promise.all(mine.map((list) => linesIn(desktop, list)))).flat();
  const lines = all.toSorted((a, b) => Number(b.mayAnswer) - Number(a.mayAnswer));
  const administers = myRoles(session).includes('administrator');
  const told = administers ? progressOf(toldOf(round, toldHere(session))) : null;
  const shown = told ?? { lines: lines.length, outcomes: counted(lines) };
  const { outcomes } = shown;
  return {
    id: opened.id,
    round: round.number,
    name: opened.name,
    from: round.from,
    until: round.until,
    every: opened.every,
    scope: scopeOf(round),
    by: opened.by.personName,
    over,
    word: roundWord({
      over,
      daysLeft: (dayNumber(round.until) ?? 0) - (dayNumber(day) ?? 0) + 1,
      lines: shown.lines - outcomes.stays,
      open: outcomes.open + outcomes.passed,
      gone: outcomes.removed + outcomes['not reviewed'],
    }),
    lines,
    told,
    can: { stop: administers && (!over || opened.every !== null) },
  };
}

/** Of one's own organisation alone: a partner can put into an intake what it likes. */
const toldHere = ({ facts, identity }: Session) =>
  facts.of('recertification told').filter(({ org }) => org === identity.org);

const counted = (lines: readonly ToReview[]) =>
  progressOf([{ lines: lines.map((line) => ({ ...line, by: null, at: null })) }]).outcomes;

function scopeOf({ campaign }: Round): string {
  const { units, people, cases } = campaign.opened;
  const parts = [
    units.length === 0 ? '' : `posts of ${units.join(', ')}`,
    people.length === 0 ? '' : `posts that ${people.map(({ personName }) => personName).join(', ')} hold`,
    cases.length === 0 ? '' : `${countOf(cases.length, 'case', 'cases')}: ${cases.join(', ')}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Every post in every case' : parts.join('; ');
}

/** What this person may answer of, and what they have answered. */
async function linesIn(desktop: Desktop, list: CaseList): Promise<readonly ToReview[]> {
  const { session } = desktop;
  const shown = list.lines.filter(
    (line) =>
      mayI(session, list, line) || line.answer?.by.person === session.identity.person || isLedByMe(session, list),
  );
  if (shown.length === 0) return [];
  const { title } = await nameOf(desktop, list.case);
  return shown.map((line) => toReviewOf(session, list, line, title));
}

const isLedByMe = ({ directories, identity }: Session, { grantings }: CaseList): boolean => {
  const mine = directories.current(identity.org)?.holds.get(identity.person);
  return grantings.some(({ seat, role, until }) => role === 'lead' && until === null && mine?.has(seat) === true);
};

function toReviewOf(session: Session, list: CaseList, line: Line, title: string): ToReview {
  const { seat, role, since, outcome, answer } = line;
  const mine = outcome !== 'stays' && mayI(session, list, line);
  const own = session.directories.current(session.identity.org);
  const nameOfPerson = (person: PersonId): string => own?.people.get(person)?.name ?? '';
  const given = session.facts
    .inArea(list.working)
    .findLast((one) => isFact(one, 'access given') && one.fact.seat === seat);
  const guest = guestPlacesOf(session, list.case).find(({ invited }) => invited.fact.seat === seat)?.invited.fact;
  return {
    case: list.case,
    title,
    seat,
    post: postName(session, { org: session.identity.org, seat }),
    people: own ? holdersOf(own, seat).map(nameOfPerson) : [],
    role,
    since,
    why: guest?.why ?? (given && isFact(given, 'access given') ? given.fact.why : null),
    outcome,
    word: lineWord({ outcome, mine, by: answer?.by.personName ?? '', to: answer?.to?.personName ?? '' }),
    mayAnswer: mine,
    passTo: passTo(session, list, seat).map((person) => ({ person, name: nameOfPerson(person) })),
  };
}

const iso = (at: Millis): string => new Date(at).toISOString();

export async function exportRecertification(
  session: Session,
  campaign: WorkId,
  number: number,
  token: string,
): Promise<Result<{ sha256: Hash }, ActCause>> {
  const round = rounds(session).find((one) => one.campaign.opened.id === campaign && one.number === number);
  if (!round) return fail('not found');
  if (!myRoles(session).includes('administrator')) return fail('not allowed');
  const text = reportCsv(round, toldOf(round, toldHere(session)), iso);
  const written = await session.evidence.writeBytes(token, utf8(text));
  return written.ok ? ok({ sha256: written.value }) : fail(WRITE_CAUSES[written.cause]);
}
