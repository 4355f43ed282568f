/**
 * What goes by intakes around a campaign: from the computer of who opened it to every post of the organisation, and from a
 * lead's computer to who opened it, how far each case has got. Looked for on every cue and noted when written, so that nothing
 * is queued; a note that was lost says it twice, which changes nothing.
 */
import type { RecertifyOutcome } from '../../../../shared/model/facts/recertifying.ts';
import type { Line } from '../../../../shared/model/access/recertification/lines.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { FactOf } from '../../../../shared/model/logged.ts';
import { sha256 } from '../../../../shared/primitives/platform.ts';
import { toHex, utf8 } from '../../../../shared/primitives/bytes.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { inTurn } from '../../cases/inTurn.ts';
import { meAmong } from '../../cases/me.ts';
import { act, intakePiece } from '../../cases/pieces.ts';
import type { Session } from '../../session.ts';
import { leadsHere } from '../enforcing.ts';
import { postName } from '../postName.ts';
import type { CaseList } from './rounds.ts';
import { caseLists, rounds } from './rounds.ts';

/** Written in one pass: others have their turn between. */
const AT_ONCE = 20;

export function tellRecertification(session: Session): Promise<void> {
  const nothing = session.facts.of('recertification opened').length === 0;
  return nothing ? Promise.resolve() : inTurn(session, () => tell(session));
}

async function tell(session: Session): Promise<void> {
  await spread(session);
  if (rounds(session).length === 0) return;
  for (const list of await caseLists(session)) await tellProgress(session, list);
}

/** Where each has been brought, so that a look costs nothing. */
const brought = new WeakMap<Session, Map<string, Set<string>>>();

async function broughtTo(session: Session, name: string): Promise<Set<string>> {
  const all = brought.get(session) ?? new Map<string, Set<string>>();
  brought.set(session, all);
  const known = all.get(name);
  if (known) return known;
  const kept = await session.records.get(name);
  const fresh = new Set(Array.isArray(kept) ? kept.map(String) : []);
  all.set(name, fresh);
  return fresh;
}

/** What this person said as an administrator, to the posts that have a key to be written to. */
async function spread(session: Session): Promise<void> {
  const { facts, identity, directories, records } = session;
  const own = directories.current(identity.org);
  const said = [...facts.of('recertification opened'), ...facts.of('recertification stopped')];
  let written = 0;
  for (const { fact, device } of said) {
    if (device !== identity.device) continue;
    const name = `spread ${fact.is} ${fact.is === 'recertification opened' ? fact.id : fact.campaign}`;
    const done = (await broughtTo(session, name)).add(fact.by.seat);
    const left = [...(own?.seats.keys() ?? [])].filter((seat) => !done.has(seat)).slice(0, AT_ONCE - written);
    if (left.length === 0) continue;
    const pieces = await Promise.all(
      left.map((seat) => intakePiece(session, { org: identity.org, seat }, 'event', encodeFact(fact))),
    );
    if (!(await act(session, pieces)).ok) return;
    for (const seat of left) done.add(seat);
    await records.put(name, [...done]);
    written += left.length;
  }
}

/** By the computer that answered last, and else by the first of those that lead there. */
async function tellProgress(session: Session, list: CaseList): Promise<void> {
  const { round, working, lines } = list;
  const { opened } = round.campaign;
  if (!leadsHere(session, working) || !isOurs(session, list)) return;
  const by = meAmong(session, session.log.replica(working).access?.seats.keys() ?? []);
  if (!by) return;
  const told = lines.map((line) => toldLine(session, line));
  const name = `recertification told ${opened.id} ${round.number} ${list.case}`;
  const stands = toHex(await sha256(session.platform, utf8(JSON.stringify(told))));
  if ((await session.records.get(name)) === stands) return;
  const fact: FactOf<'recertification told'> = {
    is: 'recertification told',
    campaign: opened.id,
    round: round.number,
    case: list.case,
    lines: told.slice(0, 500),
    by,
    at: session.platform.now(),
  };
  const to = { org: by.org, seat: opened.by.seat };
  const done = await act(session, [await intakePiece(session, to, 'event', encodeFact(fact))]);
  if (done.ok) await session.records.put(name, stands);
}

function isOurs({ identity, directories, log, facts }: Session, { working }: CaseList): boolean {
  const newest = facts.inArea(working).findLast(({ fact }) => fact.is === 'recertified');
  if (newest?.device === identity.device) return true;
  const own = directories.current(identity.org);
  const { access } = log.replica(working);
  if (own === null || access === null) return false;
  const leads = [...own.devices.keys()].filter((device) => roleIn(access, own, device) === 'lead').toSorted();
  return leads[0] === identity.device;
}

function toldLine(
  session: Session,
  { seat, outcome, answer }: Line,
): { seat: Line['seat']; post: string; outcome: RecertifyOutcome; by: string | null; at: number | null } {
  const post = postName(session, { org: session.identity.org, seat });
  return { seat, post, outcome, by: answer?.by.personName ?? null, at: answer?.at ?? null };
}
