import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItem, arrangeItems, itemField, keepItem, positionBetween, readList, removeItem } from './list.ts';
import type { Author, Root } from './register.ts';
import { chooseValue, readField, readFields, setField } from './register.ts';

let counter = 0;
const author = (by: string, at = 1): Author => ({ by, at, newKey: () => (++counter).toString(16).padStart(32, '0') });
const root = (doc: Y.Doc): Root => doc.getMap('record');
const values = (doc: Y.Doc, field: string): string[] => readField(root(doc), field).map((claim) => claim.value);
function sync(...docs: Y.Doc[]): void {
  for (const from of docs) for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
}
function twoDocs(): [Y.Doc, Y.Doc] {
  return [new Y.Doc(), new Y.Doc()];
}

describe('a field', () => {
  it('keeps the one value when set in turn, and writes nothing for the same value', () => {
    const doc = new Y.Doc();
    setField(root(doc), 'title', 'R v Smith', author('Ann'));
    setField(root(doc), 'title', 'R v Jones', author('Ann', 2));
    const before = Y.encodeStateVector(doc);
    setField(root(doc), 'title', 'R v Jones', author('Cy', 3));
    expect(Y.encodeStateVector(doc)).toEqual(before);
    expect(readField(root(doc), 'title')).toMatchObject([
      { value: 'R v Jones', by: 'Ann', at: 2, client: doc.clientID },
    ]);
  });

  it.each([
    [0, 1],
    [1, 0],
  ])('shows both values that two set at once, whichever arrives first (%i %i)', (first, second) => {
    const docs = twoDocs();
    setField(root(docs[0]), 'title', 'one', author('Ann', 1));
    sync(...docs);
    setField(root(docs[0]), 'title', 'hers', author('Ann', 2));
    setField(root(docs[1]), 'title', 'his', author('Cy', 3));
    const third = new Y.Doc();
    Y.applyUpdate(third, Y.encodeStateAsUpdate(docs[first]!));
    Y.applyUpdate(third, Y.encodeStateAsUpdate(docs[second]!));
    sync(...docs);
    for (const doc of [...docs, third])
      expect(readField(root(doc), 'title')).toMatchObject([
        { value: 'hers', by: 'Ann' },
        { value: 'his', by: 'Cy' },
      ]);
    const both = readField(root(third), 'title');
    chooseValue(root(third), 'title', both[1]!, both, author('Cy', 4));
    sync(...docs, third);
    for (const doc of [...docs, third]) expect(values(doc, 'title')).toEqual(['his']);
  });

  it('keeps a value that came while somebody chose among others', () => {
    const docs = twoDocs();
    setField(root(docs[0]), 'title', 'hers', author('Ann', 1));
    setField(root(docs[1]), 'title', 'his', author('Cy', 2));
    const third = new Y.Doc();
    setField(root(third), 'title', 'another', author('Di', 3));
    sync(...docs);
    const seen = readField(root(docs[0]), 'title');
    sync(...docs, third);
    chooseValue(root(docs[0]), 'title', seen[0]!, seen, author('Ann', 4));
    expect(values(docs[0], 'title')).toEqual(['another', 'hers']);
  });

  it('loses neither when two set it for the first time at once', () => {
    const docs = twoDocs();
    setField(root(docs[0]), 'urn', 'a', author('Ann'));
    setField(root(docs[1]), 'urn', 'b', author('Cy'));
    sync(...docs);
    for (const doc of docs) expect(values(doc, 'urn').sort()).toEqual(['a', 'b']);
  });

  it('removes only what was on the writer\u2019s screen', () => {
    const doc = new Y.Doc();
    setField(root(doc), 'title', 'one', author('Ann', 1));
    const screen = readField(root(doc), 'title').map((claim) => claim.key);
    setField(root(doc), 'title', 'arrived meanwhile', author('Cy', 2));
    setField(root(doc), 'title', 'typed', author('Ann', 3), screen);
    expect(values(doc, 'title')).toEqual(['arrived meanwhile', 'typed']);
  });

  it('converges, and loses no last word, under any sequence of sets and syncs', () => {
    const step = fc.oneof(
      fc.record({ who: fc.nat(2), value: fc.string() }),
      fc.record({ who: fc.nat(2), with: fc.nat(2) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
        for (const s of steps) {
          const doc = docs[s.who]!;
          if ('with' in s) {
            Y.applyUpdate(docs[s.with]!, Y.encodeStateAsUpdate(doc));
            continue;
          }
          setField(root(doc), 'f', s.value, author(`p${s.who}`));
          expect(values(doc, 'f')).toEqual([s.value]);
        }
        const before = new Set(docs.flatMap((doc) => readField(root(doc), 'f').map((c) => c.key)));
        sync(...docs);
        sync(...docs);
        const [a, b, c] = docs.map((doc) => readField(root(doc), 'f'));
        expect(b).toEqual(a);
        expect(c).toEqual(a);
        expect(a?.length ?? 0).toBeGreaterThanOrEqual(before.size > 0 ? 1 : 0);
        for (const claim of a ?? []) expect(before.has(claim.key)).toBe(true);
      }),
    );
  });

  it('keeps what it cannot read, and shows none of it', () => {
    const doc = new Y.Doc();
    root(doc).set('later|1', { v: 7, by: 'x', at: 1 });
    root(doc).set('later', new Uint8Array(3));
    root(doc).set('broken|2', 'text');
    expect(readFields(root(doc)).size).toBe(0);
    setField(root(doc), 'later', 'mine', author('Ann'));
    expect(root(doc).has('later|1')).toBe(true);
  });
});

