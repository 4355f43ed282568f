/**
 * A long list as a grid: arrow keys walk its rows, Enter or one click opens one, Tab enters the acts of the row that has the focus and
 * then leaves; where rows can be ticked or moved, ticking.ts and arranging.tsx say how. Promises that only rows in sight
 * are in the page, however many there are. Knows nothing of what it shows.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { Move } from './arranging.tsx';
import { useArranging } from './arranging.tsx';
import type { Column, Says } from './GridLine.tsx';
import { GridLine } from './GridLine.tsx';
import type { Ticks } from './ticking.ts';
import { useTicking } from './ticking.ts';
import { openOnce } from './oneClick.ts';

export type { Column } from './GridLine.tsx';

interface GridProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly idOf: (row: R) => string;
  readonly nameOf: (row: R) => string;
  /** Enter; and one click, or two where one click picks or rows can be ticked. */
  readonly onOpen?: (row: R) => void;
  /** One click, where a list shows the chosen row beside itself. */
  readonly onPick?: (row: R) => void;
  readonly chosen?: string | null;
  readonly ticks?: Ticks | undefined;
  /** Rows can be put elsewhere. */
  readonly onMove?: ((move: Move) => void) | undefined;
  /** `fill`: as high as there is room; else as high as its rows, up to a limit. */
  readonly fill?: boolean;
}

const NONE: ReadonlySet<string> = new Set();

const STEPS: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  PageDown: (at, last) => Math.min(at + 10, last),
  PageUp: (at) => Math.max(at - 10, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Where the keys go on from: at the active row, or where it stood if it is gone; before any was active, at the chosen one. */
function placeOf(
  ids: readonly string[],
  active: { readonly id: string; readonly at: number } | null,
  chosen: string | null,
): number {
  const found = ids.indexOf(active?.id ?? chosen ?? '');
  return found >= 0 ? found : Math.min(active?.at ?? 0, Math.max(ids.length - 1, 0));
}

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox]), textarea, [contenteditable]');

