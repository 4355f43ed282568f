/**
 * What a certificate or a signature freezes, from the case as this computer has it, and what is no longer so. Whoever
 * certifies has seen the rows: their hash is asked for, and another one is refused.
 */
import { toHex, utf8 } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash, WorkId } from '../../../../shared/primitives/ids.ts';
import type { Platform } from '../../../../shared/primitives/platform.ts';
import { sha256 } from '../../../../shared/primitives/platform.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { CertifiedSchedule, SchedulePreview, WorkAct, WorkView } from '../../../../shared/ipc/work.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { ScheduleRow } from '../../../../shared/model/facts/deciding.ts';
import type { ScheduleForm } from '../../../../shared/model/facts/deciding.ts';
import { changedRows, hindrances, scheduleRows, scheduleText } from '../../../../shared/model/work/frozen/schedule.ts';
import { alteredSince, statementValues } from '../../../../shared/model/work/frozen/statement.ts';
import type { Session } from '../../session.ts';
import { areaOf } from '../caseIndex.ts';
import { begunInWorking } from '../sensitive/areas.ts';
import { snapshotOf } from '../snapshotOf.ts';
import { workOf } from './folded.ts';

const hashRows = async (platform: Platform, rows: readonly ScheduleRow[]): Promise<Hash> =>
  toHex(await sha256(platform, utf8(scheduleText(rows)))) as Hash;

/** What is certified stands in Working papers; what is kept apart must not. */
const KEPT_APART = {
  sentence: 'Sensitive material of this case is kept apart. It cannot be certified in Joinder yet: do so on paper.',
  path: 'material',
};

/** Who has Working papers has the whole list of material; who does not cannot say what a schedule would be. */
const holdsAll = (session: Session, of: CaseId): boolean => areaOf(session, of, 'working papers') !== null;

export async function previewCertificate(
  session: Session,
  of: CaseId,
  form: ScheduleForm,
): Promise<Result<SchedulePreview, ActCause>> {
  if (!holdsAll(session, of)) return fail('not allowed');
  const snapshot = await snapshotOf(session, of);
  const rows = scheduleRows(form, snapshot);
  const apart = form === 'MG6D' && begunInWorking(session, of) !== null ? [KEPT_APART] : [];
  return ok({
    rows,
    sha256: await hashRows(session.platform, rows),
    hindrances: [...hindrances(snapshot), ...apart],
  });
}

export async function readCertificate(
  session: Session,
  of: CaseId,
  id: WorkId,
): Promise<Result<CertifiedSchedule, ActCause>> {
  const found = workOf(session, of).certificates.find((one) => one.id === id);
  if (!found) return fail('not found');
  if (!found.rows) return ok({ rows: null, fits: true });
  return ok({ rows: found.rows, fits: (await hashRows(session.platform, found.rows)) === found.covers.sha256 });
}

type Certifying = Extract<WorkAct, { is: 'certified' }>;
type Signing = Extract<WorkAct, { is: 'signed' }>;

/** What is frozen by the act, added to it; for all others nothing. */
export async function frozenBy(session: Session, of: CaseId, what: WorkAct): Promise<Result<object, ActCause>> {
  if (what.is === 'certified') return certifiedRows(session, of, what);
  return what.is === 'signed' ? ok(await signedRow(session, of, what)) : ok({});
}

async function certifiedRows(session: Session, of: CaseId, what: Certifying): Promise<Result<object, ActCause>> {
  const now = await previewCertificate(session, of, what.schedule);
  if (!now.ok) return now;
  const { rows, sha256: hash, hindrances: before } = now.value;
  if (before.length > 0 || hash !== what.covers.sha256) return fail('changed meanwhile');
  return ok({ rows, covers: { sha256: hash, lines: rows.length } });
}

async function signedRow(session: Session, of: CaseId, { path }: Signing): Promise<object> {
  const as = statementValues(await snapshotOf(session, of), path);
  return as === null ? {} : { as };
}

/** By certificate and signature that stands: what is no longer as it was frozen. */
export async function frozenChanges(session: Session, of: CaseId): Promise<WorkView['changedSince']> {
  const { certificates, signatures } = workOf(session, of);
  const standing = certificates.filter(({ supersededBy }) => supersededBy === null);
  const signed = signatures.filter(({ supersededBy }) => supersededBy === null);
  if (standing.length + signed.length === 0) return {};
  const snapshot = await snapshotOf(session, of);
  const whole = holdsAll(session, of);
  const certified = whole ? standing.flatMap(({ id, schedule, rows }) => (rows ? [{ id, schedule, rows }] : [])) : [];
  return Object.fromEntries([
    ...certified.map(({ id, schedule, rows }) => [id, changedRows(rows, scheduleRows(schedule, snapshot))] as const),
    ...signed.map((one) => [one.id, alteredSince(one, snapshot, whole)] as const),
  ]);
}
