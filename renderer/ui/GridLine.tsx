/**
 * One row of a grid. Drawn again only when something of it changed: not because others are scrolled to.
 */
import { memo } from 'react';
import type { DragEvent, HTMLAttributes, MouseEvent, ReactNode } from 'react';
import { GripIcon } from './icons.tsx';
import { RowFocus } from './rowFocus.ts';

export interface Column<R> {
  readonly key: string;
  readonly title: string;
  /** In place of the title, which then is only heard. */
  readonly head?: ReactNode;
  /** A track of CSS grid. */
  readonly width: string;
  readonly cell: (row: R) => ReactNode;
  readonly look?: 'number' | 'acts';
}

/** What a row tells the grid; the same object for as long as the grid is there. */
export interface Says<R> {
  readonly focused: (row: R, index: number) => void;
  readonly clicked: (event: MouseEvent, row: R) => void;
  readonly opened: (row: R) => void;
  readonly grabbed: (event: DragEvent, row: R) => void;
  readonly dropped: () => void;
}

interface GridLineProps<R> {
  readonly row: R;
  readonly name: string;
  readonly index: number;
  readonly start: number;
  readonly columns: readonly Column<R>[];
  /** The keys go on from here. */
  readonly isAt: boolean;
  readonly selected: boolean | undefined;
  readonly current: boolean;
  readonly says: Says<R>;
  readonly measure: (line: Element | null) => void;
  /** Can be dragged by a handle. */
  readonly moves: boolean;
  /** While something is dragged: what happens over this row. */
  readonly over: HTMLAttributes<HTMLElement> | undefined;
}

function Line<R>(props: GridLineProps<R>) {
  const { row, name, index, start, columns, isAt, selected, current, says, measure, moves, over } = props;
  return (
    // The grid itself hears the keys for all its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={measure}
      data-index={index}
      className="line"
      role="row"
      aria-rowindex={index + 2}
      aria-label={name}
      aria-selected={selected}
      aria-current={current ? true : undefined}
      tabIndex={isAt ? 0 : -1}
      onFocus={() => says.focused(row, index)}
      onClick={(event) => says.clicked(event, row)}
      onDoubleClick={() => says.opened(row)}
      style={{ transform: `translateY(${start}px)` }}
      {...over}
    >
      {moves && (
        // For the pointer alone: with keys, a row is moved by Alt and an arrow.
        <span
          className="drag-handle"
          aria-hidden="true"
          title="Drag to move"
          draggable
          onDragStart={(event) => says.grabbed(event, row)}
          onDragEnd={says.dropped}
        >
          <GripIcon />
        </span>
      )}
      <RowFocus.Provider value={isAt}>
        {columns.map((column) => (
          <div key={column.key} role="gridcell" className={column.look}>
            {column.cell(row)}
          </div>
        ))}
      </RowFocus.Provider>
    </div>
  );
}

/** `memo` forgets that a component is generic. */
export const GridLine = memo(Line) as typeof Line;
