/**
 * A large case record, released in part: the rows of what is released reach the other organisation, in as many edits as it
 * takes, and of the others neither text nor id is in anything that it holds.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { addItems } from '../../../shared/model/list.ts';
import { readRecord, recordRoot } from '../../../shared/model/record.ts';
import type { Author } from '../../../shared/model/register.ts';
import { MAX_UPDATE } from '../../../shared/seal/entry/edit.ts';
import { addFile, deliver, makeCase, partnerPost, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let lawyer: Computer;
let made = 0;
const author: Author = { by: 'Officer', at: 1, newKey: () => (++made).toString(16).padStart(32, 'a') };

beforeAll(async () => {
  world = await World.begin();
  [officer, lawyer] = await Promise.all([world.computer('officer', 'officer'), world.computer('lawyer', 'prosecutor')]);
}, 40_000);
afterAll(() => world.end(), 20_000);

it('gives the other organisation the rows of what is released, however many, and nothing of the rest', async () => {
  const of = await makeCase(officer);
  const [given, kept] = [await addFile(officer, of, 'given.txt'), await addFile(officer, of, 'kept.txt')];
  const window = await officer.openDocument(await officer.area(of, 'working papers'), 'record');
  await until(() => readRecord(window.doc).fields.get('title')?.values.length === 1, 'the record');
  const root = recordRoot(window.doc);
  const note = 'a line of enquiry that was followed, told at some length. '.repeat(30);
  const enquiries = Array.from({ length: 600 }, (_, i) => ({ id: `enquiry${i}`, values: { description: note } }));
  window.doc.transact(() => {
    addItems(root, 'enquiries', enquiries, author);
    addItems(root, 'witnesses', [{ id: 'w1', values: { family: 'Fox', contact: '01632 960001' } }], author);
    addItems(
      root,
      'statements',
      [
        { id: 'statement1', values: { witness: 'w1', number: 'one', file: given.item, backSheet: kept.item } },
        { id: 'statement2', values: { witness: 'w1', number: 'Quill the informant', file: kept.item } },
      ],
      author,
    );
    const [open, sensitive] = ['an ordinary diary', 'Quill\u2019s diary'];
    addItems(
      root,
      'material',
      [
        { id: 'material1', values: { description: open, sensitivity: 'non-sensitive' } },
        { id: 'material2', values: { description: sensitive, sensitivity: 'sensitive', file: given.item } },
      ],
      author,
    );
  });
  await until(() => window.isSaved, 'the record in the journal');
  expect(Y.encodeStateAsUpdate(window.doc).length).toBeGreaterThan(MAX_UPDATE);

  await deliver(lawyer, await releaseTo(officer, of, [given], partnerPost(officer.session).seat));
  const theirs = await lawyer.openDocument(await lawyer.area(of, 'case file'), 'record');
  const record = await until(() => {
    const read = readRecord(theirs.doc);
    return read.lists.enquiries.length === 600 && read.lists.material.length > 0 ? read : null;
  }, 'all rows');
  expect(record.lists.statements.map(({ id }) => id)).toEqual(['statement1']);
  expect(record.lists.material.map(({ id }) => id)).toEqual(['material1']);
  expect(record.lists.witnesses[0]?.fields.get('contact')?.values[0]?.value).toBe('01632 960001');
  const bytes = Buffer.from(Y.encodeStateAsUpdate(theirs.doc));
  for (const secret of ['Quill', 'statement2', 'material2', kept.item]) expect(bytes.includes(secret)).toBe(false);
  const said = JSON.stringify(lawyer.session.facts.all().map(({ fact }) => fact));
  for (const secret of ['Quill', 'statement2', 'material2', 'kept.txt']) expect(said).not.toContain(secret);
}, 60_000);
