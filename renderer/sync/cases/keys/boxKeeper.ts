/**
 * Keeps everybody who is entitled supplied with keys: colleagues' devices with the seats they hold, granted seats with
 * the areas' keys, receiving seats with packages that were released before they had a key. Whoever holds a key does this;
 * the relay only files what it is given. Done once each, found again from directory and chains, so nothing is queued.
 */
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../../../../shared/primitives/ids.ts';
import type { Platform } from '../../../../shared/primitives/platform.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { MINUTE } from '../../../../shared/primitives/units.ts';
import type { Identity } from '../../../../shared/ipc/vault.ts';
import type { Box } from '../../../../shared/seal/boxes.ts';
import { epochSubject, sealBox, seatSubject } from '../../../../shared/seal/boxes.ts';
import type { AccessState } from '../../../../shared/seal/area/chain.ts';
import { currentEpoch } from '../../../../shared/seal/area/chain.ts';
import type { SeatKey } from '../../../../shared/seal/directory/directory.ts';
import { seatsOf } from '../../../../shared/seal/directory/directory.ts';
import type { AreaReplica } from '../../log/areaReplica.ts';
import type { Directories } from '../../log/directories.ts';
import type { Keyring } from '../../log/keyring.ts';
import type { Link } from '../../log/link.ts';
import { isSupplied, keyDueBy } from './due.ts';
import type { Records } from '../../store/records.ts';

/** A package entry of ours and the seat it is for. */
export interface PostedPackage {
  readonly entry: Hash;
  readonly intake: AreaId;
  readonly key: Uint8Array;
  readonly org: OrgId;
  readonly seat: SeatId;
}

export interface BoxKeeperContext {
  readonly platform: Platform;
  readonly identity: Pick<Identity, 'org' | 'device'>;
  readonly directories: Pick<Directories, 'current' | 'at'>;
  readonly keyring: Keyring;
  readonly log: { all(): Iterable<Pick<AreaReplica, 'state' | 'history'>> };
  readonly link: Pick<Link, 'open' | 'ask'>;
  readonly records: Pick<Records, 'list' | 'put' | 'drop'>;
  readonly posted: () => readonly PostedPackage[];
  /** Whether the written rules deny a post of ours the keys of an area. */
  readonly denies: (area: AreaId, seat: SeatId) => boolean;
  /** Whether they may ever have denied an area to a post, so that a key was made without it. */
  readonly wasLimited: (area: AreaId) => boolean;
  /** Devices that read an area in an emergency now, for a reason that is known here and that nothing speaks against. */
  readonly inEmergency: (area: AreaId) => readonly DeviceId[];
}

/** How long an area's next key is waited for before boxes of the one in force are made: nobody may be on line who can make it. */
const PATIENCE: Millis = MINUTE;
/** The relay was restored: what others gave it is as little known as what we did. */
const ANEW = 'boxed anew';

export class BoxKeeper {
  private readonly context: BoxKeeperContext;
  private readonly done = new Set<string>();
  private running: Promise<void> = Promise.resolve();
  /** A look that has been asked for and not begun: it sees what came meanwhile, so that there is need of no other. */
  private next: Promise<void> | null = null;
  private readonly subjects = new Map<string, Hash>();
  private readonly dueSince = new Map<AreaId, Millis>();

  constructor(context: BoxKeeperContext) {
    this.context = context;
  }

  async load(): Promise<void> {
    for (const { key } of await this.context.records.list('boxed ')) this.done.add(key);
  }

  /** The relay was restored from a copy: what it was given before may be lost. */
  async forget(): Promise<void> {
    const done = [...this.done];
    this.done.clear();
    for (const key of done) await this.context.records.drop(key);
    this.done.add(ANEW);
    await this.context.records.put(ANEW, true);
  }

  /** Looks for who lacks what, and supplies it. Called when the link opens and when directory, chains or packages change. */
  look(): Promise<void> {
    this.next ??= this.running
      .then(() => {
        this.next = null;
        return this.lookNow();
      })
      .catch(() => {}); // the link went away: looked for again on the next
    this.running = this.next;
    return this.next;
  }

  private async lookNow(): Promise<void> {
    if (!this.context.link.open) return;
    await this.supplyDevices();
    await this.supplySeats();
    await this.supplyEmergencies();
    await this.supplyPackages();
  }

  private async file(area: AreaId | null, box: Box): Promise<void> {
    const answer = await this.context.link.ask<'done'>({ t: 'add boxes', area, boxes: [box] });
    if (answer?.t === 'done') await this.mark(box.subject, box.to, box.generation);
  }
  private name(subject: Hash, to: string, generation: number): string {
    return `boxed ${subject} ${to} ${generation}`;
  }
  private isDone(subject: Hash, to: string, generation: number): boolean {
    return this.done.has(this.name(subject, to, generation));
  }
  async mark(subject: Hash, to: string, generation: number): Promise<void> {
    await this.note(this.name(subject, to, generation));
  }
  /** Boxes of other kinds that were filed, by names that begin with `boxed `: forgotten with the others. */
  isNoted(name: string): boolean {
    return this.done.has(name);
  }
  async note(name: string): Promise<void> {
    this.done.add(name);
    await this.context.records.put(name, true);
  }

