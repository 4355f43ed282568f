/**
 * The worker's side of y-websocket: windows "connect" their documents here and are in step with no network at all. What
 * a window types is gathered for a moment, sealed as entries and only then told as saved; what the log brings is passed
 * on. Sockets carry y-websocket's own protocol, and one message of ours (SAVED).
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as syncProtocol from 'y-protocols/sync';
import type * as Y from 'yjs';
import type { AreaId, StreamId } from '../../../shared/primitives/ids.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { Port } from '../../../shared/ipc/rpc.ts';
import { MAX_UPDATE } from '../../../shared/seal/edit.ts';
import type { Records } from '../store/records.ts';
import type { Opened, Sealed } from '../log/opener.ts';
import type { Piece } from '../log/writer.ts';
import type { DocumentState } from './document.ts';
import { SharedDocument, readEdit } from './document.ts';
import { Gathering } from './gathering.ts';
import type { Sieve, Verdicts } from './sieve.ts';

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
/** Ours: "of the sync messages that carried changes on this socket, the first N are in the journal". */
export const SAVED = 100;

export interface DocumentContext {
  readonly records: Records;
  readonly sieve: Sieve;
  /** Writes pieces; answers when they are in the journal. False: they are not, and the window must know. */
  readonly write: (pieces: readonly Piece[]) => Promise<boolean>;
  readonly refused: (opened: Opened, cause: string) => void;
  readonly changed: (area: AreaId, stream: StreamId) => void;
  /** Presence of this computer's windows, to be sealed and sent; null: nobody here any more. */
  readonly presence: (area: AreaId, stream: StreamId, update: Uint8Array) => void;
}

interface Seat {
  readonly port: Port;
  received: number;
  clients: Set<number>;
}

interface Room {
  readonly document: SharedDocument;
  readonly awareness: awarenessProtocol.Awareness;
  readonly sockets: Set<Seat>;
  readonly gathering: Gathering<Seat>;
}

const CHECKPOINT_EVERY = 500;
const SIEVED_AT_ONCE = 256;

export class DocumentServer {
  private readonly rooms = new Map<string, Room>();
  private readonly context: DocumentContext;

  constructor(context: DocumentContext) {
    this.context = context;
  }

  /** Restores local checkpoints, before the log is read. */
  async load(): Promise<void> {
    for (const { key, value } of await this.context.records.list('doc ')) {
      const [, area, stream] = key.split(' ');
      this.room(area as AreaId, stream as StreamId).document.restore(value as DocumentState);
    }
  }
  covered(entry: Sealed): boolean {
    return (
      entry.header.kind === 'edit' &&
      entry.n !== null &&
      entry.n <= (this.rooms.get(`${entry.area} ${entry.header.stream}`)?.document.n ?? 0)
    );
  }

  doc(area: AreaId, stream: StreamId): Y.Doc {
    return this.room(area, stream).document.doc;
  }

  /** An edit of this device as it is written, or found in the outbox at a start. */
  takeOwn(opened: Opened): void {
    this.room(opened.area, opened.header.stream).document.takeOwn(opened.hash, opened.plain);
    this.context.changed(opened.area, opened.header.stream);
  }

  /**
   * Takes ordered edits: sieved, judged, applied in their order, passed on to the windows that show the document. One
   * call for an area at a time.
   */
  async take(edits: readonly Opened[]): Promise<void> {
    const byRoom = new Map<Room, Opened[]>();
    for (const opened of edits) {
      const room = this.room(opened.area, opened.header.stream);
      byRoom.set(room, [...(byRoom.get(room) ?? []), opened]);
    }
    for (const [room, all] of byRoom) {
      for (let at = 0; at < all.length; at += SIEVED_AT_ONCE)
        await this.takePart(room, all.slice(at, at + SIEVED_AT_ONCE));
      if (room.document.tail >= CHECKPOINT_EVERY) await this.checkpoint(room);
      this.context.changed(room.document.area, room.document.stream);
    }
  }

