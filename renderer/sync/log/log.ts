/**
 * The log on this device: every area it may read, as proved, judged and opened; and everything it wrote. It brings what
 * the relay has, sends what the outbox holds, finds the keys, and tells what was opened. It knows kinds and keys, not
 * what cases, packages or documents are.
 */
import type { AreaId, Hash, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Identity, VaultCalls } from '../../../shared/ipc/vault.ts';
import { epochSubject, seatSubject } from '../../../shared/seal/boxes.ts';
import { decodeEntry } from '../../../shared/seal/entry.ts';
import { seatsOf } from '../../../shared/seal/directory.ts';
import { hashHeader } from '../../../shared/seal/header.ts';
import type { Tip } from '../../../shared/seal/order.ts';
import { verifyTip } from '../../../shared/seal/order.ts';
import { intakeOf } from '../../../shared/seal/places.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import type { BoxRow, Database, OutboxRow } from '../store/database.ts';
import type { Lie, Placed } from './areaReplica.ts';
import { AreaReplica } from './areaReplica.ts';
import type { Directories } from './directories.ts';
import type { Keyring } from './keyring.ts';
import type { Link } from './link.ts';
import type { Opened, Sealed } from './opener.ts';
import { openEntry } from './opener.ts';
import { Outbox } from './outbox.ts';
import { resealRow } from './reseal.ts';
import type { Written } from './writer.ts';
import { Writer, headerOf } from './writer.ts';

export interface LogNews {
  /** Opened entries, in order within an area; own ones at once (n null) and again when ordered. */
  opened(entries: readonly Opened[]): Promise<void>;
  refused(area: AreaId, refused: { hash: Hash; org: OrgId; cause: string }): void;
  lie(area: AreaId, lie: Lie): void;
  /** An entry of ours is durable in an intake that we cannot read back. Answers when that is on this disk. */
  acknowledged(hash: Hash, place: { n: number; time: Millis }): Promise<void>;
  /** Something else changed: outbox, keys, tips. */
  changed(): void;
  directoryChanged(): void;
}

export interface LogContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly vault: VaultCalls;
  readonly identity: Identity;
  readonly keyring: Keyring;
  readonly directories: Directories;
  readonly relayKey: Key;
  readonly link: () => Link;
  readonly news: LogNews;
  /** Entries a local checkpoint already covers: not opened again at start. */
  readonly covered: (entry: Sealed) => boolean;
}

export class Log {
  readonly writer: Writer;
  outbox!: Outbox;
  private readonly context: LogContext;
  private readonly replicas = new Map<AreaId, AreaReplica>();
  private readonly waiting = new Map<Hash, Sealed>();
  private readonly queues = new Map<AreaId, Promise<void>>();
  /** When the newest entry of an organisation arrived. */
  readonly lastHeard = new Map<OrgId, Millis>();

  constructor(context: LogContext) {
    this.context = context;
    const { platform, db, vault, keyring, directories, identity } = context;
    this.writer = new Writer({
      platform,
      db,
      vault,
      keyring,
      directories,
      me: { org: identity.org, device: identity.device },
      replica: (area) => this.replica(area),
      wrote: (written) => this.wrote(written),
    });
  }

  /** Folds and opens what this disk holds, recovers what the journal holds beyond it. No network. */
  async load(incarnation: number): Promise<void> {
    const { db, link } = this.context;
    this.outbox = new Outbox({
      db,
      link: link(),
      taken: (row, n, tip) => this.taken(row, n, tip),
      declined: (row, cause) => this.declined(row, cause),
    });
    await this.writer.load(incarnation);
    await this.addIntakes();
    const areas = await db.areas.toCollection().primaryKeys();
    for (const area of areas) await this.loadArea(this.replica(area));
    await this.recoverJournal();
    for (const row of await db.outbox.orderBy('seq').toArray()) await this.replayOwn(row);
  }

  replica(area: AreaId): AreaReplica {
    let replica = this.replicas.get(area);
    if (!replica) {
      replica = new AreaReplica(this.context, area, null);
      this.replicas.set(area, replica);
    }
    return replica;
  }
  all(): readonly AreaReplica[] {
    return [...this.replicas.values()];
  }

