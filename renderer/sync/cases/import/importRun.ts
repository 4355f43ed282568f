/**
 * One import: what was chosen, what became of each file, and what is said of it. Owns its changes and its row; never keeps it
 * (importRecords.ts) and never adds anything (importing.ts).
 */
import { shownName } from '../../../../shared/primitives/fileName.ts';
import type { CaseId, Hash, ItemId, VersionId } from '../../../../shared/primitives/ids.ts';
import { derivedId } from '../../../../shared/primitives/naming.ts';
import type { Platform } from '../../../../shared/primitives/platform.ts';
import type { ByteCount } from '../../../../shared/primitives/units.ts';
import type { Origin } from '../../../../shared/model/events.ts';
import type { ImportNews } from '../../../../shared/ipc/evidence.ts';
import { CASE_FILE, MANIFEST_FILE } from '../../../../shared/model/exchange/manifest.ts';
import { LABEL } from '../../../../shared/seal/labels.ts';
import type { ImportRow } from '../../../../shared/ipc/importing.ts';

/** `chosen`: known of, and not yet added; `left out`: this attempt could not add it. */
interface ChosenFile {
  readonly name: string;
  readonly bytes: ByteCount;
  readonly done: ByteCount;
  readonly is: 'chosen' | 'added' | 'left out';
}

export interface Problem {
  readonly place: string;
  readonly name: string;
  readonly sentence: string;
  /** This disk was full: it goes on by itself once there is room. */
  readonly full?: boolean;
}

/** A file that an exported case says it holds: under which name in the folder, with which content, and which item it is here. */
export interface ExpectedFile {
  readonly file: string;
  readonly sha256: string;
  readonly item: ItemId;
  readonly name: string;
}

/** The version that the one chosen file is made from, and as what. */
export interface MadeFrom {
  readonly how: Origin;
  readonly item: ItemId;
  readonly version: VersionId;
  readonly sha256: Hash;
}

export interface Run {
  readonly id: string;
  /** Of an exported case: its files, and no others; null: whatever was chosen. */
  readonly expected: readonly ExpectedFile[] | null;
  /** A new version or a copy of a file that is here; null: files by themselves. */
  readonly from: MadeFrom | null;
  readonly case: CaseId;
  /** The paths behind it, as main sealed them. */
  readonly chosen: Uint8Array;
  /** By place among what was chosen. */
  files: Map<string, ChosenFile>;
  /** Whether everything that was chosen has been named. */
  allFound: boolean;
  problems: Problem[];
  ended: boolean;
  /** A person does not want the rest. */
  cancelled: boolean;
  /** It was cut off, and went on by itself. */
  cutOff: boolean;
}

/** Problems that a view names; past these it is said how many more there are. */
const MOST_NAMED = 200;

export const beginRun = (
  id: string,
  of: CaseId,
  chosen: Uint8Array,
  expected: readonly ExpectedFile[] | null = null,
  from: MadeFrom | null = null,
): Run => ({
  id,
  expected,
  from,
  case: of,
  chosen,
  files: new Map(),
  allFound: false,
  problems: [],
  ended: false,
  cancelled: false,
  cutOff: false,
});

/** What an exported case says of the file at a place: it lies directly in the folder. */
export const expectedAt = (run: Run, place: string): ExpectedFile | undefined =>
  run.expected?.find(({ file }) => place.endsWith(`/${file}`));

/** The item that a file becomes, or of a new version the name of its adding: the same in every attempt. */
export const itemOf = async (platform: Platform, run: Run, place: string): Promise<ItemId> =>
  expectedAt(run, place)?.item ?? derivedId<ItemId>(platform, LABEL.importedItem, run.id, place);

/** Once everything is named: what an exported case says it holds and its folder does not. */
export function tellMissing(run: Run): void {
  const here = new Set([...run.files.keys()].map((place) => expectedAt(run, place)?.file));
  for (const { file, name } of run.expected ?? [])
    if (!here.has(file)) tellOf(run, `missing/${file}`, name, 'The manifest names this file, and it is not in the folder. Its row in the record stands and has no file.'); // prettier-ignore
}

