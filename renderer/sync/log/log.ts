/**
 * The log on this device: every area it may read, as proved, judged and opened; and everything it wrote. It brings what
 * the relay has, sends what the outbox holds, finds the keys, and tells what was opened. It knows kinds and keys, not
 * what cases, packages or documents are.
 */
import type { AreaId, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Identity, VaultCalls } from '../../../shared/ipc/vault.ts';
import { roleIn } from '../../../shared/seal/admit.ts';
import { seatsOf } from '../../../shared/seal/directory.ts';
import { decodeEntry } from '../../../shared/seal/entry.ts';
import { hashHeader } from '../../../shared/seal/header.ts';
import type { Tip } from '../../../shared/seal/order.ts';
import { verifyTip } from '../../../shared/seal/order.ts';
import { intakeOf } from '../../../shared/seal/places.ts';
import type { Decline, FromRelay } from '../../../shared/wire/link.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import type { IngestOutcome, Placed } from './areaReplica.ts';
import { AreaReplica } from './areaReplica.ts';
import type { Directories } from './directories.ts';
import type { Keyring } from './keyring.ts';
import type { Link } from './link.ts';
import type { LogNews } from './news.ts';
import type { Sealed } from './opener.ts';
import { Outbox } from './outbox.ts';
import { recoverJournal } from './recovery.ts';
import { Queues } from './queues.ts';
import { headerIn, writeAgain } from './renewal.ts';
import { resealRow } from './reseal.ts';
import { Statements } from './statements.ts';
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
  /** Keeps when an organisation was last heard. */
  readonly heard: (org: OrgId, at: Millis) => Promise<void>;
}

type Welcome = Extract<FromRelay, { t: 'welcome' }>;
/** The relay tells of more areas than these one by one, after its welcome. */
const IN_WELCOME = 8192;

export class Log {
  readonly writer: Writer;
  outbox!: Outbox;
  private readonly context: LogContext;
  private readonly replicas = new Map<AreaId, AreaReplica>();
  private readonly unsealing: Unsealing;
  private readonly statements: Statements;
  private readonly queues: Queues;
  private closed = false;
  /** When the newest entry of an organisation arrived. */
  readonly lastHeard = new Map<OrgId, Millis>();