const names = (doc: Y.Doc): (string | undefined)[] =>
  readList(root(doc), 'suspects').map((item) => item.fields.get('name')?.[0]?.value);
const add = (doc: Y.Doc, name: string): string => addItem(root(doc), 'suspects', { name, born: null }, author('Ann'));

const arrange = (doc: Y.Doc, order: readonly string[], moved: string): void =>
  arrangeItems(root(doc), 'suspects', order, new Set([moved]), author('Ann'));

describe('a list', () => {
  it('keeps the order in which records were added, and moves one', () => {
    const doc = new Y.Doc();
    const [a, b, c] = ['A', 'B', 'C'].map((name) => add(doc, name)) as [string, string, string];
    expect(names(doc)).toEqual(['A', 'B', 'C']);
    arrange(doc, [a, c, b], c);
    expect(names(doc)).toEqual(['A', 'C', 'B']);
    arrange(doc, [b, a, c], b);
    expect(names(doc)).toEqual(['B', 'A', 'C']);
  });

  it('takes any order that somebody gives it, also where rows had no place before', () => {
    const rows = fc.uniqueArray(fc.stringMatching(/^[a-f]{4}$/), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.array(fc.boolean(), { minLength: 8 }), fc.nat(), fc.nat(), (ids, placed, from, to) => {
        const doc = new Y.Doc();
        for (const [i, id] of ids.entries()) {
          if (placed[i] === true) addItem(root(doc), 'suspects', { name: id }, author('Ann'), id);
          else setField(root(doc), itemField('suspects', id, 'name'), id, author('Ann'));
        }
        const now = readList(root(doc), 'suspects').map(({ id }) => id);
        const [moved = ''] = now.splice(from % now.length, 1);
        now.splice(to % (now.length + 1), 0, moved);
        arrange(doc, now, moved);
        const after = readList(root(doc), 'suspects').map(({ id }) => id);
        // Rows without a place come after those with one, in an order of their own, until somebody puts one after them.
        const last = now.indexOf(moved);
        expect(after.slice(0, last + 1)).toEqual(now.slice(0, last + 1));
      }),
    );
  });

  it('keeps where two put different rows at once', () => {
    const docs = twoDocs();
    const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((name) => add(docs[0], name)) as [string, string, string, string];
    sync(...docs);
    arrange(docs[0], [d, a, b, c], d);
    arrange(docs[1], [b, c, d, a], a);
    sync(...docs);
    for (const doc of docs) expect(names(doc)).toEqual(['D', 'B', 'C', 'A']);
  });

  it('keeps both that two added at once', () => {
    const docs = twoDocs();
    add(docs[0], 'A');
    add(docs[1], 'B');
    sync(...docs);
    expect(new Set(names(docs[0]))).toEqual(new Set(['A', 'B']));
    expect(names(docs[1])).toEqual(names(docs[0]));
  });

  it('removes, and keeps what was changed meanwhile, marked', () => {
    const docs = twoDocs();
    const [a, b] = [add(docs[0], 'A'), add(docs[0], 'B')];
    sync(...docs);
    removeItem(root(docs[0]), 'suspects', a, author('Ann'));
    removeItem(root(docs[0]), 'suspects', b, author('Ann'));
    expect(names(docs[0])).toEqual([]);
    setField(root(docs[1]), itemField('suspects', b, 'born'), '1990-03-01', author('Cy'));
    sync(...docs);
    for (const doc of docs) {
      expect(names(doc)).toEqual(['B']);
      expect(readList(root(doc), 'suspects')[0]?.removedMeanwhile?.by).toBe('Ann');
    }
    keepItem(root(docs[1]), 'suspects', b);
    sync(...docs);
    expect(readList(root(docs[0]), 'suspects')[0]?.removedMeanwhile).toBeNull();
  });

  it('finds a place between any two, and never hangs on a strange one', () => {
    const position = fc.stringMatching(/^[0-9a-z]{0,4}[1-9a-z]$/);
    fc.assert(
      fc.property(position, position, (x, y) => {
        const [low, high] = x < y ? [x, y] : [y, x];
        if (low === high) return;
        const made = positionBetween(low, high);
        expect(made > low && made < high).toBe(true);
        expect(positionBetween(null, low) < low).toBe(true);
        expect(positionBetween(high, null) > high).toBe(true);
      }),
    );
    fc.assert(
      fc.property(fc.option(fc.string()), fc.option(fc.string()), (x, y) => {
        positionBetween(x, y);
      }),
    );
    expect(positionBetween('a', 'a0') > 'a').toBe(true);
  });
});
