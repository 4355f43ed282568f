/**
 * What one Undo takes back, with Yjs' real undo manager and the editor's real documents; only the window is missing: the
 * binding between the two is `dispatch` below.
 */
import { getSchema } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { StarterKit } from '@tiptap/starter-kit';
import {
  defaultDeleteFilter,
  defaultProtectedNodes,
  initProseMirrorDoc,
  updateYFragment,
  ySyncPluginKey,
} from '@tiptap/y-tiptap';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { UndoStep } from './undoSteps.ts';
import { follow } from './undoSteps.ts';

const schema = getSchema([StarterKit.configure({ undoRedo: false })]);

type Meta = Readonly<Record<string, unknown>>;

/** A summary that somebody writes in, at a clock that the test turns. */
class Desk {
  private readonly doc = new Y.Doc();
  private readonly fragment = this.doc.getXmlFragment('summary');
  private readonly undoing = new Y.UndoManager(this.fragment, {
    trackedOrigins: new Set(['here']),
    captureTimeout: Infinity,
    deleteFilter: (item) => defaultDeleteFilter(item, defaultProtectedNodes),
  });
  private state = EditorState.create({ schema, doc: schema.node('doc', null, [schema.node('paragraph')]) });
  private step: UndoStep | null = null;
  private now = 1_000_000;

  constructor() {
    this.put(this.state.doc, 'set up');
  }
  private put(node: Node, origin: string): void {
    this.doc.transact(
      () => updateYFragment(this.doc, this.fragment, node, { mapping: new Map(), isOMark: new Map() }),
      origin,
    );
  }
  private dispatch(transaction: Transaction): void {
    transaction.setTime(this.now);
    const { step, begins } = follow(this.step, transaction, this.state);
    this.step = step;
    if (begins) this.undoing.stopCapturing();
    this.state = this.state.apply(transaction);
    if (transaction.getMeta(ySyncPluginKey) === undefined) this.put(this.state.doc, 'here');
  }
  /** The editor draws what the document holds, and keeps its caret's distance to the end. */
  private draw(isUndoRedoOperation: boolean): void {
    const { doc, selection } = this.state;
    const fromEnd = doc.content.size - selection.head;
    const drawn = this.state.tr.replaceWith(0, doc.content.size, initProseMirrorDoc(this.fragment, schema).doc.content);
    drawn.setSelection(TextSelection.near(drawn.doc.resolve(Math.max(1, drawn.doc.content.size - fromEnd))));
    this.dispatch(drawn.setMeta(ySyncPluginKey, { isChangeOrigin: true, isUndoRedoOperation }));
  }

  type(text: string, meta: Meta = {}): void {
    for (const letter of text) {
      this.now += 100;
      const transaction =
        letter === '\n' ? this.state.tr.split(this.state.selection.from) : this.state.tr.insertText(letter);
      this.dispatch(withMeta(transaction, meta));
    }
  }
  paste(text: string): void {
    this.dispatch(this.state.tr.insertText(text).setMeta('paste', true).setMeta('uiEvent', 'paste'));
  }
  backspace(times = 1): void {
    for (let i = 0; i < times; i++) {
      this.now += 100;
      const { empty, from } = this.state.selection;
      this.dispatch(empty ? this.state.tr.delete(from - 1, from) : this.state.tr.deleteSelection());
    }
  }
  select(from: number, to = from, meta: Meta = {}): void {
    this.dispatch(withMeta(this.state.tr.setSelection(TextSelection.create(this.state.doc, from, to)), meta));
  }
  selectBack(length: number): void {
    this.select(this.state.selection.head, this.state.selection.head - length);
  }
  bold(): void {
    const { from, to } = this.state.selection;
    this.dispatch(this.state.tr.addMark(from, to, schema.mark('bold')));
  }
  wait(ms: number): void {
    this.now += ms;
  }
  /** Somebody else writes at the start. */
  hear(text: string): void {
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(this.doc));
    const paragraph = other.getXmlFragment('summary').get(0) as Y.XmlElement;
    (paragraph.get(0) as Y.XmlText).insert(0, text);
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(other), 'network');
    this.draw(false);
  }
  undo(): string {
    this.undoing.undo();
    this.draw(true);
    return this.text;
  }
  redo(): string {
    this.undoing.redo();
    this.draw(true);
    return this.text;
  }
  get text(): string {
    return initProseMirrorDoc(this.fragment, schema).doc.textBetween(0, this.state.doc.content.size, '\n');
  }
}