/** What is still to be added in this attempt. */
export const chosenIn = (run: Run): string[] =>
  [...run.files].flatMap(([place, { is }]) => (is === 'chosen' ? [place] : []));

/** Everything known of that was not added. */
export const lacking = (run: Run): string[] =>
  [...run.files].flatMap(([place, { is }]) => (is === 'added' ? [] : [place]));

export function found(run: Run, { place, name, folder, bytes }: Extract<ImportNews, { is: 'found' }>): void {
  // A folder that could not be read before, and now can: what is in it stands for it.
  for (let end = place.lastIndexOf('/'); end > 0; end = place.lastIndexOf('/', end - 1))
    run.files.delete(place.slice(0, end));
  const called = expectedAt(run, place)?.name ?? (folder ? `${folder}/${name}` : name);
  run.files.set(place, { name: called, bytes, done: 0, is: 'chosen' });
}

export function change(run: Run, place: string, to: Partial<ChosenFile>): void {
  const file = run.files.get(place);
  if (file) run.files.set(place, { ...file, ...to });
}

/** It will not be added in this attempt. */
export function leaveOut(run: Run, place: string, name: string, sentence: string, full = false): void {
  const file = run.files.get(place) ?? { name, bytes: 0 };
  run.files.set(place, { ...file, done: file.bytes, is: 'left out' });
  run.problems.push({ place, name, sentence, ...(full && { full }) });
}

/** What this disk had no room for, smallest first; none where a person wanted no more. */
export function withoutRoom(run: Run): readonly { readonly place: string; readonly bytes: ByteCount }[] {
  if (!run.ended || run.cancelled) return [];
  const full = new Set(run.problems.flatMap((one) => (one.full ? [one.place] : [])));
  return [...run.files]
    .filter(([place, { is }]) => full.has(place) && is !== 'added')
    .map(([place, { bytes }]) => ({ place, bytes }))
    .sort((a, b) => a.bytes - b.bytes);
}

/** Something to know about a file, whether or not it was added. */
export function tellOf(run: Run, place: string, name: string, sentence: string): void {
  run.problems.push({ place, name, sentence });
}

/** Something lies in the folder of an exported case that its manifest does not name; its own two files need no word. */
export function tellUnlisted(run: Run, place: string, name: string, sentence: string): void {
  if (name !== CASE_FILE && name !== MANIFEST_FILE) tellOf(run, place, name, sentence);
}

/** What was left out is chosen again: all of it, or what is at these places. */
export function beginAgain(run: Run, places: readonly string[] = lacking(run)): void {
  const again = new Set(places);
  run.problems = run.problems.filter(({ place }) => !again.has(place));
  for (const place of again) change(run, place, { is: 'chosen', done: 0 });
  run.ended = false;
  run.cancelled = false;
  run.cutOff = false;
}

/** The last word on an attempt; whatever was not reached is named with the sentence, unless a person wanted no more. */
export function endRun(run: Run, sentence: string): void {
  for (const [place, { is, name }] of run.files)
    if (is === 'chosen' && !run.cancelled) leaveOut(run, place, name, sentence);
  run.ended = true;
  run.cancelled &&= lacking(run).length > 0;
}

/** Whether there is anything that a person should read, now that it has ended. */
export const isToldOf = (run: Run): boolean => run.problems.length > 0 || (run.cancelled && lacking(run).length > 0);

export function rowOf(run: Run): ImportRow {
  const files = [...run.files.values()];
  return {
    id: run.id,
    case: run.case,
    files: files.length,
    done: files.filter(({ is }) => is !== 'chosen').length,
    added: files.filter(({ is }) => is === 'added').length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    doneBytes: files.reduce((sum, { done }) => sum + done, 0),
    finished: run.ended,
    cancelled: run.cancelled,
    cutOff: run.cutOff,
    waitsForRoom: withoutRoom(run).length > 0,
    problems: run.problems.slice(0, MOST_NAMED).map(({ name, sentence }) => ({ name: shownName(name), sentence })),
    moreProblems: Math.max(0, run.problems.length - MOST_NAMED),
  };
}
