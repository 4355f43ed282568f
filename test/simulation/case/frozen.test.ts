/**
 * What is certified and signed: frozen by value, told when it is not so any more, and said in the Case file as soon as it
 * belongs there. Of sensitive material and of a statement whose file was not released, the other organisation holds no word.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../shared/primitives/naming.ts';
import type { CaseId, Hash, WorkId } from '../../../shared/primitives/ids.ts';
import { addItems } from '../../../shared/model/list.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import { readRecord, recordRoot } from '../../../shared/model/record.ts';
import type { Author } from '../../../shared/model/register.ts';
import { setField } from '../../../shared/model/register.ts';
import type { ScheduleForm } from '../../../shared/model/facts/deciding.ts';
import { eventPiece } from '../../../renderer/sync/cases/pieces.ts';
import { doWork } from '../../../renderer/sync/cases/work/doing.ts';
import { doSensitive } from '../../../renderer/sync/cases/sensitive/acts.ts';
import { workOf } from '../../../renderer/sync/cases/work/folded.ts';
import { previewCertificate, readCertificate } from '../../../renderer/sync/cases/work/freezing.ts';
import { addFile, deliver, makeCase, me, partnerPost, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import type { OpenDocument } from '../log/openDocument.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let lawyer: Computer;
let of: CaseId;
let record: OpenDocument;
let given: FileRecord;
let kept: FileRecord;
let made = 0;
const author: Author = { by: 'Officer', at: 1, newKey: () => (++made).toString(16).padStart(32, 'b') };

async function certify(form: ScheduleForm, supersedes: WorkId | null = null): Promise<WorkId> {
  const seen = await previewCertificate(officer.session, of, form);
  if (!seen.ok) throw new Error(seen.cause);
  const covers = { sha256: seen.value.sha256, lines: seen.value.rows.length };
  const done = await doWork(officer.session, of, { is: 'certified', supersedes, schedule: form, covers, words: 'All' });
  if (!done.ok) throw new Error(done.cause);
  return done.value as WorkId;
}
async function sign(path: string, file: FileRecord, signatory: string): Promise<WorkId> {
  const { item, content } = file;
  const signed = {
    is: 'signed',
    supersedes: null,
    path,
    item,
    version: content.version,
    sha256: content.sha256,
  } as const;
  const done = await doWork(officer.session, of, { ...signed, signatory });
  if (!done.ok) throw new Error(done.cause);
  return done.value as WorkId;
}
const write = async (into: OpenDocument, path: string, value: string): Promise<void> => {
  setField(recordRoot(into.doc), path, value, author);
  await until(() => into.isSaved, 'what was written');
};
const said = (): string => JSON.stringify(lawyer.session.facts.all().map(({ fact }) => fact));
const theirs = () => workOf(lawyer.session, of);

beforeAll(async () => {
  world = await World.begin();
  [officer, lawyer] = await Promise.all([world.computer('officer', 'officer'), world.computer('lawyer', 'prosecutor')]);
  of = await makeCase(officer);
  [given, kept] = [await addFile(officer, of, 'given.txt'), await addFile(officer, of, 'kept.txt')];
  record = await officer.openDocument(await officer.area(of, 'working papers'), 'record');
  await until(() => readRecord(record.doc).fields.get('title')?.values.length === 1, 'the record');
  const root = recordRoot(record.doc);
  record.doc.transact(() => {
    addItems(
      root,
      'witnesses',
      [
        { id: 'w1', values: { family: 'Fox' } },
        { id: 'w2', values: { family: 'Quill' } },
      ],
      author,
    );
    addItems(
      root,
      'statements',
      [
        { id: 'statement1', values: { witness: 'w1', number: 'one', file: given.item } },
        { id: 'statement2', values: { witness: 'w2', number: 'two', file: kept.item } },
      ],
      author,
    );
    addItems(
      root,
      'material',
      [
        { id: 'open', values: { description: 'An ordinary diary', sensitivity: 'non-sensitive', meetsTest: 'yes' } },
        { id: 'hidden', values: { description: 'What the source told', sensitivity: 'sensitive', meetsTest: 'yes' } },
      ],
      author,
    );
  });
  await until(() => record.isSaved, 'the record in the journal');
}, 40_000);
afterAll(() => world.end(), 20_000);

it('says in the Case file, once there is one, what was certified and signed before: what belongs there, and no more', async () => {
  // What is marked sensitive and stands among the rest would be on no schedule.
  const seen = await previewCertificate(officer.session, of, 'MG6C');
  expect(seen).toMatchObject({ value: { hindrances: [{ path: 'material/hidden' }] } });
  const moved = await doSensitive(officer.session, of, { is: 'move', rows: ['hidden'], to: 'sensitive' });
  expect(moved.ok).toBe(true);
  for (const form of ['MG6C', 'MG6D', 'MG6E'] as const) await certify(form);
  await sign('statements/statement1', given, 'A. Fox');
  await sign('statements/statement2', kept, 'B. Quill');
  await deliver(lawyer, await releaseTo(officer, of, [given], partnerPost(officer.session).seat));
  await lawyer.area(of, 'case file');
  await until(() => theirs().certificates.length === 2 && theirs().signatures.length === 1, 'what stands, over there');
  expect(theirs().certificates.map(({ schedule }) => schedule)).toEqual(['MG6C', 'MG6E']);
  const { entry: _, ...first } = workOf(officer.session, of).certificates[0]!; // the entry is another in each place
  expect(theirs().certificates[0]).toMatchObject(first);
  expect(theirs().signatures[0]).toMatchObject({ signatory: 'A. Fox', sha256: given.content.sha256, altered: null });
  expect(theirs().refused).toEqual([]);
  for (const secret of ['What the source told', 'hidden', 'B. Quill', 'statement2', 'kept.txt'])
    expect(said()).not.toContain(secret);
  // Nor a word of it here that was said twice.
  expect(workOf(officer.session, of)).toMatchObject({
    certificates: { length: 3 },
    signatures: { length: 2 },
    refused: [],
  });
}, 40_000);

it('keeps the rows of the sensitive schedule with that material, and their hash alone in Working papers', async () => {
  const { session } = officer;
  const found = workOf(session, of).certificates.find(({ schedule }) => schedule === 'MG6D');
  expect(found?.rows).toBeUndefined();
  expect(await readCertificate(session, of, found?.id ?? ('' as WorkId))).toMatchObject({
    value: { rows: [{ description: 'What the source told', on: 'MG6D' }], fits: true, isApart: false },
  });
  const papers = session.facts.inArea(await officer.area(of, 'working papers'));
  expect(JSON.stringify(papers.map(({ fact }) => fact))).not.toContain('What the source told');
  expect((await officer.view(of)).work.changedSince[found?.id ?? '']).toEqual([]);
});

it('tells what is not as it was certified or signed; a new one supersedes, and both can be read', async () => {
  const { certificates, signatures } = workOf(officer.session, of);
  const [first] = certificates;
  if (!first) throw new Error('nothing certified');
  const changed = async () => (await officer.view(of)).work.changedSince;
  expect(await changed()).toMatchObject({ [first.id]: [], [signatures[0]?.id ?? '']: [] });
  const stale = { sha256: first.covers.sha256, lines: first.covers.lines };
  // What both organisations have is as the Case file has it.
  const shared = await officer.openDocument(await officer.area(of, 'case file'), 'record');
  await until(() => readRecord(shared.doc).lists.material.length === 1, 'the record of the Case file');
  await write(shared, 'material/open/description', 'An ordinary diary of 2026');
  await write(record, 'statements/statement2/file', given.item);
  expect(await changed()).toMatchObject({
    [first.id]: ['MG6C item 1: the description was changed'],
    [signatures[1]?.id ?? '']: ['Another file stands for it'],
  });
  // What is certified is what was shown, never what has become of it.
  const again = { is: 'certified', supersedes: first.id, schedule: 'MG6C', covers: stale, words: 'All' } as const;
  expect(await doWork(officer.session, of, again)).toEqual({ ok: false, cause: 'changed meanwhile' });
  const second = await certify('MG6C', first.id);
  await until(() => theirs().certificates.some(({ id }) => id === second), 'the new certificate, over there');
  for (const { session } of [officer, lawyer]) {
    expect(await readCertificate(session, of, first.id)).toMatchObject({
      value: { rows: [{ description: 'An ordinary diary' }], fits: true },
    });
    expect(await readCertificate(session, of, second)).toMatchObject({
      value: { rows: [{ description: 'An ordinary diary of 2026' }], fits: true },
    });
    expect(workOf(session, of).certificates.find(({ id }) => id === first.id)?.supersededBy).toBe(second);
  }
  expect((await changed())[second]).toEqual([]);
  // Who has no Working papers cannot tell what a list of material was changed to, and says nothing about it.
  expect((await lawyer.view(of)).work.changedSince[second]).toBeUndefined();
}, 40_000);

it('shows rows that a modified client certified under the hash of others', async () => {
  const { session } = officer;
  const id = newId<WorkId>(session.platform);
  const row = {
    id: 'x',
    on: 'MG6C',
    number: 1,
    description: 'Something else',
    location: '',
    test: 'Does not',
  } as const;
  const covers = { sha256: 'ab'.repeat(32) as Hash, lines: 1 };
  const fact = { is: 'certified', id, supersedes: null, schedule: 'SDC', covers, rows: [row], words: '' } as const;
  const area = await lawyer.area(of, 'case file');
  const by = { by: me(session), at: session.platform.now() };
  const written = await session.log.writer.write([await eventPiece(session, area, { ...fact, rows: [row], ...by })]);
  expect(written.ok).toBe(true);
  await until(() => theirs().certificates.some((one) => one.id === id), 'the certificate');
  expect(await readCertificate(lawyer.session, of, id)).toMatchObject({ value: { fits: false } });
}, 20_000);
