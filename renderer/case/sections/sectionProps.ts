/**
 * What every part of the record is given.
 */
import type { AreaView, CaseView } from '../../../shared/ipc/worker.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';

export interface SectionProps {
  readonly view: CaseView;
  readonly area: AreaView;
  readonly record: CaseRecord;
  /** A path of the record to come to. */
  readonly path: string | null;
}
