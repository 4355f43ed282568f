/**
 * The certificate of the sensitive schedule (MG6D): its rows stand where that material stands, with its hash alone in
 * Working papers. The prosecutor gets it by value with what is shared, and nowhere else.
 */
import { toHex, utf8 } from '../../../../shared/primitives/bytes.ts';
import type { AreaId, CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import type { Platform } from '../../../../shared/primitives/platform.ts';
import { sha256 } from '../../../../shared/primitives/platform.ts';
import type { SharedCertificate } from '../../../../shared/ipc/sensitive.ts';
import type { CaseEvent, Party } from '../../../../shared/model/events.ts';
import type { ScheduleRow } from '../../../../shared/model/facts/deciding.ts';
import type { FactOf } from '../../../../shared/model/logged.ts';
import { inOneOrder, isFact } from '../../../../shared/model/logged.ts';
import { scheduleText } from '../../../../shared/model/work/frozen/schedule.ts';
import type { CertificateState } from '../../../../shared/model/work/state.ts';
import type { Piece } from '../../log/writer.ts';
import type { Session } from '../../session.ts';
import { eventPiece } from '../pieces.ts';
import { workOf } from '../work/folded.ts';
import type { SensitivePlaceOf } from './areas.ts';
import { ownSensitive } from './areas.ts';

type Rows = readonly ScheduleRow[];

export const hashRows = async (platform: Platform, rows: Rows): Promise<Hash> =>
  toHex(await sha256(platform, utf8(scheduleText(rows)))) as Hash;

/** The rows of a certificate of the sensitive schedule, from where they stand apart; null: this person does not read them. */
export function rowsApart(session: Session, of: CaseId, { id, by }: CertificateState): Rows | null {
  const own = ownSensitive(session, of);
  const found = (own ? session.facts.inArea(own.area) : []).find(
    ({ fact, org, person }) => fact.is === 'certified' && fact.id === id && org === by.org && person === by.person,
  );
  return found?.fact.is === 'certified' ? (found.fact.rows ?? null) : null;
}

/** What was shared there by the organisation that made the place; the newest first. */
function sharedIn({ facts }: Session, { area, begun }: Pick<SensitivePlaceOf, 'area' | 'begun'>) {
  return inOneOrder(facts.inArea(area as AreaId))
    .flatMap((logged) => (isFact(logged, 'certificate shared') && logged.org === begun.org ? [logged.fact] : []))
    .toReversed();
}

/** Certificates as the prosecutor reads them, each with whether its rows are those of its hash. */
export const sharedCertificates = (
  session: Session,
  place: Pick<SensitivePlaceOf, 'area' | 'begun'>,
): Promise<readonly SharedCertificate[]> =>
  Promise.all(
    sharedIn(session, place).map(async ({ certificate, certified, covers, rows = [], words, by }) => ({
      id: certificate,
      by: certified.by.personName,
      post: certified.by.post,
      at: certified.at,
      sharedBy: by.personName,
      words,
      sha256: covers.sha256,
      rows,
      fits: (await hashRows(session.platform, rows)) === covers.sha256,
    })),
  );

/** The certificate that stands and was not shared in a place yet; null: there is none. */
export function unsharedCertificate(
  session: Session,
  of: CaseId,
  shared: SensitivePlaceOf | null,
): Omit<FactOf<'certificate shared'>, 'by' | 'at'> | null {
  const found = workOf(session, of).certificates.find(
    ({ schedule, supersededBy }) => schedule === 'MG6D' && supersededBy === null,
  );
  if (!found || (shared && sharedIn(session, shared).some(({ certificate }) => certificate === found.id))) return null;
  const rows = rowsApart(session, of, found);
  const { id, by, at, covers, words } = found;
  return rows && { is: 'certificate shared', certificate: id, certified: { by, at }, covers, rows: [...rows], words };
}

/** Writes it into a shared area. */
export async function certificatePieces(
  session: Session,
  of: CaseId,
  shared: SensitivePlaceOf | null,
  area: AreaId,
  by: Party,
): Promise<readonly Piece[]> {
  const found = unsharedCertificate(session, of, shared);
  const fact: CaseEvent | null = found && { ...found, by, at: session.platform.now() };
  return fact ? [await eventPiece(session, area, fact)] : [];
}
