/**
 * What y-websocket takes for a WebSocket: one end of a MessageChannel whose other end the sync worker holds. Owns nothing
 * but the port. Promises the provider `open`, `message` and `close` as a real socket would; closes when the line to the
 * worker is replaced, so that the provider connects again over the new one. Speaks to no network.
 */
import type { AreaId, StreamId } from '../../shared/primitives/ids.ts';
import { connection, onConnection } from './connection.ts';

const OPEN = 1;
const CLOSED = 3;
// y-websocket's first two bytes: message type and, of a sync message, its step.
const SYNC = 0;
const STEP_1 = 0;

/** `joinder://worker/AREA/STREAM`, as the provider builds it from server and room. */
export const SOCKET_BASE = 'joinder://worker';

export class WorkerSocket {
  // The provider reads OPEN of the instance.
  readonly OPEN = OPEN;
  binaryType = 'arraybuffer';
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  /** Frames sent that carry content (sync step 2 and update): what the worker counts as journalled, see `SavedNews`. */
  contentFrames = 0;
  #port: MessagePort | null = null;
  #unsubscribe: () => void;

  constructor(url: string | URL) {
    const [area, stream] = String(url)
      .slice(SOCKET_BASE.length + 1)
      .split('/');
    const line = connection();
    this.#unsubscribe = onConnection(() => this.#closed());
    // A real socket opens and fails later than its construction; the provider sets its handlers in between.
    queueMicrotask(() => (line === null ? this.#closed() : this.#open(area as AreaId, stream as StreamId)));
  }

  send(data: Uint8Array | ArrayBuffer): void {
    if (this.readyState !== OPEN) return;
    const copy = new Uint8Array(data).slice();
    if (copy[0] === SYNC && copy[1] !== STEP_1) this.contentFrames++;
    this.#port?.postMessage(copy.buffer, [copy.buffer]);
  }

  close(): void {
    this.#closed();
  }

  #open(area: AreaId, stream: StreamId): void {
    const line = connection();
    if (this.readyState === CLOSED) return;
    if (line === null) return this.#closed();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.addEventListener('message', (event) => this.onmessage?.(event));
    port1.start();
    line.worker.tell('socket', { area, stream }, [port2]);
    this.readyState = OPEN;
    this.onopen?.(new Event('open'));
  }

  #closed(): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.#unsubscribe();
    // Chromium 114 tells nobody that a port was closed, so the worker is told.
    this.#port?.postMessage('closed');
    this.#port?.close();
    this.#port = null;
    // 1001: going away; y-websocket connects again.
    this.onclose?.(new CloseEvent('close', { code: 1001 }));
  }
}
