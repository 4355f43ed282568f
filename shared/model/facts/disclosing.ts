/**
 * Facts of sensitive material. Each says where and who, and never what: those of Working papers are read by colleagues
 * who are not among the readers of the area.
 */
import { z } from 'zod';
import type { AreaId, CaseId, ItemId, OrgId, PackageId, SeatId, WorkId } from '../../primitives/ids.ts';
import { scheduleRows } from './deciding.ts';
import { count, hash, id, said, text } from './parts.ts';

export const DISCLOSING = [
  /** The first fact of an area of sensitive material; of our own also in Working papers. `source`: Working papers for our own, that one for what is shared. */
  z.object({
    is: z.literal('sensitive begun'),
    case: id<CaseId>(),
    area: id<AreaId>(),
    source: id<AreaId>(),
    /** For whom it was made by value; null: our own. */
    with: z.object({ org: id<OrgId>(), orgName: text(200) }).nullable(),
    ...said,
  }),
  /** In our own area: its list was brought by value into one that is shared, as far as `seen` (a Yjs state vector). */
  z.object({
    is: z.literal('sensitive shared'),
    /** With which the keys of what was brought begin. */
    share: id<PackageId>(),
    area: id<AreaId>(),
    seats: z.array(id<SeatId>()).max(100),
    seen: z.custom<Uint8Array>((v) => v instanceof Uint8Array),
    ...said,
  }),
  /** In an area that is shared: a certificate of the sensitive schedule by value, which stands nowhere else that the prosecutor reads. */
  z.object({
    is: z.literal('certificate shared'),
    certificate: id<WorkId>(),
    certified: z.object(said),
    covers: z.object({ sha256: hash, lines: count }),
    rows: scheduleRows,
    words: text(4000),
    ...said,
  }),
  /** In Working papers, in the area, and in the Case file where there is one: an item of material went from the one list to the other, under another id. */
  z.object({
    is: z.literal('material moved'),
    row: text(64),
    as: text(64),
    to: z.enum(['sensitive', 'non-sensitive']),
    /** Its files: never released while it is sensitive. */
    items: z.array(id<ItemId>()).max(100),
    ...said,
  }),
] as const;
