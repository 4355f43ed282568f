/**
 * The worker's side of y-websocket: windows "connect" their documents here and are in step with no network at all. What
 * a window types is gathered for a moment, sealed as entries and only then told as saved; what the log brings is sieved,
 * judged and passed on. A document of a closed case stands still: what comes after the closing is set aside in it.
 */
import type * as Y from 'yjs';
import type { AreaId, StreamId } from '../../../shared/primitives/ids.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { Port } from '../../../shared/ipc/rpc.ts';
import { MAX_UPDATE } from '../../../shared/seal/entry/edit.ts';
import type { Records } from '../store/records.ts';
import type { Opened, Sealed } from '../log/opener.ts';
import type { Piece } from '../log/writer.ts';
import type { DocumentState, Late } from './document.ts';
import { SharedDocument, readEdit } from './document.ts';
import { Room } from './room.ts';
import type { Sieve, Verdicts } from './sieve.ts';

export interface DocumentContext {
  readonly records: Records;
  readonly sieve: Sieve;
  /** Writes pieces; answers when they are in the journal. False: they are not, and the window must know. */
  readonly write: (pieces: readonly Piece[]) => Promise<boolean>;
  readonly refused: (opened: Opened, cause: string) => void;
  readonly changed: (area: AreaId, stream: StreamId) => void;
  /** Presence of this computer's windows, to be sealed and sent. */
  readonly presence: (area: AreaId, stream: StreamId, update: Uint8Array) => void;
  /** The place in the area's order at which its case was closed; null: it is open. */
  readonly closedAt: (area: AreaId) => number | null;
  /** Gives this area's edits once more: `covered` tells which are not wanted. */
  readonly again: (area: AreaId) => void;
}

const CHECKPOINT_EVERY = 500;
const SIEVED_AT_ONCE = 256;

export class DocumentServer {
  private readonly rooms = new Map<string, Room>();
  /** Documents that are to be given their edits once more: what comes before that comes again with it. */
  private readonly waiting = new Set<string>();
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

  /** Areas in which this device has written since somebody took note. */
  readonly wroteIn = new Set<AreaId>();

  /** An edit of this device as it is written, or found in the outbox at a start. */
  takeOwn(opened: Opened): void {
    this.wroteIn.add(opened.area);
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
      if (this.waiting.has(nameOf(room.document))) continue;
      byRoom.set(room, [...(byRoom.get(room) ?? []), opened]);
    }
    for (const [room, all] of byRoom) {
      for (let at = 0; at < all.length; at += SIEVED_AT_ONCE)
        await this.takePart(room, all.slice(at, at + SIEVED_AT_ONCE));
      if (room.document.showsLate) this.beginAnew(room);
      else if (room.document.tail >= CHECKPOINT_EVERY) await this.checkpoint(room);
      this.context.changed(room.document.area, room.document.stream);
    }
  }

  private async takePart(room: Room, opened: readonly Opened[]): Promise<void> {
    const { document } = room;
    const edits = opened.flatMap((one) => (one.n === null ? [] : [{ one, n: one.n, edit: readEdit(one.plain) }]));
    const suspects = edits.flatMap(({ one: { hash }, n, edit }) =>
      edit && edit.update.length <= MAX_UPDATE && document.mayTake(n) && !document.wrote(hash)
        ? [{ hash, update: edit.update }]
        : [],
    );
    const apply = (bad: Verdicts): boolean => {
      let all = true;
      for (const { one, n, edit } of edits) {
        const { hash, header } = one;
        const { org, device } = header;
        const at = one.time ?? header.time;
        const cause = document.take({ n, hash, org, device, at, edit, refused: bad.get(hash) ?? null });
        if (!cause) continue;
        all &&= bad.has(hash);
        this.context.refused(one, cause);
      }
      return all;
    };
    if (suspects.length === 0) apply(new Map());
    else await this.context.sieve.through(nameOf(document), document.doc, suspects, apply);
  }

  /** Its case was closed or reopened: documents that hold more, or less, than they should are judged anew, from the log. */
  heedClosing(area: AreaId): void {
    const at = this.context.closedAt(area);
    for (const room of [...this.rooms.values()].filter(({ document }) => document.area === area)) {
      const is = room.document.closed(at);
      if (is === 'again') room.document.rewind();
      if (is === 'anew') this.beginAnew(room);
      else if (is === 'again') this.askAgain(room.document);
    }
  }
  private askAgain(document: SharedDocument): void {
    const asked = [...this.waiting].some((name) => name.startsWith(`${document.area} `));
    this.waiting.add(nameOf(document));
    if (!asked) this.context.again(document.area);
  }
  /** The area's edits come once more from here on. */
  beginAgain(area: AreaId): void {
    for (const name of this.waiting) if (name.startsWith(`${area} `)) this.waiting.delete(name);
  }
  /** What was written in an area after its case was closed, by device. */
  lateIn(area: AreaId): readonly Late[] {
    return [...this.rooms.values()].flatMap(({ document }) => (document.area === area ? document.late : []));
  }

  /** A document without what does not belong there. Windows that show the old one open it anew. */
  private beginAnew(old: Room): void {
    const { area, stream } = old.document;
    this.context.sieve.forget(nameOf(old.document));
    this.rooms.delete(nameOf(old.document));
    this.askAgain(this.room(area, stream).document);
    old.sendAllAway();
    void old.gathering.flush().then(() => old.end()); // what was typed last is kept in the log, and set aside there
  }

  /**
   * Keeps what a document holds. Never what is typed and not in the journal: after a crash this computer alone would show
   * it, and what is typed next to it would be refused by everybody else.
   */
  private async checkpoint(room: Room): Promise<boolean> {
    await room.gathering.flush();
    if (!room.gathering.isEmpty || room.document.showsLate) return false; // a full disk; kept another time
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
      room.gathering.drop();
      room.end();
    }
    await this.context.records.dropAll(`doc ${area} `);
  }

  /** A window opens a document. */
  connect(area: AreaId, stream: StreamId, port: Port): void {
    this.room(area, stream).connect(port);
  }
  /** Presence of others, opened and with their proven names. */
  takePresence(area: AreaId, stream: StreamId, update: Uint8Array): void {
    this.room(area, stream).takePresence(update);
  }

  /** Writes at once what was gathered. Answers when it is in the journal. */
  async flush(): Promise<void> {
    await Promise.all([...this.rooms.values()].map((room) => room.gathering.flush()));
  }

  private room(area: AreaId, stream: StreamId): Room {
    const name = `${area} ${stream}`;
    const known = this.rooms.get(name);
    if (known) return known;
    const room = new Room(new SharedDocument(area, stream, this.context.closedAt(area)), {
      write: (edits) =>
        this.context.write(
          edits.map((edit) => ({ area, stream, kind: 'edit', plain: encodeFact(edit), seal: 'stream' })),
        ),
      typed: () => this.context.changed(area, stream),
      presence: (update) => this.context.presence(area, stream, update),
    });
    this.rooms.set(name, room);
    return room;
  }
}

const nameOf = ({ area, stream }: SharedDocument): string => `${area} ${stream}`;
