/**
 * Opening what the log admitted: asks for the boxes it lacks, takes areas' and seats' keys from them, opens entries in
 * order, and keeps those that wait for a key until one comes. Edits of one stream never overtake each other. It judges
 * nothing and stores nothing but boxes.
 */
import { equalBytes } from '../../../shared/primitives/bytes.ts';
import type { AreaId, Hash, SeatId, StreamId } from '../../../shared/primitives/ids.ts';
import { epochSubject, seatSubject } from '../../../shared/seal/boxes.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { Link } from './link.ts';
import type { LogParts } from './parts.ts';
import type { OpenOutcome, Opened, Sealed } from './opener.ts';
import { openEntry } from './opener.ts';
import type { Queues } from './queues.ts';

export interface UnsealingContext extends LogParts {
  readonly link: () => Link;
  readonly queues: Queues;
  /** The relay's entry at a place once more, where it is the same but for its seal; null: it has no other. */
  readonly fetchAgain: (sealed: Sealed) => Promise<Sealed | null>;
  readonly replicas: () => Iterable<AreaReplica>;
}

const place = (sealed: Sealed): number => sealed.n ?? Infinity;

export class Unsealing {
  /** Admitted and not yet told of, by area. */
  private readonly waiting = new Map<AreaId, Map<Hash, Sealed>>();
  /** Those of them for which the relay, when asked, had no box: taken back since, or not boxed for us yet. */
  private readonly boxless = new Set<Hash>();
  private readonly context: UnsealingContext;

  constructor(context: UnsealingContext) {
    this.context = context;
  }

  /** How many admitted entries wait for a key that the relay may have. One that was taken back waits for good, and is not behind. */
  get waits(): number {
    return [...this.waiting.values()].reduce((sum, area) => sum + area.size, 0) - this.boxless.size;
  }

  /**
   * Opens an area's admitted entries, those that wait first, and tells of them. Called within the area's queue. What lacks
   * a key waits; so does everything where telling fails, and is told again when the area is opened next.
   */
  async open(area: AreaId, sealed: readonly Sealed[] = []): Promise<void> {
    const waiting = this.waiting.get(area) ?? new Map<Hash, Sealed>();
    for (const one of sealed) if (one.header.kind !== 'chain') waiting.set(one.hash, one);
    if (waiting.size === 0) return;
    this.waiting.set(area, waiting);
    let missing = await this.openNow(waiting);
    if (missing.length > 0 && this.context.link().open) {
      if (await this.askBoxes(missing)) missing = await this.openNow(waiting);
      if (this.context.link().open) await this.noteBoxless(missing);
    }
    if (waiting.size === 0) this.waiting.delete(area);
  }

  /** One pass over an area's entries, oldest first. Answers those for which there is no box here. */
  private async openNow(waiting: Map<Hash, Sealed>): Promise<Hash[]> {
    const opened: Opened[] = [];
    const missing: Hash[] = [];
    const held = new Set<StreamId>();
    for (const one of [...waiting.values()].sort((a, b) => place(a) - place(b))) {
      const { hash, header } = one;
      if (header.kind === 'edit' && held.has(header.stream)) continue;
      const outcome = await this.openOne(one);
      if (outcome.is === 'opened') opened.push(outcome.opened);
      else if (outcome.is === 'waiting') {
        if (header.kind === 'edit') held.add(header.stream);
        if (outcome.for === 'area key') continue;
        if (one.n === null) this.forget(waiting, hash); // our own letter to another post: not for us to read back
        else missing.push(hash);
      } else {
        this.forget(waiting, hash);
        if (one.entry.seal.by === 'erased') continue; // what it said was disposed of, here or before this computer came
        this.context.news.refused(one.area, 'content', { ...header, hash, cause: outcome.cause });
      }
    }
    if (opened.length > 0) await this.context.news.opened(opened);
    for (const { hash } of opened) this.forget(waiting, hash);
    return missing;
  }

  /** One that has a box waits for the key of its seat: that comes from a colleague's computer. */
  private async noteBoxless(missing: readonly Hash[]): Promise<void> {
    for (const hash of missing)
      if ((await this.context.db.boxes.where('subject').equals(hash).count()) === 0) this.boxless.add(hash);
  }
  /** Nothing of this area waits any more. */
  forgetArea(area: AreaId): void {
    for (const hash of this.waiting.get(area)?.keys() ?? []) this.boxless.delete(hash);
    this.waiting.delete(area);
  }
  private forget(waiting: Map<Hash, Sealed>, hash: Hash): void {
    waiting.delete(hash);
    this.boxless.delete(hash);
  }

