/**
 * The transfer engine's mind: what should move follows from the facts, what is here and at the relay can be asked; the
 * evidence process works off the difference. Nothing is queued, so nothing can be stuck. Here it is decided what is
 * wanted, and what follows when something has arrived.
 */
import type { AreaId, CaseId, Hash, PackageId, VersionId } from '../../../../shared/primitives/ids.ts';
import type { Content, TransferNews, Wanted } from '../../../../shared/ipc/evidence.ts';
import type { Limits } from '../../../../shared/ipc/limits.ts';
import { unsendAtRelay } from '../inError/atRelay.ts';
import { contentName, makeReachable, withdrawAtRelay } from './reachable.ts';
import { AtRelay, moveOf } from './atRelay.ts';
import type { InLine } from './ranking.ts';
import { inLine, URGENCY_RANK } from './ranking.ts';
import type { CaseEvent, FileRecord, PackageContent } from '../../../../shared/model/events.ts';
import type { Session } from '../../session.ts';
import type { PackageState } from '../../../../shared/model/foldPackage.ts';
import { areaOfPackage, fileOf, packages } from '../caseIndex.ts';
import { lookHere } from './lookingHere.ts';
import { signArrived } from '../release/receiving.ts';
import { arrival } from '../space/arrival.ts';
import { Keeps } from '../space/keeps.ts';
import { guestsDown, guestsUp } from '../../guests/moving.ts';
import { dueOf, isWanted, wantedDown } from './wantedDown.ts';
import { lateFiles } from '../../late/files.ts';
import { askCustody } from '../passport/custody.ts';
import { Limiting } from './limiting.ts';
import { Recent } from './recent.ts';
import { forgetMoves, keepFurthest, moveName } from './moves.ts';
import { act, eventPiece } from '../pieces.ts';
import { isWholeAgain, listAgain } from '../telling/restored.ts';

export class Moving {
  readonly news = new Map<string, TransferNews>();
  /** The furthest each version got on its way; kept, so that a word never falls. */
  readonly moved = new Map<string, number>();
  /** How fast many files move together. */
  readonly recent = new Recent();
  readonly here = new Set<VersionId>();
  private readonly looked = new Set<VersionId>();
  readonly paused = new Set<string>();
  readonly first = new Set<VersionId>();
  readonly keeps: Keeps;
  readonly limiting: Limiting;
  readonly fetching = new Set<VersionId>();
  private readonly arrivals = new Map<VersionId, () => void>();
  readonly relay: AtRelay;
  /** Packages whose files a restored relay may lack. */
  private again = new Set<PackageId>();
  /** The relay's generation that all of this was remembered in. */
  private generation = 0;
  /** As much of `moved` as is on disk. */
  readonly kept = new Map<string, number>();
  private readonly session: Session;
  private working: Promise<void> = Promise.resolve();
  private isDue = false;

  constructor(session: Session) {
    this.session = session;
    this.keeps = new Keeps(session.records);
    this.limiting = new Limiting(session);
    this.relay = new AtRelay(session);
  }

  async load(): Promise<void> {
    const { records } = this.session;
    await this.limiting.load();
    for (const { key } of await records.list('paused ')) this.paused.add(key.slice('paused '.length));
    for (const { key, value } of await records.list('moved '))
      this.moved.set(key.slice('moved '.length), Number(value));
    await this.keeps.load();
    await this.loadRelay();
    await this.relay.load();
    await lookHere(this.session, this.looked, this.here);
  }

  /** What the relay was given: other once it was restored from a copy. */
  private async loadRelay(): Promise<void> {
    const { records, log } = this.session;
    this.generation = log.generation;
    this.again = await listAgain(records);
    await this.relay.loadReferred();
    for (const pkg of packages(this.session))
      if (this.again.has(pkg.package))
        for (const file of pkg.files) this.news.delete(moveOf(pkg, file.file.content.version));
  }

  /** How far a version is given again to a restored relay; null: it is not. */
  sentAgain(pkg: PackageState, { version, chunks }: Content): { done: number; total: number } | null {
    const { package: id, side } = pkg;
    const news = this.news.get(moveOf(pkg, version));
    if (side !== 'sender' || !this.again.has(id) || !this.here.has(version) || news?.state === 'whole') return null;
    return { done: news?.done ?? 0, total: chunks.reduce((sum, chunk) => sum + chunk.size, 0) };
  }

  /** When the relay held all of a version of a package that it had acknowledged; null: not yet. */
  atRelay(pkg: PackageState, version: VersionId): { at: number } | null {
    const at = this.relay.arrived.get(moveOf(pkg, version));
    return at !== undefined && pkg.sentAt !== null ? { at } : null;
  }

