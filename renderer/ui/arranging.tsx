/**
 * Putting rows of a list elsewhere: dragged by their handles, or with Alt and an arrow. Says what was moved and beside
 * which row; what that means is for who owns the list. Ticked rows go together.
 */
import { useState } from 'react';
import type { DragEvent, HTMLAttributes } from 'react';

export interface Move {
  readonly moved: readonly string[];
  /** The row beside which they are put. */
  readonly to: string;
  readonly side: 'before' | 'after';
}

interface Dragged {
  readonly moved: readonly string[];
  readonly over: { readonly id: string; readonly side: Move['side'] } | null;
}

export interface Arranging {
  readonly begin: (event: DragEvent, id: string) => void;
  readonly end: () => void;
  /** What a row hears while something is dragged. */
  readonly over: (id: string) => (HTMLAttributes<HTMLElement> & { readonly 'data-drop'?: Move['side'] }) | undefined;
  /** One step up or down; null: it is at the end. */
  readonly step: (id: string, by: 1 | -1) => Move | null;
}

/** No page but ours reads this type: what is dragged here is no file and no text. */
const TYPE = 'application/x-joinder-rows';

/** Where rows go by one step: past the next row that does not go along. */
export function stepOf(ids: readonly string[], moved: readonly string[], by: 1 | -1): Move | null {
  const places = moved.map((id) => ids.indexOf(id)).filter((at) => at >= 0);
  const at = by === -1 ? Math.min(...places) - 1 : Math.max(...places) + 1;
  const to = places.length === 0 ? undefined : ids[at];
  return to === undefined ? null : { moved, to, side: by === -1 ? 'before' : 'after' };
}

function sideOf(event: DragEvent): Move['side'] {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  return event.clientY < top + height / 2 ? 'before' : 'after';
}

export function useArranging(
  ids: readonly string[],
  ticked: ReadonlySet<string>,
  onMove: ((move: Move) => void) | undefined,
): Arranging | null {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  if (onMove === undefined) return null;
  const goes = (id: string): readonly string[] => (ticked.has(id) ? ids.filter((one) => ticked.has(one)) : [id]);
  const begin = (event: DragEvent, id: string): void => {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData(TYPE, '');
    const row = event.currentTarget.closest('[role=row]');
    if (row) event.dataTransfer.setDragImage(row, 0, 0);
    setDragged({ moved: goes(id), over: null });
  };
  return {
    begin,
    end: () => setDragged(null),
    over: (id) =>
      dragged === null
        ? undefined
        : {
            onDragOver: (event) => {
              event.preventDefault();
              const side = sideOf(event);
              if (dragged.over?.id !== id || dragged.over.side !== side) setDragged({ ...dragged, over: { id, side } });
            },
            onDrop: (event) => {
              event.preventDefault();
              setDragged(null);
              if (!dragged.moved.includes(id)) onMove({ moved: dragged.moved, to: id, side: sideOf(event) });
            },
            ...(dragged.over?.id === id && !dragged.moved.includes(id) && { 'data-drop': dragged.over.side }),
          },
    step: (id, by) => stepOf(ids, goes(id), by),
  };
}
