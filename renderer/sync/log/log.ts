/**
 * The log on this device: every area it may read, as proved, judged and opened; and everything it wrote. It brings what
 * the relay has, sends what the outbox holds, finds the keys, and tells what was opened. It knows kinds and keys, not
 * what cases, packages or documents are.
 */
import type { AreaId, Hash, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Identity, VaultCalls } from '../../../shared/ipc/vault.ts';
import { decodeEntry } from '../../../shared/seal/entry.ts';
import type { Tip } from '../../../shared/seal/order.ts';
import { verifyTip } from '../../../shared/seal/order.ts';
import { intakeOf } from '../../../shared/seal/places.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import type { Placed } from './areaReplica.ts';
import { AreaReplica } from './areaReplica.ts';
import type { Directories } from './directories.ts';
import type { Keyring } from './keyring.ts';
import type { Link } from './link.ts';
import type { LogNews } from './news.ts';
import type { Sealed } from './opener.ts';
import { Outbox } from './outbox.ts';
import { recoverJournal } from './recovery.ts';
import { resealRow } from './reseal.ts';
import { Unsealing } from './unsealing.ts';
import type { Written } from './writer.ts';
import { Writer, headerOf } from './writer.ts';

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
  private readonly unsealing: Unsealing;
  private readonly queues = new Map<AreaId, Promise<void>>();
  /** When the newest entry of an organisation arrived. */
  readonly lastHeard = new Map<OrgId, Millis>();

  constructor(context: LogContext) {
    this.context = context;
    const { platform, db, vault, keyring, directories, identity } = context;
    this.unsealing = new Unsealing({ ...context, replicas: () => this.replicas.values() });
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
    await recoverJournal(this.context);
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
    await this.unsealing.takeKeys(replica);
    await this.unsealing.open(placed.filter((p) => !this.context.covered(p)));
  }

  private async replayOwn(row: OutboxRow): Promise<void> {
    const entry = decodeEntry(row.entry);
    if (!entry.ok) return;
    const header = headerOf(entry.value);
    const replica = this.replica(row.area);
    replica.adoptOwn(header, row.hash);
    await this.context.db.boxes.bulkPut([...row.boxes]);
    await this.unsealing.takeKeys(replica);
    await this.unsealing.open([{ area: row.area, n: null, time: null, hash: row.hash, header, entry: entry.value }]);
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
    return this.busy > 0 || this.unsealing.waits > 0;
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
    await this.unsealing.fetchSeatBoxes();
    for (const tip of message.areas) this.enqueue(tip.area, () => this.bring(tip));
    await this.outbox.flushAll();
    await this.unsealing.fetchMissingKeys();
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
        await this.unsealing.fetchSeatBoxes();
        return this.unsealing.fetchBoxes(message.subjects);
      default: // answers to what was asked come elsewhere; a later relay may push more
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
    if (placed.some((p) => p.header.kind === 'chain')) await this.unsealing.takeKeys(replica);
    await this.unsealing.open(placed.map((p) => ({ ...p, area: replica.state.area })));
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