  async setPaused(what: VersionId | 'all', paused: boolean): Promise<void> {
    if (paused) this.paused.add(what);
    else this.paused.delete(what);
    if (paused) await this.session.records.put(`paused ${what}`, true);
    else await this.session.records.drop(`paused ${what}`);
    this.look();
  }
  isPaused = (version: VersionId): boolean => this.paused.has('all') || this.paused.has(version);
  /** Nothing is remembered of how these versions moved. */
  forget(versions: ReadonlySet<string>): Promise<void> {
    const { news, moved, kept, here, paused, first, fetching, keeps } = this;
    const { referred, arrived } = this.relay;
    return forgetMoves(
      this.session.records,
      [news, moved, kept, here, paused, first, fetching, referred, arrived, keeps.freed],
      versions,
    );
  }
  /** Before all others from now on, until it is there; kept for as long as this computer is unlocked. */
  moveFirst(version: VersionId): void {
    this.first.add(version);
    this.look();
  }
  async setLimits(next: Limits): Promise<void> {
    await this.limiting.set(next);
    this.look();
    this.session.changed();
  }
  goOnOnce(on: boolean): void {
    this.limiting.goOnOnce(on);
    this.look();
    this.session.changed();
  }
  fetchAgain(version: VersionId): void {
    this.fetching.add(version);
    this.look();
  }
  /** For who opens it: answers once it is here, or when so much time has passed that it is looked at while it arrives. */
  async fetchToOpen(version: VersionId): Promise<void> {
    this.fetchAgain(version);
    await this.working;
    await arrival(this.arrivals, version, () => this.here.has(version));
  }

  /** Works out what is wanted and says so; runs again when called meanwhile. */
  look(): void {
    this.limiting.look();
    if (this.isDue) return;
    this.isDue = true;
    this.working = this.working
      .then(() => {
        this.isDue = false;
        return this.lookNow();
      })
      .catch(() => {}); // evidence process or link went away: looked at again when it is back
  }

  private async lookNow(): Promise<void> {
    const { session } = this;
    await session.evidence.configure({
      relay: session.identity.relay,
      token: session.linkState.is === 'connected' ? session.linkState.token : null,
      ...this.limiting.setting(),
    });
    if (this.generation !== session.log.generation) await this.loadRelay();
    await lookHere(this.session, this.looked, this.here);
    await this.finishSent();
    await withdrawAtRelay(session);
    await unsendAtRelay(session, this.relay);
    const up = [...(await this.up()), ...(await guestsUp(session, this))];
    const down = [...this.down(), ...guestsDown(session, this), ...(await lateFiles(session, this))];
    const wanted = { up: inLine(up), down: inLine(down) };
    this.forgetUnwanted(wanted);
    await session.evidence.want(wanted);
  }

  /** What is wanted no more (withdrawn, dropped, here by another way) moves no more, whatever its last news said. */
  private forgetUnwanted(wanted: { readonly up: readonly Wanted[]; readonly down: readonly Wanted[] }): void {
    const up = wanted.up.map(({ content, area }) => moveName('up', area, content.version));
    const still = new Set([...up, ...wanted.down.map(({ content }) => `down ${content.version}`)]);
    for (const [name, { state }] of this.news) if (state !== 'whole' && !still.has(name)) this.news.delete(name);
  }

  /** Package entries that the relay has acknowledged become `sent`, a fact for the whole post. */
  private async finishSent(): Promise<void> {
    for (const pkg of packages(this.session)) {
      const { side, posted, sentAt, package: id } = pkg;
      const place = posted && this.session.facts.acknowledged.get(posted.entry);
      const area = areaOfPackage(this.session, pkg);
      if (side !== 'sender' || !posted || !place || sentAt !== null || !area) continue;
      await this.tell(area, { is: 'sent', package: id, entry: posted.entry, n: place.n, at: place.time });
    }
  }
  private async tell(area: AreaId, ...events: readonly CaseEvent[]): Promise<void> {
    await act(this.session, await Promise.all(events.map((event) => eventPiece(this.session, area, event))));
  }

