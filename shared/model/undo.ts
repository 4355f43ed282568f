/**
 * Taking back what was done to a record in one step. An act remembers, for each field that it changed, what it took away
 * and what it left. Undoing puts the first in the place of the second; a field that somebody changed meanwhile stays as
 * it is and is counted, so that nobody's work is undone by somebody else's second thought. To undo is an act as well.
 */
import type * as Y from 'yjs';
import type { Author, Root } from './register.ts';
import { inOneStep, isStored, readField, setField } from './register.ts';

interface Changed {
  readonly field: string;
  /** The values that the act replaced, oldest first. */
  readonly before: readonly string[];
  /** The keys of all claims that stood when the act was done. */
  readonly left: readonly string[];
}

/** What one act did to a record, as far as it takes to undo it. */
export type Step = readonly Changed[];

/** Runs a change as one update and says how to take it back. The map must be in a document. */
export function asStep(root: Root, change: () => void): Step {
  const before = new Map<string, string[]>();
  const look = (event: Y.YMapEvent<unknown>): void => {
    for (const [key, { action, oldValue }] of event.changes.keys) {
      const field = key.slice(0, key.lastIndexOf('|'));
      const values = before.get(field) ?? [];
      before.set(field, values);
      if (action !== 'add' && isStored(oldValue)) values.push(oldValue.v);
    }
  };
  root.observe(look);
  try {
    inOneStep(root, change);
  } finally {
    root.unobserve(look);
  }
  return [...before].map(([field, values]) => ({
    field,
    before: values,
    left: readField(root, field).map(({ key }) => key),
  }));
}

/** Takes a step back. Answers how to do it again, and how many fields somebody had changed meanwhile: those stay. */
export function undoStep(root: Root, step: Step, author: Author): { readonly redo: Step; readonly kept: number } {
  let kept = 0;
  const redo = asStep(root, () => {
    for (const { field, before, left } of step) {
      const here = readField(root, field).map(({ key }) => key);
      if (here.length !== left.length || here.some((key) => !left.includes(key))) kept++;
      else {
        for (const key of here) root.delete(key);
        for (const value of before) setField(root, field, value, author, []);
      }
    }
  });
  return { redo, kept };
}
