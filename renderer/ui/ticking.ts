/**
 * Ticking many rows of a list, by mouse and by keyboard alike: Space ticks one, Shift with an arrow or a click goes on
 * from where it began, Ctrl+A ticks all that are shown, Escape none. Pure but for what the hook remembers.
 */
import { useRef } from 'react';

export interface Ticks {
  readonly ticked: ReadonlySet<string>;
  readonly onTicked: (ticked: ReadonlySet<string>) => void;
}

/** The rows from one to another, in either direction; the second alone where the first is not among them. */
export function between(ids: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  if (b < 0) return [];
  return a < 0 ? [to] : ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}

export function toggled(ticked: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(ticked);
  if (!after.delete(id)) after.add(id);
  return after;
}

interface Reach {
  readonly anchor: string;
  /** What was ticked before Shift was held. */
  readonly base: ReadonlySet<string>;
}

export interface Ticking {
  readonly one: (id: string) => void;
  /** From where it began, or else from `at`, to a row: what an earlier reach ticked beyond it is let go. */
  readonly reach: (at: string, to: string) => void;
  readonly all: () => void;
  /** False: there was none. */
  readonly none: () => boolean;
  /** The next reach begins anew. */
  readonly rest: () => void;
}

export function useTicking(ids: readonly string[], ticks: Ticks | undefined): Ticking | null {
  const from = useRef<Reach | null>(null);
  if (ticks === undefined) return null;
  const { ticked, onTicked } = ticks;
  return {
    one: (id) => {
      from.current = { anchor: id, base: toggled(ticked, id) };
      onTicked(from.current.base);
    },
    reach: (at, to) => {
      from.current ??= { anchor: at, base: ticked };
      onTicked(new Set([...from.current.base, ...between(ids, from.current.anchor, to)]));
    },
    all: () => onTicked(new Set([...ticked, ...ids])),
    none: () => {
      from.current = null;
      if (ticked.size === 0) return false;
      onTicked(new Set());
      return true;
    },
    rest: () => {
      from.current = null;
    },
  };
}
