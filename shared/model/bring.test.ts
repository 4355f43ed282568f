import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Base, Brought, Order } from './bring.ts';
import { bring, bringing, broughtLines, keyedBy, stillThere, withoutFiles } from './bring.ts';
import type { ListName } from './formats/index.ts';
import { addItem, removeItem } from './list.ts';
import type { Audience } from './publish.ts';
import { copyRecord, visibleTo } from './publish.ts';
import { readRecord, recordRoot } from './record.ts';
import type { Author } from './register.ts';
import { setField } from './register.ts';

let counter = 0;
const author = (by = 'Ann Bell', at = 1): Author => ({
  by,
  at,
  newKey: () => (++counter).toString(16).padStart(32, '0'),
});
const pkg = (n: number): string => (0xa000 + n).toString(16).padStart(32, '0');
const audience = (items: readonly string[], team = true): Audience => ({ items: new Set(items), team });
const clone = (doc: Y.Doc): Y.Doc => {
  const made = new Y.Doc();
  Y.applyUpdate(made, Y.encodeStateAsUpdate(doc));
  return made;
};
const set = (doc: Y.Doc, path: string, value: string, by = 'Ann Bell'): void =>
  setField(recordRoot(doc), path, value, author(by));
const valuesAt = (doc: Y.Doc, list: ListName, id: string, key: string): readonly string[] =>
  readRecord(doc)
    .lists[list].find((item) => item.id === id)
    ?.fields.get(key)
    ?.values.map(({ value }) => value) ?? [];
const ids = (doc: Y.Doc, list: ListName) => readRecord(doc).lists[list].map(({ id }) => id);
const bytesOf = (doc: Y.Doc): Buffer => Buffer.from(Y.encodeStateAsUpdate(doc));

/** A case and the Case file that its first release made, and what later releases do. */
class Story {
  readonly own = new Y.Doc();
  readonly shared = new Y.Doc();
  private readonly seen = new Map<number, number>();
  private released = 1;

  first(...items: readonly string[]): this {
    copyRecord(this.own, this.shared, audience(items), keyedBy(author(), pkg(0)));
    this.note(Y.encodeStateVector(this.own));
    return this;
  }
  private note(vector: Uint8Array): void {
    for (const [client, clock] of Y.decodeStateVector(vector))
      this.seen.set(client, Math.max(clock, this.seen.get(client) ?? 0));
  }
  /** Which packages there are, before and after one. */
  order(of: number): Order {
    const all = Array.from({ length: this.released }, (_, n) => n);
    return {
      earlier: new Set(all.filter((n) => n <= of).map(pkg)),
      later: new Set(all.filter((n) => n > of).map(pkg)),
    };
  }
  base(): Base {
    return { seen: new Map(this.seen), packages: this.order(this.released).earlier };
  }
  release(items: readonly string[]): Frozen {
    const n = this.released++;
    const brought = bringing(
      this.own,
      visibleTo(readRecord(this.own), audience(items)),
      this.shared,
      this.base(),
      keyedBy(author(), pkg(n)),
    );
    return { n, brought, seen: Y.encodeStateVector(this.own) };
  }
  enter({ n, brought, seen }: Frozen, to = this.shared): void {
    bring(to, brought, this.order(n), author('Cy'));
    this.note(seen);
  }
  bring(...items: readonly string[]): readonly Brought[] {
    const frozen = this.release(items);
    this.enter(frozen);
    return frozen.brought;
  }
}
interface Frozen {
  readonly n: number;
  readonly brought: readonly Brought[];
  readonly seen: Uint8Array;
}

function start(): Story {
  const story = new Story();
  const root = recordRoot(story.own);
  addItem(root, 'witnesses', { family: 'Fox' }, author(), 'w1');
  addItem(root, 'statements', { witness: 'w1', number: '1', file: 'f1' }, author(), 's1');
  addItem(root, 'documents', { title: 'Statement of Fox' }, author(), 'f1');
  story.first('f1');
  addItem(root, 'witnesses', { family: 'Hill' }, author(), 'w2');
  addItem(root, 'statements', { witness: 'w2', number: '2', file: 'f2' }, author(), 's2');
  addItem(root, 'documents', { title: 'Statement of Hill', about: 'w2' }, author(), 'f2');
  addItem(root, 'statements', { witness: 'w2', number: '3', file: 'f3' }, author(), 's3');
  addItem(root, 'material', { description: 'names an informant', sensitivity: 'sensitive' }, author(), 'm1');
  return story;
}

