/**
 * A case held against the rules: its snapshot as this computer has it, judged for the stage it is at, as of today.
 */
import type { CheckView, PathHint } from '../../../shared/ipc/check.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { deadlines } from '../../../shared/model/rules/deadlines/deadlines.ts';
import { preflight, questionsOf } from '../../../shared/model/rules/preflight/preflight.ts';
import { mendedIn } from '../../../shared/model/snapshot/mendedIn.ts';
import { rowName } from '../../../shared/model/snapshot/rowName.ts';
import { agreementFindings } from '../../../shared/model/work/agreement/inForce.ts';
import { workOf } from '../cases/work/folded.ts';
import { madeOf } from '../cases/snapshotOf.ts';
import type { Desktop } from '../desktop.ts';
import { today } from '../timeZone.ts';

export async function checkView({ session }: Desktop, of: CaseId): Promise<CheckView> {
  const { snapshot, working, caseFile } = await madeOf(session, of);
  const work = workOf(session, of);
  const { stage } = work.stage;
  const on = today(session.platform);
  const { set, edition } = session.rules.own();
  const findings = [...preflight(snapshot, stage, set, on), ...agreementFindings(work, snapshot, on)];
  const running = deadlines(snapshot, stage, set, on);
  const paths = [...findings.map(({ path }) => path), ...running.flatMap(({ data }) => data.map(({ path }) => path))];
  const hint = (path: string): PathHint => ({
    place: mendedIn(path, working, caseFile),
    row: rowName(snapshot, path),
  });
  return {
    stage,
    on,
    rules: { name: edition.name, edition: edition.edition, sha256: edition.sha256 },
    findings,
    questions: questionsOf(snapshot, stage, set, on),
    deadlines: running,
    hints: Object.fromEntries(paths.map((path) => [path, hint(path)])),
  };
}
