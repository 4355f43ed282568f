/**
 * Keeps this person's posts able to receive, and to receive what only those read who hold them now. A post that came after
 * this device was enrolled may have no key; one that somebody left needs the next. The vault is asked to make one and to
 * propose it to the authority, again after growing pauses until the directory names a key of that post and generation. If that is ours it is used from then on; if another device was first, ours was thrown away, and the key comes in a
 * box as to any colleague. Found again from the directory each time, so nothing is queued.
 */
import { toHex } from '../../../../shared/primitives/bytes.ts';
import type { SeatId } from '../../../../shared/primitives/ids.ts';
import type { Platform } from '../../../../shared/primitives/platform.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import { MINUTE, SECOND } from '../../../../shared/primitives/units.ts';
import type { DueKey, Identity, VaultCalls } from '../../../../shared/ipc/vault.ts';
import type { DirectoryState } from '../../../../shared/seal/directory/directory.ts';
import { seatsOf } from '../../../../shared/seal/directory/directory.ts';
import type { Directories } from '../../log/directories.ts';
import type { Keyring } from '../../log/keyring.ts';

export interface SeatKeeperContext {
  readonly platform: Pick<Platform, 'now'>;
  readonly vault: Pick<VaultCalls, 'proposeSeatKeys' | 'settleSeatKeys'>;
  readonly identity: Pick<Identity, 'org' | 'device'>;
  readonly directories: Pick<Directories, 'current'>;
  readonly keyring: Pick<Keyring, 'seat' | 'addSeat'>;
  readonly isOnline: () => boolean;
  /** A seat's key can be used from now on: what waits for it may be opened, and colleagues given it. */
  readonly gained: () => void;
}

/** From one proposal to the next while the directory names no key: an authority that is switched off is not pestered. */
const FIRST_PAUSE: Millis = 2 * SECOND;
const LONGEST_PAUSE: Millis = 5 * MINUTE;
/** Posts in one proposal. */
const MOST = 64;

export class SeatKeeper {
  private readonly context: SeatKeeperContext;
  /** The directory's keys that the vault was asked about. */
  private readonly settled = new Set<string>();
  private settling: Promise<void> = Promise.resolve();
  private isAsking = false;
  private wanted = '';
  private asks = 0;
  private nextAt: Millis = 0;

  constructor(context: SeatKeeperContext) {
    this.context = context;
  }

  /** Looks for what is missing and does it. Called when the link opens, when the directory changes, and every second. */
  async look(): Promise<void> {
    const state = this.context.directories.current(this.context.identity.org);
    if (!state) return;
    const mine = [...seatsOf(state, this.context.identity.device)];
    this.settling = this.settling.then(() => this.settle(state, mine)).catch(() => {}); // a disk that is full: asked again
    await Promise.all([this.settling, this.propose(mine.flatMap((seat) => this.due(state, seat)))]);
  }

  /**
   * The key that a post lacks: its first, or the next where somebody has the newest who should not any more. The next is made
   * by who has the one before, so that it goes on; by anybody where nobody else is left.
   */
  private due(state: DirectoryState, seat: SeatId): DueKey[] {
    const { keyring, identity } = this.context;
    const before = state.seats.get(seat);
    if (!before) return [{ seat, generation: 1 }];
    if (!state.stale.has(seat)) return [];
    const others = [...state.devices.keys()].filter((device) => device !== identity.device);
    const isLast = !others.some((device) => seatsOf(state, device).has(seat));
    return keyring.seat(seat, before.generation) || isLast ? [{ seat, generation: before.generation + 1 }] : [];
  }

  private async settle(state: DirectoryState, mine: readonly SeatId[]): Promise<void> {
    for (const seat of mine) {
      const signed = state.seats.get(seat);
      if (!signed || this.context.keyring.seat(seat, signed.generation)) continue;
      const name = `${seat} ${toHex(signed.publicKey)}`;
      if (this.settled.has(name)) continue;
      const keys = await this.context.vault.settleSeatKeys(seat, signed.generation, signed.publicKey);
      this.settled.add(name);
      if (!keys) continue;
      this.context.keyring.addSeat(seat, signed.generation, keys);
      this.context.gained();
    }
  }

  private async propose(seats: readonly DueKey[]): Promise<void> {
    const { platform, vault, isOnline } = this.context;
    const wanted = seats.map(({ seat, generation }) => `${seat} ${generation}`).join(' ');
    if (wanted !== this.wanted) this.asks = this.nextAt = 0;
    this.wanted = wanted;
    if (seats.length === 0 || this.isAsking || !isOnline() || platform.now() < this.nextAt) return;
    this.isAsking = true;
    // However it ends, what came of it is in the directory; while that names no key, it is asked again.
    await vault.proposeSeatKeys(seats.slice(0, MOST)).catch(() => {});
    this.isAsking = false;
    this.nextAt = platform.now() + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.asks++);
  }
}
