import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem, itemField, readList, removeItem } from './list.ts';
import type { Author, Root } from './register.ts';
import { readFields, setField } from './register.ts';
import { asStep, undoStep } from './undo.ts';

let counter = 0;
const author = (by = 'Ann'): Author => ({ by, at: 1, newKey: () => (++counter).toString(16).padStart(32, '0') });
const root = (doc: Y.Doc): Root => doc.getMap('record');
const says = (doc: Y.Doc): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...readFields(root(doc))]
      .map(([field, claims]) => [field, claims.map(({ value }) => value).sort()])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );

describe('an act on a record', () => {
  it('is taken back and done again, whatever it set, added or removed', () => {
    const field = fc.constantFrom(
      'title',
      'urn',
      itemField('suspects', 'a', 'name'),
      itemField('suspects', 'b', 'name'),
    );
    const act = fc.oneof(
      fc.record({ is: fc.constant('set' as const), field, value: fc.string({ maxLength: 3 }) }),
      fc.record({ is: fc.constant('remove' as const), id: fc.constantFrom('a', 'b') }),
      fc.record({ is: fc.constant('add' as const), name: fc.string({ maxLength: 3 }) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 6 }), fc.array(act, { minLength: 1, maxLength: 6 }), (first, second) => {
        const doc = new Y.Doc();
        const run = (acts: typeof first): void => {
          for (const one of acts) {
            if (one.is === 'set') setField(root(doc), one.field, one.value, author());
            else if (one.is === 'remove') removeItem(root(doc), 'suspects', one.id, author());
            else addItem(root(doc), 'suspects', { name: one.name }, author());
          }
        };
        run(first);
        const before = says(doc);
        const step = asStep(root(doc), () => run(second));
        const after = says(doc);
        const back = undoStep(root(doc), step, author());
        expect(back.kept).toBe(0);
        expect(says(doc)).toEqual(before);
        undoStep(root(doc), back.redo, author());
        expect(says(doc)).toEqual(after);
      }),
    );
  });

  it('leaves alone what somebody else changed meanwhile, and says how much that is', () => {
    const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
    const sync = (): void => {
      Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
      Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs));
    };
    const [a, b] = ['A', 'B'].map((name) => addItem(root(mine), 'documents', { title: name }, author())) as [
      string,
      string,
    ];
    const step = asStep(root(mine), () => {
      for (const id of [a, b]) setField(root(mine), itemField('documents', id, 'title'), 'renamed', author());
    });
    sync();
    setField(root(theirs), itemField('documents', b, 'title'), 'better', author('Cy'));
    sync();
    expect(undoStep(root(mine), step, author()).kept).toBe(1);
    expect(
      readList(root(mine), 'documents').map(({ fields }) => fields.get('title')?.map(({ value }) => value)),
    ).toEqual([['A'], ['better']]);
  });
});
