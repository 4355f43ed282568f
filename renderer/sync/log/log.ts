/**
 * The log on this device: every area it may read, as proved, judged and opened; and everything it wrote. It brings what
 * the relay has, sends what the outbox holds, finds the keys, and tells what was opened. It knows kinds and keys, not
 * what cases, packages or documents are.
 */
import type { AreaId, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Key } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Tip } from '../../../shared/seal/area/order.ts';
import { verifyTip } from '../../../shared/seal/area/order.ts';
import { intakeOf } from '../../../shared/seal/area/places.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import type { OutboxRow } from '../store/database.ts';
import type { Records } from '../store/records.ts';
import type { Placed } from './areaReplica.ts';
import { isKeyAlone } from './accessHistory.ts';
import { AreaReplica } from './areaReplica.ts';
import { Carried } from './carried.ts';
import { Declined } from './declined.ts';
import type { Welcome } from './following.ts';
import { Following } from './following.ts';
import { readsHere } from './farewell.ts';
import { Forgetting } from './forgetting.ts';
import type { Link } from './link.ts';
import type { LogParts } from './parts.ts';
import type { Sealed } from './opener.ts';
import { Outbox } from './outbox.ts';
import type { FoundAgain } from './recovery.ts';
import { recoverJournal } from './recovery.ts';
import { Queues } from './queues.ts';
import { replayOutbox } from './replay.ts';
import { Restoring } from './restoring.ts';
import { Statements } from './statements.ts';
import { Unsealing } from './unsealing.ts';
import type { WriterContext, Written } from './writer.ts';
import { Writer } from './writer.ts';

export interface LogContext extends LogParts {
  readonly relayKey: Key;
  readonly link: () => Link;
  /** Entries a local checkpoint already covers: not opened again at start. */
  readonly covered: (entry: Sealed) => boolean;
  /** The area's order was gone back on to place `n`: documents beyond it are judged anew. Durable when answered. */
  readonly rewound: (area: AreaId, n: number) => Promise<void>;
  readonly records: Records;
  readonly saysToo: WriterContext['saysToo'];
  /** Keeps when an organisation was last heard. */
  readonly heard: (org: OrgId, at: Millis) => Promise<void>;
}

export class Log {
  readonly writer: Writer;
  readonly forgetting: Forgetting;
  /** What came on sticks. */
  readonly carried: Carried;
  outbox!: Outbox;
  private readonly context: LogContext;
  private readonly replicas = new Map<AreaId, AreaReplica>();
  private readonly unsealing: Unsealing;
  private readonly statements: Statements;
  private readonly queues: Queues;
  private readonly following: Following;
  private readonly restoring: Restoring;
  private readonly ownDeclined: Declined;
  private closed = false;
  /** Welcomes that are being worked off: what they say is ahead is not asked for yet. */
  private greetings = 0;
  /** When the newest entry of an organisation arrived. */
  readonly lastHeard = new Map<OrgId, Millis>();

  constructor(context: LogContext) {
    this.context = context;
    const { identity, news } = context;
    this.queues = new Queues((area) => void (this.closed || news.fault(area)));
    this.unsealing = new Unsealing({
      ...context,
      queues: this.queues,
      fetchAgain: (sealed) => this.following.fetchAgain(sealed),
      replicas: () => this.replicas.values(),
    });
    this.restoring = new Restoring({
      ...context,
      device: identity.device,
      reopen: async (replica) => this.unsealing.open(replica.state.area, await this.fold(replica)),
      unplaced: (hashes) => news.unplaced(hashes),
      restored: (generation) => news.restored(generation),
      takenBack: () => news.takenBack(),
    });
    this.statements = new Statements({
      ...context,
      mayLack: (org, isWhole) => this.restoring.mayLack(org, isWhole),
      extended: () => this.addIntakes(),
    });
    this.following = new Following({
      ...context,
      queues: this.queues,
      statements: this.statements,
      unsealing: this.unsealing,
      restoring: this.restoring,
      outbox: () => this.outbox,
      replica: (area) => this.replica(area),
      replicas: () => this.replicas.values(),
      addIntakes: () => this.addIntakes(),
      placed: (replica, placed) => this.placed(replica, placed),
      isDisposed: (area) => this.forgetting.isDisposed(area),
    });
    this.writer = new Writer({
      ...context,
      me: { org: identity.org, device: identity.device },
      replica: (area) => this.replica(area),
      wrote: (written) => this.wrote(written),
      full: (is) => news.diskFull(is),
    });
    const parts = { queues: this.queues, replicas: this.replicas, unsealing: this.unsealing, writer: this.writer };
    this.forgetting = new Forgetting({ ...context, ...parts });
    this.carried = new Carried({
      ...context,
      inTurn: (area, work) => this.queues.add(area, work),
      open: (area, sealed) => this.unsealing.open(area, sealed),
      flush: (area) => this.outbox.flush(area),
    });
    const replica = (area: AreaId): AreaReplica => this.replica(area);
    this.ownDeclined = new Declined({ ...context, writer: this.writer, replica, outbox: () => this.outbox });
  }

