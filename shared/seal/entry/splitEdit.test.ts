import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { DeviceId } from '../../primitives/ids.ts';
import { MAX_UPDATE, checkEdit, noEdits } from './edit.ts';
import type { KnownEdits } from './edit.ts';
import { splitEdit } from './splitEdit.ts';

const device = 'd'.repeat(32) as DeviceId;
const stateOf = (doc: Y.Doc): string => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');

/** Writes the parts as others judge them, one after the other, into a document of theirs. */
function takenBy(doc: Y.Doc, parts: ReturnType<typeof splitEdit>, known: KnownEdits = noEdits): KnownEdits {
  for (const part of parts) {
    const judged = checkEdit(known, device, part);
    if (!judged.ok) throw new Error(judged.cause);
    known = judged.value;
    Y.applyUpdate(doc, part.update);
  }
  return known;
}

function rows(doc: Y.Doc, count: number, text: string): void {
  doc.transact(() => {
    for (let i = 0; i < count; i++) doc.getMap('record').set(`documents/${i}/note|${i}`, { v: text, by: 'Ann', at: i });
  });
}

describe('an update that is too large', () => {
  it('goes as parts that every reader takes, and is the same when all are there', () => {
    const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
    rows(mine, 800, 'x'.repeat(1500));
    const update = Y.encodeStateAsUpdate(mine);
    expect(update.length).toBeGreaterThan(MAX_UPDATE);
    const parts = splitEdit({ client: mine.clientID, update });
    expect(parts.length).toBeGreaterThan(3);
    takenBy(theirs, parts);
    expect(stateOf(theirs)).toBe(stateOf(mine));
  });

  it('is cut within a long run of text, and never within a letter', () => {
    const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
    const text = '\u{1F4C1}\u20ac\u00e9a'.repeat(60_001);
    mine.getText('summary').insert(0, text);
    const parts = splitEdit({ client: mine.clientID, update: Y.encodeStateAsUpdate(mine) });
    expect(parts.length).toBeGreaterThan(1);
    takenBy(theirs, parts);
    expect(theirs.getText('summary').toJSON()).toBe(text);
    expect(parts.every(({ update }) => !Buffer.from(update).includes('\ufffd'))).toBe(true);
  });

  it('deletes only when what it writes is there, and continues what others hold', () => {
    const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
    mine.getText('summary').insert(0, 'before ');
    rows(mine, 10, 'short');
    const known = takenBy(theirs, splitEdit({ client: mine.clientID, update: Y.encodeStateAsUpdate(mine) }));
    const updates: Uint8Array[] = [];
    mine.on('update', (update: Uint8Array) => updates.push(update));
    mine.transact(() => {
      rows(mine, 500, 'y'.repeat(2000));
      mine.getText('summary').delete(0, 3);
      mine.getText('summary').insert(4, 'after');
    });
    takenBy(theirs, splitEdit({ client: mine.clientID, update: updates[0] ?? new Uint8Array() }), known);
    expect(stateOf(theirs)).toBe(stateOf(mine));
  });
});

it('an update that is small enough stays as it is', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 40 }), { maxLength: 20 }), (texts) => {
      const doc = new Y.Doc();
      for (const text of texts) doc.getText('summary').insert(0, text);
      const edit = { client: doc.clientID, update: Y.encodeStateAsUpdate(doc) };
      expect(splitEdit(edit)).toEqual([edit]);
    }),
  );
});
