/**
 * A case held against the rules: its snapshot as this computer has it, judged for the stage it is at, as of today.
 */
import type { CheckView, PathHint } from '../../../shared/ipc/check.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { deadlines } from '../../../shared/model/rules/deadlines/deadlines.ts';
import { isAsked } from '../../../shared/model/rules/preflight/answered.ts';
import type { Finding } from '../../../shared/model/rules/preflight/preflight.ts';
import { preflight, questionsOf } from '../../../shared/model/rules/preflight/preflight.ts';
import { mendedIn } from '../../../shared/model/snapshot/mendedIn.ts';
import { rowName } from '../../../shared/model/snapshot/rowName.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import { agreementFindings } from '../../../shared/model/work/agreement/inForce.ts';
import type { ToJudge } from '../cases/sensitive/judged.ts';
import { sensitiveToJudge } from '../cases/sensitive/judged.ts';
import { myRoles } from '../cases/work/mayIn.ts';
import { areaOf } from '../cases/caseIndex.ts';
import { workOf } from '../cases/work/folded.ts';
import type { Made } from '../cases/snapshotOf.ts';
import { madeOf } from '../cases/snapshotOf.ts';
import type { Desktop } from '../desktop.ts';
import { today } from '../timeZone.ts';

/** Where a supervisor signs off, they write these. */
const COMMENTS = 'case/supervisorComments';

/** What a case was judged by, and the judgement: the same of the same, and it takes long in a large case. */
interface Judged {
  readonly by: readonly unknown[];
  readonly view: CheckView;
}
const judged = new WeakMap<Made, Judged>();

export async function checkView({ session }: Desktop, of: CaseId): Promise<CheckView> {
  const made = await madeOf(session, of);
  const work = workOf(session, of);
  const on = today(session.platform);
  const rules = session.rules.own();
  const roles = myRoles(session);
  const notRead = areaOf(session, of, 'working papers')
    ? null
    : (areaOf(session, of, 'case file')?.begun.fact.by.orgName ?? '');
  const apart = await sensitiveToJudge(session, of);
  const by = [apart.from, work, on, rules.set, rules.edition, roles.join(), notRead];
  const known = judged.get(made);
  if (known?.by.every((one, i) => one === by[i]) === true) return known.view;
  const view = judge(made, apart.rows, work, on, rules, roles, notRead);
  judged.set(made, { by, view });
  return view;
}

/** Reviews stand in Working papers, and so do answers to questions: who does not read those cannot say what is missing there. */
const isOfWhatIsRead = ({ path, question }: Finding): boolean => question === null && !path.startsWith('work/reviews');

function judge(
  { snapshot: ordinary, working, caseFile }: Made,
  apart: ToJudge['rows'],
  work: WorkState,
  on: string,
  { set, edition }: ReturnType<Desktop['session']['rules']['own']>,
  roles: readonly string[],
  notRead: string | null,
): CheckView {
  const { stage } = work.stage;
  const snapshot = apart.length === 0 ? ordinary : { ...ordinary, material: [...ordinary.material, ...apart] };
  const isApart = (path: string): boolean =>
    apart.some(({ id }) => path.startsWith(`material/${id}/`) || path === `material/${id}`);
  const all = [...preflight(snapshot, stage, set, on), ...agreementFindings(work, snapshot, on)];
  const findings = notRead === null ? all : all.filter(isOfWhatIsRead);
  const running = deadlines(snapshot, stage, set, on);
  const paths = [
    ...findings.flatMap(({ path, mend }) => [path, mend]),
    ...running.flatMap(({ data }) => data.map(({ path }) => path)),
  ];
  paths.push(COMMENTS);
  const hint = (path: string): PathHint => ({
    place: isApart(path) ? 'sensitive material' : mendedIn(path, working, caseFile),
    row: rowName(snapshot, path),
  });
  return {
    stage,
    on,
    rules: { name: edition.name, edition: edition.edition, sha256: edition.sha256 },
    findings,
    notRead,
    questions: (notRead === null ? questionsOf(snapshot, stage, set, on) : []).map((one) => ({
      ...one,
      mine: isAsked(one, roles),
    })),
    deadlines: running,
    hints: Object.fromEntries(paths.map((path) => [path, hint(path)])),
  };
}
