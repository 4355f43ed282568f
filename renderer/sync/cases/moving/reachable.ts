/**
 * Owns what of our packages can be fetched at the relay: their chunks are referred to in the receiver's intake before they
 * are sent there, and no more once a package is withdrawn. Each is asked for once, and remembered. The relay answers for each
 * area by itself: what went to another intake already is named, and carried over there without a byte.
 */
import type { AreaId, Hash } from '../../../../shared/primitives/ids.ts';
import type { Content } from '../../../../shared/ipc/evidence.ts';
import type { FileRecord } from '../../../../shared/model/events.ts';
import type { Session } from '../../session.ts';
import { areaOfPackage, packages } from '../caseIndex.ts';
import type { AtRelay } from './atRelay.ts';

/** Chunks that one question names. */
const AT_ONCE = 2048;

/** What is one content has one first chunk, under whichever versions it was added. */
export const contentName = ({ chunks }: Content): Hash | null => chunks[0]?.hash ?? null;

/** Where else the relay holds contents that this computer can see there: in intakes that we sent to, or read. */
function elsewhere(session: Session, { holds }: AtRelay, area: AreaId): ReadonlyMap<Hash | null, AreaId> {
  const found = new Map<Hash | null, AreaId>();
  for (const pkg of packages(session)) {
    const there = pkg.side === 'sender' ? pkg.posted?.intake : areaOfPackage(session, pkg);
    if (!there || there === area || pkg.withdrawn?.beforeDelivery) continue;
    for (const { file, inError } of pkg.files) {
      const { version } = file.content;
      if (inError === null && (pkg.side === 'receiver' || pkg.allSentAt !== null || holds(there, version)))
        found.set(contentName(file.content), there);
    }
  }
  return found;
}

/** Makes the chunks reachable through the intake; false where the relay cannot be asked now, or declines. */
export async function makeReachable(
  session: Session,
  at: AtRelay,
  area: AreaId,
  tag: Hash,
  files: readonly FileRecord[],
): Promise<boolean> {
  const { link } = session;
  const missing = files.filter(({ content }) => !at.isReferred(tag, content.version));
  if (missing.length === 0) return true;
  const sources = elsewhere(session, at, area);
  const byFrom = new Map<AreaId | null, Hash[]>();
  for (const { content } of missing) {
    const from = sources.get(contentName(content)) ?? null;
    const chunks = byFrom.get(from) ?? [];
    byFrom.set(from, chunks);
    for (const { hash } of content.chunks) chunks.push(hash);
  }
  for (const [from, chunks] of byFrom)
    // Of many small files in few questions.
    for (let i = 0; i < chunks.length; i += AT_ONCE) {
      if (!link.open) return false;
      const answer = await link.ask<'done'>({ t: 'refer', area, tag, chunks: chunks.slice(i, i + AT_ONCE), from });
      if (answer?.t !== 'done') return false;
    }
  for (const { content } of missing) await at.refers(tag, content.version);
  return true;
}

/** The relay is asked once for each letter of a withdrawn package to let nobody fetch it any more. */
export async function withdrawAtRelay(session: Session): Promise<void> {
  const { facts, link, records } = session;
  if (!link.open) return;
  for (const { withdrawn, posted, postedBefore, side, package: id } of packages(session)) {
    if (side !== 'sender' || !withdrawn || !posted) continue;
    // Each of its letters, by the computer that wrote it.
    for (const entry of [posted.entry, ...postedBefore]) {
      const key = `unreachable ${id}${entry === posted.entry ? '' : ` ${entry}`}`;
      if (!facts.acknowledged.has(entry) || (await records.get(key))) continue;
      const answer = await link.ask<'done'>({ t: 'withdraw', area: posted.intake, entry });
      if (answer) await records.put(key, answer.t === 'done' ? 'done' : answer.cause);
    }
  }
}
