/** What has happened in a case, a sentence each, the newest first: packages, files, work, and what was refused. */
import { shownName } from '../../../shared/primitives/fileName.ts';
import type { PackageRow } from '../../../shared/ipc/worker.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { areasOf, filedIn } from '../cases/caseIndex.ts';
import { refusedLines } from '../cases/telling/refusals.ts';
import type { Session } from '../session.ts';
import { setAsideLines } from './setAside.ts';
import { lateMark, workLines } from './workLines.ts';

interface Line {
  readonly at: Millis;
  readonly sentence: string;
}

export function activityOf(session: Session, of: CaseId, packages: readonly PackageRow[]): readonly Line[] {
  const added = filedIn(session, of).flatMap(({ fact, adopted }) =>
    fact.is === 'added'
      ? [
          {
            at: fact.at,
            sentence: `${shownName(fact.file.name)} added by ${fact.by.personName}${lateMark(adopted)}`,
          },
        ]
      : [],
  );
  const begun = areasOf(session, of)
    .filter(({ kind }) => kind === 'working papers')
    .map((area) => ({ at: area.begun.time, sentence: `Case created by ${area.begun.fact.by.personName}` }));
  return [
    ...packages.flatMap(({ history }) => history),
    ...begun,
    ...added,
    ...workLines(session, of),
    ...refusedLines(session, of),
    ...setAsideLines(session, of),
  ].sort((a, b) => b.at - a.at);
}