describe('what a later release brings', () => {
  it('is the rows that may be seen and are not there yet, under their ids, once', () => {
    const story = start();
    story.bring('f1', 'f2');
    expect(ids(story.shared, 'witnesses')).toEqual(['w1', 'w2']);
    expect(ids(story.shared, 'statements')).toEqual(['s1', 's2']);
    expect(ids(story.shared, 'documents')).toEqual(['f1', 'f2']);
    expect(bytesOf(story.shared).includes('informant')).toBe(false);
    expect(story.bring('f1', 'f2')).toEqual([]);
  });

  it('is what was changed here since, in the place of what an earlier release said', () => {
    const story = start();
    set(story.own, 'witnesses/w1/family', 'Foxe');
    set(story.own, 'title', 'R v Harrow');
    story.bring('f1');
    expect(valuesAt(story.shared, 'witnesses', 'w1', 'family')).toEqual(['Foxe']);
    set(story.own, 'witnesses/w1/family', '');
    story.bring('f1');
    expect(valuesAt(story.shared, 'witnesses', 'w1', 'family')).toEqual(['']);
  });

  it('stands beside what somebody wrote there meanwhile: a conflict, until a person chooses', () => {
    const story = start();
    set(story.own, 'witnesses/w1/family', 'Foxe');
    const frozen = story.release(['f1']);
    set(story.shared, 'witnesses/w1/family', 'Vos', 'Pat');
    story.enter(frozen);
    expect([...valuesAt(story.shared, 'witnesses', 'w1', 'family')].sort()).toEqual(['Foxe', 'Vos']);
  });

  it('leaves what was changed there alone, where nobody changed it here', () => {
    const story = start();
    set(story.shared, 'witnesses/w1/family', 'Vos', 'Pat');
    story.bring('f1', 'f2');
    expect(valuesAt(story.shared, 'witnesses', 'w1', 'family')).toEqual(['Vos']);
  });

  it('does not bring back what was taken off the list there', () => {
    const story = start();
    removeItem(recordRoot(story.shared), 'statements', 's1', author('Pat', 5));
    set(story.own, 'statements/s1/number', '1A');
    story.bring('f1', 'f2');
    expect(ids(story.shared, 'statements')).toEqual(['s2']);
  });

  it('completes a reference once what it refers to is seen', () => {
    const story = start();
    addItem(recordRoot(story.own), 'exhibits', { reference: 'F/1', media: 'object', statement: 's3' }, author(), 'e1');
    story.bring('f1');
    expect(valuesAt(story.shared, 'exhibits', 'e1', 'statement')).toEqual([]);
    story.bring('f1', 'f3');
    expect(valuesAt(story.shared, 'exhibits', 'e1', 'statement')).toEqual(['s3']);
  });

  it('of an earlier release that was delivered after a later one never replaces what the later one brought', () => {
    const story = start();
    set(story.own, 'witnesses/w1/family', 'Foxe');
    const early = story.release(['f1']);
    set(story.own, 'witnesses/w1/family', 'Foxley');
    story.bring('f1');
    story.enter(early);
    expect(valuesAt(story.shared, 'witnesses', 'w1', 'family')).toEqual(['Foxley']);
  });

  it('holds no row of a file that was left out, nor a reference to one', () => {
    const story = start();
    addItem(recordRoot(story.own), 'exhibits', { reference: 'F/1', media: 'object', statement: 's2' }, author(), 'e1');
    const { brought } = story.release(['f1', 'f2']);
    const paths = withoutFiles(brought, new Set(['f2'])).map(({ path }) => path);
    expect(paths.filter((path) => /s2|f2/.test(path))).toEqual([]);
    expect(paths).not.toContain('exhibits/e1/statement');
    expect(paths).toContain('witnesses/w2/family');
  });

  it('of a Case file that an older version made is only what is not there', () => {
    const story = start();
    set(story.own, 'witnesses/w1/family', 'Foxe');
    const paths = bringing(
      story.own,
      visibleTo(readRecord(story.own), audience(['f1'])),
      story.shared,
      null,
      author(),
    ).map(({ path }) => path);
    expect(paths.every((path) => path.startsWith('witnesses/w2/'))).toBe(true);
    expect(paths.length).toBeGreaterThan(0);
  });

  it('is said in words: each new row by its name, of others what changes', () => {
    const story = start();
    set(story.own, 'witnesses/w1/given', 'Amy');
    set(story.own, 'officer', 'DC Nair');
    const lines = broughtLines(story.release(['f1', 'f2']).brought, readRecord(story.own));
    expect(lines).toContain('Witness: Hill');
    expect(lines).toContain('Witness: Fox, Amy (Given names changed)');
    expect(lines.find((line) => line.startsWith('The case:'))).toMatch(/changed$/);
  });
});

