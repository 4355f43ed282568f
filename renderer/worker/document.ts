/**
 * A shared document opened in this window: a fresh Y.Doc (fresh client id, as the seal demands) bound by y-websocket to
 * the sync worker, and the word beside its editor. Promises that "Saved" is said only when the worker told that everything
 * typed here is in the journal. Keeps no document after its screen is gone.
 */
import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { AreaId, StreamId } from '../../shared/primitives/ids.ts';
import { SOCKET_BASE, WorkerSocket } from './socket.ts';

export type SavedWord = 'Opening…' | 'Saving…' | 'Saved';

export interface OpenDocument {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  /** Calls back when what `saved` or `synced` answers may have changed. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly saved: () => SavedWord;
  /** Whether the worker has handed over what it holds; stays true. */
  readonly synced: () => boolean;
  readonly close: () => void;
}

/** The worker's own message: how many of this socket's content frames are in the journal (renderer/sync/docs/room.ts). */
const SAVED = 100;
/** And: what this window holds of the document is not what it says any more. */
const AWAY = 101;

function connect(area: AreaId, stream: StreamId, doc: Y.Doc): WebsocketProvider {
  const provider = new WebsocketProvider(SOCKET_BASE, `${area}/${stream}`, doc, {
    // The polyfill has the members that the provider uses, not all of a WebSocket's.
    WebSocketPolyfill: WorkerSocket as unknown as typeof WebSocket,
    disableBc: true,
    maxBackoffTime: 1000,
  });
  // A port within one computer does not go quietly dead as a network does: silence is no reason to connect again.
  // oxlint-disable-next-line eslint/no-underscore-dangle -- the provider has no other way to turn its watchdog off
  clearInterval(provider._checkInterval);
  return provider;
}

/** `away`: it is to be opened anew, and nothing of this one is kept. */
export function openDocument(area: AreaId, stream: StreamId, away: () => void): OpenDocument {
  const doc = new Y.Doc();
  const provider = connect(area, stream, doc);
  const listeners = new Set<() => void>();
  let unsaved = false;
  let synced = false;
  const changed = (): void => {
    synced ||= provider.synced;
    for (const listener of listeners) listener();
  };
  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin !== provider) unsaved = true;
    changed();
  });
  // Counted in frames and not in Yjs clocks, because a deletion moves no clock.
  provider.messageHandlers[SAVED] = (_answer, decoder) => {
    const socket = provider.ws as unknown as WorkerSocket | null;
    const saved = decoding.readVarUint(decoder);
    if (socket !== null && saved > 0 && saved >= socket.contentFrames) unsaved = false;
    changed();
  };
  provider.messageHandlers[AWAY] = () => {
    provider.disconnect(); // it would give back what it holds
    away();
  };
  provider.on('sync', changed);
  return {
    doc,
    provider,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    saved: () => (unsaved ? 'Saving…' : provider.synced ? 'Saved' : 'Opening…'),
    synced: () => synced,
    close: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}
