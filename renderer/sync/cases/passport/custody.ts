/**
 * The relay's signed word that it holds all of a package: asked for once, when everything has gone up, and held against
 * what was asked before it is kept.
 */
import type { AreaId, PackageId } from '../../../../shared/primitives/ids.ts';
import { importVerifyKey } from '../../../../shared/primitives/platform.ts';
import type { FileRecord } from '../../../../shared/model/events.ts';
import type { FactOf } from '../../../../shared/model/logged.ts';
import { verifyCustody } from '../../../../shared/seal/custody.ts';
import { LIMITS } from '../../../../shared/wire/link.ts';
import type { Session } from '../../session.ts';
import { chunksOf } from './lines.ts';

/** The fact to write; null where the relay does not say so, or signed something else: the package goes on without it. */
export async function askCustody(
  { link, platform, identity }: Session,
  id: PackageId,
  area: AreaId,
  files: readonly FileRecord[],
): Promise<FactOf<'in custody'> | null> {
  const { relayKey } = identity;
  const lists = files.map(({ content }) => content.chunks.map((chunk) => chunk.hash));
  const chunks = lists.reduce((sum, list) => sum + list.length, 0);
  if (files.length === 0 || lists.length > LIMITS.refs || chunks > LIMITS.chunks) return null;
  const answer = await link.ask<'custody'>({ t: 'custody', area, lists });
  if (answer?.t !== 'custody') return null;
  const { time, signature } = answer;
  const hashes = await Promise.all(files.map((file) => chunksOf(platform, file)));
  const key = await importVerifyKey(platform, relayKey);
  if (!(await verifyCustody(platform, key, { area, time, lists: hashes }, signature))) return null;
  const versions = files.map(({ content }) => content.version);
  return { is: 'in custody', package: id, area, versions, time, relayKey, signature, at: platform.now() };
}
