/**
 * The rounds of recertification that this computer knows of, and in each the list of a case: from facts in intakes and Working
 * papers, and from the case's access chain and those of its guests. Computed once for each change.
 */
import type { Line } from '../../../../shared/model/access/recertification/lines.ts';
import { linesOf } from '../../../../shared/model/access/recertification/lines.ts';
import type { Round } from '../../../../shared/model/access/recertification/rounds.ts';
import { asksAbout, foldCampaigns, roundsOf } from '../../../../shared/model/access/recertification/rounds.ts';
import type { Granting } from '../../../../shared/model/access/spans.ts';
import type { AreaId, CaseId, PersonId, SeatId } from '../../../../shared/primitives/ids.ts';
import type { DirectoryState } from '../../../../shared/seal/directory/directory.ts';
import { allCases, areasOf } from '../../cases/caseIndex.ts';
import { snapshotOf } from '../../cases/snapshotOf.ts';
import type { Session } from '../../session.ts';
import { today } from '../../timeZone.ts';
import { guestPlacesOf } from '../../guests/places.ts';
import { grantingsIn } from '../histories.ts';

/** One case in one round. */
export interface CaseList {
  readonly round: Round;
  readonly case: CaseId;
  readonly working: AreaId;
  readonly grantings: readonly Granting[];
  readonly lines: readonly Line[];
}

interface Known {
  readonly key: string;
  readonly rounds: readonly Round[];
  readonly lists: Promise<readonly CaseList[]>;
}
const known = new WeakMap<Session, Known>();

/** Every round that has begun, newest first; none was stopped while it ran. */
export const rounds = (session: Session): readonly Round[] => knownOf(session).rounds;
/** The lists of the cases whose Working papers this computer reads. */
export const caseLists = (session: Session): Promise<readonly CaseList[]> => knownOf(session).lists;
/** Rounds and lists of one moment: asked for one after the other, they may be of two, and not belong together. */
export async function roundsAndLists(
  session: Session,
): Promise<{ readonly begun: readonly Round[]; readonly lists: readonly CaseList[] }> {
  const { rounds: begun, lists } = knownOf(session);
  return { begun, lists: await lists };
}

function knownOf(session: Session): Known {
  const { facts, identity, directories, log, platform } = session;
  const places = log.all().reduce((sum, { row }) => sum + row.n, 0);
  const key = [facts.revision, today(platform), directories.current(identity.org)?.n, places].join(' ');
  const before = known.get(session);
  if (before?.key === key) return before;
  const said = [...facts.of('recertification opened'), ...facts.of('recertification stopped')];
  const campaigns = foldCampaigns(said.filter(({ org }) => org === identity.org));
  const begun = campaigns
    .flatMap((campaign) => roundsOf(campaign, today(platform)))
    .toSorted((a, b) => b.start - a.start);
  const fresh = { key, rounds: begun, lists: listsOf(session, begun) };
  fresh.lists.catch(() => known.delete(session)); // a store that was closed: asked again on the next cue
  known.set(session, fresh);
  return fresh;
}

async function listsOf(session: Session, begun: readonly Round[]): Promise<readonly CaseList[]> {
  const own = session.directories.current(session.identity.org);
  const lists: CaseList[] = [];
  if (own === null || begun.length === 0) return lists;
  const isNamed = begun.some(({ campaign }) => campaign.opened.cases.length > 0);
  for (const of of allCases(session)) {
    const working = workingOf(session, of);
    if (working === null) continue;
    const grantings = [...(await grantingsIn(session, working)), ...(await guestsOf(session, of))];
    const names = isNamed ? await namesOf(session, of) : [];
    for (const round of begun) {
      const isAsked = (seat: SeatId): boolean => asksAbout(round.campaign, postOf(own, seat), names);
      const facts = session.facts.inArea(working);
      const lines = linesOf(round, own.org, grantings, facts, today(session.platform), isAsked);
      if (lines.length > 0) lists.push({ round, case: of, working, grantings, lines });
    }
  }
  return lists;
}

/** The guests of a case: each was let into the area that was made for them, and is reviewed like any post. */
async function guestsOf(session: Session, of: CaseId): Promise<readonly Granting[]> {
  const theirs = guestPlacesOf(session, of).map(async ({ area, invited }) => {
    const { seat } = invited.fact;
    return (await grantingsIn(session, area)).filter((one) => one.seat === seat);
  });
  return (await Promise.all(theirs)).flat();
}

/** Working papers of our own: what another organisation reads is no place to say who of ours may stay. */
function workingOf(session: Session, of: CaseId): AreaId | null {
  const found = areasOf(session, of).find(({ kind }) => kind === 'working papers');
  const owner = found && session.log.replica(found.area).access?.owner;
  return found && owner === session.identity.org ? found.area : null;
}

async function namesOf(session: Session, of: CaseId): Promise<readonly string[]> {
  const { case: record } = await snapshotOf(session, of);
  return [record.title ?? '', record.urn ?? ''].filter((name) => name !== '');
}

const postOf = (own: DirectoryState, seat: SeatId): { unit: string; people: readonly PersonId[] } => ({
  unit: own.posts.get(seat)?.unit ?? '',
  people: holdersOf(own, seat),
});

export const holdersOf = (own: DirectoryState, seat: SeatId): readonly PersonId[] =>
  [...own.holds].flatMap(([person, seats]) => (seats.has(seat) ? [person] : []));
