/**
 * What a later release brings into the Case file besides its files: the rows and fields that it froze, after it has been
 * delivered and never before, once, by whatever computer of the post is there; and never over what somebody wrote there.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { caseFileOf, packageOf } from '../../../renderer/sync/cases/caseIndex.ts';
import { previewRelease } from '../../../renderer/sync/cases/release/releasing.ts';
import { dropFile, withdraw } from '../../../renderer/sync/cases/release/takingBack.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { addItem } from '../../../shared/model/list.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { readRecord, recordRoot } from '../../../shared/model/record.ts';
import type { Author, Root } from '../../../shared/model/register.ts';
import { setField } from '../../../shared/model/register.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { addFile, deliver, makeCase, partnerPost, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let prosecutor: Computer;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor] = await world.officerAndProsecutor();
}, 40_000);
afterEach(() => [officer, prosecutor].forEach((computer) => computer.goOnline()));
afterAll(() => world.end(), 20_000);

let counter = 0;
const author = (by: string): Author => ({ by, at: 1, newKey: () => `${++counter}`.padStart(32, '0') });

type Kind = 'working papers' | 'case file';
/** Writes in a record as a window does, and waits until it is in the journal. */
async function write(computer: Computer, of: CaseId, kind: Kind, change: (root: Root) => void): Promise<void> {
  const opened = await computer.openDocument(await computer.area(of, kind), 'record');
  change(recordRoot(opened.doc));
  await until(() => opened.isSaved, 'what was typed in the journal');
  opened.close();
}
async function record({ session }: Computer, of: CaseId, kind: Kind = 'case file'): Promise<CaseRecord> {
  const area =
    kind === 'case file'
      ? caseFileOf(session, of)?.area
      : session.facts.of('case').find((f) => f.fact.case === of)?.area;
  if (!area) throw new Error(`no ${kind}`);
  return readRecord(session.docs.doc(area, await streamOf(session.platform, area, 'record')));
}
const families = async (computer: Computer, of: CaseId): Promise<readonly string[]> =>
  (await record(computer, of)).lists.witnesses.map(({ fields }) =>
    (fields.get('family')?.values ?? [])
      .map(({ value }) => value)
      .sort()
      .join(' or '),
  );
const familiesAre = (computer: Computer, of: CaseId, ...wanted: readonly string[]): Promise<unknown> =>
  until(
    async () => caseFileOf(computer.session, of) && (await families(computer, of)).join() === wanted.join(),
    () => `the witnesses ${wanted.join()}`,
  );
const isSent = ({ session }: Computer): Promise<boolean> =>
  until(async () => (await session.db.outbox.count()) === 0, 'everything at the relay');

/** A case whose Case file is live, with a witness in it. */
async function liveCase(title: string): Promise<CaseId> {
  const of = await makeCase(officer, title);
  await write(officer, of, 'working papers', (root) =>
    addItem(root, 'witnesses', { family: 'Fox' }, author('N'), 'w1'),
  );
  await deliver(prosecutor, await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]));
  await familiesAre(prosecutor, of, 'Fox');
  return of;
}
const addWitness = (of: CaseId, family: string, id: string): Promise<void> =>
  write(officer, of, 'working papers', (root) => addItem(root, 'witnesses', { family }, author('N'), id));

