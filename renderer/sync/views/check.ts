/**
 * A case held against the rules: its snapshot as this computer has it, judged for the stage it is at, as of today.
 */
import type { CheckView, PathHint } from '../../../shared/ipc/check.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { deadlines } from '../../../shared/model/rules/deadlines/deadlines.ts';
import { isAsked } from '../../../shared/model/rules/preflight/answered.ts';
import { preflight, questionsOf } from '../../../shared/model/rules/preflight/preflight.ts';
import { mendedIn } from '../../../shared/model/snapshot/mendedIn.ts';
import { rowName } from '../../../shared/model/snapshot/rowName.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import { agreementFindings } from '../../../shared/model/work/agreement/inForce.ts';
import { myRoles } from '../cases/work/mayIn.ts';
import { workOf } from '../cases/work/folded.ts';
import type { Made } from '../cases/snapshotOf.ts';
import { madeOf } from '../cases/snapshotOf.ts';
import type { Desktop } from '../desktop.ts';
import { today } from '../timeZone.ts';

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
  const by = [work, on, rules.set, rules.edition, roles.join()];
  const known = judged.get(made);
  if (known?.by.every((one, i) => one === by[i]) === true) return known.view;
  const view = judge(made, work, on, rules, roles);
  judged.set(made, { by, view });
  return view;
}

function judge(
  { snapshot, working, caseFile }: Made,
  work: WorkState,
  on: string,
  { set, edition }: ReturnType<Desktop['session']['rules']['own']>,
  roles: readonly string[],
): CheckView {
  const { stage } = work.stage;
  const findings = [...preflight(snapshot, stage, set, on), ...agreementFindings(work, snapshot, on)];
  const running = deadlines(snapshot, stage, set, on);
  const paths = [
    ...findings.flatMap(({ path, mend }) => [path, mend]),
    ...running.flatMap(({ data }) => data.map(({ path }) => path)),
  ];
  const hint = (path: string): PathHint => ({
    place: mendedIn(path, working, caseFile),
    row: rowName(snapshot, path),
  });
  return {
    stage,
    on,
    rules: { name: edition.name, edition: edition.edition, sha256: edition.sha256 },
    findings,
    questions: questionsOf(snapshot, stage, set, on).map((one) => ({ ...one, mine: isAsked(one, roles) })),
    deadlines: running,
    hints: Object.fromEntries(paths.map((path) => [path, hint(path)])),
  };
}
