/**
 * The case of this moment as a PDF for reading: drawn beside the worker, written once, and on record under the person's
 * name with the SHA-256 of what was written. It says of which state it is by the SHA-256 of the same case as JSON.
 */
import { toHex, utf8 } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import { sha256 } from '../../../../shared/primitives/platform.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { withoutSensitive } from '../../../../shared/model/disclosure/withoutSensitive.ts';
import { jsonText } from '../../../../shared/model/exchange/manifest.ts';
import { STAGE_WORDS } from '../../../../shared/model/formats/stages.ts';
import { caseReport } from '../../../../shared/model/report/caseReport.ts';
import { fullTime } from '../../../../shared/status/format.ts';
import type { Desktop } from '../../desktop.ts';
import { activityOf } from '../../views/activity.ts';
import { clockOf } from '../../views/clock.ts';
import { packageRow } from '../../views/packages.ts';
import { caseState, packagesOf } from '../caseIndex.ts';
import { meAs } from '../me.ts';
import { withheldItems } from '../sensitive/areas.ts';
import { snapshotOf } from '../snapshotOf.ts';
import { doWork } from '../work/doing.ts';
import { workOf } from '../work/folded.ts';
import { WRITE_CAUSES } from './exporting.ts';

export async function exportPdf(
  desktop: Desktop,
  of: CaseId,
  token: string,
): Promise<Result<{ sha256: Hash }, ActCause>> {
  const { session } = desktop;
  const me = meAs(session);
  if (!me) return fail('not allowed');
  if (!caseState(session, of)) return fail('not found');
  const snapshot = withoutSensitive(await snapshotOf(session, of), withheldItems(session, of));
  const clock = clockOf(session);
  const packages = packagesOf(session, of).map((one) => packageRow(desktop, one));
  const { edition } = session.rules.own();
  const state = toHex(await sha256(session.platform, utf8(jsonText(snapshot))));
  const drawn = await session.drawReport(
    caseReport(snapshot, {
      name: me.personName,
      post: me.post,
      organisation: me.orgName,
      at: clock.now,
      timeText: (at) => fullTime(at, clock),
      sha256: state,
      rules: `${edition.name}, edition ${edition.edition}`,
      stage: STAGE_WORDS[workOf(session, of).stage.stage].name,
      history: activityOf(session, of, packages),
    }),
  );
  const written = await session.evidence.writeBytes(token, drawn);
  if (!written.ok) return fail(WRITE_CAUSES[written.cause]);
  const recorded = await doWork(session, of, { is: 'case exported', what: 'pdf', sha256: written.value, files: 0 });
  return recorded.ok ? ok({ sha256: written.value }) : recorded;
}
