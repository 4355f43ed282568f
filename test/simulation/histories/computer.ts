/**
 * One person's computer in a history: a replica that judges every entry by itself, the real keyring and keeper of boxes, and what
 * it has been able to open. Its network is the model's; its store is a map.
 */
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { BoxKeys } from '../../../shared/primitives/hpke.ts';
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { AdmitCause, AreaState } from '../../../shared/seal/area/admit.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import { admit, emptyArea } from '../../../shared/seal/area/admit.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { epochSubject, openBox, seatSubject } from '../../../shared/seal/boxes.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import type { Entry } from '../../../shared/seal/entry/entry.ts';
import { openContent } from '../../../shared/seal/entry/entry.ts';
import type { Writer } from '../../../shared/seal/fixture.ts';
import { headerOf, platform } from '../../../shared/seal/fixture.ts';
import { BoxKeeper } from '../../../renderer/sync/cases/keys/boxKeeper.ts';
import type { AccessHistory } from '../../../renderer/sync/log/accessHistory.ts';
import { NO_HISTORY, afterChain } from '../../../renderer/sync/log/accessHistory.ts';
import { Keyring } from '../../../renderer/sync/log/keyring.ts';
import type { Records } from '../../../renderer/sync/store/records.ts';

/** A place of the relay's order: an entry, and the head of the directory that is in force there. */
export interface Place {
  readonly entry: Entry;
  readonly directory: Hash;
  /** The relay's time. */
  readonly at: Millis;
}

/** The relay and the authority, as one computer meets them. */
export interface Around {
  readonly area: AreaId;
  readonly current: (org: OrgId) => DirectoryState;
  readonly at: (head: Hash) => DirectoryState | null;
  readonly file: (filer: DeviceId, boxes: readonly Box[]) => void;
  readonly boxesFor: (readers: ReadonlySet<string>) => readonly Box[];
  readonly denies: (seat: SeatId, given: { readonly by: DeviceId } | null) => boolean;
  readonly wasLimited: () => boolean;
  /** Devices that may be given the area's keys in an emergency. */
  readonly inEmergency: (state: AreaState, history: AccessHistory) => readonly DeviceId[];
}

export class HistoryComputer {
  readonly writer: Writer;
  readonly keyring: Keyring;
  readonly opened = new Set<string>();
  readonly boxKeeper: BoxKeeper;
  state: AreaState;
  history: AccessHistory = NO_HISTORY;
  /** How far it has followed the order. */
  n = 0;
  isOnLine = true;
  /** Written and not ordered yet. */
  outbox: { entry: Entry; content: Uint8Array }[] = [];
  private readonly around: Around;
  private readonly made = new Map<string, BoxKeys>();
  private readonly sealed = new Map<Hash, Entry>();

  constructor(writer: Writer, around: Around) {
    this.writer = writer;
    this.around = around;
    this.state = emptyArea(around.area);
    const records = someRecords();
    this.keyring = new Keyring(platform, records);
    this.boxKeeper = new BoxKeeper({
      platform,
      identity: { org: writer.org.org, device: writer.device },
      directories: { current: (org) => around.current(org), at: around.at },
      keyring: this.keyring,
      log: { all: () => [{ state: this.state, history: this.history }] },
      link: {
        open: true,
        ask: ((message: { boxes: readonly Box[] }) => {
          around.file(writer.device, message.boxes);
          return Promise.resolve({ t: 'done', q: 0 });
        }) as never, // the one message that it sends
      },
      records,
      posted: () => [],
      denies: (_area, seat) => around.denies(seat, this.history.given.get(seat) ?? null),
      wasLimited: () => around.wasLimited(),
      inEmergency: () => around.inEmergency(this.state, this.history),
    });
  }

  get device(): DeviceId {
    return this.writer.device;
  }
  /** Its organisation's directory, as it stands. */
  own(): DirectoryState {
    return this.around.current(this.writer.org.org);
  }
  seats(): ReadonlySet<SeatId> {
    return seatsOf(this.own(), this.device);
  }
  /** A key pair that this computer has made for a post, used once the directory names it. */
  makes(seat: SeatId, generation: number, keys: BoxKeys): void {
    this.made.set(`${seat} ${generation}`, keys);
  }

  /** Follows the order; every entry in it must be one that this computer admits as well. */
  async follow(order: readonly Place[]): Promise<void> {
    for (const { entry, directory, at } of order.slice(this.n)) {
      const verdict = await this.judge(entry, directory, at);
      if (!verdict.ok) throw new Error(`the relay took what a client refuses: ${verdict.cause}`);
      this.state = verdict.value.state;
      const { header, hash } = verdict.value;
      const anchors = new Map([[header.org, directory]]);
      if (header.kind === 'chain') this.history = afterChain(this.history, header, this.state.access, at, anchors);
      else this.sealed.set(hash, entry);
      this.n++;
    }
  }
  judge(entry: Entry, directory: Hash, at: Millis): ReturnType<typeof admit> {
    return admit(platform, this.state, () => this.around.at(directory), entry, at);
  }

