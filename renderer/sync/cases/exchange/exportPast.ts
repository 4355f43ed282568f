/**
 * The history of transfers as CSV with times in UTC (ISO 8601), as it is filtered on the screen. Of a case that this person may not export no row is
 * written; what was written is on record in each case that it is of.
 */
import { toHex, utf8 } from '../../../../shared/primitives/bytes.ts';
import type { CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import { sha256 } from '../../../../shared/primitives/platform.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { ActCause, PastExported } from '../../../../shared/ipc/worker.ts';
import type { PastFilter } from '../../../../shared/model/transfers/past.ts';
import { filterPast, pastCsv, pastTransfers } from '../../../../shared/model/transfers/past.ts';
import type { Session } from '../../session.ts';
import { caseState, packages } from '../caseIndex.ts';
import { doWork } from '../work/doing.ts';
import { mayIn } from '../work/mayIn.ts';
import { WRITE_CAUSES } from './exporting.ts';

export async function exportPast(
  session: Session,
  filter: PastFilter,
  token: string,
): Promise<Result<PastExported, ActCause>> {
  const rows = filterPast(pastTransfers(packages(session)), filter);
  const cases = [...new Set(rows.map((row) => row.case))];
  // Of a package whose case is not open here yet nothing can be put on record.
  const may = new Set<CaseId>(cases.filter((of) => caseState(session, of) && mayIn(session, of, 'case exported')));
  const written = rows.filter((row) => may.has(row.case));
  const bytes = utf8(pastCsv(written, (at) => new Date(at).toISOString()));
  const saved = await session.evidence.writeBytes(token, bytes);
  if (!saved.ok) return fail(WRITE_CAUSES[saved.cause]);
  const hash = toHex(await sha256(session.platform, bytes)) as Hash;
  for (const of of may) {
    const recorded = await doWork(session, of, { is: 'case exported', what: 'transfers', sha256: hash, files: 0 });
    if (!recorded.ok) return recorded;
  }
  return ok({ sha256: hash, rows: written.length, left: rows.length - written.length });
}
