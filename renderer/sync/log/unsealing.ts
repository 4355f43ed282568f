/**
 * Opening what the log admitted: asks for the boxes it lacks, takes areas' and seats' keys from them, opens entries in
 * order, and keeps those that wait for a key until one comes. It judges nothing and stores nothing but boxes.
 */
import { equalBytes } from '../../../shared/primitives/bytes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Identity, VaultCalls } from '../../../shared/ipc/vault.ts';
import { epochSubject, seatSubject } from '../../../shared/seal/boxes.ts';
import { seatsOf } from '../../../shared/seal/directory.ts';
import type { Database } from '../store/database.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { Directories } from './directories.ts';
import type { Keyring } from './keyring.ts';
import type { Link } from './link.ts';
import type { LogNews } from './news.ts';
import type { Opened, Sealed } from './opener.ts';
import { openEntry } from './opener.ts';

export interface UnsealingContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly vault: VaultCalls;
  readonly identity: Identity;
  readonly keyring: Keyring;
  readonly directories: Directories;
  readonly link: () => Link;
  readonly news: LogNews;
  readonly replicas: () => Iterable<AreaReplica>;
}

export class Unsealing {
  private readonly waiting = new Map<Hash, Sealed>();
  private readonly context: UnsealingContext;

  constructor(context: UnsealingContext) {
    this.context = context;
  }

  /** How many admitted entries wait for a key. */
  get waits(): number {
    return this.waiting.size;
  }

  /** Opens admitted entries with the keys at hand and tells of them; what lacks a key waits. */
  async open(sealed: readonly Sealed[], ask = true): Promise<void> {
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
  async takeKeys(replica: AreaReplica): Promise<void> {
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

  /** What was missing while there was no link: areas' keys, boxes of entries. */
  async fetchMissingKeys(): Promise<void> {
    for (const replica of this.context.replicas()) await this.takeKeys(replica);
    const boxes = [...this.waiting.values()].filter((s) => s.entry.seal.by === 'boxes').map((s) => s.hash);
    if (boxes.length > 0) await this.askBoxes(boxes);
    await this.openWaiting();
  }

  async fetchBoxes(subjects: readonly Hash[]): Promise<void> {
    await this.askBoxes(subjects);
    for (const replica of this.context.replicas()) await this.takeKeys(replica);
    await this.openWaiting();
  }
  private async askBoxes(subjects: readonly Hash[]): Promise<void> {
    for (let i = 0; i < subjects.length; i += 256) {
      const answer = await this.context.link().ask<'boxes'>({ t: 'boxes', subjects: subjects.slice(i, i + 256) });
      if (answer?.t === 'boxes') await this.context.db.boxes.bulkPut(answer.boxes);
    }
  }

  /** Private halves of seats I hold and lack: from boxes that colleagues' devices made for this device. */
  async fetchSeatBoxes(): Promise<void> {
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
        // Only the key that the authority signed for the seat is the seat's.
        if (keys && equalBytes(keys.publicKey, key.publicKey)) keyring.addSeat(seat, key.generation, keys);
      }
    }
  }
}
