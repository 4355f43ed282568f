/**
 * What should come down to this computer: of what was received all that is to be kept off line and is not here, and what
 * somebody asked for.
 */
import type { AreaId, CaseId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { FileRecord, PackageContent } from '../../../../shared/model/events.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import { remaining } from '../../../../shared/model/packageStatus.ts';
import type { Session } from '../../session.ts';
import { areaOfPackage, fileOf, isGenuine } from '../caseIndex.ts';
import { areaWith } from './moves.ts';
import type { InLine } from './ranking.ts';
import { isToBeKept } from '../space/arrival.ts';
import type { Keeps } from '../space/keeps.ts';
import { packagesHere } from '../work/lateLetters.ts';

export interface Held {
  readonly here: ReadonlySet<VersionId>;
  readonly fetching: ReadonlySet<VersionId>;
  readonly keeps: Keeps;
}
type Line = (file: FileRecord, area: AreaId, of: PackageContent, at: number) => InLine;

/** The files of a package that are still to move. */
export const dueOf = (session: Session, pkg: PackageState): readonly FileRecord[] =>
  remaining(pkg).filter((file) => isGenuine(session, file));

/** Whether what was received is to be here and is not. */
export const isWanted = ({ here, fetching, keeps }: Held, version: VersionId, of: CaseId): boolean =>
  !here.has(version) && (keeps.of(of) === 'all' || fetching.has(version));

export function wantedDown(session: Session, held: Held, line: Line): InLine[] {
  const wanted: InLine[] = [];
  for (const pkg of packagesHere(session)) {
    const area = areaOfPackage(session, pkg);
    if (pkg.side !== 'receiver' || !area) continue;
    for (const file of dueOf(session, pkg))
      if (isWanted(held, file.content.version, pkg.content.case))
        wanted.push(line(file, area, pkg.content, pkg.content.at));
  }
  // What was added on our side: asked for, or given back in a case that is kept whole again.
  const again = [...held.keeps.freed].filter((version) => isToBeKept(session, held.keeps, version));
  for (const version of new Set([...held.fetching, ...again])) {
    const file = fileOf(session, version);
    const area = file && !held.here.has(version) ? areaWith(session, version) : null;
    const due = { first: true, urgency: 0, case: '', size: file?.content.size ?? 0, at: 0 };
    if (file && area) wanted.push({ wanted: { content: file.content, area, paused: false }, due });
  }
  return wanted;
}
