/**
 * The local database: a replica of the log, the outbox, directories and boxes as they came, and records sealed under the
 * vault's store key. Nothing in it is clear content: rows are sealed entries, random ids, hashes and times.
 */
import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import type { AreaId, DeviceId, Hash, OrgId, SeatId, StreamId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Lie } from '../log/lies.ts';

/** One place in an area's order, with the verdict on it: `ok`, or the rule it breaks (kept, never folded in). */
export interface LogRow {
  readonly area: AreaId;
  readonly n: number;
  readonly h: Hash;
  readonly time: Millis;
  /** Header hash; null for an anchor. */
  readonly hash: Hash | null;
  readonly entry: Uint8Array | null;
  readonly anchor: { readonly org: OrgId; readonly directory: Hash } | null;
  readonly verdict: string;
  readonly stream: StreamId | null;
}

/** Where this device stands in an area: the newest place it holds, and the relay's signature for it. */
export interface AreaRow {
  readonly area: AreaId;
  readonly generation: number;
  readonly n: number;
  readonly h: Hash | null;
  readonly time: Millis;
  readonly signature: Uint8Array | null;
  /** What the relay was caught at in this area; null: nothing. */
  readonly lie: Lie | null;
  /** When this device's right here ended, by a signed entry that the relay showed without those before it. */
  readonly ended?: Millis;
}

/** An entry of this device that the relay has not acknowledged. */
export interface OutboxRow {
  readonly seq?: number;
  readonly hash: Hash;
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly entry: Uint8Array;
  readonly boxes: readonly BoxRow[];
  /** Why the relay declined it, where that is final. */
  readonly declined?: string;
  /** Another device's, given back to a restored relay. */
  readonly foreign?: boolean;
}

/** A row that is to be put in line anew. */
export function outOfLine(row: OutboxRow): Omit<OutboxRow, 'seq'> {
  const { seq: _, ...rest } = row;
  return rest;
}

/** An entry of this device in an intake that it cannot read back, once acknowledged: for a relay that loses it. */
export type LetterRow = Omit<OutboxRow, 'seq' | 'declined' | 'foreign'>;

/** Another's entry that came on a stick, admitted here, to which the relay has given no place yet. */
export type CarriedRow = Omit<LetterRow, 'boxes'>;

export interface BoxRow {
  readonly subject: Hash;
  readonly to: SeatId | DeviceId;
  readonly generation: number;
  readonly sealed: Uint8Array;
}

export interface StatementRow {
  readonly org: OrgId;
  readonly n: number;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** A sealed record: its key is a random id, a hash or an area's id, its value AES-GCM under the store key. */
export interface RecordRow {
  readonly key: string;
  readonly sealed: Uint8Array;
}

export class Database extends Dexie {
  declare log: Table<LogRow, [AreaId, number]>;
  declare areas: Table<AreaRow, AreaId>;
  declare outbox: Table<OutboxRow, number>;
  declare letters: Table<LetterRow, Hash>;
  declare carried: Table<CarriedRow, Hash>;
  declare boxes: Table<BoxRow, [Hash, string, number, Uint8Array]>;
  declare statements: Table<StatementRow, [OrgId, number]>;
  declare records: Table<RecordRow, string>;

  /** Set once it is being closed on purpose. */
  isClosing = false;

  constructor(name: string) {
    // Strict durability: a transaction completes only when the operating system has written it (design, section 4).
    // Opened once, on purpose: one that the browser took away must not come back by itself, perhaps empty.
    super(name, { chromeTransactionDurability: 'strict', autoOpen: false });
    this.version(1).stores({
      log: '[area+n], hash, [area+stream+n]',
      areas: 'area',
      outbox: '++seq, &hash, area, [area+stream]',
      // One reader can have several boxes for one subject: a wrong one must not lock out the right one.
      boxes: '[subject+to+generation+sealed], subject',
      statements: '[org+n]',
      records: 'key',
    });
    this.version(2).stores({ letters: 'hash, area' });
    this.version(3).stores({ carried: 'hash, area' });
  }
  /** Closes it on purpose: nobody is told that it was lost. */
  end(): void {
    this.isClosing = true;
    this.close();
  }
}
