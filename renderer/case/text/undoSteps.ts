/**
 * What one Undo takes back. Left alone, Yjs makes one step of all that happens within half a second, so that who types,
 * selects and deletes quickly would lose all three at once. Here a step begins as in other editors: after the caret was
 * moved or text was selected, when typing turns to deleting or back, after a pause, with each sentence and paragraph, and
 * with the next word once a step has lasted long. Others' changes neither begin nor end a step of one's own.
 */
import { Extension } from '@tiptap/core';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import { ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap';
import type { UndoManager } from 'yjs';

/** The step that is being made; null where the next change begins one. */
export interface UndoStep {
  readonly kind: Kind;
  readonly began: number;
  readonly last: number;
  readonly composition: number | null;
}

type Kind = 'typing' | 'deleting' | 'other';

const PAUSE = 1_000;
const LONG = 10_000;

const SENTENCE_ENDED = /[.!?…]["'”’)\]]*\s+$/u;
const WORD_ENDED = /\s$/u;

export const UndoSteps = Extension.create({
  name: 'undoSteps',
  addStorage: (): { step: UndoStep | null } => ({ step: null }),
  onCreate() {
    // Yjs has no say in it any more.
    undoManagerOf(this.editor.state).captureTimeout = Infinity;
  },
  dispatchTransaction({ transaction, next }) {
    const { step, begins } = follow(this.storage.step, transaction, this.editor.state);
    this.storage.step = step;
    if (begins) undoManagerOf(this.editor.state).stopCapturing();
    next(transaction);
  },
});

const undoManagerOf = (state: EditorState): UndoManager =>
  (yUndoPluginKey.getState(state) as { readonly undoManager: UndoManager }).undoManager;

/** The step after this transaction, and whether the transaction begins it. `before` is the state that it changes. */
export function follow(
  step: UndoStep | null,
  transaction: Transaction,
  before: EditorState,
): { readonly step: UndoStep | null; readonly begins: boolean } {
  const origin = transaction.getMeta(ySyncPluginKey) as
    | { readonly isChangeOrigin?: boolean; readonly isUndoRedoOperation?: boolean }
    | undefined;
  if (origin?.isChangeOrigin === true)
    return { step: origin.isUndoRedoOperation === true ? null : step, begins: false };

  // While a character is composed of several keys the editor replaces and selects by itself.
  const composition = (transaction.getMeta('composition') as number | undefined) ?? null;
  const composes = composition !== null && step?.composition === composition;
  if (!transaction.docChanged) {
    const moved = !composes && !transaction.selection.eq(before.selection);
    return { step: moved ? null : step, begins: false };
  }
  const { time } = transaction;
  if (composes) return { step: { ...step, last: time }, begins: false };

  const { kind, starts } = changeIn(transaction, before);
  const goesOn =
    step !== null &&
    kind !== 'other' &&
    kind === step.kind &&
    time - step.last < PAUSE &&
    starts !== 'sentence' &&
    !(starts === 'word' && time - step.began >= LONG);
  return { step: { kind, began: goesOn ? step.began : time, last: time, composition }, begins: !goesOn };
}

interface Change {
  readonly kind: Kind;
  readonly starts: 'sentence' | 'word' | null;
}

const OTHER: Change = { kind: 'other', starts: null };

function changeIn(transaction: Transaction, before: EditorState): Change {
  const [only, ...more] = transaction.steps;
  if (!(only instanceof ReplaceStep) || more.length > 0 || transaction.getMeta('uiEvent') !== undefined) return OTHER;
  const { from, to, slice } = only;
  if (slice.size === 0) return { kind: 'deleting', starts: null };
  const place = before.doc.resolve(from);
  if (!slice.content.firstChild?.isInline) {
    // Enter: the break belongs to what is written after it.
    return from === to ? { kind: 'typing', starts: 'sentence' } : OTHER;
  }
  if (!place.sameParent(before.doc.resolve(to))) return OTHER;
  const typed = slice.content.textBetween(0, slice.content.size, undefined, '\n');
  return { kind: 'typing', starts: WORD_ENDED.test(typed.slice(0, 1)) ? null : startAt(textBefore(place)) };
}

const textBefore = ({ parent, parentOffset }: ReturnType<EditorState['doc']['resolve']>): string =>
  parent.textBetween(0, parentOffset, undefined, '\n');

const startAt = (text: string): Change['starts'] =>
  SENTENCE_ENDED.test(text) ? 'sentence' : WORD_ENDED.test(text) ? 'word' : null;
