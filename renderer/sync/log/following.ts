/**
 * Following the relay: what a link greets with is held against what was known, what is pushed or asked for is taken area
 * by area in order, and what a lie is goes to whoever tells of it. It folds nothing itself; the replicas judge.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Identity } from '../../../shared/ipc/vault.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import { verifyOrder } from '../../../shared/seal/area/disposal.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { hashHeader } from '../../../shared/seal/entry/header.ts';
import type { Tip } from '../../../shared/seal/area/order.ts';
import type { FromRelay, LogItem } from '../../../shared/wire/link.ts';
import type { Database } from '../store/database.ts';
import type { AreaReplica, IngestOutcome, Placed } from './areaReplica.ts';
import { isOver, takeFarewell } from './farewell.ts';
import type { Directories } from './directories.ts';
import type { Link } from './link.ts';
import type { LogNews } from './news.ts';
import type { Sealed } from './opener.ts';
import type { Outbox } from './outbox.ts';
import type { Queues } from './queues.ts';
import type { Restoring } from './restoring.ts';
import type { Statements } from './statements.ts';
import type { Unsealing } from './unsealing.ts';

export type Welcome = Extract<FromRelay, { t: 'welcome' }>;
/** The relay tells of more areas than these one by one, after its welcome. */
const IN_WELCOME = 8192;

export interface FollowingContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly identity: Identity;
  readonly directories: Directories;
  readonly link: () => Link;
  readonly news: LogNews;
  readonly queues: Queues;
  readonly statements: Statements;
  readonly unsealing: Unsealing;
  readonly restoring: Restoring;
  readonly outbox: () => Outbox;
  readonly replica: (area: AreaId) => AreaReplica;
  readonly replicas: () => Iterable<AreaReplica>;
  readonly addIntakes: () => Promise<void>;
  /** What was disposed of is taken from nobody any more. */
  readonly isDisposed: (area: AreaId) => boolean;
  readonly placed: (replica: AreaReplica, placed: readonly Placed[]) => Promise<void>;
}

export class Following {
  private readonly context: FollowingContext;
  /** The relay's word for its generation is being heeded: until then nothing that it says can be judged. */
  private opening: Promise<void> = Promise.resolve();
  isOpening = false;
  /** Areas that the relay has spoken of since it drew up its welcome: a restored one is given some back meanwhile. */
  private spokenOf = new Set<AreaId>();

  constructor(context: FollowingContext) {
    this.context = context;
  }

  /** What the link brings after this is worked off after it: each area first hears where the relay says it stands. */
  async welcomed(message: Welcome): Promise<void> {
    this.context.outbox().reset();
    this.spokenOf = new Set();
    const held = this.context.directories.places();
    this.isOpening = true;
    this.opening = this.context.restoring.hear(message.generation).finally(() => (this.isOpening = false));
    for (const tip of message.areas) void this.context.queues.add(tip.area, () => this.greet(tip));
    await this.opening;
    await this.context.statements.welcomed(message.directories, held);
    this.lookForMissing(message);
    await this.context.unsealing.fetchSeatBoxes();
    for (const tip of message.areas) void this.context.queues.add(tip.area, () => this.bring(tip));
    await this.context.outbox().flushAll();
    this.context.unsealing.fetchMissing();
  }

  private async greet(tip: Tip): Promise<void> {
    if (this.context.isDisposed(tip.area)) return;
    const replica = this.context.replica(tip.area);
    await replica.setEnded(null);
    if (!(await this.agreed(replica, tip))) return;
    const stopped = replica.lie !== null;
    this.heed(tip.area, await replica.greet(tip));
    if (stopped && replica.lie === null) this.context.outbox().flush(tip.area);
  }

  /** Whether this area and the relay stand in one generation. Called within the area's queue, before anything is judged. */
  private async agreed(replica: AreaReplica, tip: Tip | null): Promise<boolean> {
    const { restoring, outbox } = this.context;
    await this.opening;
    if (!restoring.isOver(replica)) return true;
    if (!(await restoring.agree(replica, tip))) return false;
    outbox().flush(replica.state.area);
    return true;
  }

  /** Areas that this device holds and has a right to, by all that it knows, and that the relay does not speak of. */
  private lookForMissing({ areas }: Welcome): void {
    const own = this.context.directories.current(this.context.identity.org);
    if (!own || areas.length >= IN_WELCOME) return;
    const said = new Set(areas.map((tip) => tip.area));
    const seats = seatsOf(own, this.context.identity.device);
    for (const replica of this.context.replicas()) {
      const { area, intake, access } = replica.state;
      const entitled = intake ? seats.has(intake.seat) : access !== null && !isOver(this.context, replica);
      if (replica.row.n > 0 && entitled && replica.row.ended === undefined && !said.has(area))
        void this.context.queues.add(area, () => this.miss(replica));
    }
  }

