/**
 * What a certificate or a signature freezes, from the case as this computer has it, and what is no longer so. Whoever
 * certifies has seen the rows: their hash is asked for, and another one is refused.
 */
import type { AreaId, CaseId, WorkId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { CertifiedSchedule, SchedulePreview, WorkAct, WorkView } from '../../../../shared/ipc/work.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { ScheduleForm, ScheduleRow } from '../../../../shared/model/facts/deciding.ts';
import type { WorkFact } from '../../../../shared/model/facts/event.ts';
import { readRecord } from '../../../../shared/model/record.ts';
import type { ScheduleLine } from '../../../../shared/model/schedules.ts';
import { schedule } from '../../../../shared/model/schedules.ts';
import { changedRows, hindrances, openLines, scheduleRows } from '../../../../shared/model/work/frozen/schedule.ts';
import { alteredSince, statementValues } from '../../../../shared/model/work/frozen/statement.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { areaOf } from '../caseIndex.ts';
import { eventPiece } from '../pieces.ts';
import { begunInWorking, ownSensitive } from '../sensitive/areas.ts';
import { hashRows, rowsApart } from '../sensitive/certificate.ts';
import { snapshotOf } from '../snapshotOf.ts';
import { workOf } from './folded.ts';

/** Who has Working papers has the whole list of material; who does not cannot say what a schedule would be. */
const holdsAll = (session: Session, of: CaseId): boolean => areaOf(session, of, 'working papers') !== null;

/** The sensitive schedule as it stands apart; null: there is none; `closed`: there is, and this person does not read it. */
interface Apart {
  readonly area: AreaId;
  readonly lines: readonly ScheduleLine[];
  readonly torn: readonly string[];
}
async function apartOf(session: Session, of: CaseId): Promise<Apart | 'closed' | null> {
  const own = ownSensitive(session, of);
  if (!own) return begunInWorking(session, of) ? 'closed' : null;
  const record = readRecord(session.docs.doc(own.area, await streamOf(session.platform, own.area, 'record')));
  return {
    area: own.area,
    lines: schedule(record.lists.material, true).lines,
    torn: record.conflicts.map(({ path }) => path),
  };
}

/** What rests on the sensitive schedule, which not everybody reads. */
const NEEDS_APART: ReadonlySet<ScheduleForm> = new Set(['MG6D', 'MG6E']);

async function rowsNow(session: Session, of: CaseId, form: ScheduleForm): Promise<readonly ScheduleRow[] | null> {
  const apart = NEEDS_APART.has(form) ? await apartOf(session, of) : null;
  if (apart === 'closed') return null;
  return scheduleRows(form, openLines(await snapshotOf(session, of)), apart?.lines ?? []);
}

export async function previewCertificate(
  session: Session,
  of: CaseId,
  form: ScheduleForm,
): Promise<Result<SchedulePreview, ActCause>> {
  const rows = holdsAll(session, of) ? await rowsNow(session, of, form) : null;
  if (!rows) return fail('not allowed');
  const apart = NEEDS_APART.has(form) ? await apartOf(session, of) : null;
  const torn = apart && apart !== 'closed' ? apart.torn : [];
  return ok({
    rows,
    sha256: await hashRows(session.platform, rows),
    hindrances: [
      ...hindrances(await snapshotOf(session, of)),
      ...torn.map((path) => ({
        path,
        sentence: 'Sensitive material: two people set a value at once. Choose which to keep.',
      })),
    ],
  });
}

type Certified = Extract<WorkFact, { is: 'certified' }>;

export async function readCertificate(
  session: Session,
  of: CaseId,
  id: WorkId,
): Promise<Result<CertifiedSchedule, ActCause>> {
  const found = workOf(session, of).certificates.find((one) => one.id === id);
  if (!found) return fail('not found');
  const rows = found.rows ?? rowsApart(session, of, found);
  const fits = rows === null || (await hashRows(session.platform, rows)) === found.covers.sha256;
  return ok({ rows, fits, isApart: rows === null && found.schedule === 'MG6D' });
}

/**
 * What is written elsewhere with a certificate of the sensitive schedule: its rows stand where that material stands, and
 * Working papers hold their hash alone.
 */
export async function partApart(
  session: Session,
  of: CaseId,
  fact: WorkFact,
): Promise<{ readonly fact: WorkFact; readonly pieces: readonly Piece[] }> {
  const own = isOfApart(fact) ? ownSensitive(session, of) : null;
  if (!own || !isOfApart(fact)) return { fact, pieces: [] };
  const { rows: _, ...bare } = fact;
  return { fact: bare, pieces: [await eventPiece(session, own.area, fact)] };
}
const isOfApart = (fact: WorkFact): fact is Certified => fact.is === 'certified' && fact.schedule === 'MG6D';

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
  const certified = await Promise.all(
    (whole ? standing : []).map(async (one): Promise<readonly (readonly [string, readonly string[]])[]> => {
      const then = one.rows ?? rowsApart(session, of, one);
      const now = then && (await rowsNow(session, of, one.schedule));
      return now ? [[one.id, changedRows(then, now)]] : [];
    }),
  );
  return Object.fromEntries([
    ...certified.flat(),
    ...signed.map((one) => [one.id, alteredSince(one, snapshot, whole)] as const),
  ]);
}
