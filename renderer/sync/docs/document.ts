/**
 * One shared document as the log holds it: a Y.Doc with what was ordered or written here, and the bounds by which edits
 * are judged (which device a client id is bound to, how far each client has come). An edit that breaks a rule is refused
 * and never applied; the rest goes on.
 */
import * as Y from 'yjs';
import type { AreaId, DeviceId, Hash, StreamId } from '../../../shared/primitives/ids.ts';
import { decodeFact, edit as editSchema } from '../../../shared/model/events.ts';
import type { Edit } from '../../../shared/model/events.ts';
import type { KnownEdits } from '../../../shared/seal/edit.ts';
import { checkEdit, noEdits } from '../../../shared/seal/edit.ts';

export interface DocumentState {
  readonly n: number;
  readonly update: Uint8Array;
  readonly clients: readonly (readonly [number, DeviceId, number])[];
}

/** An edit where the relay ordered it; `refused`: what the sieve had against it. */
export interface PlacedEdit {
  readonly n: number;
  readonly hash: Hash;
  readonly device: DeviceId;
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
  private bounds: KnownEdits = noEdits;
  private readonly unordered = new Set<Hash>();

  constructor(area: AreaId, stream: StreamId) {
    this.area = area;
    this.stream = stream;
  }

  /** Whether this device wrote it in this session: its own words need no sieve. */
  wrote(hash: Hash): boolean {
    return this.unordered.has(hash);
  }

  /** An edit of this device that is not ordered yet: applied at once, judged when it comes back. */
  takeOwn(hash: Hash, plain: Uint8Array): void {
    const edit = readEdit(plain);
    if (!edit || this.unordered.has(hash)) return;
    this.unordered.add(hash);
    Y.applyUpdate(this.doc, edit.update, 'log');
  }

  /** Takes an edit at its place. The cause says why it was not applied. */
  take(placed: PlacedEdit): string | null {
    if (placed.n <= this.n) return null;
    this.n = placed.n;
    this.tail++;
    if (placed.refused !== null) return placed.refused;
    if (!placed.edit) return 'malformed';
    const checked = checkEdit(this.bounds, placed.device, placed.edit);
    if (!checked.ok) return checked.cause;
    this.bounds = checked.value;
    if (!this.unordered.delete(placed.hash)) Y.applyUpdate(this.doc, placed.edit.update, 'log');
    return null;
  }

  /** Everything is to be judged anew, from the first place on; what the document says stays. */
  rewind(): void {
    this.n = 0;
    this.bounds = noEdits;
  }

  checkpoint(): DocumentState {
    this.tail = 0;
    const clients = [...this.bounds.clients].map(
      ([client, device]) => [client, device, this.bounds.clock.get(client) ?? 0] as const,
    );
    return { n: this.n, update: Y.encodeStateAsUpdate(this.doc), clients };
  }

  restore(state: DocumentState): void {
    Y.applyUpdate(this.doc, state.update, 'log');
    this.n = state.n;
    this.bounds = {
      clients: new Map(state.clients.map(([c, d]) => [c, d])),
      clock: new Map(state.clients.map(([c, , k]) => [c, k])),
    };
  }
}
