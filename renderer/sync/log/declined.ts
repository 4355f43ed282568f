/**
 * What becomes of an entry of this device that the relay does not take as it is: sealed again, written again under a new
 * incarnation, also upon what the chain says now where another change of access came first, left out, or told.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { decodeChainOp } from '../../../shared/seal/area/chain.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import type { Decline } from '../../../shared/wire/link.ts';
import type { OutboxRow } from '../store/database.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { LogParts } from './parts.ts';
import type { Outbox } from './outbox.ts';
import { headerIn, isOfPosts, writeAgain } from './renewal.ts';
import { resealRow } from './reseal.ts';
import type { Writer } from './writer.ts';

export interface DeclinedContext extends LogParts {
  readonly writer: Writer;
  readonly replica: (area: AreaId) => AreaReplica;
  readonly outbox: () => Pick<Outbox, 'isTaken'>;
}

function opensInEmergency({ body }: Header): boolean {
  const op = body && decodeChainOp(body);
  return op !== null && op.ok && op.value.op === 'emergency';
}

export class Declined {
  private readonly context: DeclinedContext;

  constructor(context: DeclinedContext) {
    this.context = context;
  }

  /** Answers whether to send the area again: it was sealed anew. */
  async hear(row: OutboxRow, cause: Decline): Promise<boolean> {
    const replica = this.context.replica(row.area);
    if (cause === 'stale epoch') return resealRow(this.context, replica, row);
    if (cause === 'equivocation') {
      await this.renew(replica, headerIn(row)?.incarnation ?? 0);
      return false; // written again, it is offered by itself
    }
    if (cause === 'disposed') return false; // the record that says so is on its way, and takes the row with it
    const header = headerIn(row);
    if ((cause === 'stale head' || cause === 'wrong epoch') && header) {
      await this.overtaken(replica, row, header);
      return false; // what is written anew is offered by itself
    }
    const { org, device } = this.context.identity;
    this.context.news.refused(row.area, 'declined', { hash: row.hash, org, device, cause });
    // Refused, it is told, and must not stand in the way of what is asked for next.
    if (header && opensInEmergency(header)) await this.leaveOut(row, header);
    return false;
  }

  /**
   * A change of access that another came before. Who lets a post in or takes it out means that whatever the chain says by
   * then, so it is written again upon that. Another key or emergency is left out: where it is still due, it is found again.
   */
  private async overtaken(replica: AreaReplica, row: OutboxRow, header: Header): Promise<void> {
    const means = isOfPosts(header);
    if (means && header.chain === (replica.access?.head ?? null)) return; // the other is on its way here: offered again with it
    if (!means) return this.leaveOut(row, header);
    if (header.incarnation >= this.context.writer.incarnation) await this.context.writer.renew(header.incarnation);
    await this.renew(replica, header.incarnation);
  }

  /**
   * What follows it in this device's chain would be declined for ever, so an entry that no longer holds goes, and the rest is
   * written again under a fresh incarnation.
   */
  private async leaveOut(row: OutboxRow, header: Header): Promise<void> {
    const { db, vault, writer, replica } = this.context;
    // In this order, so that a crash between leaves it to be declined again, and never a gap.
    if (header.incarnation >= writer.incarnation) await writer.renew(header.incarnation);
    await vault.release([row.hash]);
    await db.outbox.delete(row.seq as number);
    await this.renew(replica(row.area), header.incarnation);
  }

  /** This profile is an older copy of itself: it goes on under an incarnation of its own. */
  async renew(replica: AreaReplica, seen: number): Promise<void> {
    const { news, identity, writer, db, outbox } = this.context;
    const isTaken = (hash: Hash): boolean => outbox().isTaken(hash);
    if (seen >= writer.incarnation) {
      await writer.renew(seen);
      news.renewed();
    }
    const left = await writeAgain({ ...this.context, replaced: news.replaced, isTaken }, replica);
    const { org, device } = identity;
    for (const { hash, seq } of left) {
      await db.outbox.update(seq as number, { declined: 'equivocation' });
      news.refused(replica.state.area, 'declined', { hash, org, device, cause: 'equivocation' });
    }
  }
}