  /** Seats I hold, to the devices of colleagues who hold the same post. */
  private async supplyDevices(): Promise<void> {
    const { directories, identity, keyring, platform } = this.context;
    const state = directories.current(identity.org);
    if (!state) return;
    for (const [seat, newest] of state.seats) {
      const holders = [...state.devices.values()].filter(
        ({ device }) => device !== identity.device && seatsOf(state, device).has(seat),
      );
      // The newest first; those before it too, for what was sealed to them.
      for (let { generation } = newest; generation > 0; generation--) {
        const mine = keyring.seat(seat, generation);
        if (!mine) continue;
        const subject = await seatSubject(platform, seat, generation);
        for (const { device, boxKey } of holders) {
          if (this.isDone(subject, device, 1)) continue;
          await this.file(null, await sealBox(subject, device, 1, boxKey, mine.privateKey));
        }
      }
    }
  }

  /** Areas' keys, to the seats their chains grant. */
  private async supplySeats(): Promise<void> {
    const { directories, identity, keyring, log } = this.context;
    for (const replica of log.all()) {
      const access = replica.state.access; // only what the relay has ordered: it can file boxes for nothing else
      const newest = access && currentEpoch(access);
      for (const { epoch } of access?.keys ?? []) {
        const key = keyring.areaKey(replica.state.area, epoch);
        if (!access || !key) continue;
        for (const grant of access.seats.values()) {
          // What was written under a key before, one's own organisation reads; another only from the key on that it was let in with.
          if (epoch !== newest && grant.org !== identity.org) continue;
          const seat = directories.current(grant.org)?.seats.get(grant.seat);
          if (!seat || this.isSupplied(replica, access, epoch, seat) || this.isAboutToChange(replica, access)) continue;
          if (this.context.denies(replica.state.area, grant.seat)) continue;
          const subject = await this.subjectOf(replica.state.area, epoch);
          if (this.isDone(subject, seat.seat, seat.generation)) continue;
          await this.file(replica.state.area, await sealBox(subject, seat.seat, seat.generation, seat.publicKey, key));
        }
      }
    }
  }

  /** Otherwise each computer would make a box of each key for each post. */
  private isSupplied(
    { state, history }: Pick<AreaReplica, 'state' | 'history'>,
    access: AccessState,
    epoch: number,
    seat: SeatKey,
  ): boolean {
    const { directories, identity, wasLimited } = this.context;
    if (this.done.has(ANEW) || access.seats.get(seat.seat)?.org !== identity.org || wasLimited(state.area))
      return false;
    const head = history.keyed.get(identity.org);
    return isSupplied(access, history, epoch, seat, head === undefined ? null : directories.at(head));
  }

  /** Whether the area gets its next key at any moment, and with it boxes for all: those of the key before need not be made. */
  private isAboutToChange({ state, history }: Pick<AreaReplica, 'state' | 'history'>, access: AccessState): boolean {
    const { directories, identity, platform } = this.context;
    const own = directories.current(identity.org);
    const head = history.keyed.get(identity.org);
    const due = own && keyDueBy(own, access, history, head === undefined ? null : directories.at(head));
    if (!due) {
      this.dueSince.delete(state.area);
      return false;
    }
    const now = platform.now();
    const since = this.dueSince.get(state.area) ?? now;
    this.dueSince.set(state.area, since);
    return now - since < PATIENCE;
  }

  private async subjectOf(area: AreaId, epoch: number): Promise<Hash> {
    const name = `${area} ${epoch}`;
    const subject = this.subjects.get(name) ?? (await epochSubject(this.context.platform, area, epoch));
    this.subjects.set(name, subject);
    return subject;
  }

  /** Areas' keys, to devices whose person broke the glass: at once, and without anybody's act. */
  private async supplyEmergencies(): Promise<void> {
    const { directories, identity, keyring, log, platform, inEmergency } = this.context;
    const devices = directories.current(identity.org)?.devices;
    for (const { state } of log.all()) {
      if (state.access === null || state.access.emergencies.size === 0) continue;
      for (const to of inEmergency(state.area)) {
        const boxKey = devices?.get(to)?.boxKey;
        for (const { epoch } of state.access.keys) {
          const key = keyring.areaKey(state.area, epoch);
          const subject = await epochSubject(platform, state.area, epoch);
          if (!key || !boxKey || this.isDone(subject, to, 1)) continue;
          await this.file(state.area, await sealBox(subject, to, 1, boxKey, key));
        }
      }
    }
  }

  private async supplyPackages(): Promise<void> {
    for (const { entry, intake, key, org, seat } of this.context.posted()) {
      const to = this.context.directories.current(org)?.seats.get(seat);
      if (!to || this.isDone(entry, seat, to.generation)) continue;
      await this.file(intake, await sealBox(entry, seat, to.generation, to.publicKey, key));
    }
  }
}
