/**
 * The same content twice in a case: kept once on this disk, and sent once. The second version has the chunks and the key of
 * the first, and says as which version they were sealed. Only within Working papers: elsewhere nobody is told what is there.
 */
import type { Content } from '../../../../shared/ipc/evidence.ts';
import { isFact } from '../../../../shared/model/logged.ts';
import type { AreaId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Session } from '../../session.ts';

/** What was sealed, or the same under its version as it is here already. */
export async function sealedOnce(
  { facts, evidence }: Session,
  here: ReadonlySet<VersionId>,
  area: AreaId,
  fresh: Content,
): Promise<Content> {
  for (const logged of facts.inArea(area)) {
    if (!isFact(logged, 'added')) continue;
    const { content } = logged.fact.file;
    if (content.sha256 !== fresh.sha256 || content.size !== fresh.size || !here.has(content.version)) continue;
    const same: Content = { ...content, version: fresh.version, sealed: content.sealed ?? content.version };
    if (await evidence.adopt(content, same).catch(() => false)) return same;
  }
  return fresh;
}

/** The chunks that the import sealed anew go; where that is cut off, the next start clears them: the log never names them. */
export async function dropTwice({ evidence }: Session, fresh: Content, kept: Content): Promise<void> {
  await evidence.destroy([fresh], [kept]).catch(() => {}); // the process ended: cleared at the next start
}
