/** In which measures an organisation's share of the store is limited: in an intake of another, in an area of a case, in all. */
import type { ByteCount } from '../../../shared/primitives/units.ts';

export const MEASURES = ['intake', 'area', 'total'] as const;
export type Measure = (typeof MEASURES)[number];
/** Bytes, where nothing was decided for the organisation. */
export type Quotas = Readonly<Record<Measure, ByteCount>>;
