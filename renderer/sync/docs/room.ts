/**
 * One document and the windows that show it, over y-websocket's own protocol and two messages of ours (SAVED, AWAY). What a
 * window types is applied, passed to the others and gathered; what the log brings is passed on. While the case is closed
 * nothing is taken from a window: one that brings something all the same is sent away and opens the document anew.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as syncProtocol from 'y-protocols/sync';
import type { Edit } from '../../../shared/model/events.ts';
import type { Port } from '../../../shared/ipc/rpc.ts';
import type { SharedDocument } from './document.ts';
import { Gathering } from './gathering.ts';

const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
/** Ours: "of the sync messages that carried changes on this socket, the first N are in the journal". */
const SAVED = 100;
/** Ours: "what this window shows is not what the document says any more: open it anew". */
const AWAY = 101;
/** A sync message that brings nothing: no structs, no deletions. */
const EMPTY = 2;

export interface RoomContext {
  /** Writes edits; answers when they are in the journal. False: they are not, and the window must know. */
  readonly write: (edits: readonly Edit[]) => Promise<boolean>;
  /** A window typed something. */
  readonly typed: () => void;
  /** Presence of this computer's windows; empty: nobody here any more. */
  readonly presence: (update: Uint8Array) => void;
}

interface Seat {
  readonly port: Port;
  received: number;
  clients: Set<number>;
}

export class Room {
  readonly document: SharedDocument;
  readonly gathering: Gathering<Seat>;
  private readonly awareness: awarenessProtocol.Awareness;
  private readonly seats = new Set<Seat>();
  private readonly context: RoomContext;

  constructor(document: SharedDocument, context: RoomContext) {
    this.document = document;
    this.context = context;
    this.awareness = new awarenessProtocol.Awareness(document.doc);
    this.awareness.setLocalState(null);
    this.gathering = new Gathering<Seat>(document.doc, context.write, (seat, count) =>
      post(
        seat,
        encoded(SAVED, (to) => encoding.writeVarUint(to, count)),
      ),
    );
    this.passOn();
  }

  /** A window opens the document. */
  connect(port: Port): void {
    const seat: Seat = { port, received: 0, clients: new Set() };
    this.seats.add(seat);
    port.listen((message) => {
      if (!this.seats.has(seat)) return;
      if (message instanceof ArrayBuffer) this.hear(seat, new Uint8Array(message));
      else if (message instanceof Uint8Array) this.hear(seat, message);
      else this.leave(seat);
    });
    post(
      seat,
      encoded(SYNC, (to) => syncProtocol.writeSyncStep1(to, this.document.doc)),
    );
    const here = [...this.awareness.getStates().keys()];
    if (here.length > 0) post(seat, this.awarenessOf(here));
  }

  private leave(seat: Seat): void {
    this.seats.delete(seat);
    awarenessProtocol.removeAwarenessStates(this.awareness, [...seat.clients], 'left');
    seat.port.close();
  }

  /** The window opens the document anew, without what it holds of it. */
  private sendAway(seat: Seat): void {
    post(
      seat,
      encoded(AWAY, () => {}),
    );
    this.leave(seat);
  }

  private hear(seat: Seat, message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    const type = decoding.readVarUint(decoder);
    if (type === SYNC) this.hearSync(seat, decoder);
    else if (type === AWARENESS)
      awarenessProtocol.applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), seat);
    else if (type === QUERY_AWARENESS) post(seat, this.awarenessOf([...this.awareness.getStates().keys()]));
  }

  private hearSync(seat: Seat, decoder: decoding.Decoder): void {
    const { document, gathering } = this;
    const brings = decoding.peekVarUint(decoder) !== syncProtocol.messageYjsSyncStep1;
    if (brings) seat.received++;
    if (brings && document.closedAt !== null) {
      decoding.readVarUint(decoder);
      if (decoding.readVarUint8Array(decoder).length > EMPTY) this.sendAway(seat);
      return;
    }
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, SYNC);
    syncProtocol.readSyncMessage(decoder, answer, document.doc, seat);
    if (brings) gathering.mark(seat, seat.received);
    if (encoding.length(answer) > 1) post(seat, encoding.toUint8Array(answer));
  }

  /** Presence of others, opened and with their proven names. */
  takePresence(update: Uint8Array): void {
    awarenessProtocol.applyAwarenessUpdate(this.awareness, update, 'link');
  }

  /** There is another document to open in this one's place. */
  sendAllAway(): void {
    for (const seat of this.seats) this.sendAway(seat);
  }
  /** Nobody shows it any more, and nothing is heard. */
  end(): void {
    for (const seat of this.seats) seat.port.close();
    this.seats.clear();
    this.awareness.destroy();
    this.document.doc.destroy();
  }

  private passOn(): void {
    const { document, awareness, seats, gathering, context } = this;
    document.doc.on('update', (update: Uint8Array, origin: unknown) => {
      const message = encoded(SYNC, (to) => syncProtocol.writeUpdate(to, update));
      for (const seat of seats) if (seat !== origin) post(seat, message);
      if (!isSeat(origin)) return;
      gathering.add(update);
      context.typed();
    });
    awareness.on(
      'update',
      ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
        const clients = [...added, ...updated, ...removed];
        if (isSeat(origin)) for (const client of added) origin.clients.add(client);
        const message = this.awarenessOf(clients);
        for (const seat of seats) if (seat !== origin) post(seat, message);
        if (origin !== 'link') context.presence(awarenessProtocol.encodeAwarenessUpdate(awareness, clients));
      },
    );
  }

  private awarenessOf(clients: number[]): Uint8Array {
    const update = awarenessProtocol.encodeAwarenessUpdate(this.awareness, clients);
    return encoded(AWARENESS, (to) => encoding.writeVarUint8Array(to, update));
  }
}

const isSeat = (origin: unknown): origin is Seat =>
  typeof origin === 'object' && origin !== null && 'received' in origin;

function post(seat: Seat, message: Uint8Array): void {
  const copy = message.slice().buffer;
  seat.port.post(copy, [copy]);
}

function encoded(type: number, write: (to: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}
