/**
 * Adding files: the evidence process hashes and seals, and each file that is sealed becomes an `added` event of Working
 * papers at once. What was chosen is kept, sealed, until all of it is added or a person has seen what was not: an import
 * that was cut off (locked, quit, crashed) goes on by itself with what is lacking.
 */
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import type { CaseEvent } from '../../../../shared/model/events.ts';
import { newId } from '../../../../shared/primitives/naming.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { ImportNews } from '../../../../shared/ipc/evidence.ts';
import type { ImportRow } from '../../../../shared/ipc/importing.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { ByteCount } from '../../../../shared/primitives/units.ts';
import { MiB } from '../../../../shared/primitives/units.ts';
import { SKIPPED } from '../../../../shared/status/skipCauses.ts';
import type { Session } from '../../session.ts';
import { addingTo, mayAdd } from './addingTo.ts';
import { addingOf, asMade, derivedFrom } from './madeFrom.ts';
import { ImportRecords } from './importRecords.ts';
import { CHANGED, CLOSED, foundIn, remark, SAME } from './importRemarks.ts';
import type { ExpectedFile, MadeFrom, Run } from './importRun.ts';
import {
  beginAgain,
  beginRun,
  change,
  chosenIn,
  endRun,
  expectedAt,
  found,
  isToldOf,
  itemOf,
  lacking,
  leaveOut,
  rowOf,
  withoutRoom,
  tellMissing,
  tellOf,
  tellUnlisted,
} from './importRun.ts';
import type { Moving } from '../moving/moving.ts';
import { act, eventPiece } from '../pieces.ts';
import { dropTwice, sealedOnce } from './sameContent.ts';
import { isClosed } from '../work/folded.ts';

/** Sealing makes a file a little larger, and its record takes room as well. */
const MARGIN: ByteCount = MiB;

export class Importing {
  private readonly runs = new Map<string, Run>();
  /** Of the attempt under way: which place each number stands for. */
  private readonly places = new Map<string, Map<number, string>>();
  /** Of those that wait for room: how much there was when they were tried last. */
  private readonly triedWith = new Map<string, ByteCount>();
  private readonly session: Session;
  private readonly records: ImportRecords;
  private readonly moving: Moving;
  private queue: Promise<void> = Promise.resolve();

  constructor(session: Session, moving: Moving) {
    this.session = session;
    this.records = new ImportRecords(session.records, session.platform);
    this.moving = moving;
  }

  /** What was chosen before this session and was not all added, or is still to be read by a person. */
  async load(): Promise<void> {
    const { facts, platform } = this.session;
    const all = [...facts.of('added'), ...facts.of('guest brought')];
    const added = new Map(all.map((fact) => [addingOf(fact.fact.file), fact]));
    for (const run of await this.records.load((item) => added.has(item))) {
      for (const place of run.ended ? [] : run.files.keys()) {
        const fact = added.get(await itemOf(platform, run, place));
        if (fact) remark(this.session, run, place, fact.area, fact.fact.file);
      }
      if (run.ended && !isToldOf(run)) await this.forget(run.id);
      else this.runs.set(run.id, run);
    }
  }

  async add(into: CaseId, tokens: readonly string[]): Promise<Result<string, ActCause>> {
    if (!addingTo(this.session, into)) return fail('not found');
    return this.begin(into, await this.session.chosen.keepChosen(tokens), null, []);
  }

  /**
   * The files of an exported case, from its folder (`chosen`: as main sealed it): each becomes the item that the record
   * names, if its content is what the manifest says. `without`: files that the export itself had to leave out.
   */
  async begin(
    into: CaseId,
    chosen: Uint8Array,
    expected: readonly ExpectedFile[] | null,
    without: readonly { readonly name: string; readonly sentence: string }[],
    from: MadeFrom | null = null,
  ): Promise<Result<string, ActCause>> {
    if (!mayAdd(this.session)) return fail('not allowed');
    const run = beginRun(newId<string>(this.session.platform), into, chosen, expected, from);
    for (const [i, { name, sentence }] of without.entries()) tellOf(run, `without/${i}`, name, sentence);
    if (!(await this.records.keep(run))) return fail('disk full');
    this.runs.set(run.id, run);
    this.inTurn(() => this.attempt(run));
    this.session.changed();
    return ok(run.id);
  }

  /** The rest is not wanted: said at once, so that no restart takes it up again. */
  async cancel(id: string): Promise<void> {
    const run = this.runs.get(id);
    if (!run || run.ended) return;
    run.cancelled = true;
    await this.records.keep(run);
    await this.session.evidence.cancelImport(id);
  }

  /** Tries what was not added once more. */
  async addAgain(id: string): Promise<Result<null, ActCause>> {
    const run = this.runs.get(id);
    if (!run?.ended) return fail('not found');
    beginAgain(run);
    if (!(await this.records.keep(run))) return fail('disk full');
    this.inTurn(() => this.attempt(run));
    this.session.changed();
    return ok(null);
  }

  /** What this disk had no room for goes on once there is room for the smallest of it, from where it was chosen. */
  async lookForRoom(): Promise<void> {
    const waiting = [...this.runs.values()].filter((run) => withoutRoom(run).length > 0);
    if (waiting.length === 0 || this.isRunning()) return;
    const room = (await this.session.evidence.room()) - MARGIN;
    for (const run of waiting) {
      // A disk that says it has room and takes nothing is tried again when it says more.
      if (room < (this.triedWith.get(run.id) ?? -Infinity) + MARGIN) continue;
      const fitting = withoutRoom(run).filter(({ bytes }) => bytes <= room);
      if (fitting.length === 0) continue;
      this.triedWith.set(run.id, room);
      beginAgain(
        run,
        fitting.map(({ place }) => place),
      );
      await this.records.keep(run); // where the disk takes it; else it goes on all the same
      this.inTurn(() => this.attempt(run));
      this.session.changed();
    }
  }

