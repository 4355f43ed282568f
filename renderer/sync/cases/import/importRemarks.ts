/** What a person should know of a file that was added: that its content is here already, and what the checks found in it. */
import type { AreaId, CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import type { FileRecord } from '../../../../shared/model/events.ts';
import type { Sent } from '../../../../shared/model/work/alreadySent.ts';
import { isAcceptedType } from '../../../../shared/model/rules/fileTypes.ts';
import type { FoundCode } from '../../../../shared/model/snapshot/facts.ts';
import { isFound } from '../../../../shared/model/snapshot/facts.ts';
import { FOUND_WORDS } from '../../../../shared/status/foundWords.ts';
import { fullTime } from '../../../../shared/status/format.ts';
import { clockOf } from '../../views/clock.ts';
import { sentOf } from '../caseIndex.ts';
import type { Session } from '../../session.ts';
import type { Run } from './importRun.ts';
import { tellOf } from './importRun.ts';

export const CHANGED =
  'Its content is not what the manifest says (another SHA-256), so it was not added. Look at the file, and add it yourself if it belongs to the case.';

export const CLOSED = 'The case was closed before it was added. Have the case reopened, and add it again.';
export const SAME =
  'Its content is the same as that of the version it should replace (the same SHA-256), so nothing was added. Choose the file that was changed.';

/** Says it of the run. */
export function remark(
  session: Session,
  run: Run,
  place: string,
  area: AreaId,
  { item, name, content, found: codes = [] }: FileRecord,
): void {
  const first = session.facts.of('added').find((f) => f.area === area && f.fact.file.content.sha256 === content.sha256)
    ?.fact.file;
  if (first && first.item !== item)
    tellOf(
      run,
      place,
      name,
      `The same content is already in this case as \u201c${first.name}\u201d. It was added as an item of its own; its bytes are kept and sent once.${sentSentence(session, run.case, content.sha256)}`,
    );
  for (const code of codes.filter(isFound)) {
    // Recordings are of such types as a rule: that is for pre-flight, which knows what is an exhibit.
    if (code !== 'type not accepted') tellOf(run, place, name, FOUND_WORDS[code].sentence);
  }
}

/** Where, when and whether it was opened; empty where it never went anywhere. */
export function sentSentence(session: Session, of: CaseId, sha256: Hash): string {
  const sent = sentOf(session, of, sha256);
  if (!sent) return '';
  return ` It was already ${sentWords(session, sent)}.`;
}

/** To whom, when, and who opened it. */
export function sentWords(session: Session, { org, at, openedBy }: Sent): string {
  const opened = openedBy === null ? 'not opened yet' : `opened by ${openedBy}`;
  return `sent to ${org} on ${fullTime(at, clockOf(session))}, ${opened}`;
}

/** What the checks found, and whether the other side takes its type, by our own rules of today. */
export function foundIn(session: Session, name: string, seen: readonly FoundCode[]): Pick<FileRecord, 'found'> {
  const isAccepted = isAcceptedType(session.rules.own().set, name);
  const codes: FoundCode[] = [...seen, ...(isAccepted ? [] : ['type not accepted' as const])];
  return codes.length === 0 ? {} : { found: codes };
}
