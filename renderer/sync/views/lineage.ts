/** Of a file's row: which version it is, what replaced what, and what was made from what, in sentences. */
import type { FileRow } from '../../../shared/ipc/worker.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { Lineage, Relative } from '../../../shared/model/lineage.ts';
import { formatTime } from '../../../shared/status/format.ts';
import type { CaseId, VersionId } from '../../../shared/primitives/ids.ts';
import { filedAs, lineageOf, sentOf } from '../cases/caseIndex.ts';
import { sentWords } from '../cases/import/importRemarks.ts';
import { isClosed } from '../cases/work/folded.ts';
import type { Desktop } from '../desktop.ts';
import { clockOf } from './clock.ts';

type Shown = Pick<FileRow, 'number' | 'isNewest' | 'lineage' | 'canDerive'>;

export function lineageRow({ session }: Desktop, of: CaseId, { content }: FileRecord): Shown {
  const { version, sha256 } = content;
  const line = lineageOf(session, of, version);
  const when = (at: number): string => formatTime(at, clockOf(session));
  const same = sentOf(session, of, sha256);
  const sameSent =
    same && same.version !== version ? [`The same content, as “${same.name}”, was ${sentWords(session, same)}.`] : [];
  const canDerive = filedAs(session, version)?.fact.is === 'added' && !isClosed(session, of);
  if (!line) return { number: 1, isNewest: true, lineage: sameSent, canDerive };
  return {
    number: line.number,
    isNewest: line.replacedBy === null,
    lineage: [...originLines(line), ...versionLines(line, version, when), ...copyLines(line, when), ...sameSent],
    canDerive,
  };
}

function originLines({ origin }: Lineage): string[] {
  if (!origin || origin.how === 'new version') return [];
  const what = origin.how === 'redacted copy' ? 'A redacted copy' : 'A converted copy';
  return [
    origin.of
      ? `${what} of ${origin.of.file.name}, version ${origin.of.number}.`
      : `${what}; what it was made from was not shared.`,
  ];
}

function versionLines({ versions }: Lineage, version: VersionId, when: (at: number) => string): string[] {
  if (versions.length === 1) return [];
  return versions.map((one, i) => {
    const next = versions[i + 1];
    const until = next ? `, replaced by version ${next.number} ${when(next.at)}` : ', the newest';
    const here = one.version === version ? ' (this one)' : '';
    return `Version ${one.number}${here}: ${named(one, when)}${until}.`;
  });
}

const copyLines = ({ copies }: Lineage, when: (at: number) => string): string[] =>
  copies.map(
    (one) =>
      `${one.file.origin?.how === 'redacted copy' ? 'Redacted' : 'Converted'} copy of this version: ${named(one, when)}.`,
  );

const named = ({ file, by, at }: Relative, when: (at: number) => string): string => `${file.name}, ${by}, ${when(at)}`;
