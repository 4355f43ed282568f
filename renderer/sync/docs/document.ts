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
import type { Opened } from '../log/opener.ts';

export interface DocumentState {
  readonly n: number;
  readonly update: Uint8Array;
  readonly clients: readonly (readonly [number, DeviceId, number])[];
}

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

  /** Takes an edit at its place, or (n null) one of this device that is not ordered yet. The cause says why not. */
  take(opened: Opened): string | null {
    if (opened.n !== null && opened.n <= this.n) return null;
    const fact = decodeFact(editSchema, opened.plain);
    if (!fact) return 'malformed';
    if (opened.n === null) {
      if (!this.unordered.has(opened.hash)) this.apply(opened.hash, fact, true);
      return null;
    }
    const checked = checkEdit(this.bounds, opened.header.device, fact);
    this.n = opened.n;
    this.tail++;
    if (!checked.ok) return checked.cause;
    this.bounds = checked.value;
    this.apply(opened.hash, fact, false);
    return null;
  }

  /** Own edits are applied when written and only counted when they come back in order. */
  private apply(hash: Hash, fact: Edit, own: boolean): void {
    if (own) this.unordered.add(hash);
    else if (this.unordered.delete(hash)) return;
    Y.applyUpdate(this.doc, fact.update, 'log');
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
