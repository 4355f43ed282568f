/**
 * What an import says of a file that is made from another: which item and version it becomes, and the fact that records
 * what it was made from. Decides nothing about content.
 */
import type { CaseId, ItemId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail } from '../../../../shared/primitives/result.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { CaseEvent, FileRecord, Origin, Party } from '../../../../shared/model/events.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import type { Session } from '../../session.ts';
import { caseOfArea, filedAs, lineageOf } from '../caseIndex.ts';
import { isClosed } from '../work/folded.ts';
import type { MadeFrom, Run } from './importRun.ts';

/** By what an adding is known again: its item, or of a file made from another the name of the act. */
export const addingOf = ({ item, origin }: FileRecord): ItemId => origin?.act ?? item;

/** Item, origin and number of the file that a run adds now. */
export function asMade(
  session: Session,
  { case: of, from }: Run,
  adding: ItemId,
): Pick<FileRecord, 'item' | 'origin' | 'number'> {
  if (!from) return { item: adding };
  const origin = { how: from.how, from: from.version, act: adding };
  if (from.how !== 'new version') return { item: adding, origin };
  const last = lineageOf(session, of, from.version)?.versions.at(-1)?.number ?? 1;
  return { item: from.item, origin, number: last + 1 };
}

/** The fact beside `added`, in the same write. */
export function derivedFrom(
  { from }: Run,
  { item, content: { version, sha256 } }: FileRecord,
  said: { readonly by: Party; readonly at: number },
): CaseEvent[] {
  if (!from) return [];
  const source = { item: from.item, version: from.version, sha256: from.sha256 };
  return [{ is: 'derived', how: from.how, made: { item, version, sha256 }, from: source, ...said }];
}

interface Begins {
  begin(
    into: CaseId,
    chosen: Uint8Array,
    expected: null,
    without: readonly never[],
    from: MadeFrom,
  ): Promise<Result<string, ActCause>>;
}

/** One file as a new version or a copy of a version that is here; the original stays as it is. Answers the import's id. */
export async function addFrom(
  session: Session,
  importing: Begins,
  version: VersionId,
  { how, token }: { readonly how: Origin; readonly token: string },
): Promise<Result<string, ActCause>> {
  const added = filedAs(session, version);
  const of = added && caseOfArea(session, added.area);
  if (added?.fact.is !== 'added' || !of) return fail('not found');
  if (isClosed(session, of)) return fail('case closed');
  const { item, content } = added.fact.file;
  const from = { how, item, version, sha256: content.sha256 };
  return importing.begin(of, await session.chosen.keepChosen([token]), null, [], from);
}

/** For the Case file: what a file was made from, where that was released there as well. Of what was not, no hash is given. */
export function derivedThere(
  fed: readonly Pick<PackageState, 'content'>[],
  { item, origin, content: { version, sha256 } }: FileRecord,
  said: { readonly by: Party; readonly at: number },
): CaseEvent[] {
  const source = fed.flatMap(({ content }) => content.files).find((one) => one.content.version === origin?.from);
  if (!origin || !source) return [];
  const from = { item: source.item, version: source.content.version, sha256: source.content.sha256 };
  return [{ is: 'derived', how: origin.how, made: { item, version, sha256 }, from, ...said }];
}
