/**
 * Going on with a relay that was put back from a copy. By its signed word for a new generation alone, each area goes back to
 * the newest place that both hold, and what stood above goes to the outbox, others' entries included: headers and signatures
 * are unchanged, so any reader may give them back. Promises that nothing held here is dropped, and that a crash in between
 * is gone on from. Without that word a lower place stays what it is: a step back.
 */
import type { AreaId, DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import type { SignedGeneration } from '../../../shared/seal/area/generation.ts';
import { readGeneration } from '../../../shared/seal/area/generation.ts';
import type { Tip } from '../../../shared/seal/area/order.ts';
import type { Database, LogRow, OutboxRow } from '../store/database.ts';
import { outOfLine } from '../store/database.ts';
import type { Records } from '../store/records.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { Directories } from './directories.ts';
import type { Link } from './link.ts';
import { lineUp } from './recovery.ts';
import { headerIn } from './renewal.ts';

export interface RestoringContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly records: Records;
  readonly relayKey: Key;
  readonly device: DeviceId;
  readonly directories: Directories;
  readonly link: () => Link;
  /** Documents of the area forget what they took above this place, but not what they say. Durable when answered. */
  readonly rewound: (area: AreaId, n: number) => Promise<void>;
  /** Folds and opens what is left of an area; within its queue. */
  readonly reopen: (replica: AreaReplica) => Promise<void>;
  /** These have no place any more. */
  readonly unplaced: (hashes: readonly Hash[]) => void;
  /** Once for each generation, before it counts: whoever remembers what the relay holds forgets it. */
  readonly restored: (generation: number) => Promise<void>;
  /** Package entries that were taken back: they go again without the boxes that open them. */
  readonly takenBack: () => ReadonlySet<Hash>;
}

const NEWEST = 'relay generation';
const BEHIND = 'relay lacks directories';

export class Restoring {
  /** The relay's newest generation that it has signed for. */
  generation = 1;
  /** Organisations of whose directories the restored relay has not held yet what this device holds. */
  private behind = new Set<OrgId>();
  /** Entries that were held above the place gone back to: when they come again, nobody is heard anew. */
  private readonly held = new Set<Hash>();
  private readonly context: RestoringContext;

  constructor(context: RestoringContext) {
    this.context = context;
  }

  async load(): Promise<void> {
    const { records } = this.context;
    const newest = await records.get(NEWEST);
    if (typeof newest === 'number') this.generation = newest;
    const behind = await records.get(BEHIND);
    if (Array.isArray(behind)) this.behind = new Set(behind as OrgId[]);
    await this.context.db.outbox.each(({ hash, foreign }) => void (foreign && this.held.add(hash)));
  }

  /** What the relay greets with. A word that is not its own, or for a generation that is over, changes nothing. */
  async hear(word: SignedGeneration | undefined): Promise<void> {
    const { platform, relayKey, records, directories } = this.context;
    const read = word && (await readGeneration(platform, relayKey, word));
    if (!read?.ok || read.value.generation <= this.generation) return;
    this.behind = new Set(directories.places().keys());
    await records.put(BEHIND, [...this.behind]);
    await this.begin(read.value.generation);
    await records.put(NEWEST, read.value.generation);
    this.generation = read.value.generation;
  }

  /** A computer that holds nothing of an earlier generation has nothing to give back. */
  private async begin(generation: number): Promise<void> {
    const { db, restored } = this.context;
    if ((await db.areas.count()) + (await db.letters.count()) === 0) return;
    await this.offerLetters();
    await restored(generation);
  }

  /** Whether it is no wonder that the relay has less of this directory; `isWhole`: it has all of it now. */
  async mayLack(org: OrgId, isWhole: boolean): Promise<boolean> {
    if (!this.behind.has(org)) return false;
    if (!isWhole) return true;
    this.behind.delete(org);
    await this.context.records.put(BEHIND, [...this.behind]);
    return false;
  }

  /** Whether an entry that was given a place is news: it had none before the relay was restored. */
  isNews(hash: Hash): boolean {
    return !this.held.delete(hash);
  }

  /** Whether an area stands in a generation that is over: the relay has to be agreed with before anything else. */
  isOver({ row }: AreaReplica): boolean {
    return row.n > 0 && row.generation < this.generation && row.lie !== 'fork';
  }

  /**
   * Goes back to the newest place that this device and the restored relay both hold; `tip` is the relay's, null where it
   * does not have the area. Called within the area's queue. False: the link went away before that was known.
   */
  async agree(replica: AreaReplica, tip: Tip | null): Promise<boolean> {
    if (!this.isOver(replica) || (tip && tip.generation !== this.generation)) return true;
    const common = tip === null ? 0 : await this.common(replica, tip);
    if (common === null) return false;
    const { area } = replica.state;
    await this.context.rewound(area, common);
    await this.goBack(replica, common);
    replica.forget();
    await this.context.reopen(replica);
    return true;
  }

  /** The newest place that both hold: this device's own, or the relay's, or none; what agrees below is read again then. */
  private async common({ row, state: { area } }: AreaReplica, tip: Tip): Promise<number | null> {
    const { db, link } = this.context;
    if (tip.n <= row.n) return (await db.log.get([area, tip.n]))?.h === tip.h ? tip.n : 0;
    const answer = await link().ask<'log'>({ t: 'pull', area, after: row.n - 1, limit: 1 });
    if (answer === null) return null;
    return answer.t === 'log' && answer.items.some((item) => item.n === row.n && item.h === row.h) ? row.n : 0;
  }

  /** What stands above `n` goes before what waits already: it was written before it. */
  private async goBack({ row, state: { area } }: AreaReplica, n: number): Promise<void> {
    const { db, unplaced } = this.context;
    const lost: OutboxRow[] = [];
    await db.transaction('rw', db.log, db.areas, db.outbox, db.boxes, async () => {
      const held = await db.log.get([area, n]);
      const above = await db.log
        .where('[area+n]')
        .between([area, n + 1], [area, Infinity])
        .toArray();
      for (const one of above) lost.push(...(await this.rowOf(one)));
      const waiting = await db.outbox.where('area').equals(area).sortBy('seq');
      await db.outbox.bulkDelete(waiting.map(({ seq }) => seq as number));
      await db.outbox.bulkAdd([...lost, ...waiting.map(outOfLine)]);
      await db.log.bulkDelete(above.map((one) => [one.area, one.n] as [AreaId, number]));
      const place = { n, h: held?.h ?? null, time: held?.time ?? 0 };
      await db.areas.put({ ...row, ...place, generation: this.generation, signature: null, lie: null });
    });
    for (const { hash } of lost) this.held.add(hash);
    unplaced(lost.map(({ hash }) => hash));
  }

  private async rowOf({ area, hash, entry, verdict, stream }: LogRow): Promise<OutboxRow[]> {
    if (!hash || !entry || !stream || verdict !== 'ok') return [];
    const boxes = await this.context.db.boxes.where('subject').equals(hash).toArray();
    const row = { hash, area, stream, entry, boxes };
    return [headerIn(row)?.device === this.context.device ? row : { ...row, foreign: true }];
  }

  /** What was put into partners' intakes cannot be read back: all of it is offered again, and taken once. */
  private async offerLetters(): Promise<void> {
    const { db, takenBack } = this.context;
    const closed = takenBack();
    const letters = await db.letters.toArray();
    for (const area of new Set(letters.map((letter) => letter.area))) {
      const rows = letters.filter((letter) => letter.area === area);
      await lineUp(
        db,
        area,
        rows.map((letter) => (closed.has(letter.hash) ? { ...letter, boxes: [] } : letter)),
      );
    }
  }
}