  private async takePart(room: Room, opened: readonly Opened[]): Promise<void> {
    const { document } = room;
    const edits = opened.flatMap((one) => (one.n === null ? [] : [{ one, n: one.n, edit: readEdit(one.plain) }]));
    const suspects = edits.flatMap(({ one: { hash }, n, edit }) =>
      edit && edit.update.length <= MAX_UPDATE && n > document.n && !document.wrote(hash)
        ? [{ hash, update: edit.update }]
        : [],
    );
    const apply = (bad: Verdicts): boolean => {
      let all = true;
      for (const { one, n, edit } of edits) {
        const { hash, header } = one;
        const cause = document.take({ n, hash, device: header.device, edit, refused: bad.get(hash) ?? null });
        if (!cause) continue;
        all &&= bad.has(hash);
        this.context.refused(one, cause);
      }
      return all;
    };
    if (suspects.length === 0) apply(new Map());
    else await this.context.sieve.through(`${document.area} ${document.stream}`, document.doc, suspects, apply);
  }

  /**
   * Keeps what a document holds. Never what is typed and not in the journal: after a crash this computer alone would show
   * it, and what is typed next to it would be refused by everybody else.
   */
  private async checkpoint(room: Room): Promise<boolean> {
    await room.gathering.flush();
    if (!room.gathering.isEmpty) return false; // a full disk; kept another time
    const { area, stream } = room.document;
    await this.context.records.put(`doc ${area} ${stream}`, room.document.checkpoint());
    return true;
  }
  /** The area's order was gone back on to place `n`: documents beyond it are judged anew. Durable when answered. */
  async rewind(area: AreaId, n: number): Promise<void> {
    for (const room of this.rooms.values()) {
      if (room.document.area !== area || room.document.n <= n) continue;
      room.document.rewind();
      if (!(await this.checkpoint(room))) throw new Error('what is typed cannot be kept');
    }
  }
  /** Keeps a checkpoint of every document with a tail: at lock and quit, so that the next start is short. */
  async checkpointAll(): Promise<void> {
    for (const room of this.rooms.values()) if (room.document.tail > 0) await this.checkpoint(room);
  }

  /** Forgets every document of an area: whoever shows one is sent away, and what was typed there last is not written. */
  async forget(area: AreaId): Promise<void> {
    for (const [name, room] of this.rooms) {
      if (room.document.area !== area) continue;
      this.rooms.delete(name);
      for (const seat of room.sockets) seat.port.close();
      room.sockets.clear();
      room.gathering.drop();
      room.awareness.destroy();
      room.document.doc.destroy();
    }
    await this.context.records.dropAll(`doc ${area} `);
  }

  /** A window opens a document. */
  connect(area: AreaId, stream: StreamId, port: Port): void {
    const room = this.room(area, stream);
    const seat: Seat = { port, received: 0, clients: new Set() };
    room.sockets.add(seat);
    port.listen((message) => {
      if (message instanceof ArrayBuffer) this.hear(room, seat, new Uint8Array(message));
      else if (message instanceof Uint8Array) this.hear(room, seat, message);
      else this.leave(room, seat);
    });
    const hello = encoding.createEncoder();
    encoding.writeVarUint(hello, SYNC);
    syncProtocol.writeSyncStep1(hello, room.document.doc);
    post(seat, encoding.toUint8Array(hello));
    const here = [...room.awareness.getStates().keys()];
    if (here.length > 0) post(seat, awarenessMessage(awarenessProtocol.encodeAwarenessUpdate(room.awareness, here)));
  }

  private leave(room: Room, seat: Seat): void {
    room.sockets.delete(seat);
    awarenessProtocol.removeAwarenessStates(room.awareness, [...seat.clients], 'left');
    seat.port.close();
  }

