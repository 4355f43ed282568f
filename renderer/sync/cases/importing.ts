/**
 * Adding files: the evidence process hashes and seals, and each file that is sealed becomes an `added` event of Working
 * papers at once, so that a crash in the middle loses only the file at hand. What was skipped is kept on screen by name.
 */
import type { CaseId, ItemId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ImportNews } from '../../../shared/ipc/evidence.ts';
import type { ActCause, ImportRow } from '../../../shared/ipc/worker.ts';
import type { Session } from '../session.ts';
import { meAs } from './me.ts';
import { areaOf } from './caseIndex.ts';
import type { Moving } from './moving.ts';
import { act, eventPiece } from './releasing.ts';

interface Running {
  readonly case: CaseId;
  readonly files: Map<number, { name: string; bytes: number; done: number; settled: boolean }>;
  readonly problems: { name: string; sentence: string }[];
  finished: boolean;
}

export class Importing {
  private readonly runs = new Map<string, Running>();
  private readonly session: Session;
  private readonly moving: Moving;
  private queue: Promise<void> = Promise.resolve();

  constructor(session: Session, moving: Moving) {
    this.session = session;
    this.moving = moving;
  }

  async add(into: CaseId, tokens: readonly string[]): Promise<Result<string, ActCause>> {
    if (!areaOf(this.session, into, 'working papers')) return fail('not found');
    const id = newId<string>(this.session.platform);
    this.runs.set(id, { case: into, files: new Map(), problems: [], finished: false });
    await this.session.evidence.importFiles(id, tokens);
    this.session.changed();
    return ok(id);
  }
  async cancel(id: string): Promise<void> {
    await this.session.evidence.cancelImport(id);
  }
  isRunning(of?: CaseId): boolean {
    return [...this.runs.values()].some((run) => !run.finished && (of === undefined || run.case === of));
  }

  /** News come in order; each is worked off before the next. */
  heard(id: string, news: ImportNews): void {
    this.queue = this.queue.then(() => this.take(id, news)).catch(() => {}); // one that fails holds up no other
  }

  private async take(id: string, news: ImportNews): Promise<void> {
    const run = this.runs.get(id);
    if (!run) return;
    switch (news.is) {
      case 'found': {
        const name = news.folder ? `${news.folder}/${news.name}` : news.name;
        run.files.set(news.file, { name, bytes: news.bytes, done: 0, settled: false });
        break;
      }
      case 'progress': {
        const file = run.files.get(news.file);
        if (file) file.done = news.done;
        break;
      }
      case 'skipped':
        run.problems.push({ name: news.name, sentence: news.sentence });
        this.settle(run, news.file);
        break;
      case 'sealed':
        await this.record(run, news);
        break;
      case 'finished':
        run.finished = true;
        break;
    }
    this.session.changed();
  }

  private settle(run: Running, file: number): void {
    const found = run.files.get(file);
    if (found) Object.assign(found, { settled: true, done: found.bytes });
  }

  private async record(run: Running, news: Extract<ImportNews, { is: 'sealed' }>): Promise<void> {
    const working = areaOf(this.session, run.case, 'working papers');
    const by = working && meAs(this.session, working.begun.fact.by.seat);
    const name = run.files.get(news.file)?.name ?? 'file';
    if (!working || !by) return;
    const same = this.session.facts
      .of('added')
      .find((f) => f.area === working.area && f.fact.file.content.sha256 === news.content.sha256);
    if (same)
      run.problems.push({
        name,
        sentence: `The same content is already in this case as \u201c${same.fact.file.name}\u201d. It was added again, as an item of its own.`,
      });
    if (news.empty)
      run.problems.push({
        name,
        sentence: 'This file is empty (0 bytes). It was added; check that it is the right one.',
      });
    this.moving.here.add(news.content.version);
    const file = {
      item: newId<ItemId>(this.session.platform),
      name,
      type: news.type,
      modified: news.modified,
      content: { ...news.content, chunks: [...news.content.chunks] },
    };
    const written = await act(this.session, [
      await eventPiece(this.session, working.area, { is: 'added', file, by, at: this.session.platform.now() }),
    ]);
    if (!written.ok)
      run.problems.push({
        name,
        sentence: 'It could not be recorded: the disk is full. Free some space and add it again.',
      });
    this.settle(run, news.file);
  }

  rows(of: CaseId): readonly ImportRow[] {
    return [...this.runs]
      .filter(([, run]) => run.case === of)
      .map(([id, run]) => {
        const files = [...run.files.values()];
        return {
          id,
          case: run.case,
          files: files.length,
          done: files.filter((f) => f.settled).length,
          bytes: files.reduce((sum, f) => sum + f.bytes, 0),
          doneBytes: files.reduce((sum, f) => sum + f.done, 0),
          finished: run.finished,
          problems: run.problems,
        };
      });
  }
}