describe('a later release', () => {
  it('brings its rows and changes with its delivery, as they were when it was released', async () => {
    const of = await liveCase('R v Lyddiard');
    await addWitness(of, 'Hill', 'w2');
    await write(officer, of, 'working papers', (root) => setField(root, 'witnesses/w1/family', 'Foxe', author('N')));
    const file = await addFile(officer, of, 'two.txt');
    const preview = await previewRelease(officer.session, {
      case: of,
      versions: [file.content.version],
      to: partnerPost(officer.session).seat,
      purpose: 'further evidence',
      urgency: 'routine',
      when: { sealed: false, at: null, unmetered: false },
      note: '',
      answers: null,
    });
    expect(preview.ok && preview.value.newly).toEqual([
      'Witness: Foxe (Family name changed)',
      'Witness: Hill',
      'two.txt',
    ]);
    const sent = await releaseTo(officer, of, [file]);
    await write(officer, of, 'working papers', (root) =>
      setField(root, 'witnesses/w2/family', 'Written after it', author('N')),
    );
    await until(() => packageOf(prosecutor.session, sent), 'the package');
    expect(await families(officer, of)).toEqual(['Fox']);
    await deliver(prosecutor, sent);
    await familiesAre(prosecutor, of, 'Foxe', 'Hill');
    expect(prosecutor.alarms).toEqual([]);
  });

  it('that was withdrawn before delivery brings nothing; nor does a file that was left out bring its row', async () => {
    const of = await liveCase('R v Mountjoy');
    await addWitness(of, 'Taken back', 'w2');
    prosecutor.goOffline();
    const taken = await releaseTo(officer, of, [await addFile(officer, of, 'two.txt')]);
    expect((await withdraw(officer.session, taken, 'the wrong one')).ok).toBe(true);
    await write(officer, of, 'working papers', (root) => setField(root, 'witnesses/w2/family', 'Hill', author('N')));
    const [left, kept] = [await addFile(officer, of, 'left out.txt'), await addFile(officer, of, 'kept.txt')];
    await write(officer, of, 'working papers', (root) => {
      addItem(root, 'statements', { number: 'left', file: left.item }, author('N'), 's1');
      addItem(root, 'statements', { number: 'kept', file: kept.item }, author('N'), 's2');
    });
    const sent = await releaseTo(officer, of, [left, kept]);
    expect((await dropFile(officer.session, sent, left.content.version, 'damaged')).ok).toBe(true);
    prosecutor.goOnline();
    await until(() => packageOf(prosecutor.session, sent)?.files[0]?.dropped, 'the file that was left out');
    await deliver(prosecutor, sent, 'kept.txt');
    await familiesAre(prosecutor, of, 'Fox', 'Hill');
    const { statements } = (await record(prosecutor, of)).lists;
    expect(statements.map(({ id }) => id)).toEqual(['s2']);
  });

  it('stands beside what the other side wrote meanwhile, as a conflict on both screens', async () => {
    const of = await liveCase('R v Netherby');
    await write(officer, of, 'working papers', (root) => setField(root, 'witnesses/w1/family', 'Foxe', author('N')));
    const sent = await releaseTo(officer, of, [await addFile(officer, of, 'two.txt')]);
    await write(prosecutor, of, 'case file', (root) => setField(root, 'witnesses/w1/family', 'Vos', author('P')));
    await isSent(prosecutor);
    await deliver(prosecutor, sent);
    for (const computer of [officer, prosecutor]) await familiesAre(computer, of, 'Foxe or Vos');
    expect((await record(prosecutor, of)).conflicts.map(({ path }) => path)).toEqual(['witnesses/w1/family']);
  });

  it('is brought after a crash, by the same computer or by a colleague\u2019s, once', async () => {
    const colleague = await world.computer('colleague', 'officer2');
    const of = await liveCase('R v Orpington');
    await addWitness(of, 'Hill', 'w2');
    const sent = await releaseTo(officer, of, [await addFile(officer, of, 'two.txt')]);
    await isSent(officer);
    officer.goOffline();
    await deliver(prosecutor, sent);
    await familiesAre(prosecutor, of, 'Fox', 'Hill'); // the colleague's did
    officer.goOnline();
    await familiesAre(officer, of, 'Fox', 'Hill');

    await addWitness(of, 'Inns', 'w3');
    const next = await releaseTo(officer, of, [await addFile(officer, of, 'three.txt')]);
    await isSent(officer);
    for (const computer of [officer, colleague]) computer.goOffline();
    await deliver(prosecutor, next);
    await isSent(prosecutor);
    await officer.crash();
    for (const computer of [officer, colleague]) computer.goOnline();
    for (const computer of [officer, colleague, prosecutor]) await familiesAre(computer, of, 'Fox', 'Hill', 'Inns');
    for (const computer of [officer, colleague, prosecutor]) await isSent(computer);
    const entered = prosecutor.session.facts.of('rows entered').map(({ fact }) => fact.package);
    expect(entered.filter((id) => id === next)).toHaveLength(1);
    expect((await record(prosecutor, of)).conflicts).toEqual([]);
    expect([officer.alarms, colleague.alarms, prosecutor.alarms]).toEqual([[], [], []]);
  }, 40_000);
});
