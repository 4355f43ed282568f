/**
 * The keys this device may use while it is unlocked: seats (from the vault), areas' epoch keys (from boxes, held against
 * the chain's commitment) and streams' keys (from slots). Area keys are kept sealed in the database, so that a start needs
 * no relay; the rest is opened again.
 */
import type { BoxKeys } from '../../../shared/primitives/hpke.ts';
import type { AreaId, SeatId, StreamId } from '../../../shared/primitives/ids.ts';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { commitToKey, openLink } from '../../../shared/seal/area/areaKey.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { openBox } from '../../../shared/seal/boxes.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import { unwrapStreamKey, wrapStreamKey } from '../../../shared/seal/entry/entry.ts';
import type { Records } from '../store/records.ts';

export interface StreamKey {
  readonly key: Uint8Array;
  readonly slot: Uint8Array;
}

export class Keyring {
  private readonly seats = new Map<string, BoxKeys>();
  private readonly areas = new Map<string, Uint8Array>();
  private readonly slots = new Map<string, Uint8Array>();
  private readonly writing = new Map<string, StreamKey>();
  private readonly platform: Platform;
  private readonly records: Records;

  constructor(platform: Platform, records: Records) {
    this.platform = platform;
    this.records = records;
  }

  async load(): Promise<void> {
    for (const { key, value } of await this.records.list('area key ')) {
      if (value instanceof Uint8Array) this.areas.set(key.slice('area key '.length), value);
    }
  }

  addSeat(seat: SeatId, generation: number, keys: BoxKeys): void {
    this.seats.set(`${seat} ${generation}`, keys);
  }
  seat(seat: string, generation: number): BoxKeys | null {
    return this.seats.get(`${seat} ${generation}`) ?? null;
  }

  areaKey(area: AreaId, epoch: number): Uint8Array | null {
    return this.areas.get(`${area} ${epoch}`) ?? null;
  }
  async addAreaKey(area: AreaId, epoch: number, key: Uint8Array): Promise<void> {
    this.areas.set(`${area} ${epoch}`, key);
    await this.records.put(`area key ${area} ${epoch}`, key);
  }

  /** Drops every key of an area, here and on this disk. */
  async forget(area: AreaId): Promise<void> {
    for (const kept of [this.areas, this.slots, this.writing])
      for (const name of kept.keys()) if (name.startsWith(`${area} `)) kept.delete(name);
    await this.records.dropAll(`area key ${area} `);
  }

  /** The key in a box made for one of my seats; null where none of them opens it. */
  async open(box: Box): Promise<Uint8Array | null> {
    const keys = this.seat(box.to, box.generation);
    return keys && openBox(keys, box);
  }

  /** Takes an epoch's key from a box if it is the one the chain commits to, and the keys before it by their links. */
  async takeAreaKey(area: AreaId, access: AccessState, epoch: number, box: Box): Promise<boolean> {
    const key = await this.open(box);
    return key !== null && this.keepAreaKey(area, access, epoch, key);
  }

  /** Keeps an epoch's key if it is the one the chain commits to, whoever it came from, and the keys before it by their links. */
  async keepAreaKey(area: AreaId, access: AccessState, epoch: number, key: Uint8Array): Promise<boolean> {
    const change = access.keys.find((k) => k.epoch === epoch);
    if (!change || (await commitToKey(this.platform, area, epoch, key)) !== change.key) return false;
    await this.addAreaKey(area, epoch, key);
    if (change.link && epoch > 1 && !this.areaKey(area, epoch - 1)) {
      const before = await openLink(this.platform, area, epoch, key, change.link);
      if (before) await this.keepAreaKey(area, access, epoch - 1, before);
    }
    return true;
  }

  /** The key of a stream that a slot holds; null while the epoch's key is missing or the slot is not sound. */
  async streamKey(area: AreaId, stream: StreamId, epoch: number, slot: Uint8Array): Promise<Uint8Array | null> {
    const name = `${area} ${stream} ${epoch} ${toHex(slot)}`;
    const known = this.slots.get(name);
    if (known) return known;
    const areaKey = this.areaKey(area, epoch);
    const key = areaKey && (await unwrapStreamKey(this.platform, { area, stream, epoch }, areaKey, slot));
    if (!key) return null;
    this.slots.set(name, key);
    this.writing.set(`${area} ${stream} ${epoch}`, { key, slot });
    return key;
  }

  /** The key to write a stream with: the one in use in this epoch, or a fresh one. Null without the epoch's key. */
  async keyToWrite(area: AreaId, stream: StreamId, epoch: number): Promise<StreamKey | null> {
    const name = `${area} ${stream} ${epoch}`;
    const known = this.writing.get(name);
    if (known) return known;
    const areaKey = this.areaKey(area, epoch);
    if (!areaKey) return null;
    const key = this.platform.random(32);
    const made = { key, slot: await wrapStreamKey(this.platform, { area, stream, epoch }, areaKey, key) };
    this.writing.set(name, made);
    this.slots.set(`${name} ${toHex(made.slot)}`, key);
    return made;
  }
}
