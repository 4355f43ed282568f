/**
 * What an organisation may keep, in three measures: in one intake of another organisation, in one area of a case, and in
 * all. Whatever a limit says, what is there stays; only more is not taken. The answer is a word for the measure that is full,
 * the nearest first, so that a person can be told which it is.
 */
import type { AreaId, OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { QuotaWord } from '../../../shared/wire/http.ts';
import type { Relay } from '../context.ts';
import type { Measure } from './measures.ts';

const WORDS: Readonly<Record<Measure, QuotaWord>> = {
  intake: 'quota',
  area: 'quota of the area',
  total: 'quota of the organisation',
};

type Parts = Pick<Relay, 'rules' | 'quotas' | 'directories'>;

const most = ({ rules, quotas }: Parts, org: OrgId, measure: Measure): ByteCount =>
  rules.quotaOf(org, measure) ?? quotas[measure];
const nearOf = ({ directories }: Parts, area: AreaId): Measure =>
  directories.intake(area) === null ? 'area' : 'intake';

/** Which limit would be passed with `more` bytes of chunks there; null: they fit. */
export function overQuota(
  relay: Parts & Pick<Relay, 'chunks'>,
  org: OrgId,
  area: AreaId,
  more: ByteCount,
): QuotaWord | null {
  const near = nearOf(relay, area);
  if (relay.chunks.used(area, org) + more > most(relay, org, near)) return WORDS[near];
  return relay.chunks.usedInAll(org) + more > most(relay, org, 'total') ? WORDS.total : null;
}

/** Whether the entries of an area may come to so many bytes: judged apart from chunks, so that files keep no word out. */
export const fitEntries = (relay: Parts, org: OrgId, area: AreaId, bytes: ByteCount): boolean =>
  bytes <= most(relay, org, nearOf(relay, area));
