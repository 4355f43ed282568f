/**
 * Handing over several cases in one act, as when somebody falls ill: each is a fact of its own, judged by itself, so that
 * what may not be handed over stays where it is and is named.
 */
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import type { HandedOver, HoldingRow } from '../../../../shared/ipc/work.ts';
import type { Party } from '../../../../shared/model/facts/parts.ts';
import type { Session } from '../../session.ts';
import { allCases, areasOf } from '../caseIndex.ts';
import { snapshotOf } from '../snapshotOf.ts';
import { doWork } from './doing.ts';
import { workOf } from './folded.ts';
import { mayIn } from './mayIn.ts';

/** The cases of one's own organisation that this person may hand over, with whose each is. */
export async function holdings(session: Session): Promise<readonly HoldingRow[]> {
  const rows = allCases(session)
    .filter((of) => areasOf(session, of).length > 0)
    .flatMap((of) => {
      const { holder } = workOf(session, of);
      return holder?.org === session.identity.org && mayIn(session, of, 'handed over') ? [{ of, holder }] : [];
    });
  const named = await Promise.all(
    rows.map(async ({ of, holder }): Promise<HoldingRow> => {
      const { case: record } = await snapshotOf(session, of);
      return { case: of, title: record.title ?? '', urn: record.urn ?? null, holder };
    }),
  );
  return named.sort((a, b) => a.title.localeCompare(b.title, 'en'));
}

export async function handOver(
  session: Session,
  cases: readonly CaseId[],
  to: Party,
  reason: string,
): Promise<HandedOver> {
  const failed: HandedOver['failed'][number][] = [];
  let done = 0;
  for (const of of cases) {
    const { holder } = workOf(session, of);
    const absent = holder?.person !== session.identity.person;
    const outcome = await doWork(session, of, { is: 'handed over', to, reason, absent });
    if (outcome.ok) done += 1;
    else failed.push({ case: of, cause: outcome.cause });
  }
  return { done, failed };
}