  /** A restored relay may lack an area that was made since its copy; another may not. */
  private async miss(replica: AreaReplica): Promise<void> {
    const { area } = replica.state;
    if (this.spokenOf.has(area) || !(await this.agreed(replica, null))) return;
    if (replica.row.n > 0 && (await this.hasEnded(replica))) return;
    if (replica.row.n > 0 && !(await this.wasDisposed(area))) this.heed(area, await replica.missed());
  }

  /** Whether the relay can show the signed entry that took this device's right, though it was away then. */
  private async hasEnded(replica: AreaReplica): Promise<boolean> {
    const { area } = replica.state;
    const answer = await this.context.link().ask<'log'>({ t: 'pull', area, after: replica.row.n, limit: 1 });
    return answer?.t === 'log' && this.takeEnd(replica, answer.items);
  }

  private async takeEnd(replica: AreaReplica, items: readonly LogItem[]): Promise<boolean> {
    const ended = await takeFarewell(this.context, replica, items);
    if (ended) this.context.news.accessChanged(false);
    return ended;
  }

  /** Two of our people disposed of it while this computer was away: the record that says so comes by itself. */
  private async wasDisposed(area: AreaId): Promise<boolean> {
    const { link, directories, identity, platform, isDisposed } = this.context;
    if (isDisposed(area)) return true;
    const own = directories.current(identity.org);
    const answer = own && (await link().ask<'disposed'>({ t: 'disposals', areas: [area] }));
    if (answer?.t !== 'disposed') return answer === null; // the link went away: asked again on the next
    for (const said of answer.areas) {
      const order = await verifyOrder(platform, said.order, own as NonNullable<typeof own>);
      const named = order.ok && order.value.areas.includes(area);
      // What was kept apart of a case goes with it, and its signers need not have known of it.
      const apart = order.ok && this.context.replica(area).access?.kind === 'sensitive';
      if (said.area === area && (named || apart)) return true;
    }
    return false;
  }

  async pushed(message: FromRelay): Promise<void> {
    switch (message.t) {
      case 'log':
        return this.context.queues.add(message.area, () => this.ingest(message.area, message));
      case 'moved':
        return this.context.queues.add(message.tip.area, () => this.bring(message.tip));
      case 'directory':
        return this.context.statements.take(message);
      case 'new boxes':
        await this.context.unsealing.fetchSeatBoxes();
        return this.context.unsealing.fetchBoxes(message.subjects);
      case 'lacks':
        return this.context.news.lacks(message.area, message.chunks);
      default: // answers to what was asked come elsewhere; a later relay may push more
    }
  }

  /** Tells of a lie; anything else has been dealt with. */
  heed(area: AreaId, outcome: IngestOutcome | null): void {
    if (outcome?.is === 'lie') this.context.news.lie(area, outcome.lie, outcome.evidence);
  }

  /** Pulls until this area stands where the relay says it does. */
  async bring(tip: Tip): Promise<void> {
    if (this.context.isDisposed(tip.area)) return;
    const replica = this.context.replica(tip.area);
    if (!(await this.agreed(replica, tip)) || replica.lie) return;
    if (tip.n <= replica.row.n) return this.heed(tip.area, await replica.ingest([], tip));
    const answer = await this.context
      .link()
      .ask<'log'>({ t: 'pull', area: tip.area, after: replica.row.n, limit: 256 });
    if (answer?.t === 'log') await this.ingest(tip.area, answer);
  }

  private async ingest(area: AreaId, message: Extract<FromRelay, { t: 'log' }>, tries = 3): Promise<void> {
    if (this.context.isDisposed(area)) return;
    const replica = this.context.replica(area);
    if (!(await this.agreed(replica, message.tip)) || replica.lie) return;
    this.spokenOf.add(area);
    if (replica.row.n === 0 && !replica.state.intake) await this.context.addIntakes(); // its post may be news too
    const before = replica.row.n;
    const outcome = await replica.ingest(message.items, message.tip);
    switch (outcome.is) {
      case 'taken':
        if (outcome.placed.length > 0) await replica.setEnded(null);
        await this.context.placed(replica, outcome.placed);
        for (const refused of outcome.refused) this.context.news.refused(area, 'order', refused);
        if (message.tip.n > replica.row.n && replica.row.n > before) await this.bring(message.tip);
        return;
      case 'pull':
        if (isOver(this.context, replica) || (await this.takeEnd(replica, message.items))) return;
        // It was asked, says that there is more, and gives nothing.
        if (message.q !== null) return this.heed(area, await replica.denied('withheld'));
        return this.bring(message.tip);
      case 'directory':
        if (!this.context.link().open) return;
        if (tries === 0) return this.heed(area, await replica.denied('directory'));
        await this.context.statements.fetch(outcome.org);
        return this.ingest(area, message, tries - 1);
      case 'lie':
        return this.heed(area, outcome);
    }
  }

  /** An entry whose seal did not open, as the relay has it now; null where that is another entry. */
  async fetchAgain(sealed: Sealed): Promise<Sealed | null> {
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
}
