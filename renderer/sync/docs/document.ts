/**
 * One shared document as the log holds it: a Y.Doc with what was ordered or written here, and the bounds by which edits
 * are judged (which device a client id is bound to, how far each client has come). An edit that breaks a rule is refused
 * and never applied; the rest goes on. What the relay ordered after the case was closed is set aside and named: it is
 * applied once the case is open again, from the log.
 */
import * as Y from 'yjs';
import type { AreaId, DeviceId, Hash, OrgId, StreamId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { decodeFact, edit as editSchema } from '../../../shared/model/events.ts';
import type { Edit } from '../../../shared/model/events.ts';
import type { KnownEdits } from '../../../shared/seal/entry/edit.ts';
import { checkEdit, noEdits } from '../../../shared/seal/entry/edit.ts';

export interface DocumentState {
  readonly n: number;
  readonly update: Uint8Array;
  readonly clients: readonly (readonly [number, DeviceId, number])[];
  /** Missing where an older version wrote it: judged as if the case had never been closed. */
  readonly closedAt?: number | null;
  readonly late?: readonly Late[];
}

/** What a device wrote after the case was closed, and when it did so last. */
export interface Late {
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly edits: number;
  readonly at: Millis;
}

/** An edit where the relay ordered it; `refused`: what the sieve had against it. */
export interface PlacedEdit {
  readonly n: number;
  readonly hash: Hash;
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly at: Millis;
  readonly edit: Edit | null;
  readonly refused: string | null;
}
export const readEdit = (plain: Uint8Array): Edit | null => decodeFact(editSchema, plain);

export class SharedDocument {
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly doc = new Y.Doc();
  /** Newest place folded in. */
  n = 0;
  /** Edits ordered since the last checkpoint. */
  tail = 0;
  /** The place of the closing in force, by which edits are judged; null: the case is open. */
  closedAt: number | null;
  /** It shows something that was written after the closing: it must be made anew. */
  showsLate = false;
  private bounds: KnownEdits = noEdits;
  private readonly unordered = new Set<Hash>();
  private readonly lateBy = new Map<DeviceId, Late>();

  constructor(area: AreaId, stream: StreamId, closedAt: number | null = null) {
    this.area = area;
    this.stream = stream;
    this.closedAt = closedAt;
  }

  /** What was set aside because it came after the closing, by device. */
  get late(): readonly Late[] {
    return [...this.lateBy.values()];
  }

  /**
   * The case was closed, at this place, or is open (null). `as before`: nothing here depends on it; `again`: what was set
   * aside is to be judged anew; `anew`: something was applied that does not belong here.
   */
  closed(at: number | null): 'as before' | 'again' | 'anew' {
    if (at === this.closedAt) return 'as before';
    if (at !== null && this.n > Math.min(at, this.closedAt ?? Infinity)) return 'anew';
    this.closedAt = at;
    return this.lateBy.size > 0 ? 'again' : 'as before';
  }

  /** Whether this device wrote it in this session: its own words need no sieve. */
  wrote(hash: Hash): boolean {
    return this.unordered.has(hash);
  }

  /** An edit of this device that is not ordered yet: applied at once, judged when it comes back. In a closed case it waits. */
  takeOwn(hash: Hash, plain: Uint8Array): void {
    const edit = readEdit(plain);
    if (!edit || this.unordered.has(hash) || this.closedAt !== null) return;
    this.unordered.add(hash);
    Y.applyUpdate(this.doc, edit.update, 'log');
  }

  /** Whether an edit at this place would be applied here. */
  mayTake(n: number): boolean {
    return n > this.n && (this.closedAt === null || n <= this.closedAt);
  }

  /** Takes an edit at its place. The cause says why it was not applied. */
  take(placed: PlacedEdit): string | null {
    if (placed.n <= this.n) return null;
    this.n = placed.n;
    this.tail++;
    if (placed.refused !== null) return placed.refused;
    if (!placed.edit) return 'malformed';
    if (this.closedAt !== null && placed.n > this.closedAt) return this.setAside(placed, placed.edit);
    const checked = checkEdit(this.bounds, placed.device, placed.edit);
    if (!checked.ok) return checked.cause;
    this.bounds = checked.value;
    if (!this.unordered.delete(placed.hash)) Y.applyUpdate(this.doc, placed.edit.update, 'log');
    return null;
  }

  private setAside({ hash, org, device, at }: PlacedEdit, { client }: Edit): null {
    const edits = (this.lateBy.get(device)?.edits ?? 0) + 1;
    this.lateBy.set(device, { org, device, edits, at });
    // This computer's own, typed before it heard of the closing.
    const isShown = Y.getState(this.doc.store, client) > (this.bounds.clock.get(client) ?? 0);
    if (this.unordered.delete(hash) || isShown) this.showsLate = true;
    return null;
  }

  /** Everything is to be judged anew, from the first place on; what the document says stays. */
  rewind(): void {
    this.n = 0;
    this.bounds = noEdits;
    this.lateBy.clear();
  }

  checkpoint(): DocumentState {
    this.tail = 0;
    const clients = [...this.bounds.clients].map(
      ([client, device]) => [client, device, this.bounds.clock.get(client) ?? 0] as const,
    );
    const { n, closedAt, late } = this;
    return { n, update: Y.encodeStateAsUpdate(this.doc), clients, closedAt, late };
  }

  restore(state: DocumentState): void {
    Y.applyUpdate(this.doc, state.update, 'log');
    this.n = state.n;
    this.closedAt = state.closedAt ?? null;
    for (const late of state.late ?? []) this.lateBy.set(late.device, late);
    this.bounds = {
      clients: new Map(state.clients.map(([c, d]) => [c, d])),
      clock: new Map(state.clients.map(([c, , k]) => [c, k])),
    };
  }
}
