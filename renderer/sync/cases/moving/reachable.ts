/**
 * Owns what of our packages can be fetched at the relay: their chunks are referred to in the receiver's intake before they
 * are sent there, and no more once a package is withdrawn. Each is asked for once, and remembered.
 */
import type { AreaId, Hash } from '../../../../shared/primitives/ids.ts';
import type { FileRecord } from '../../../../shared/model/events.ts';
import type { Session } from '../../session.ts';
import { packages } from '../caseIndex.ts';

/** Chunks that one question names. */
const AT_ONCE = 2048;

/** Makes the chunks reachable through the intake; false where the relay cannot be asked now, or declines. */
export async function makeReachable(
  { link, records }: Session,
  referred: Set<string>,
  area: AreaId,
  tag: Hash,
  files: readonly FileRecord[],
): Promise<boolean> {
  const nameOf = ({ content }: FileRecord): string => `${tag} ${content.version}`;
  const missing = files.filter((file) => !referred.has(nameOf(file)));
  const chunks = missing.flatMap(({ content }) => content.chunks.map((chunk) => chunk.hash));
  // Of many small files in few questions.
  for (let i = 0; i < chunks.length; i += AT_ONCE) {
    if (!link.open) return false;
    const some = chunks.slice(i, i + AT_ONCE);
    const answer = await link.ask<'done'>({ t: 'refer', area, tag, chunks: some, from: null });
    if (answer?.t !== 'done') return false;
  }
  for (const file of missing) {
    referred.add(nameOf(file));
    await records.put(`referred ${nameOf(file)}`, true);
  }
  return true;
}

/** The relay is asked once for each withdrawn package to let nobody fetch it any more. */
export async function withdrawAtRelay(session: Session): Promise<void> {
  const { facts, link, records } = session;
  if (!link.open) return;
  for (const { withdrawn, posted, side, package: id } of packages(session)) {
    const key = `unreachable ${id}`;
    if (side !== 'sender' || !withdrawn || !posted || !facts.acknowledged.has(posted.entry)) continue;
    if (await records.get(key)) continue;
    const answer = await link.ask<'done'>({ t: 'withdraw', area: posted.intake, entry: posted.entry });
    if (answer) await records.put(key, answer.t === 'done' ? 'done' : answer.cause);
  }
}