function withMeta(transaction: Transaction, meta: Meta): Transaction {
  for (const [key, value] of Object.entries(meta)) transaction.setMeta(key, value);
  return transaction;
}

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});

describe('one Undo takes back', () => {
  test('what was deleted, and not the typing before it, however fast', () => {
    desk.type('kept and deleted');
    desk.selectBack(' and deleted'.length);
    desk.backspace();
    expect(desk.text).toBe('kept');
    expect(desk.undo()).toBe('kept and deleted');
    expect(desk.redo()).toBe('kept');
    expect(desk.undo()).toBe('kept and deleted');
    expect(desk.undo()).toBe('');
  });

  test('a run of words without a pause', () => {
    desk.type('a van left the yard');
    expect(desk.undo()).toBe('');
  });

  test('what followed a pause', () => {
    desk.type('a van ');
    desk.wait(1_000);
    desk.type('left');
    expect(desk.undo()).toBe('a van ');
  });

  test('deleting by single keys as one, apart from typing before and after it', () => {
    desk.type('a vann');
    desk.backspace(2);
    desk.type('ns left');
    expect(desk.undo()).toBe('a va');
    expect(desk.undo()).toBe('a vann');
  });

  test('what was typed after the caret was moved', () => {
    desk.type('van left');
    desk.select(1);
    desk.type('A ');
    expect(desk.undo()).toBe('van left');
  });

  test('what was typed over a selection, with the typing that followed', () => {
    desk.type('a van');
    desk.selectBack('van'.length);
    desk.type('car');
    expect(desk.text).toBe('a car');
    expect(desk.undo()).toBe('a van');
  });

  test('a sentence, and a paragraph with its break', () => {
    desk.type('It was dark. “Who?” she asked.\nNobody answered');
    expect(desk.undo()).toBe('It was dark. “Who?” she asked.');
    expect(desk.undo()).toBe('It was dark. “Who?” ');
    expect(desk.undo()).toBe('It was dark. ');
    expect(desk.undo()).toBe('');
  });

  test('no more than some ten seconds of unbroken typing, to the start of a word', () => {
    const words = 'word '.repeat(60);
    desk.type(words);
    const left: string[] = [];
    for (let text = desk.undo(); text !== ''; text = desk.undo()) left.push(text);
    expect(left.length).toBeGreaterThan(1);
    for (const text of left) expect(text).toMatch(/^(word )+$/);
  });

  test('what was pasted, and no typing beside it', () => {
    desk.type('he said ');
    desk.paste('a van');
    desk.paste(' left');
    desk.type(' then');
    expect(desk.undo()).toBe('he said a van left');
    expect(desk.undo()).toBe('he said a van');
    expect(desk.undo()).toBe('he said ');
  });

  test('a mark, and no typing beside it', () => {
    desk.type('a van');
    desk.selectBack(3);
    desk.bold();
    desk.type('car');
    expect(desk.undo()).toBe('a van');
    expect(desk.undo()).toBe('a van');
    expect(desk.undo()).toBe('');
  });

  test('a character that several keys compose, however the editor selects meanwhile', () => {
    desk.type('n', { composition: 7 });
    desk.select(1, 2, { composition: 7 });
    desk.wait(5_000);
    desk.type('ñ', { composition: 7 });
    expect(desk.text).toBe('ñ');
    expect(desk.undo()).toBe('');
  });
});

describe('what others write', () => {
  test('is never taken back, and does not end a step', () => {
    desk.type('a van ');
    desk.hear('Theirs: ');
    desk.type('left');
    expect(desk.text).toBe('Theirs: a van left');
    expect(desk.undo()).toBe('Theirs: ');
    expect(desk.redo()).toBe('Theirs: a van left');
  });

  test('comes between an undo and its redo without voiding it', () => {
    desk.type('A van left. Then a car');
    desk.undo();
    desk.hear('Theirs: ');
    expect(desk.redo()).toBe('Theirs: A van left. Then a car');
    desk.type('t');
    expect(desk.undo()).toBe('Theirs: A van left. Then a car');
  });
});