  /** Takes keys from whatever boxes are there for it, and opens what they open. */
  async takeKeys(): Promise<void> {
    const current = this.own();
    const boxes = this.around.boxesFor(new Set<string>([this.device, ...this.seats()]));
    for (const seat of this.seats()) {
      const newest = current.seats.get(seat);
      for (const key of [...(newest ? [newest] : []), ...(current.formerKeys.get(seat) ?? [])]) {
        if (this.keyring.seat(seat, key.generation)) continue;
        const own = this.made.get(`${seat} ${key.generation}`);
        if (own && toHex(own.publicKey) === toHex(key.publicKey)) this.keyring.addSeat(seat, key.generation, own);
        const subject = await seatSubject(platform, seat, key.generation);
        for (const box of boxes.filter((one) => one.subject === subject && one.to === this.device)) {
          const privateKey = await openBox(this.writer.boxKeys, box);
          if (privateKey) this.keyring.addSeat(seat, key.generation, { publicKey: key.publicKey, privateKey });
        }
      }
    }
    const { access } = this.state;
    for (const { epoch } of access?.keys ?? []) {
      if (access === null || this.keyring.areaKey(this.around.area, epoch)) continue;
      const subject = await epochSubject(platform, this.around.area, epoch);
      for (const box of boxes.filter((one) => one.subject === subject))
        if (await this.takeBox(access, epoch, box)) break;
    }
    for (const [hash, entry] of this.sealed) {
      const said = await this.open(hash, entry);
      if (said === null) continue;
      this.opened.add(said);
      this.sealed.delete(hash);
    }
  }

  /** A box for a post; or, in an emergency, for this very computer. */
  private async takeBox(access: AccessState, epoch: number, box: Box): Promise<boolean> {
    const { area } = this.around;
    if (box.to !== this.device) return this.keyring.takeAreaKey(area, access, epoch, box);
    const key = await openBox(this.writer.boxKeys, box);
    return key !== null && this.keyring.keepAreaKey(area, access, epoch, key);
  }

  async open(hash: Hash, entry: Entry): Promise<string | null> {
    const { area, stream, commit } = headerOf(entry);
    if (entry.seal.by !== 'stream') return null;
    const key = await this.keyring.streamKey(area, stream, entry.seal.epoch, entry.seal.slot);
    const plain = key && (await openContent(platform, key, { hash, commit }, entry.seal.sealed));
    return plain?.ok ? new TextDecoder().decode(plain.value) : null;
  }

  /** What this computer could open if the relay gave it all that lies there, whoever it is for. */
  async opensWith(order: readonly Place[], all: readonly Box[]): Promise<ReadonlySet<string>> {
    const { area } = this.around;
    const twin = new HistoryComputer(this.writer, {
      ...this.around,
      boxesFor: () => all,
      file: () => {},
    });
    for (const [name, keys] of this.made) twin.made.set(name, keys);
    await twin.follow(order);
    const current = this.own();
    const seats = [...current.seats.values(), ...[...current.formerKeys.values()].flat()];
    for (const { seat, generation, publicKey } of seats) {
      const kept = this.keyring.seat(seat, generation) ?? this.made.get(`${seat} ${generation}`);
      if (kept) twin.keyring.addSeat(seat, generation, kept);
      const subject = await seatSubject(platform, seat, generation);
      for (const box of all.filter((one) => one.subject === subject && one.to === this.device)) {
        const privateKey = await openBox(this.writer.boxKeys, box);
        if (privateKey) twin.keyring.addSeat(seat, generation, { publicKey, privateKey });
      }
    }
    for (const { epoch } of this.state.access?.keys ?? []) {
      const kept = this.keyring.areaKey(area, epoch);
      if (kept) await twin.keyring.addAreaKey(area, epoch, kept);
    }
    await twin.takeKeys();
    return twin.opened;
  }
}

export type Verdict = 'ok' | AdmitCause;

function someRecords(): Records {
  const rows = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(rows.get(key)),
    put: (key, value) => Promise.resolve(void rows.set(key, value)),
    drop: (key) => Promise.resolve(void rows.delete(key)),
    dropAll: () => Promise.resolve(),
    dropWhere: () => Promise.resolve(),
    list: (prefix) =>
      Promise.resolve([...rows].flatMap(([key, value]) => (key.startsWith(prefix) ? [{ key, value }] : []))),
  };
}