  private async up(): Promise<InLine[]> {
    const wanted: InLine[] = [];
    const going = new Map<Hash | null, { readonly intake: AreaId; readonly urgency: number }>();
    for (const pkg of packages(this.session)) {
      const { posted, content } = pkg;
      // What is on a stick is on its way already.
      if (pkg.side !== 'sender' || !posted || pkg.sentAt === null || pkg.stick?.alone) continue;
      const files = dueOf(this.session, pkg);
      if (pkg.allSentAt !== null && !this.again.has(pkg.package) && !this.session.lacking.isAny(posted.intake, files))
        continue;
      if (!files.some((file) => this.has(file))) continue;
      const urgency = URGENCY_RANK[content.urgency];
      // What is on its way to another intake goes once: it is carried over from there when it has come.
      const now = files.filter((file) => {
        const other = going.get(contentName(file.content));
        return !other || other.intake === posted.intake || other.urgency > urgency;
      });
      if (!(await this.makeReachable(posted, now))) continue;
      for (const file of now) {
        if (!this.has(file)) continue;
        wanted.push(this.line(file, posted.intake, content, posted.at));
        if (this.isMoving(posted.intake, file)) going.set(contentName(file.content), { ...posted, urgency });
      }
      const working = areaOfPackage(this.session, pkg);
      const whole = this.isWhole(pkg, files);
      if (pkg.allSentAt !== null) await this.finishAgain(pkg, files);
      if (whole && working && pkg.allSentAt === null) {
        const custody = await askCustody(this.session, pkg.package, posted.intake, files);
        const at = this.session.platform.now();
        await this.tell(working, ...(custody ? [custody] : []), { is: 'all sent', package: pkg.package, at });
      }
    }
    return wanted;
  }

  /** What this computer has of it lies at the restored relay again; what others have, they send. */
  private async finishAgain(pkg: PackageState, files: readonly FileRecord[]): Promise<void> {
    const here = files.filter(({ content }) => this.here.has(content.version));
    if (!this.isWhole(pkg, here)) return;
    this.again.delete(pkg.package);
    await isWholeAgain(this.session.records, pkg.package);
  }

  /** What is newly referred to is asked about anew: what was there before may have been withdrawn since. */
  private makeReachable(
    { intake, entry }: NonNullable<PackageState['posted']>,
    files: readonly FileRecord[],
  ): Promise<boolean> {
    for (const { version } of files.map(({ content }) => content))
      if (!this.relay.isReferred(entry, version)) this.news.delete(moveName('up', intake, version));
    return makeReachable(this.session, this.relay, intake, entry, files);
  }

  private isWhole = (pkg: PackageState, files: readonly FileRecord[]): boolean =>
    files.every(({ content }) => this.news.get(moveOf(pkg, content.version))?.state === 'whole');

  /** On its way there, with nothing that keeps it. */
  private isMoving(intake: AreaId, { content }: FileRecord): boolean {
    const state = this.news.get(moveName('up', intake, content.version))?.state ?? 'queued';
    return (state === 'queued' || state === 'moving') && !this.isPaused(content.version);
  }

  /** Here, or given back because the relay has it: of that it lacks nothing, and no byte is sent. */
  private has = ({ content: { version } }: FileRecord): boolean =>
    this.here.has(version) || this.keeps.freed.has(version);
  private down = (): InLine[] => wantedDown(this.session, this, (file, area, of, at) => this.line(file, area, of, at));
  /** Not here, and not to come by itself: by choice, or because its space was given back. */
  isLeft = (version: VersionId, of: CaseId, received: boolean): boolean =>
    !this.here.has(version) && (received || this.keeps.freed.has(version)) && !isWanted(this, version, of);
  /** It is not on this disk any more: it comes again as if it had never been. */
  gone(version: VersionId): void {
    this.here.delete(version);
    this.news.delete(`down ${version}`);
  }
  private line({ content }: FileRecord, area: AreaId, of: PackageContent, at: number): InLine {
    const { version, size } = content;
    const due = { first: this.first.has(version), urgency: URGENCY_RANK[of.urgency], case: of.case, size, at };
    return { wanted: { content, area, paused: this.isPaused(version) }, due };
  }

  /** News of the evidence process: keeps the furthest, signs for what has arrived. */
  async heard(news: readonly TransferNews[]): Promise<void> {
    let arrived = false;
    for (const one of news) {
      const name = moveName(one.direction, one.area ?? null, one.version);
      const before = this.news.get(name);
      // Told before it was whole and heard after: what is here does not arrive again.
      if (one.direction === 'down' && one.state !== 'whole' && this.here.has(one.version)) continue;
      this.recent.note(name, before, one, this.session.platform.now());
      this.news.set(name, one);
      await keepFurthest(this.session.records, this, name, one);
      if (one.state !== 'whole' || before?.state === 'whole') continue;
      arrived = true;
      if (one.direction === 'up') await this.relay.arrives(name);
      if (one.direction === 'up') this.session.lacking.isThere(one, fileOf(this.session, one.version));
      if (one.direction === 'down') {
        this.here.add(one.version);
        this.fetching.delete(one.version);
        await this.keeps.isHere(one.version);
        this.arrivals.get(one.version)?.();
      }
    }
    if (arrived) {
      await this.signArrived();
      this.look();
    }
    this.session.changed();
  }

  /** A receipt for every received file that is whole here and was not signed for. */
  signArrived = (): Promise<void> => signArrived(this.session, this.here);
}
