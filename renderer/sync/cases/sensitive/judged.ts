/**
 * The rows of sensitive material as rules judge rows of material, for who reads them and on their screen alone: what is found
 * of them is neither released nor recorded, and no colleague without access is told of it.
 */
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import type { Row } from '../../../../shared/model/formats/index.ts';
import { readRecord } from '../../../../shared/model/record.ts';
import { readSnapshot } from '../../../../shared/model/snapshot/read.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import type { Session } from '../../session.ts';
import { changesOf } from '../changes.ts';
import { workOf } from '../work/folded.ts';
import { ownSensitive } from './areas.ts';

export interface ToJudge {
  /** Another one: the rows may be others. */
  readonly from: string;
  readonly rows: readonly Row<'material'>[];
}

/** A row is sensitive because it stands there, whatever it says of itself. */
export async function sensitiveToJudge(session: Session, of: CaseId): Promise<ToJudge> {
  const own = ownSensitive(session, of);
  if (!own) return { from: '', rows: [] };
  const doc = session.docs.doc(own.area, await streamOf(session.platform, own.area, 'record'));
  const { material } = readSnapshot({
    id: of,
    working: readRecord(doc),
    caseFile: null,
    summary: '',
    files: [],
    packages: [],
    work: workOf(session, of),
  });
  return {
    from: `${own.area} ${changesOf(doc)}`,
    rows: material.map((row) => ({ ...row, sensitivity: 'sensitive' as const })),
  };
}
