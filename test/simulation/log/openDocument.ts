/**
 * A window's end of a document, without the provider: sync steps and updates over the port, by y-websocket's own protocol.
 */
import * as decoding from 'lib0/decoding';
import * as awarenessProtocol from 'y-protocols/awareness';
import * as Y from 'yjs';
import { concat } from '../../../shared/primitives/bytes.ts';
import type { AreaId, StreamId } from '../../../shared/primitives/ids.ts';
import type { Port } from '../../../shared/ipc/rpc.ts';
import type { Session } from '../../../renderer/sync/session.ts';

export class OpenDocument {
  readonly doc = new Y.Doc();
  sent = 0;
  saved = 0;
  /** It is to be opened anew. */
  wasSentAway = false;
  private heard: ((message: unknown, ports: readonly unknown[]) => void) | null = null;

  constructor(session: Session, area: AreaId, stream: StreamId) {
    const port: Port = {
      post: (message) => this.hear(new Uint8Array(message as ArrayBuffer)),
      listen: (heard) => (this.heard = heard),
      close: () => {},
    };
    session.docs.connect(area, stream, port);
    this.post(concat(Uint8Array.of(0, 0), frame(Y.encodeStateVector(this.doc))));
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'port') return;
      this.sent++;
      this.post(concat(Uint8Array.of(0, 2), frame(update)));
    });
  }
  private post(message: Uint8Array): void {
    this.heard?.(message.slice().buffer, []);
  }
  private hear(message: Uint8Array): void {
    if (message[0] === 100) this.saved = decoding.readVarUint(decoding.createDecoder(message.subarray(1)));
    if (message[0] === 101) this.wasSentAway = true;
    if (message[0] !== 0) return;
    if (message[1] === 0) return; // it asks for what we have beyond it: nothing, the document is fresh
    Y.applyUpdate(this.doc, unframe(message.subarray(2)), 'port');
  }
  /** As when the window goes. */
  close(): void {
    this.heard?.('closed', []);
    this.heard = null;
  }
  /** Says that somebody has this window open, as an editor does before anything is typed. */
  announce(): void {
    const awareness = new awarenessProtocol.Awareness(this.doc);
    awareness.setLocalState({ user: { name: 'somebody' } });
    const update = awarenessProtocol.encodeAwarenessUpdate(awareness, [this.doc.clientID]);
    awareness.destroy();
    this.post(concat(Uint8Array.of(1), frame(update)));
  }
  /** Everything typed here is in the journal. */
  get isSaved(): boolean {
    return this.saved === this.sent;
  }
  get text(): Y.Text {
    return this.doc.getText('text');
  }
}

function frame(bytes: Uint8Array): Uint8Array {
  const head: number[] = [];
  for (let n = bytes.length; ; n = Math.floor(n / 128)) {
    head.push(n >= 128 ? (n % 128) + 128 : n);
    if (n < 128) return concat(Uint8Array.from(head), bytes);
  }
}
function unframe(bytes: Uint8Array): Uint8Array {
  const end = bytes.findIndex((byte) => byte < 128);
  return bytes.subarray(end + 1);
}