  /** Folds and opens what this disk holds, recovers what the journal holds beyond it, and answers that. No network. */
  async load(incarnation: number): Promise<readonly FoundAgain[]> {
    const { db, link } = this.context;
    this.outbox = new Outbox({
      db,
      link: link(),
      mayFlush: (area) => this.replica(area).lie === null && this.isAgreed(area) && !this.forgetting.isDisposed(area),
      isThere: (area) => this.replica(area).row.n > 0,
      taken: (row, n, tip) => this.taken(row, n, tip),
      declined: (row, cause) => this.ownDeclined.hear(row, cause),
      lost: (row) =>
        this.queues.add(row.area, async () =>
          this.following.heed(row.area, await this.replica(row.area).denied('rollback')),
        ),
    });
    await this.restoring.load();
    await this.writer.load(incarnation);
    await this.addIntakes();
    for (const area of await db.areas.toCollection().primaryKeys()) await this.loadArea(this.replica(area));
    const found = await recoverJournal(this.context);
    await replayOutbox({ db, queues: this.queues, unsealing: this.unsealing, replica: (area) => this.replica(area) });
    await this.carried.load();
    return found;
  }

  /** Nothing that still runs is told as a fault after this. */
  close(): void {
    this.closed = true;
  }

  replica(area: AreaId): AreaReplica {
    let replica = this.replicas.get(area);
    if (!replica) {
      replica = new AreaReplica({ ...this.context, generation: () => this.restoring.generation }, area, null);
      this.replicas.set(area, replica);
    }
    return replica;
  }
  all(): readonly AreaReplica[] {
    return [...this.replicas.values()];
  }

  /** The intake of a post, ours or a partner's; an area that exists by its post. */
  async intake(org: OrgId, seat: SeatId): Promise<AreaReplica> {
    const replica = this.replica(await intakeOf(this.context.platform, org, seat));
    replica.becomeIntake({ org, seat });
    return replica;
  }
  private async addIntakes(): Promise<void> {
    const { directories, identity } = this.context;
    for (const org of [identity.org, ...directories.partners()]) {
      for (const seat of directories.current(org)?.posts.keys() ?? []) await this.intake(org, seat);
    }
  }

  private async loadArea(replica: AreaReplica): Promise<void> {
    const placed = await this.fold(replica);
    await this.queues.add(replica.state.area, () => this.unsealing.open(replica.state.area, placed));
  }
  /** Opens once more what this disk holds of an area and no checkpoint covers; `begins` as it comes to that. */
  again(area: AreaId, begins: () => void): Promise<void> {
    return this.queues.add(area, async () => {
      if (this.forgetting.isDisposed(area)) return;
      begins();
      await this.unsealing.open(area, await this.fold(this.replica(area)));
    });
  }
  /** Folds what the disk holds of an area, finds its keys, and answers what no checkpoint covers. */
  private async fold(replica: AreaReplica): Promise<readonly Sealed[]> {
    const placed = (await replica.load()).map((p) => ({ ...p, area: replica.state.area }));
    await this.unsealing.takeKeys(replica);
    return placed.filter((p) => !this.context.covered(p));
  }