  /** The header's signature does not cover the seal: one that was spoilt on its way is asked for again, once. */
  private async openOne(one: Sealed): Promise<OpenOutcome> {
    const outcome = await openEntry(this.context, one);
    if (outcome.is !== 'bad' || outcome.cause !== 'wrong key' || one.n === null || !this.context.link().open)
      return outcome;
    const again = await this.context.fetchAgain(one);
    return again ? openEntry(this.context, again) : outcome;
  }

  /** Epoch keys of an area, from boxes at hand or at the relay. */
  async takeKeys(replica: AreaReplica): Promise<void> {
    const { access, state } = replica;
    const { platform, db, keyring, link, news, vault, identity } = this.context;
    for (const { epoch } of access?.keys ?? []) {
      if (!access || keyring.areaKey(state.area, epoch)) continue;
      const subject = await epochSubject(platform, state.area, epoch);
      const take = async (): Promise<void> => {
        for (const box of await db.boxes.where('subject').equals(subject).toArray()) {
          if (box.to !== identity.device) await keyring.takeAreaKey(state.area, access, epoch, box);
          else {
            const key = await vault.openAreaBox(box, state.area, epoch);
            if (key) await keyring.keepAreaKey(state.area, access, epoch, key);
          }
        }
      };
      await take();
      if (keyring.areaKey(state.area, epoch) || !link().open) continue;
      await this.askBoxes([subject]);
      // Looked at before the last try: a post's key that comes in between is not missed by both.
      const waits = await this.waitsForSeat(subject);
      await take();
      // Who changes a key boxes it for everybody else in the same breath.
      const lacks = !keyring.areaKey(state.area, epoch) && keyring.areaKey(state.area, epoch - 1) !== null;
      // Who was let in after the change waits for a colleague's box.
      const late = this.enteredAfter(replica, epoch);
      if (lacks && !late && !waits) news.keyWithheld(state.area);
    }
  }

  /** Whether none of our posts was let in before the area had this key. */
  private enteredAfter({ history }: AreaReplica, epoch: number): boolean {
    const { directories, identity } = this.context;
    const own = directories.current(identity.org);
    const mine = own ? [...seatsOf(own, identity.device)] : [];
    return !mine.some((seat) => (history.entered.get(seat) ?? Infinity) < epoch);
  }

  /** Whether a box for a post of ours is here, and the post's newest key, which opens it, is still on its way from a colleague. */
  private async waitsForSeat(subject: Hash): Promise<boolean> {
    const { db, directories, identity, keyring } = this.context;
    const state = directories.current(identity.org);
    const boxes = await db.boxes.where('subject').equals(subject).toArray();
    return boxes.some(
      ({ to, generation }) =>
        state?.seats.get(to as SeatId)?.generation === generation && keyring.seat(to, generation) === null,
    );
  }

  /** What was missing while there was no link, or whose key may have come: areas' keys, boxes of entries. */
  fetchMissing(): void {
    const { queues, keyring, replicas } = this.context;
    for (const replica of replicas()) {
      const { area } = replica.state;
      const lacks = replica.access?.keys.some(({ epoch }) => !keyring.areaKey(area, epoch)) ?? false;
      if (!lacks && !this.waiting.has(area)) continue;
      void queues.add(area, async () => {
        await this.takeKeys(replica);
        await this.open(area);
      });
    }
  }

  /** The relay says that these were filed. What it says meanwhile is asked for together, and looked for once. */
  async fetchBoxes(subjects: readonly Hash[]): Promise<void> {
    for (const subject of subjects) this.filed.add(subject);
    this.fetching ??= this.fetchFiled().finally(() => (this.fetching = null));
    await this.fetching;
  }
  private readonly filed = new Set<Hash>();
  private fetching: Promise<void> | null = null;
  private async fetchFiled(): Promise<void> {
    while (this.filed.size > 0) {
      const some = [...this.filed];
      this.filed.clear();
      await this.askBoxes(some);
      this.fetchMissing();
    }
  }

  /** Whether any came. */
  private async askBoxes(subjects: readonly Hash[]): Promise<boolean> {
    let came = false;
    for (let i = 0; i < subjects.length; i += 256) {
      const answer = await this.context.link().ask<'boxes'>({ t: 'boxes', subjects: subjects.slice(i, i + 256) });
      if (answer?.t !== 'boxes' || answer.boxes.length === 0) continue;
      came = true;
      await this.context.db.boxes.bulkPut(answer.boxes);
    }
    return came;
  }

  /** Private halves of seats I hold and lack: from boxes that colleagues' devices made for this device. */
  async fetchSeatBoxes(): Promise<void> {
    const { directories, identity, keyring, platform, vault } = this.context;
    const state = directories.current(identity.org);
    if (!state) return;
    for (const seat of seatsOf(state, identity.device)) {
      const newest = state.seats.get(seat);
      for (const key of [...(newest ? [newest] : []), ...(state.formerKeys.get(seat) ?? [])]) {
        if (keyring.seat(seat, key.generation)) continue;
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
}
