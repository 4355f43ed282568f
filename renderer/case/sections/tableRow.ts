/**
 * A row of a table of the record.
 */
import type { RecordItem } from '../../../shared/model/record.ts';

export interface TableRow {
  readonly id: string;
  readonly name: string;
  /** Absent: a file of which nothing is said yet. */
  readonly item: RecordItem | null;
}