  /** The intake of a post, ours or a partner's; an area that exists by its post. */
  async intake(org: OrgId, seat: SeatId): Promise<AreaReplica> {
    const area = await intakeOf(this.context.platform, org, seat);
    const known = this.replicas.get(area);
    if (known) return known;
    const replica = new AreaReplica(this.context, area, { org, seat });
    this.replicas.set(area, replica);
    return replica;
  }
  private async addIntakes(): Promise<void> {
    const { directories, identity } = this.context;
    for (const org of [identity.org, ...directories.partners()]) {
      for (const seat of directories.current(org)?.posts.keys() ?? []) await this.intake(org, seat);
    }
  }
  private isMine(replica: AreaReplica): boolean {
    return !replica.state.intake || replica.state.intake.org === this.context.identity.org;
  }

  private async loadArea(replica: AreaReplica): Promise<void> {
    const placed = (await replica.load()).map((p) => ({ ...p, area: replica.state.area }));
    await this.takeKeys(replica);
    await this.open(placed.filter((p) => !this.context.covered(p)));
  }

  /** Entries that the journal holds and the database does not: written just before a crash, or the store was reset. */
  private async recoverJournal(): Promise<void> {
    const { db, vault, platform } = this.context;
    const released: Hash[] = [];
    for (const record of await vault.journal()) {
      const entry = decodeEntry(record.entry);
      if (!entry.ok) continue;
      const header = headerOf(entry.value);
      const hash = await hashHeader(platform, entry.value.header);
      if ((await db.log.where('hash').equals(hash).count()) > 0) released.push(hash);
      else if ((await db.outbox.where('hash').equals(hash).count()) === 0) {
        await db.outbox.add({
          hash,
          area: header.area,
          stream: header.stream,
          entry: record.entry,
          boxes: [...record.boxes],
        });
      }
    }
    if (released.length > 0) await vault.release(released);
  }

  private async replayOwn(row: OutboxRow): Promise<void> {
    const entry = decodeEntry(row.entry);
    if (!entry.ok) return;
    const header = headerOf(entry.value);
    const replica = this.replica(row.area);
    replica.adoptOwn(header, row.hash);
    await this.context.db.boxes.bulkPut([...row.boxes]);
    await this.takeKeys(replica);
    await this.open([{ area: row.area, n: null, time: null, hash: row.hash, header, entry: entry.value }]);
  }

  private async wrote(written: readonly Written[]): Promise<void> {
    for (const w of written) this.replica(w.header.area).adoptOwn(w.header, w.hash);
    await this.context.news.opened(
      written
        .filter((w) => w.header.kind !== 'chain')
        .map((w) => ({
          area: w.header.area,
          n: null,
          time: null,
          hash: w.hash,
          header: w.header,
          entry: w.entry,
          plain: w.plain,
        })),
    );
    for (const area of new Set(written.map((w) => w.header.area))) this.outbox.flush(area);
    this.context.news.changed();
  }

  /** Whether the relay is known to have what this computer has not taken yet. */
  isBehind(): boolean {
    return this.busy > 0 || this.waiting.size > 0;
  }

  // --- from the relay -------------------------------------------------------------------------------------------

  async welcomed(message: Extract<FromRelay, { t: 'welcome' }>): Promise<void> {
    this.outbox.reset();
    for (const tip of message.areas) {
      const caught = this.replica(tip.area).greet(tip);
      if (caught?.is === 'lie') this.context.news.lie(tip.area, caught.lie);
    }
    for (const { org, n } of message.directories) {
      if ((this.context.directories.current(org)?.n ?? 0) < n) await this.fetchDirectory(org);
    }
    await this.fetchSeatBoxes();
    for (const tip of message.areas) this.enqueue(tip.area, () => this.bring(tip));
    await this.outbox.flushAll();
    await this.fetchMissingKeys();
  }

