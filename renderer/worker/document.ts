/**
 * A shared document opened in this window: a fresh Y.Doc (fresh client id, as the seal demands) bound by y-websocket to
 * the sync worker. Owns its life and the word beside it. Promises that "Saved" is shown only when the worker said that
 * everything typed here is in the journal. Keeps no document after its screen is gone.
 */
import * as decoding from 'lib0/decoding';
import { useEffect, useState } from 'react';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { AreaId, StreamId } from '../../shared/primitives/ids.ts';
import { SOCKET_BASE, WorkerSocket } from './socket.ts';

export interface OpenDocument {
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
}

/** The worker's own message: how many of this socket's content frames are in the journal (renderer/sync/docs/server.ts). */
const SAVED = 100;

export type SavedWord = 'Opening…' | 'Saving…' | 'Saved';

function open(area: AreaId, stream: StreamId): OpenDocument {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(SOCKET_BASE, `${area}/${stream}`, doc, {
    // The polyfill has the members that the provider uses, not all of a WebSocket's.
    WebSocketPolyfill: WorkerSocket as unknown as typeof WebSocket,
    disableBc: true,
    maxBackoffTime: 1000,
  });
  // A port within one computer does not go quietly dead as a network does: silence is no reason to connect again.
  clearInterval(provider._checkInterval);
  return { area, stream, doc, provider };
}

/** The document of a stream while the screen that asked for it is there; null until it is open. */
export function useDocument(area: AreaId | undefined, stream: StreamId | undefined): OpenDocument | null {
  const [opened, setOpened] = useState<OpenDocument | null>(null);
  useEffect(() => {
    if (area === undefined || stream === undefined) return undefined;
    const made = open(area, stream);
    setOpened(made);
    return () => {
      setOpened(null);
      made.provider.destroy();
      made.doc.destroy();
    };
  }, [area, stream]);
  return opened;
}

/** The word beside an editor. */
export function useSaved(opened: OpenDocument | null): SavedWord {
  const [word, setWord] = useState<SavedWord>('Opening…');
  useEffect(() => {
    if (opened === null) return undefined;
    const { doc, provider } = opened;
    let unsaved = false;
    const show = (): void => setWord(unsaved ? 'Saving…' : provider.synced ? 'Saved' : 'Opening…');
    const changed = (_update: Uint8Array, origin: unknown): void => {
      if (origin !== provider) unsaved = true;
      show();
    };
    // Counted in frames and not in Yjs clocks, because a deletion moves no clock.
    provider.messageHandlers[SAVED] = (_answer, decoder) => {
      const socket = provider.ws as unknown as WorkerSocket | null;
      if (socket !== null && decoding.readVarUint(decoder) >= socket.contentFrames) unsaved = false;
      show();
    };
    doc.on('update', changed);
    provider.on('sync', show);
    show();
    return () => {
      provider.messageHandlers[SAVED] = () => undefined;
      doc.off('update', changed);
      provider.off('sync', show);
    };
  }, [opened]);
  return word;
}

/** Turns true when the worker has handed over what it holds of the document. */
export function useSynced(opened: OpenDocument | null): boolean {
  const [synced, setSynced] = useState(false);
  useEffect(() => {
    if (opened === null) return undefined;
    const show = (): void => setSynced((before) => before || opened.provider.synced);
    setSynced(opened.provider.synced);
    opened.provider.on('sync', show);
    return () => opened.provider.off('sync', show);
  }, [opened]);
  return synced;
}