export function Grid<R>(props: GridProps<R>) {
  const { label, columns, rows, idOf, nameOf, onOpen, onPick, chosen, fill, ticks, onMove } = props;
  const ids = rows.map(idOf);
  const ticking = useTicking(ids, ticks);
  const arranging = useArranging(ids, ticks?.ticked ?? NONE, onMove);
  const scroll = useRef<HTMLDivElement>(null);
  // The row that the keys go on from, by its id: rows that come or go above it must not put another in its place.
  const [active, setActive] = useState<{ readonly id: string; readonly at: number } | null>(null);
  // Whether to focus that row once it is in the page: rows out of sight are not.
  const wanted = useRef(false);
  const hadFocus = useRef(false);
  const at = placeOf(ids, active, chosen ?? null);
  // oxlint-disable-next-line react/incompatible-library -- its answers change by themselves; nothing here is memoised on them
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 44,
    overscan: 8,
    getItemKey: (index) => idOf(rows[index] as R),
  });

  useEffect(() => {
    // The row that had the focus is gone: its neighbour takes it. One that was only scrolled out of sight keeps it.
    const gone = active !== null && !ids.includes(active.id);
    if (gone && hadFocus.current && (document.activeElement ?? document.body) === document.body) {
      wanted.current = true;
      virtual.scrollToIndex(at);
    }
    if (!wanted.current) return;
    const row = scroll.current?.querySelector<HTMLElement>(`[data-index="${at}"]`);
    if (!row) return;
    wanted.current = false;
    row.focus();
  });

  useEffect(() => {
    // Where rows scroll, their bar takes room that the head has not: the style sheet gives it the same.
    const list = scroll.current;
    list?.parentElement?.style.setProperty('--bar', `${list.offsetWidth - list.clientWidth}px`);
  });

  const goTo = (next: number): void => {
    const id = ids[next];
    if (id === undefined) return;
    wanted.current = true;
    setActive({ id, at: next });
    virtual.scrollToIndex(next);
  };
  /** True: the key was for ticking or moving. */
  const takes = (event: KeyboardEvent): boolean => {
    const id = ids[at];
    const onRow = event.target instanceof HTMLElement && event.target.matches('[data-index]');
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') ticking?.all();
    else if (event.key === 'Escape') return ticking?.none() === true;
    else if (event.key === ' ' && onRow && id !== undefined && ticking) ticking.one(id);
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown') && id !== undefined) {
      const move = arranging?.step(id, event.key === 'ArrowUp' ? -1 : 1);
      wanted.current = true;
      if (move) onMove?.(move);
      return arranging !== null;
    } else return false;
    return ticking !== null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (isTyping(event.target)) return;
    if (takes(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (step) {
      event.preventDefault();
      const next = step(at, rows.length - 1);
      const [here, there] = [ids[at], ids[next]];
      if (!event.shiftKey) ticking?.rest();
      else if (here !== undefined && there !== undefined) ticking?.reach(here, there);
      goTo(next);
    } else if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.matches('[data-index]')) {
      const row = rows[Number(event.target.dataset['index'])];
      if (row !== undefined) onOpen?.(row);
    }
  };

  const onClick = (event: MouseEvent, row: R): void => {
    const id = idOf(row);
    // What stands in a row and is pressed there says itself what it does.
    if (event.target instanceof Element && event.target.closest('button, label, a, input') !== null) return;
    if (ticking && event.shiftKey) ticking.reach(ids[at] ?? id, id);
    else if (ticking && (event.ctrlKey || event.metaKey)) ticking.one(id);
    else if (onPick) onPick(row);
    else if (onOpen && !ticking) openOnce(event.nativeEvent, () => onOpen(row));
  };

  // Always the newest, under one identity: so that a row that did not change is not drawn again.
  const newest = useRef<Says<R>>(null);
  useEffect(() => {
    newest.current = {
      focused: (row, index) => setActive({ id: idOf(row), at: index }),
      clicked: onClick,
      opened: (row) => (onPick || ticking ? onOpen?.(row) : undefined),
      grabbed: (event, row) => arranging?.begin(event, idOf(row)),
      dropped: () => arranging?.end(),
    };
  });
  const [says] = useState<Says<R>>(() => ({
    focused: (row, index) => newest.current?.focused(row, index),
    clicked: (event, row) => newest.current?.clicked(event, row),
    opened: (row) => newest.current?.opened(row),
    grabbed: (event, row) => newest.current?.grabbed(event, row),
    dropped: () => newest.current?.dropped(),
  }));
  const opensAtOnce = onOpen !== undefined && !onPick && !ticking;
  const tracks = (arranging ? ['1rem'] : []).concat(columns.map((column) => column.width)).join(' ');
  return (
    <div
      className={['grid', fill === true && 'fill', opensAtOnce && 'opens'].filter(Boolean).join(' ')}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable={ticks !== undefined}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onFocus={() => {
        hadFocus.current = true;
      }}
      onBlur={({ relatedTarget, currentTarget }) => {
        // Without a next one, the window was left or the focused row taken away: it comes back here.
        if (relatedTarget !== null) hadFocus.current = currentTarget.contains(relatedTarget);
      }}
      style={{ '--cols': tracks }}
    >
      <div role="rowgroup">
        <div className="head" role="row" aria-rowindex={1}>
          {arranging && <span role="presentation" />}
          {columns.map((column) => (
            <span key={column.key} role="columnheader" className={column.look}>
              {column.head ?? <span className={column.look === 'acts' ? 'unseen' : undefined}>{column.title}</span>}
            </span>
          ))}
        </div>
      </div>
      <div className="scroll" role="rowgroup" ref={scroll} tabIndex={-1}>
        <div className="rows" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const id = idOf(row);
            return (
              <GridLine
                key={item.key}
                row={row}
                name={nameOf(row)}
                index={item.index}
                start={item.start}
                columns={columns}
                isAt={item.index === at}
                selected={ticks ? ticks.ticked.has(id) : chosen === undefined ? undefined : chosen === id}
                current={ticks !== undefined && chosen === id}
                says={says}
                measure={virtual.measureElement}
                moves={arranging !== null}
                over={arranging?.over(id)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
