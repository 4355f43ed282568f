/**
 * A case held against the rules: its snapshot as this computer has it, judged for the stage it is at, as of today.
 */
import type { CheckView } from '../../../shared/ipc/check.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { deadlines } from '../../../shared/model/rules/deadlines/deadlines.ts';
import { preflight, questionsOf } from '../../../shared/model/rules/preflight/preflight.ts';
import { workOf } from '../cases/work/folded.ts';
import { snapshotOf } from '../cases/snapshotOf.ts';
import type { Desktop } from '../desktop.ts';
import { today } from '../timeZone.ts';

export async function checkView({ session }: Desktop, of: CaseId): Promise<CheckView> {
  const snapshot = await snapshotOf(session, of);
  const { stage } = workOf(session, of).stage;
  const on = today(session.platform);
  const { set, edition } = session.rules.own();
  return {
    stage,
    on,
    rules: { name: edition.name, edition: edition.edition, sha256: edition.sha256 },
    findings: preflight(snapshot, stage, set, on),
    questions: questionsOf(snapshot, stage, set, on),
    deadlines: deadlines(snapshot, stage, set, on),
  };
}