const FIELDS = ['given', 'family', 'needs'] as const;
const act = fc.oneof(
  fc.record({ is: fc.constant('own' as const), row: fc.nat(3), field: fc.constantFrom(...FIELDS) }),
  fc.record({ is: fc.constant('theirs' as const), row: fc.nat(3), field: fc.constantFrom(...FIELDS) }),
  fc.record({ is: fc.constant('release' as const), file: fc.nat(2) }),
  fc.record({ is: fc.constant('withdraw' as const), which: fc.nat(5) }),
  fc.record({ is: fc.constant('deliver' as const), which: fc.nat(5), twice: fc.boolean() }),
);

/** Any course of edits on both sides, releases, withdrawals and deliveries in whatever order, written by one computer or by two at once. */
class Course {
  readonly story = new Story().first();
  readonly pending: Frozen[] = [];
  /** What the other side wrote and did not replace itself. */
  readonly theirs = new Map<string, string>();
  /** What may have been seen: every value of a release that was delivered. */
  readonly crossed = new Set<string>();
  private n = 0;

  do(one: typeof act extends fc.Arbitrary<infer A> ? A : never): void {
    switch (one.is) {
      case 'own': {
        const path = `witnesses/w${one.row}/${one.field}`;
        if (!ids(this.story.own, 'witnesses').includes(`w${one.row}`))
          addItem(recordRoot(this.story.own), 'witnesses', {}, author(), `w${one.row}`);
        return set(this.story.own, path, `<own ${this.n++}>`);
      }
      case 'theirs': {
        const path = `witnesses/w${one.row}/${one.field}`;
        if (!ids(this.story.shared, 'witnesses').includes(`w${one.row}`)) return;
        const value = `<theirs ${this.n++}>`;
        set(this.story.shared, path, value, 'Pat');
        this.theirs.set(path, value);
        return;
      }
      case 'release':
        this.pending.push(this.story.release([`f${one.file}`]));
        return;
      case 'withdraw':
        this.pending.splice(one.which, 1);
        return;
      case 'deliver': {
        const [frozen] = this.pending.splice(one.which, 1);
        if (frozen) this.deliver(frozen, one.twice);
      }
    }
  }
  private deliver(frozen: Frozen, twice: boolean): void {
    const other = clone(this.story.shared);
    this.story.enter(frozen);
    if (twice) {
      this.story.enter(frozen, other);
      Y.applyUpdate(this.story.shared, Y.encodeStateAsUpdate(other));
    }
    for (const { values } of frozen.brought) for (const { value } of values) this.crossed.add(value);
  }
}

describe('any course of releases', () => {
  it('shows nothing but what a delivered release froze, loses nothing that was written there, and doubles nothing', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const course = new Course();
        for (const one of acts) course.do(one);
        const { shared } = course.story;
        const shown =
          bytesOf(shared)
            .toString('latin1')
            .match(/<own \d+>/g) ?? [];
        expect(shown.filter((value) => !course.crossed.has(value))).toEqual([]);
        for (const [path, value] of course.theirs) {
          const [, id = '', key = ''] = path.split('/');
          expect(valuesAt(shared, 'witnesses', id, key)).toContain(value);
        }
        for (const item of readRecord(shared).lists.witnesses)
          for (const { values } of item.fields.values()) {
            expect(new Set(values.map(({ value }) => value)).size).toBe(values.length);
            expect(values.filter(({ value }) => value.startsWith('<own')).length).toBeLessThanOrEqual(1);
          }
      }),
      { numRuns: 300 },
    );
  });

  it('ends with what they may see of ours, where they wrote nothing themselves', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const course = new Course();
        for (const one of acts) if (one.is !== 'theirs') course.do(one);
        course.do({ is: 'release', file: 0 });
        course.do({ is: 'deliver', which: course.pending.length - 1, twice: true });
        const plain = (doc: Y.Doc) =>
          visibleTo(readRecord(doc), audience(['f0'])).lists.witnesses.map(({ id, fields }): [string, unknown] => [
            id,
            [...fields].flatMap(([key, { values }]) =>
              values.length > 0 ? [[key, ...values.map((v) => v.value)]] : [],
            ),
          ]);
        expect(new Map(plain(course.story.shared))).toEqual(new Map(plain(course.story.own)));
      }),
      { numRuns: 200 },
    );
  });
});

it('names what was taken off here and still stands there, and nothing that was taken off there too', () => {
  const [own, names] = [new Y.Doc(), ['Ash, Ivo', 'Birch, Una', '']];
  const rows = names.map((name) => addItem(recordRoot(own), 'witnesses', { name }, author(), author().newKey()));
  const there = clone(own);
  const [first = '', second = '', third = ''] = rows;
  for (const id of [first, second, third]) removeItem(recordRoot(own), 'witnesses', id, author());
  removeItem(recordRoot(there), 'witnesses', second, author());
  expect(stillThere(readRecord(own), readRecord(there))).toEqual(['Witness: Ash, Ivo', 'Witness without a name']);
  expect(stillThere(readRecord(there), readRecord(own))).toEqual([]);
});