  /** A person has read how it ended. */
  async seen(id: string): Promise<void> {
    if (this.runs.get(id)?.ended !== true) return;
    await this.forget(id);
    this.session.changed();
  }

  /** Takes up what is unfinished: at the start, and when the evidence process is another. */
  goOn(): void {
    for (const run of this.runs.values()) {
      if (run.ended) continue;
      if (this.places.has(run.id)) run.cutOff = true;
      this.inTurn(() => this.attempt(run));
    }
  }

  isRunning(): boolean {
    return [...this.runs.values()].some((run) => !run.ended);
  }
  /** How many files are still to be added. */
  underWay(): number {
    return [...this.runs.values()].reduce((sum, run) => sum + (run.ended ? 0 : Math.max(1, lacking(run).length)), 0);
  }
  /** How many files of a case were chosen and not added, against what the person wanted. */
  notAdded(of: CaseId): number {
    return [...this.runs.values()].reduce(
      (sum, run) => sum + (run.case === of && run.ended && !run.cancelled ? lacking(run).length : 0),
      0,
    );
  }
  rows(of: CaseId): readonly ImportRow[] {
    return [...this.runs.values()].filter((run) => run.case === of).map(rowOf);
  }

  heard(id: string, news: ImportNews): void {
    this.inTurn(() => this.take(id, news));
  }

  /** News come in order; each is worked off before the next. */
  private inTurn(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch(() => {}); // one that fails holds up no other
  }

  private async attempt(run: Run): Promise<void> {
    if (run.ended) return;
    const { chosen, evidence } = this.session;
    this.places.set(run.id, new Map());
    const only = run.allFound ? chosenIn(run) : undefined;
    if (run.cancelled || only?.length === 0) return this.end(run, SKIPPED.cancelled.sentence);
    // The evidence process may end meanwhile: then it is tried again with the next.
    const names = run.expected?.map(({ file }) => file);
    await evidence.importFiles(run.id, await chosen.chooseAgain(run.chosen), only, names);
  }

  private async take(id: string, news: ImportNews): Promise<void> {
    const run = this.runs.get(id);
    const places = this.places.get(id);
    if (!run || run.ended || !places) return;
    switch (news.is) {
      case 'found':
        places.set(news.file, news.place);
        found(run, news);
        break;
      case 'all found':
        if (!run.allFound) {
          run.allFound = true;
          tellMissing(run);
          await this.records.keep(run);
        }
        break;
      case 'progress':
        change(run, places.get(news.file) ?? '', { done: news.done });
        break;
      case 'skipped':
        if (news.why === 'not listed') tellUnlisted(run, news.place, news.name, news.sentence);
        else if (news.why !== 'cancelled') leaveOut(run, news.place, news.name, news.sentence, news.why === 'no space');
        break;
      case 'sealed':
        await this.record(run, places.get(news.file) ?? '', news);
        break;
      case 'finished':
        await this.end(run, SKIPPED[news.cancelled ? 'fault' : 'gone'].sentence);
        break;
    }
    this.session.changed();
  }

  private async end(run: Run, sentence: string): Promise<void> {
    endRun(run, sentence);
    if (isToldOf(run)) await this.records.keep(run);
    else await this.forget(run.id);
    this.session.changed();
  }

  private async record(run: Run, place: string, news: Extract<ImportNews, { is: 'sealed' }>): Promise<void> {
    const { platform, evidence } = this.session;
    const to = addingTo(this.session, run.case);
    const name = run.files.get(place)?.name ?? 'file';
    if (!to) return leaveOut(run, place, name, SKIPPED.fault.sentence);
    if (isClosed(this.session, run.case)) return leaveOut(run, place, name, CLOSED);
    const expected = expectedAt(run, place);
    if (expected && expected.sha256 !== news.content.sha256) return leaveOut(run, place, name, CHANGED);
    if (run.from?.how === 'new version' && run.from.sha256 === news.content.sha256)
      return leaveOut(run, place, name, SAME);
    const content = await sealedOnce(this.session, this.moving.here, to.area, news.content);
    const file = {
      ...asMade(this.session, run, await itemOf(platform, run, place)),
      name,
      type: news.type,
      modified: news.modified,
      content: { ...content, chunks: [...content.chunks] },
      ...foundIn(this.session, name, news.found),
    };
    this.moving.here.add(news.content.version);
    const said = { by: to.by, at: platform.now() };
    const events: CaseEvent[] = [to.event(file, said), ...derivedFrom(run, file, said)];
    const written = await act(
      this.session,
      await Promise.all(events.map((event) => eventPiece(this.session, to.area, event))),
    );
    if (!written.ok) return leaveOut(run, place, name, SKIPPED['no space'].sentence, true);
    change(run, place, { is: 'added', done: news.content.size });
    remark(this.session, run, place, to.area, file);
    if (content.sealed) await dropTwice(this.session, news.content, content);
    await evidence.named([file.content]).catch(() => {}); // the process ended: it is told at the next start
  }

  /** Nothing of a case that was disposed of is added any more. */
  async forgetCase(of: CaseId): Promise<void> {
    for (const run of this.runs.values()) {
      if (run.case !== of) continue;
      await this.session.evidence.cancelImport(run.id).catch(() => {}); // the process ended, and with it the import
      await this.forget(run.id);
    }
    await this.queue;
  }

  private async forget(id: string): Promise<void> {
    this.runs.delete(id);
    this.places.delete(id);
    this.triedWith.delete(id);
    await this.records.forget(id);
  }
}