  async pushed(message: FromRelay): Promise<void> {
    switch (message.t) {
      case 'log':
        return this.enqueue(message.area, () => this.ingest(message.area, message));
      case 'moved':
        return this.enqueue(message.tip.area, () => this.bring(message.tip));
      case 'directory':
        await this.takeDirectory(message.org, message.after, message);
        return;
      case 'new boxes':
        await this.fetchSeatBoxes();
        return this.fetchBoxes(message.subjects);
      default:
    }
  }

  private busy = 0;
  private enqueue(area: AreaId, work: () => Promise<void>): void {
    this.busy++;
    const run = (this.queues.get(area) ?? Promise.resolve())
      .then(work)
      .catch((error: unknown) => {
        if (this.context.link().open) throw error;
      })
      .finally(() => this.busy--);
    this.queues.set(area, run);
  }

  /** Pulls until this area stands where the relay says it does. */
  private async bring(tip: Tip): Promise<void> {
    const replica = this.replica(tip.area);
    if (replica.lie) return;
    if (tip.n <= replica.row.n) {
      const outcome = await replica.ingest([], tip);
      if (outcome.is === 'lie') this.context.news.lie(tip.area, outcome.lie);
      return;
    }
    const answer = await this.context
      .link()
      .ask<'log'>({ t: 'pull', area: tip.area, after: replica.row.n, limit: 256 });
    if (answer?.t === 'log') await this.ingest(tip.area, answer);
  }

  private async ingest(area: AreaId, message: Extract<FromRelay, { t: 'log' }>, tries = 3): Promise<void> {
    const replica = this.replica(area);
    if (replica.lie) return;
    const outcome = await replica.ingest(message.items, message.tip);
    switch (outcome.is) {
      case 'taken':
        await this.placed(replica, outcome.placed);
        for (const refused of outcome.refused) this.context.news.refused(area, refused);
        if (message.tip.n > replica.row.n && message.items.length > 0) await this.bring(message.tip);
        return;
      case 'pull':
        return this.bring(message.tip);
      case 'directory':
        await this.fetchDirectory(outcome.org);
        if (tries > 0) await this.ingest(area, message, tries - 1);
        return;
      case 'lie':
        return this.context.news.lie(area, outcome.lie);
    }
  }

  private async placed(replica: AreaReplica, placed: readonly Placed[]): Promise<void> {
    const { identity, vault } = this.context;
    for (const p of placed)
      if (p.header.org !== identity.org) this.lastHeard.set(p.header.org, this.context.platform.now());
    if (placed.some((p) => p.header.kind === 'chain')) await this.takeKeys(replica);
    await this.open(placed.map((p) => ({ ...p, area: replica.state.area })));
    const own = placed.filter((p) => p.header.device === identity.device).map((p) => p.hash);
    if (own.length > 0) await vault.release(own);
    this.context.news.changed();
  }

  private async taken(row: OutboxRow, n: number, tip: Tip): Promise<void> {
    const { platform, relayKey, db, vault, news } = this.context;
    if (!(await verifyTip(platform, relayKey, tip))) return news.lie(row.area, 'unsigned');
    const replica = this.replica(row.area);
    if (this.isMine(replica)) {
      if (tip.n > replica.row.n) this.enqueue(row.area, () => this.bring(tip));
      return;
    }
    // A partner's intake: one cannot read it back, so the signed acknowledgement is what proves it.
    await news.acknowledged(row.hash, { n, time: tip.time });
    await db.outbox.delete(row.seq as number);
    await vault.release([row.hash]);
    news.changed();
  }

  private async declined(row: OutboxRow, cause: string): Promise<boolean> {
    if (cause === 'stale epoch') return resealRow(this.context, this.replica(row.area), row);
    this.context.news.refused(row.area, { hash: row.hash, org: this.context.identity.org, cause });
    return false;
  }

  // --- keys -----------------------------------------------------------------------------------------------------