  /** The relay's generation, as a link opens, is clear before anything is given to it. */
  private isAgreed(area: AreaId): boolean {
    return !this.following.isOpening && !this.restoring.isOver(this.replica(area));
  }
  /** The relay's newest generation, by its signed word. */
  get generation(): number {
    return this.restoring.generation;
  }

  private async wrote(written: readonly Written[]): Promise<void> {
    for (const w of written) this.replica(w.header.area).adoptOwn(w.header, w.hash);
    await this.context.news.opened(
      written
        .filter((w) => w.header.kind !== 'chain')
        .map((w) => ({ ...w, area: w.header.area, n: null, time: null, directory: w.header.directory })),
    );
    for (const area of new Set(written.map((w) => w.header.area))) this.outbox.flush(area);
    this.context.news.changed();
  }

  /** How many admitted entries wait for a key. */
  get waits(): number {
    return this.unsealing.waits;
  }
  /** Whether the relay is known to have what this computer has not taken yet. */
  isBehind(): boolean {
    return this.greetings > 0 || this.queues.busy > 0 || this.waits > 0;
  }

  /** A directory goes further than it did, by another way than the relay: posts may have been added. */
  async directoryExtended(): Promise<void> {
    await this.addIntakes();
    this.context.news.directoryChanged();
  }

  /** The link is open: each area first hears where the relay says it stands. */
  async welcomed(message: Welcome): Promise<void> {
    this.greetings++;
    await this.following.welcomed(message).finally(() => this.greetings--);
  }
  pushed(message: FromRelay): Promise<void> {
    return this.following.pushed(message);
  }

  /** A seat's key came: what waits for it is opened. */
  keyCame(): void {
    this.unsealing.fetchMissing();
  }

  private async placed(replica: AreaReplica, placed: readonly Placed[]): Promise<void> {
    const { identity, vault, platform, heard } = this.context;
    const fresh = placed.filter((p) => this.restoring.isNews(p.hash));
    const others = new Set(fresh.map((p) => p.header.org).filter((org) => org !== identity.org));
    for (const org of others) {
      this.lastHeard.set(org, platform.now());
      await heard(org, platform.now());
    }
    const access = placed.some((p) => p.header.kind === 'chain');
    if (access) await this.unsealing.takeKeys(replica);
    await this.unsealing.open(
      replica.state.area,
      placed.map((p) => ({ ...p, area: replica.state.area })),
    );
    await this.carried.placed(replica.state.area, placed);
    for (const { header } of placed) this.context.news.shown(header.more);
    const own = placed.filter((p) => p.header.device === identity.device);
    if (own.length > 0) await vault.release(own.map((p) => p.hash));
    const unknown = own.find((p) => this.writer.isBehind(p.header, p.hash));
    if (unknown) await this.ownDeclined.renew(replica, unknown.header.incarnation);
    if (access) this.outbox.flush(replica.state.area); // what the change of access stopped goes on by it
    if (access) this.context.news.accessChanged(placed.every(({ header }) => isKeyAlone(header)));
    this.context.news.changed();
  }

  private async taken(row: OutboxRow, n: number, tip: Tip): Promise<void> {
    const { platform, relayKey, db, vault, news } = this.context;
    const replica = this.replica(row.area);
    if (readsHere(this.context, replica)) return void this.queues.add(row.area, () => this.following.bring(tip));
    if (tip.area !== row.area || !(await verifyTip(platform, relayKey, tip)))
      return news.lie(row.area, 'unsigned', { held: replica.row, said: tip });
    // Another post's intake: one cannot read it back, so the signed acknowledgement is what proves it.
    await news.acknowledged(row.hash, { n, time: tip.time });
    const { hash, area, stream, entry, boxes } = row;
    await db.transaction('rw', db.outbox, db.letters, async () => {
      await db.letters.put({ hash, area, stream, entry, boxes });
      await db.outbox.delete(row.seq as number);
    });
    await vault.release([row.hash]);
    news.changed();
  }
}
