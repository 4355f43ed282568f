/**
 * Imports as they are kept, sealed, until all of one is added or a person has seen how it ended. Which of its files were added
 * is never kept but read from the log, so that a file is there once, wherever adding was cut off.
 */
import type { CaseId, ItemId } from '../../../../shared/primitives/ids.ts';
import type { Platform } from '../../../../shared/primitives/platform.ts';
import type { ByteCount } from '../../../../shared/primitives/units.ts';
import type { Records } from '../../store/records.ts';
import type { ExpectedFile, MadeFrom, Problem, Run } from './importRun.ts';
import { beginRun, itemOf } from './importRun.ts';

const PREFIX = 'import ';

export class ImportRecords {
  private readonly records: Records;
  private readonly platform: Platform;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(records: Records, platform: Platform) {
    this.records = records;
    this.platform = platform;
  }

  /** What earlier sessions kept; `isAdded` asks the log. */
  async load(isAdded: (item: ItemId) => boolean): Promise<Run[]> {
    const kept = await this.records.list(PREFIX);
    return Promise.all(
      kept.map(({ key, value }) => runFrom(this.platform, key.slice(PREFIX.length), value as Kept, isAdded)), // sealed by this profile
    );
  }
  /** False: the disk takes nothing. */
  keep(run: Run): Promise<boolean> {
    const form = formOf(run);
    return this.write(() => this.records.put(`${PREFIX}${run.id}`, form));
  }
  forget(id: string): Promise<boolean> {
    return this.write(() => this.records.drop(`${PREFIX}${id}`));
  }

  /** One after the other, so that none overtakes a newer one. */
  private write(work: () => Promise<void>): Promise<boolean> {
    const written = this.writing.then(work).then(
      () => true,
      () => false,
    );
    this.writing = written;
    return written;
  }
}

interface Kept {
  readonly case: CaseId;
  readonly chosen: Uint8Array;
  readonly expected?: readonly ExpectedFile[];
  readonly from?: MadeFrom;
  readonly found: readonly (readonly [place: string, name: string, bytes: ByteCount])[] | null;
  readonly ended: { readonly cancelled: boolean; readonly cutOff: boolean; readonly problems: Problem[] } | null;
}

const formOf = (run: Run): Kept => ({
  case: run.case,
  chosen: run.chosen,
  ...(run.expected && { expected: run.expected }),
  ...(run.from && { from: run.from }),
  found: run.allFound ? [...run.files].map(([place, { name, bytes }]) => [place, name, bytes]) : null,
  ended: run.ended || run.cancelled ? { cancelled: run.cancelled, cutOff: run.cutOff, problems: run.problems } : null,
});

async function runFrom(platform: Platform, id: string, kept: Kept, isAdded: (item: ItemId) => boolean): Promise<Run> {
  const run = beginRun(id, kept.case, kept.chosen, kept.expected ?? null, kept.from ?? null);
  for (const [place, name, bytes] of kept.found ?? []) {
    const added = isAdded(await itemOf(platform, run, place));
    const is = added ? 'added' : kept.ended ? 'left out' : 'chosen';
    run.files.set(place, { name, bytes, done: is === 'chosen' ? 0 : bytes, is });
  }
  run.allFound = kept.found !== null;
  if (kept.ended) Object.assign(run, { ended: true, ...kept.ended });
  else run.cutOff = true;
  return run;
}