  constructor(context: LogContext) {
    this.context = context;
    const { platform, db, vault, keyring, directories, identity, news } = context;
    this.queues = new Queues((area) => void (this.closed || news.fault(area)));
    this.unsealing = new Unsealing({
      ...context,
      queues: this.queues,
      fetchAgain: (sealed) => this.fetchAgain(sealed),
      replicas: () => this.replicas.values(),
    });
    this.statements = new Statements({ ...context, extended: () => this.addIntakes() });
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
      mayFlush: (area) => this.replica(area).lie === null,
      taken: (row, n, tip) => this.taken(row, n, tip),
      declined: (row, cause) => this.declined(row, cause),
      lost: (row) =>
        this.queues.add(row.area, async () => this.heed(row.area, await this.replica(row.area).denied('rollback'))),
    });
    await this.writer.load(incarnation);
    await this.addIntakes();
    const areas = await db.areas.toCollection().primaryKeys();
    for (const area of areas) await this.loadArea(this.replica(area));
    await recoverJournal(this.context);
    for (const row of await db.outbox.orderBy('seq').toArray()) await this.replayOwn(row);
  }

  /** Nothing that still runs is told as a fault after this. */
  close(): void {
    this.closed = true;
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
  private isMine(replica: AreaReplica): boolean {
    return !replica.state.intake || replica.state.intake.org === this.context.identity.org;
  }

  private async loadArea(replica: AreaReplica): Promise<void> {
    const { area } = replica.state;
    const placed = (await replica.load()).map((p) => ({ ...p, area }));
    await this.unsealing.takeKeys(replica);
    await this.queues.add(area, () =>
      this.unsealing.open(
        area,
        placed.filter((p) => !this.context.covered(p)),
      ),
    );
  }

  private async replayOwn(row: OutboxRow): Promise<void> {
    const entry = decodeEntry(row.entry);
    if (!entry.ok) return;
    const header = headerOf(entry.value);
    const replica = this.replica(row.area);
    replica.adoptOwn(header, row.hash);
    await this.context.db.boxes.bulkPut([...row.boxes]);
    await this.unsealing.takeKeys(replica);
    const own = { area: row.area, n: null, time: null, hash: row.hash, header, entry: entry.value };
    await this.queues.add(row.area, () => this.unsealing.open(row.area, [own]));
  }

  private async wrote(written: readonly Written[]): Promise<void> {
    for (const w of written) this.replica(w.header.area).adoptOwn(w.header, w.hash);
    await this.context.news.opened(
      written
        .filter((w) => w.header.kind !== 'chain')
        .map(({ header, hash, entry, plain }) => ({
          area: header.area,
          n: null,
          time: null,
          hash,
          header,
          entry,
          plain,
        })),
    );
    for (const area of new Set(written.map((w) => w.header.area))) this.outbox.flush(area);
    this.context.news.changed();
  }

  /** Whether the relay is known to have what this computer has not taken yet. */
  isBehind(): boolean {
    return this.queues.busy > 0 || this.unsealing.waits > 0;
  }

  // --- from the relay -------------------------------------------------------------------------------------------

  /** What the link brings after this is worked off after it: each area first hears where the relay says it stands. */
  async welcomed(message: Welcome): Promise<void> {
    this.outbox.reset();
    const held = this.context.directories.places();
    for (const tip of message.areas)
      void this.queues.add(tip.area, () => this.greet(tip));
    await this.statements.welcomed(message.directories, held);
    this.lookForMissing(message);
    await this.unsealing.fetchSeatBoxes();
    for (const tip of message.areas) void this.queues.add(tip.area, () => this.bring(tip));
    await this.outbox.flushAll();
    this.unsealing.fetchMissing();
  }

  private async greet(tip: Tip): Promise<void> {
    const replica = this.replica(tip.area);
    const stopped = replica.lie !== null;
    this.heed(tip.area, await replica.greet(tip));
    if (stopped && replica.lie === null) this.outbox.flush(tip.area);
  }

  /** Areas that this device holds and has a right to, by all that it knows, and that the relay does not speak of. */
  private lookForMissing({ areas }: Welcome): void {
    const own = this.context.directories.current(this.context.identity.org);
    if (!own || areas.length >= IN_WELCOME) return;
    const said = new Set(areas.map((tip) => tip.area));
    const seats = seatsOf(own, this.context.identity.device);
    for (const replica of this.replicas.values()) {
      const { area, intake, access } = replica.state;
      const entitled = intake
        ? seats.has(intake.seat)
        : access !== null && roleIn(access, own, this.context.identity.device) !== null;
      if (replica.row.n > 0 && entitled && !said.has(area))
        void this.queues.add(area, async () => this.heed(area, await replica.missed()));
    }
  }

  async pushed(message: FromRelay): Promise<void> {
    switch (message.t) {
      case 'log':
        return this.queues.add(message.area, () => this.ingest(message.area, message));
      case 'moved':
        return this.queues.add(message.tip.area, () => this.bring(message.tip));
      case 'directory':
        return this.statements.take(message);
      case 'new boxes':
        await this.unsealing.fetchSeatBoxes();
        return this.unsealing.fetchBoxes(message.subjects);
      default: // answers to what was asked come elsewhere; a later relay may push more
    }
  }

  /** Tells of a lie; anything else has been dealt with. */
  private heed(area: AreaId, outcome: IngestOutcome | null): void {
    if (outcome?.is === 'lie') this.context.news.lie(area, outcome.lie, outcome.evidence);
  }

  /** Pulls until this area stands where the relay says it does. */
  private async bring(tip: Tip): Promise<void> {
    const replica = this.replica(tip.area);
    if (replica.lie) return;
    if (tip.n <= replica.row.n) return this.heed(tip.area, await replica.ingest([], tip));
    const answer = await this.context
      .link()
      .ask<'log'>({ t: 'pull', area: tip.area, after: replica.row.n, limit: 256 });
    if (answer?.t === 'log') await this.ingest(tip.area, answer);
  }

  private async ingest(area: AreaId, message: Extract<FromRelay, { t: 'log' }>, tries = 3): Promise<void> {
    const replica = this.replica(area);
    if (replica.lie) return;
    if (replica.row.n === 0 && !replica.state.intake) await this.addIntakes(); // its post may be news too
    const before = replica.row.n;
    const outcome = await replica.ingest(message.items, message.tip);
    switch (outcome.is) {
      case 'taken':
        await this.placed(replica, outcome.placed);
        for (const refused of outcome.refused) this.context.news.refused(area, 'order', refused);
        if (message.tip.n > replica.row.n && replica.row.n > before) await this.bring(message.tip);
        return;
      case 'pull':
        // It was asked, says that there is more, and gives nothing.
        if (message.q !== null) return this.heed(area, await replica.denied('withheld'));
        return this.bring(message.tip);
      case 'directory':
        if (!this.context.link().open) return;
        if (tries === 0) return this.heed(area, await replica.denied('directory'));
        await this.statements.fetch(outcome.org);
        return this.ingest(area, message, tries - 1);
      case 'lie':
        return this.heed(area, outcome);
    }
  }

  private async fetchAgain(sealed: Sealed): Promise<Sealed | null> {
    const { area, hash } = sealed;
    const n = sealed.n ?? 0;
    const answer = await this.context.link().ask<'log'>({ t: 'pull', area, after: n - 1, limit: 1 });
    const item = answer?.t === 'log' ? answer.items.find((one) => one.n === n) : undefined;
    const entry = item?.entry ? decodeEntry(item.entry) : null;
    if (!item?.entry || !entry?.ok) return null;
    if ((await hashHeader(this.context.platform, entry.value.header)) !== hash) return null;
    await this.context.db.log.update([area, n], { entry: item.entry });
    return { ...sealed, entry: entry.value };
  }

  private async placed(replica: AreaReplica, placed: readonly Placed[]): Promise<void> {
    const { identity, vault, platform, heard } = this.context;
    const others = new Set(placed.map((p) => p.header.org).filter((org) => org !== identity.org));
    for (const org of others) {
      this.lastHeard.set(org, platform.now());
      await heard(org, platform.now());
    }
    if (placed.some((p) => p.header.kind === 'chain')) await this.unsealing.takeKeys(replica);
    await this.unsealing.open(
      replica.state.area,
      placed.map((p) => ({ ...p, area: replica.state.area })),
    );
    const own = placed.filter((p) => p.header.device === identity.device);
    if (own.length > 0) await vault.release(own.map((p) => p.hash));
    const unknown = own.find((p) => this.writer.isBehind(p.header, p.hash));
    if (unknown) await this.renew(replica, unknown.header.incarnation);
    this.context.news.changed();
  }

  /** This profile is an older copy of itself: it goes on under an incarnation of its own. */
  private async renew(replica: AreaReplica, seen: number): Promise<void> {
    const { news, identity } = this.context;
    if (seen >= this.writer.incarnation) {
      await this.writer.renew(seen);
      news.renewed();
    }
    const left = await writeAgain({ ...this.context, writer: this.writer, replaced: news.replaced }, replica);
    const { org, device } = identity;
    for (const { hash, seq } of left) {
      await this.context.db.outbox.update(seq as number, { declined: 'equivocation' });
      news.refused(replica.state.area, 'declined', { hash, org, device, cause: 'equivocation' });
    }
  }

  private async taken(row: OutboxRow, n: number, tip: Tip): Promise<void> {
    const { platform, relayKey, db, vault, news } = this.context;
    const replica = this.replica(row.area);
    if (this.isMine(replica)) return void this.queues.add(row.area, () => this.bring(tip));
    if (tip.area !== row.area || !(await verifyTip(platform, relayKey, tip)))
      return news.lie(row.area, 'unsigned', { held: replica.row, said: tip });
    // A partner's intake: one cannot read it back, so the signed acknowledgement is what proves it.
    await news.acknowledged(row.hash, { n, time: tip.time });
    await db.outbox.delete(row.seq as number);
    await vault.release([row.hash]);
    news.changed();
  }

  private async declined(row: OutboxRow, cause: Decline): Promise<boolean> {
    if (cause === 'stale epoch') return resealRow(this.context, this.replica(row.area), row);
    if (cause === 'equivocation') {
      await this.renew(this.replica(row.area), headerIn(row)?.incarnation ?? 0);
      return false; // written again, it is offered by itself
    }
    const { org, device } = this.context.identity;
    this.context.news.refused(row.area, 'declined', { hash: row.hash, org, device, cause });
    return false;
  }
}
