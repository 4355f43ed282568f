/**
 * The relay's part of what was sent in error: the letters that hold the keys and what refers to the chunks are destroyed
 * there. First the rest of a package is made reachable through the letter that took the first one's place, so that nobody
 * misses what they may have. Asked once for each entry, by whichever computer of ours is first; again of a restored relay.
 */
import type { AreaId, Hash } from '../../../../shared/primitives/ids.ts';
import type { FileRecord } from '../../../../shared/model/events.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import { isFact } from '../../../../shared/model/logged.ts';
import type { Session } from '../../session.ts';
import { caseFilesOf, packages } from '../caseIndex.ts';
import type { AtRelay } from '../moving/atRelay.ts';
import { makeReachable } from '../moving/reachable.ts';

/** What is remembered of an entry that the relay has destroyed. */
export const UNSENT = 'unsent ';

export async function unsendAtRelay(session: Session, at: AtRelay): Promise<void> {
  if (!session.link.open) return;
  for (const pkg of packages(session)) {
    const { side, inError, posted, postedBefore, files } = pkg;
    if (side !== 'sender' || inError.length === 0 || !posted) continue;
    if (!session.facts.acknowledged.has(posted.entry)) continue;
    const letters = await notAsked(session, postedBefore);
    const rest = files.filter((f) => f.dropped === null && f.inError === null).map(({ file }) => file);
    if (letters.length > 0 && !(await moved(session, at, posted, rest))) continue;
    if (letters.length > 0) await ask(session, posted.intake, letters);
    for (const [area, entries] of enteredOf(session, pkg)) {
      const due = await notAsked(session, entries);
      if (due.length > 0) await ask(session, area, due);
    }
  }
}

const moved = async (
  session: Session,
  at: AtRelay,
  { intake, entry }: NonNullable<PackageState['posted']>,
  rest: readonly FileRecord[],
): Promise<boolean> => rest.length === 0 || makeReachable(session, at, intake, entry, rest);

/** Where its versions stand in Case files, as the relay ordered it. */
function enteredOf(
  session: Session,
  { content, files }: PackageState,
): readonly (readonly [AreaId, readonly Hash[]])[] {
  const gone = new Set<string>(files.filter((f) => f.inError).map(({ file }) => file.content.version));
  return caseFilesOf(session, content.case).map(({ area }) => [
    area,
    session.facts
      .inArea(area)
      .filter((f) => isFact(f, 'entered') && f.n !== null && gone.has(f.fact.file.content.version))
      .map(({ hash }) => hash),
  ]);
}

async function notAsked({ records }: Session, entries: readonly Hash[]): Promise<Hash[]> {
  const due: Hash[] = [];
  for (const entry of entries) if ((await records.get(UNSENT + entry)) === undefined) due.push(entry);
  return due;
}

async function ask({ link, records }: Session, area: AreaId, entries: readonly Hash[]): Promise<void> {
  for (let i = 0; i < entries.length; i += 256) {
    const some = entries.slice(i, i + 256);
    const answer = await link.ask<'done'>({ t: 'unsend', area, entries: some });
    if (answer?.t === 'done') for (const entry of some) await records.put(UNSENT + entry, true);
  }
}
