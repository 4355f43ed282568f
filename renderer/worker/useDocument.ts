/**
 * A shared document for as long as a screen shows it.
 */
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { AreaId, StreamId } from '../../shared/primitives/ids.ts';
import type { OpenDocument, SavedWord } from './document.ts';
import { openDocument } from './document.ts';

/** The document of a stream; null until it is open. */
export function useDocument(area: AreaId, stream: StreamId): OpenDocument | null {
  const [opened, setOpened] = useState<OpenDocument | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const made = openDocument(area, stream, () => setTurn(turn + 1));
    // Opening starts a connection, which drawing must not: only an effect may.
    // oxlint-disable-next-line react/set-state-in-effect
    setOpened(made);
    return () => {
      setOpened(null);
      made.close();
    };
  }, [area, stream, turn]);
  return opened;
}

const nothing = (): (() => void) => () => undefined;

/** The word beside an editor. */
export const useSaved = (opened: OpenDocument | null): SavedWord =>
  useSyncExternalStore(opened?.subscribe ?? nothing, () => opened?.saved() ?? 'Opening…');

/** True once the worker has handed over what it holds of the document. */
export const useSynced = (opened: OpenDocument | null): boolean =>
  useSyncExternalStore(opened?.subscribe ?? nothing, () => opened?.synced() ?? false);
