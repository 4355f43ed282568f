/**
 * The outbox: entries the relay has not acknowledged, sent in the order written, area by area, several in flight. An
 * entry leaves it only when it was seen in the signed order (or, for an intake one cannot read, acknowledged). A decline
 * that time may mend is tried again; a final one stays and is told.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Tip } from '../../../shared/seal/area/order.ts';
import type { Decline } from '../../../shared/wire/link.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import type { Link } from './link.ts';

export interface OutboxContext {
  readonly db: Database;
  readonly link: Link;
  /** False while the relay was caught at something in this area: nothing more is given to it there. */
  readonly mayFlush: (area: AreaId) => boolean;
  /** False: the relay does not have this area, as far as is known. */
  readonly isThere: (area: AreaId) => boolean;
  /** The relay lacks what came before this entry, and had acknowledged it. */
  readonly lost: (row: OutboxRow) => Promise<void>;
  /** The relay took it: its place and signed tip. */
  readonly taken: (row: OutboxRow, n: number, tip: Tip) => Promise<void>;
  /** The relay will not take it as it is. Answers whether to send the area again (it was sealed anew). */
  readonly declined: (row: OutboxRow, cause: Decline) => Promise<boolean>;
}

const WINDOW = 32;
/** `not created`: a restored relay gets an area back from who made it. */
const RETRY_LATER: readonly Decline[] = ['heads missing', 'quota', 'storage full', 'gap', 'not created'];

export class Outbox {
  private readonly context: OutboxContext;
  private readonly sending = new Set<AreaId>();
  private readonly again = new Set<AreaId>();
  /** Acknowledged on this link, waiting to be seen in order: of each area, no more than the outbox still holds there. */
  private readonly acknowledged = new Map<AreaId, Set<Hash>>();
  /** Areas in which the relay has no room for what waits, and why, until it takes something there. */
  readonly full = new Map<AreaId, 'quota' | 'storage full'>();

  constructor(context: OutboxContext) {
    this.context = context;
  }

  /** The link went away: what was in flight is sent again on the next. */
  reset(): void {
    this.acknowledged.clear();
  }

  /** Whether the relay has said on this link that it took an entry which has not been seen in order yet. */
  isTaken(hash: Hash): boolean {
    return [...this.acknowledged.values()].some((hashes) => hashes.has(hash));
  }

  async flushAll(): Promise<void> {
    const areas = new Set((await this.context.db.outbox.toArray()).map((row) => row.area));
    for (const area of areas) this.flush(area);
  }

  flush(area: AreaId): void {
    if (this.sending.has(area)) {
      this.again.add(area);
      return;
    }
    this.sending.add(area);
    // A store that fails, or that was closed meanwhile: what waits is offered again by and by.
    const sent = this.sendArea(area).catch(() => {});
    void sent.finally(() => {
      this.sending.delete(area);
      if (this.again.delete(area)) this.flush(area);
    });
  }

  private async sendArea(area: AreaId): Promise<void> {
    for (;;) {
      if (!this.context.link.open || !this.context.mayFlush(area)) return;
      const rows = await this.context.db.outbox.where('area').equals(area).sortBy('seq');
      const acknowledged = this.stillWaiting(area, rows);
      const due = rows.filter((row) => !acknowledged.has(row.hash) && row.declined !== 'equivocation').slice(0, WINDOW);
      if (due.length === 0 || due[0]?.declined) return;
      const answers = await Promise.all(
        due.map((row) =>
          this.context.link.ask<'appended'>({ t: 'append', area, entry: row.entry, boxes: [...row.boxes] }),
        ),
      );
      for (const [i, answer] of answers.entries()) {
        const row = due[i] as OutboxRow;
        if (answer === null) return;
        if (answer.t === 'declined') {
          if (await this.handleDecline(row, answer.cause, i === 0)) break;
          return;
        }
        this.full.delete(area);
        acknowledged.add(row.hash);
        await this.context.taken(row, answer.n, answer.tip);
      }
    }
  }

  /** What was acknowledged and has left the outbox is forgotten: a link may stay for weeks. */
  private stillWaiting(area: AreaId, rows: readonly OutboxRow[]): Set<Hash> {
    const before = this.acknowledged.get(area);
    const left = new Set(rows.map((row) => row.hash).filter((hash) => before?.has(hash)));
    if (rows.length === 0) this.acknowledged.delete(area);
    else this.acknowledged.set(area, left);
    return left;
  }

  private async handleDecline(row: OutboxRow, cause: Decline, isFirst: boolean): Promise<boolean> {
    if (row.foreign) return this.leaveToOthers(row, cause);
    if ((cause === 'gap' && isFirst) || cause === 'another history') {
      await this.context.lost(row);
      return false;
    }
    if (RETRY_LATER.includes(cause)) {
      if (cause === 'quota' || cause === 'storage full') this.full.set(row.area, cause);
      return false;
    }
    if (await this.context.declined(row, cause)) return true;
    // The new key, or the change of access that came before, is not here yet: offered again when it may be.
    if (cause === 'stale epoch' || cause === 'stale head') return false;
    if (cause === 'equivocation') return false; // written again, or told and passed over from now on
    await this.context.db.outbox.update(row.seq as number, { declined: cause });
    return false;
  }

  /** Another's entry that a restored relay does not take back from here: who wrote it offers it too. */
  private async leaveToOthers(row: OutboxRow, cause: Decline): Promise<boolean> {
    const isLater = cause !== 'gap' && RETRY_LATER.includes(cause);
    if (isLater || (cause === 'no right' && !this.context.isThere(row.area))) return false;
    await this.context.db.outbox.delete(row.seq as number);
    return true;
  }
}
