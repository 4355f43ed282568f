import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { ListName } from './formats/index.ts';
import { LIST_NAMES, fieldsOf } from './formats/index.ts';
import { addItem } from './list.ts';
import type { Audience } from './publish.ts';
import { copyRecord } from './publish.ts';
import { readRecord, recordRoot } from './record.ts';
import { recordLines } from './recordLines.ts';
import type { Author } from './register.ts';
import { setField } from './register.ts';
import { FILES, anyCase } from './snapshot/arbitrary.fixture.ts';
import type { CaseSnapshot } from './snapshot/schema.ts';
import { writeSnapshot } from './snapshot/write.ts';

let counter = 0;
const author = (by = 'Ann Bell', at = 1): Author => ({
  by,
  at,
  newKey: () => (++counter).toString(16).padStart(32, '0'),
});
const audience = (items: readonly string[], team = true): Audience => ({ items: new Set(items), team });
const bytesOf = (doc: Y.Doc): Buffer => Buffer.from(Y.encodeStateAsUpdate(doc));

type Plain = Readonly<Record<string, unknown>> & { readonly id: string };
const rowsOf = (snapshot: CaseSnapshot, list: ListName): readonly Plain[] => snapshot[list];
const tokenOf = (list: ListName, id: string): string => `<${list} ${id}>`;

/** The same case with every free text of a row naming its row, so that a search finds where one came through. */
function tokened(snapshot: CaseSnapshot): CaseSnapshot {
  const lists = LIST_NAMES.map((list) => {
    const free = fieldsOf(list).filter(({ type }) => type === 'text' || type === 'long text');
    const texts = (id: string) => Object.fromEntries(free.map(({ key }) => [key, `${key} of ${tokenOf(list, id)}`]));
    return [list, rowsOf(snapshot, list).map((row) => ({ ...row, ...texts(row.id) }))];
  });
  return { ...snapshot, ...(Object.fromEntries(lists) as object) };
}

/** The rule, written a second time and plainly: which rows must stay. */
function mustStay(list: ListName, row: Plain, items: ReadonlySet<string>): boolean {
  const file = row['file'] as string | undefined;
  if (list === 'documents') return !items.has(row.id);
  if (list === 'material' && row['sensitivity'] !== 'non-sensitive') return true;
  if (file !== undefined) return !items.has(file);
  return list === 'statements' || (list === 'exhibits' && row['media'] !== 'object');
}

const given = fc.record({ snapshot: anyCase.map(tokened), items: fc.subarray([...FILES]), team: fc.boolean() });

describe('what is published to another organisation', () => {
  it('holds nothing of a row whose file is not released, nor of sensitive material: no text, no id, no reference', () => {
    fc.assert(
      fc.property(given, ({ snapshot, items, team }) => {
        const [from, to] = [new Y.Doc(), new Y.Doc()];
        writeSnapshot(from, snapshot, author());
        copyRecord(from, to, audience(items, team), author());
        const bytes = bytesOf(to);
        const lines = JSON.stringify(recordLines(readRecord(from), audience(items, team)));
        const released = new Set(items);
        for (const list of LIST_NAMES)
          for (const row of rowsOf(snapshot, list)) {
            if (!mustStay(list, row, released)) continue;
            expect(bytes.includes(tokenOf(list, row.id))).toBe(false);
            expect(lines).not.toContain(tokenOf(list, row.id));
            expect(bytes.includes(`${list}/${row.id}/`)).toBe(false);
          }
        expect(FILES.filter((file) => !released.has(file) && bytes.includes(file))).toEqual([]);
        expect([...to.store.clients.keys()].filter((client) => client !== to.clientID)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('holds all that may go: to police and prosecution every other row, with its values', () => {
    fc.assert(
      fc.property(given, ({ snapshot, items }) => {
        const [from, to] = [new Y.Doc(), new Y.Doc()];
        writeSnapshot(from, snapshot, author());
        copyRecord(from, to, audience(items), author());
        const there = readRecord(to);
        const released = new Set(items);
        for (const list of LIST_NAMES) {
          const may = rowsOf(snapshot, list).filter((row) => !mustStay(list, row, released));
          expect(there.lists[list].map(({ id }) => id)).toEqual(may.map(({ id }) => id));
          for (const { id } of may) {
            const free = fieldsOf(list).filter((field) => field.type === 'long text' && field.reach !== 'own');
            const item = there.lists[list].find((each) => each.id === id);
            for (const { key } of free)
              expect(item?.fields.get(key)?.values[0]?.value).toBe(`${key} of ${tokenOf(list, id)}`);
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is, to an organisation that is neither, no more than the fields that say so', () => {
    fc.assert(
      fc.property(given, ({ snapshot, items }) => {
        const [from, to] = [new Y.Doc(), new Y.Doc()];
        writeSnapshot(from, snapshot, author());
        copyRecord(from, to, audience(items, false), author());
        const bytes = bytesOf(to);
        const kept = LIST_NAMES.flatMap((list) =>
          fieldsOf(list).flatMap(({ key, reach }) => (reach === 'partner' ? [] : [`${key} of <${list} `])),
        );
        expect(kept.filter((text) => bytes.includes(text))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('never holds why something was sensitive, though it is no more', () => {
    const [from, to] = [new Y.Doc(), new Y.Doc()];
    const values = { description: 'diary', sensitivity: 'non-sensitive', sensitiveReason: 'names Quill' };
    addItem(recordRoot(from), 'material', values, author());
    copyRecord(from, to, audience([]), author());
    expect(bytesOf(to).includes('diary')).toBe(true);
    expect(bytesOf(to).includes('Quill')).toBe(false);
  });

  it('keeps back material of which one says that it is sensitive while another says that it is not', () => {
    const [mine, theirs, to] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
    const id = addItem(recordRoot(mine), 'material', { description: 'diary' }, author());
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
    setField(recordRoot(mine), `material/${id}/sensitivity`, 'sensitive', author('Ann', 2));
    setField(recordRoot(theirs), `material/${id}/sensitivity`, 'non-sensitive', author('Cy', 3));
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs));
    copyRecord(mine, to, audience([]), author());
    expect(bytesOf(to).includes('diary')).toBe(false);
  });
});
