/** What cases wait for: every open step, with whose it is and by when; and who there is to give work to. */
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { ColleagueRow, ReasonRow, TaskRow } from '../../../shared/ipc/work.ts';
import type { AllMeasures } from '../../../shared/model/work/measures/measures.ts';
import { measures } from '../../../shared/model/work/measures/measures.ts';
import { samplesOf } from '../../../shared/model/work/measures/samples.ts';
import { knownDisposals } from '../disposal/known.ts';
import type { OpenStep } from '../../../shared/model/work/process/where.ts';
import { allCases, areasOf, packagesOf } from '../cases/caseIndex.ts';
import { snapshotOf } from '../cases/snapshotOf.ts';
import { workOf } from '../cases/work/folded.ts';
import { myRoles } from '../cases/work/mayIn.ts';
import { dayHere, whereOf } from '../cases/work/where.ts';
import type { Session } from '../session.ts';
import { postText } from '../../../shared/seal/directory/postText.ts';

const LAST = '9999-12-31';
const dueOf = ({ step }: TaskRow): string => step.due?.day ?? LAST;

export async function tasks(session: Session): Promise<readonly TaskRow[]> {
  const there = allCases(session).filter((of) => areasOf(session, of).length > 0);
  const rows = (await Promise.all(there.map((of) => tasksOf(session, of)))).flat();
  return rows.sort(
    (a, b) => Number(b.mine) - Number(a.mine) || (dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : 0),
  );
}

async function tasksOf(session: Session, of: CaseId): Promise<readonly TaskRow[]> {
  const [where, { case: record }] = await Promise.all([whereOf(session, of), snapshotOf(session, of)]);
  const { directories, identity } = session;
  const name = directories.current(identity.org)?.people.get(identity.person)?.name ?? '';
  const roles = myRoles(session);
  const isMine = ({ whose }: OpenStep): boolean =>
    whose.roles.some((role) => roles.includes(role)) && (whose.people.length === 0 || whose.people.includes(name));
  return where.open.map((step) => ({
    case: of,
    title: record.title ?? '',
    urn: record.urn ?? null,
    stage: where.title,
    step,
    mine: isMine(step),
  }));
}

/** Everybody of one's own organisation, once for each post they hold, as work is given to them. */
export function colleagues({ directories, identity, orgName }: Session): readonly ColleagueRow[] {
  const state = directories.current(identity.org);
  const people = [...(state?.people.values() ?? [])].filter(({ person }) => state?.guests.has(person) !== true);
  return people.flatMap(({ person, name }) =>
    [...(state?.holds.get(person) ?? [])].flatMap((seat) => {
      const post = state?.posts.get(seat);
      if (!post) return [];
      const party = { org: identity.org, orgName, seat, post: postText(post), person, personName: name };
      return [{ party, roles: state?.roles.get(seat) ?? [] }];
    }),
  );
}

/** Measures over every case this computer knows. */
/** Of a case that was disposed of, its record counts, on every computer that reads it: also where it is not destroyed yet. */
export async function measuresView(session: Session): Promise<AllMeasures> {
  const records = (await knownDisposals(session)).map(({ recorded }) => recorded.fact);
  const recorded = new Set(records.flatMap((record) => (record.counted ? [record.case] : [])));
  const live = allCases(session).filter((of) => !recorded.has(of));
  return measures([
    ...live.flatMap((of) => samplesOf({ packages: packagesOf(session, of), work: workOf(session, of) }, dayHere)),
    ...records.flatMap(({ counted }) => counted ?? []),
  ]);
}

/** The reasons for which a file is returned, and for which nobody is charged, by the rules of one's own organisation. */
export function reasons({ rules }: Session): readonly ReasonRow[] {
  const { set } = rules.own();
  return [
    ...set.reasons.map(({ code, text, list }) => ({ for: 'return' as const, code, text, list })),
    ...set.declines.map(({ code, text, list }) => ({ for: 'decline' as const, code, text, list })),
  ];
}
