/**
 * Which of the files that the facts name are whole on this disk. Each is asked about once, when its fact is first known:
 * where the store was lost, facts come with the link, long after the start.
 */
import type { Content } from '../../../../shared/ipc/evidence.ts';
import type { VersionId } from '../../../../shared/primitives/ids.ts';
import { guestPlaces } from '../../guests/places.ts';
import type { Session } from '../../session.ts';
import { allCases, filedIn, packages } from '../caseIndex.ts';

export async function lookHere(session: Session, looked: Set<VersionId>, here: Set<VersionId>): Promise<void> {
  const files = [
    ...allCases(session).flatMap((of) => filedIn(session, of).map((f) => f.fact.file)),
    ...packages(session).flatMap((pkg) => pkg.content.files),
    ...guestPlaces(session).flatMap(({ items, brought }) => [...items, ...brought].map(({ fact }) => fact.file)),
  ];
  const contents = new Map<VersionId, Content>();
  for (const { content } of files) if (!looked.has(content.version)) contents.set(content.version, content);
  if (contents.size === 0) return;
  for (const { version, whole } of await session.evidence.here([...contents.values()])) {
    looked.add(version);
    if (whole) here.add(version);
  }
}