  private hear(room: Room, seat: Seat, message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    const type = decoding.readVarUint(decoder);
    if (type === SYNC) {
      const answer = encoding.createEncoder();
      encoding.writeVarUint(answer, SYNC);
      const kind = syncProtocol.readSyncMessage(decoder, answer, room.document.doc, seat);
      if (kind !== syncProtocol.messageYjsSyncStep1) {
        seat.received++;
        room.gathering.mark(seat, seat.received);
      }
      if (encoding.length(answer) > 1) post(seat, encoding.toUint8Array(answer));
    } else if (type === AWARENESS) {
      const update = decoding.readVarUint8Array(decoder);
      awarenessProtocol.applyAwarenessUpdate(room.awareness, update, seat);
    } else if (type === QUERY_AWARENESS) {
      post(
        seat,
        awarenessMessage(
          awarenessProtocol.encodeAwarenessUpdate(room.awareness, [...room.awareness.getStates().keys()]),
        ),
      );
    }
  }

  /** Presence of others, opened and with their proven names. */
  takePresence(area: AreaId, stream: StreamId, update: Uint8Array): void {
    awarenessProtocol.applyAwarenessUpdate(this.room(area, stream).awareness, update, 'link');
  }

  /** Writes at once what was gathered. Answers when it is in the journal. */
  async flush(): Promise<void> {
    await Promise.all([...this.rooms.values()].map((room) => room.gathering.flush()));
  }

  private room(area: AreaId, stream: StreamId): Room {
    const name = `${area} ${stream}`;
    const known = this.rooms.get(name);
    if (known) return known;
    const document = new SharedDocument(area, stream);
    const awareness = new awarenessProtocol.Awareness(document.doc);
    awareness.setLocalState(null);
    const gathering = new Gathering<Seat>(
      document.doc,
      (edits) =>
        this.context.write(
          edits.map((edit) => ({ area, stream, kind: 'edit', plain: encodeFact(edit), seal: 'stream' })),
        ),
      (seat, count) => post(seat, savedMessage(count)),
    );
    const room: Room = { document, awareness, sockets: new Set(), gathering };
    this.rooms.set(name, room);
    this.relayWithin(room);
    return room;
  }

  private relayWithin(room: Room): void {
    const { document, awareness, sockets, gathering } = room;
    document.doc.on('update', (update: Uint8Array, origin: unknown) => {
      const message = encoding.createEncoder();
      encoding.writeVarUint(message, SYNC);
      syncProtocol.writeUpdate(message, update);
      for (const seat of sockets) if (seat !== origin) post(seat, encoding.toUint8Array(message));
      if (isSeat(origin)) {
        gathering.add(update);
        this.context.changed(document.area, document.stream);
      }
    });
    awareness.on(
      'update',
      ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
        const clients = [...added, ...updated, ...removed];
        if (isSeat(origin)) for (const client of added) origin.clients.add(client);
        const update = awarenessProtocol.encodeAwarenessUpdate(awareness, clients);
        for (const seat of sockets) if (seat !== origin) post(seat, awarenessMessage(update));
        if (origin !== 'link') this.context.presence(document.area, document.stream, update);
      },
    );
  }
}

const isSeat = (origin: unknown): origin is Seat =>
  typeof origin === 'object' && origin !== null && 'received' in origin;

function post(seat: Seat, message: Uint8Array): void {
  const copy = message.slice().buffer;
  seat.port.post(copy, [copy]);
}
function awarenessMessage(update: Uint8Array): Uint8Array {
  const message = encoding.createEncoder();
  encoding.writeVarUint(message, AWARENESS);
  encoding.writeVarUint8Array(message, update);
  return encoding.toUint8Array(message);
}
function savedMessage(count: number): Uint8Array {
  const message = encoding.createEncoder();
  encoding.writeVarUint(message, SAVED);
  encoding.writeVarUint(message, count);
  return encoding.toUint8Array(message);
}
