/**
 * Gathers what is typed into edits: updates of one client that follow each other become one entry, at most every
 * GATHER ms or MOST updates; what is too large for one becomes several. Order is kept, also between two windows on one document. After a write is in the journal, each
 * socket is told how many of its changes that covers; after a failed one, nothing is told and it is tried again.
 */
import * as Y from 'yjs';
import type { Edit } from '../../../shared/model/events.ts';
import { splitEdit } from '../../../shared/seal/entry/splitEdit.ts';
import type { Millis } from '../../../shared/primitives/units.ts';

const GATHER: Millis = 100;
const MOST = 64;
const RETRY: Millis = 1000;

interface Group {
  readonly client: number;
  readonly updates: Uint8Array[];
}

export class Gathering<Socket> {
  private groups: Group[] = [];
  private marks = new Map<Socket, number>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private writing: Promise<void> = Promise.resolve();
  private readonly doc: Y.Doc;
  private readonly write: (edits: readonly Edit[]) => Promise<boolean>;
  private readonly saved: (socket: Socket, count: number) => void;

  constructor(
    doc: Y.Doc,
    write: (edits: readonly Edit[]) => Promise<boolean>,
    saved: (socket: Socket, count: number) => void,
  ) {
    this.doc = doc;
    this.write = write;
    this.saved = saved;
  }

  /** Everything that the document applied from windows is in the journal. */
  get isEmpty(): boolean {
    return this.groups.length === 0;
  }

  /** One update as the document applied it. */
  add(update: Uint8Array): void {
    const starts = startsOf(update);
    const clients = [...starts.keys()];
    const last = this.groups[this.groups.length - 1];
    if (clients.length > 1) this.groups.push(...this.split(starts));
    else if (last && (clients.length === 0 || last.client === clients[0]) && last.updates.length < MOST)
      last.updates.push(update);
    else this.groups.push({ client: clients[0] ?? last?.client ?? this.doc.clientID, updates: [update] });
    this.timer ??= setTimeout(() => void this.flush(), GATHER);
  }

  /** This socket's changes up to the count-th are in what was added. */
  mark(socket: Socket, count: number): void {
    this.marks.set(socket, count);
    this.timer ??= setTimeout(() => void this.flush(), GATHER);
  }

  /** What was gathered is not wanted any more. */
  drop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.groups = [];
    this.marks = new Map();
  }

  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.then(() => this.writeNow());
    return this.writing;
  }

  private async writeNow(): Promise<void> {
    const groups = this.groups;
    const marks = this.marks;
    if (groups.length === 0 && marks.size === 0) return;
    this.groups = [];
    this.marks = new Map();
    const edits = groups.flatMap((group) =>
      splitEdit({
        client: group.client,
        update: group.updates.length === 1 ? (group.updates[0] as Uint8Array) : Y.mergeUpdates(group.updates),
      }),
    );
    // What throws is the line to the vault, gone for now: as with a full disk, it is kept and tried again.
    if (edits.length === 0 || (await this.write(edits).catch(() => false))) {
      for (const [socket, count] of marks) this.saved(socket, count);
      return;
    }
    this.groups = [...groups, ...this.groups];
    for (const [socket, count] of marks) if (!this.marks.has(socket)) this.marks.set(socket, count);
    this.timer ??= setTimeout(() => void this.flush(), RETRY);
  }

  /** An update of several clients (a window that reconnects): one edit for each, from the document's own state. */
  private split(starts: ReadonlyMap<number, number>): Group[] {
    const clocks = Y.decodeStateVector(Y.encodeStateVector(this.doc));
    return [...starts].map(([client, start]) => {
      const known = new Map(clocks).set(client, start);
      return { client, updates: [Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(known))] };
    });
  }
}

/** The clients an update brings structs of, and the clock each begins at. */
function startsOf(update: Uint8Array): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  for (const { id } of Y.decodeUpdate(update).structs)
    starts.set(id.client, Math.min(id.clock, starts.get(id.client) ?? Infinity));
  return starts;
}
