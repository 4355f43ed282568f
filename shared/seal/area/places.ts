/**
 * Ids that every device computes alike: the intake of a post, and the streams of an area.
 */
import { derivedId } from '../../primitives/naming.ts';
import type { AreaId, OrgId, SeatId, StreamId } from '../../primitives/ids.ts';
import type { Platform } from '../../primitives/platform.ts';
import { LABEL } from '../labels.ts';

/** A post's in-tray: an area with no key of its own, to which partners may append and which only its seat reads. */
export const intakeOf = (platform: Platform, org: OrgId, seat: SeatId): Promise<AreaId> =>
  derivedId<AreaId>(platform, LABEL.intake, org, seat);

/** Streams that every area has: what happened, the case record's fields, the case summary's text; of an intake, what its post audits. */
export type StreamName = 'chain' | 'events' | 'record' | 'summary' | 'audit';

export const streamOf = (platform: Platform, area: AreaId, name: StreamName): Promise<StreamId> =>
  derivedId<StreamId>(platform, LABEL.stream, area, name);