  private async open(sealed: readonly Sealed[], ask = true): Promise<void> {
    const opened: Opened[] = [];
    const missing: Hash[] = [];
    for (const one of sealed) {
      if (one.header.kind === 'chain') continue;
      const outcome = await openEntry(this.context, one);
      if (outcome.is === 'opened') {
        this.waiting.delete(one.hash);
        opened.push(outcome.opened);
      } else if (outcome.is === 'waiting') {
        this.waiting.set(one.hash, one);
        if (outcome.for === 'box') missing.push(one.hash);
      } else this.context.news.refused(one.area, { hash: one.hash, org: one.header.org, cause: outcome.cause });
    }
    if (opened.length > 0) await this.context.news.opened(opened);
    if (ask && missing.length > 0 && this.context.link().open) await this.fetchBoxes(missing);
  }

  /** Tries again what waits for keys, oldest first. */
  private async openWaiting(): Promise<void> {
    const due = [...this.waiting.values()].sort((a, b) => (a.n ?? Infinity) - (b.n ?? Infinity));
    if (due.length > 0) await this.open(due, false);
  }

  /** Epoch keys of an area, from boxes at hand or at the relay. */
  private async takeKeys(replica: AreaReplica): Promise<void> {
    const { access } = replica;
    if (!access) return;
    for (const { epoch } of access.keys) {
      if (this.context.keyring.areaKey(replica.state.area, epoch)) continue;
      const subject = await epochSubject(this.context.platform, replica.state.area, epoch);
      if (this.context.link().open) await this.askBoxes([subject]);
      for (const box of await this.context.db.boxes.where('subject').equals(subject).toArray()) {
        await this.context.keyring.takeAreaKey(replica.state.area, access, epoch, box);
      }
    }
  }

  private async fetchMissingKeys(): Promise<void> {
    for (const replica of this.replicas.values()) await this.takeKeys(replica);
    const boxes = [...this.waiting.values()].filter((s) => s.entry.seal.by === 'boxes').map((s) => s.hash);
    if (boxes.length > 0) await this.askBoxes(boxes);
    await this.openWaiting();
  }

  private async fetchBoxes(subjects: readonly Hash[]): Promise<void> {
    await this.askBoxes(subjects);
    for (const replica of this.replicas.values()) await this.takeKeys(replica);
    await this.openWaiting();
  }
  private async askBoxes(subjects: readonly Hash[]): Promise<void> {
    for (let i = 0; i < subjects.length; i += 256) {
      const answer = await this.context.link().ask<'boxes'>({ t: 'boxes', subjects: subjects.slice(i, i + 256) });
      if (answer?.t === 'boxes') await this.context.db.boxes.bulkPut(answer.boxes as BoxRow[]);
    }
  }

  /** Private halves of seats I hold and lack: from boxes that colleagues' devices made for this device. */
  private async fetchSeatBoxes(): Promise<void> {
    const { directories, identity, keyring, platform, vault } = this.context;
    const state = directories.current(identity.org);
    if (!state) return;
    for (const seat of seatsOf(state, identity.device)) {
      const key = state.seats.get(seat);
      if (!key || keyring.seat(seat, key.generation)) continue;
      const subject = await seatSubject(platform, seat, key.generation);
      const answer = await this.context.link().ask<'boxes'>({ t: 'boxes', subjects: [subject] });
      if (answer?.t !== 'boxes') continue;
      for (const box of answer.boxes) {
        const keys = await vault.openSeatBox(box, seat);
        if (keys) keyring.addSeat(seat, key.generation, keys);
      }
    }
  }

  // --- directories ----------------------------------------------------------------------------------------------

  private async fetchDirectory(org: OrgId): Promise<void> {
    const after = this.context.directories.current(org)?.n ?? 0;
    const answer = await this.context.link().ask<'directory'>({ t: 'statements', org, after });
    if (answer?.t === 'directory') await this.takeDirectory(org, answer.after, answer);
  }
  private async takeDirectory(
    org: OrgId,
    after: number,
    message: Extract<FromRelay, { t: 'directory' }>,
  ): Promise<void> {
    await this.context.directories.extend(org, after, message.statements);
    await this.addIntakes();
    if (org === this.context.identity.org) {
      for (const partner of this.context.directories.partners()) {
        if (!this.context.directories.current(partner) && this.context.link().open) await this.fetchDirectory(partner);
      }
    }
    this.context.news.directoryChanged();
  }
}
