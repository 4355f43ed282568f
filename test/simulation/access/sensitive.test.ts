/**
 * Sensitive material in an area of its own: who reads it and who never does, whatever is released, exported or handed on
 * meanwhile; that moving it there and back is by value; and that nothing which stands there is taken for part of the case.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseFileOf, fileOf, filedIn, packageOf } from '../../../renderer/sync/cases/caseIndex.ts';
import { act, eventPiece } from '../../../renderer/sync/cases/pieces.ts';
import { takeText } from '../../../renderer/sync/cases/release/publishText.ts';
import { release } from '../../../renderer/sync/cases/release/releasing.ts';
import { doSensitive } from '../../../renderer/sync/cases/sensitive/acts.ts';
import { ownSensitive, sensitiveOf } from '../../../renderer/sync/cases/sensitive/areas.ts';
import { snapshotOf } from '../../../renderer/sync/cases/snapshotOf.ts';
import { checkView } from '../../../renderer/sync/views/check.ts';
import { doWork } from '../../../renderer/sync/cases/work/doing.ts';
import { workOf } from '../../../renderer/sync/cases/work/folded.ts';
import { previewCertificate } from '../../../renderer/sync/cases/work/freezing.ts';
import type { SensitiveAct } from '../../../shared/ipc/sensitive.ts';
import type { SensitiveArea } from '../../../shared/model/disclosure/places.ts';
import type { AreaId, CaseId, ItemId } from '../../../shared/primitives/ids.ts';
import { addItem } from '../../../shared/model/list.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { readRecord, recordRoot, valueOf } from '../../../shared/model/record.ts';
import type { Author, Root } from '../../../shared/model/register.ts';
import { setField } from '../../../shared/model/register.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { phrase } from '../../leaks/needles.ts';
import { openAll } from '../../leaks/opened.ts';
import { searchIn } from '../../leaks/search.ts';
import { addFile, deliver, fileRecord, makeCase, me, partnerPost, releaseOf, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let supervisor: Computer;
let prosecutor: Computer;

beforeAll(async () => {
  world = await World.begin();
  [officer, supervisor, prosecutor] = await Promise.all([
    world.computer('officer', 'officer'),
    world.computer('supervisor', 'sergeant'),
    world.computer('prosecutor', 'prosecutor'),
  ]);
}, 40_000);
afterAll(() => world.end(), 20_000);

let counter = 0;
const author = (): Author => ({ by: 'DC Priya Nair', at: 1, newKey: () => `${++counter}`.padStart(32, '0') });
const WORDS = 'names a source who lives nearby';

async function write(computer: Computer, area: AreaId, change: (root: Root) => void): Promise<void> {
  const opened = await computer.openDocument(area, 'record');
  change(recordRoot(opened.doc));
  await until(() => opened.isSaved, 'what was typed in the journal');
  opened.close();
}
const recordIn = async ({ session }: Computer, area: AreaId): Promise<CaseRecord> =>
  readRecord(session.docs.doc(area, await streamOf(session.platform, area, 'record')));
const listed = async (computer: Computer, area: AreaId): Promise<readonly string[]> =>
  (await recordIn(computer, area)).lists.material.map(({ fields }) => valueOf(fields, 'description'));
async function done({ session }: Computer, of: CaseId, what: SensitiveAct): Promise<void> {
  expect(await doSensitive(session, of, what)).toEqual({ ok: true, value: null });
}
const apart = ({ session }: Computer, of: CaseId): SensitiveArea => {
  const own = ownSensitive(session, of);
  if (!own) throw new Error('none is read here');
  return own.area;
};
/** Whether anything that this computer has a key for says these words, in whatever form. */
async function says({ session }: Computer, words = WORDS): Promise<boolean> {
  const { pieces } = await openAll(session);
  return searchIn([phrase(words, words)], pieces).length > 0;
}
const isSent = ({ session }: Computer): Promise<boolean> =>
  until(async () => (await session.db.outbox.count()) === 0, 'everything at the relay');
const shared = (computer: Computer, of: CaseId): Promise<AreaId> =>
  until(() => sensitiveOf(computer.session, of).find(({ isShared }) => isShared)?.area, 'what is shared');

/** A case with an item of material that was written where all write, and moved since. */
async function withMoved(title: string, values: Record<string, string> = {}): Promise<CaseId> {
  const of = await makeCase(officer, title);
  const working = await officer.area(of, 'working papers');
  await write(officer, working, (root) =>
    addItem(root, 'material', { description: WORDS, sensitiveReason: 'It is a source.', ...values }, author(), 'm1'),
  );
  await done(officer, of, { is: 'move', rows: ['m1'], to: 'sensitive' });
  return of;
}

describe('sensitive material', () => {
  it('stands in an area of its own, and no longer in the record that is released, exported or judged', async () => {
    const of = await withMoved('R v Pargeter');
    expect(await listed(officer, apart(officer, of))).toEqual([WORDS]);
    expect(await listed(officer, await officer.area(of, 'working papers'))).toEqual([]);
    expect(JSON.stringify(await snapshotOf(officer.session, of))).not.toContain('source');
    await deliver(prosecutor, await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]));
    await until(() => caseFileOf(prosecutor.session, of)?.standing.is === 'live', 'the Case file');
    await deliver(prosecutor, await releaseTo(officer, of, [await addFile(officer, of, 'two.txt')]));
    await isSent(officer);
    await until(async () => (await prosecutor.view(of)).items.length === 2, 'both files');
    expect(await says(officer)).toBe(true);
    expect(await says(prosecutor)).toBe(false);
    expect((await prosecutor.view(of)).sensitive).toMatchObject({ places: [], begun: null });
  });

  it('is read by those alone who keep it: a colleague who reads Working papers learns whom to ask', async () => {
    const clerk = await world.computerInNewPost('Kit Osei', 'police', 'Officer');
    const of = await makeCase(officer, 'R v Quennell');
    const working = await officer.area(of, 'working papers');
    const stream = await streamOf(officer.session.platform, working, 'chain');
    const seats = [clerk.seat, me(supervisor.session).seat].map((seat) => ({
      seat,
      org: officer.session.identity.org,
      role: 'contributor' as const,
    }));
    await isSent(officer);
    await until(() => officer.session.directories.current(officer.session.identity.org)?.posts.has(clerk.seat), 'post');
    await act(officer.session, [{ area: working, stream, kind: 'chain', op: { op: 'grant', seats }, boxes: [] }]);
    await isSent(officer);
    await done(officer, of, { is: 'begin' });
    await write(officer, apart(officer, of), (root) => addItem(root, 'material', { description: WORDS }, author()));
    await isSent(officer);
    await until(async () => ownSensitive(supervisor.session, of) && (await says(supervisor)), 'the supervisor\u2019s');
    const seen = await until(async () => {
      const { sensitive } = await clerk.computer.view(of);
      return sensitive.begun ? sensitive : null;
    }, 'that there is one');
    expect(seen.places).toEqual([]);
    expect(seen.mayKeep).toBe(false);
    expect(seen.askWhom.join()).toContain('DC Priya Nair');
    expect(await says(clerk.computer)).toBe(false);
    expect(await doSensitive(clerk.computer.session, of, { is: 'begin' })).toEqual({ ok: false, cause: 'not allowed' });
    const asked = { is: 'let in', area: apart(officer, of), seat: clerk.seat } as const;
    expect(await doSensitive(officer.session, of, asked)).toEqual({ ok: false, cause: 'not allowed' });
  }, 40_000);

  it('goes to the prosecutor by value, to the posts that are named, with what was written later when it is shared again', async () => {
    const other = await world.computerInNewPost('Ola Reyes', 'prosecution', 'Duty lawyer');
    const of = await withMoved('R v Ravenhill');
    await deliver(prosecutor, await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]));
    const area = apart(officer, of);
    await write(officer, area, (root) => addItem(root, 'material', { description: 'deleted words' }, author(), 'gone'));
    await write(officer, area, (root) => setField(root, 'material/gone/description', 'a second item', author()));
    await done(officer, of, { is: 'share', seats: [partnerPost(officer.session).seat] });
    const theirs = await shared(prosecutor, of);
    await until(async () => (await listed(prosecutor, theirs)).length === 2, 'the list');
    expect(await says(prosecutor, 'It is a source.')).toBe(true);
    expect(await says(prosecutor, 'deleted words')).toBe(false);
    const { sensitive } = await prosecutor.view(of);
    expect(sensitive.places[0]?.shared?.live).toMatch(/^Live with Fellshire Police since/);
    expect((await officer.view(of)).sensitive.unshared).toEqual([]);

    await write(officer, area, (root) => addItem(root, 'material', { reference: 'S/3' }, author(), 'third'));
    await write(prosecutor, theirs, (root) => {
      const [first] = Object.keys(root.toJSON()).filter((key) => key.includes('/description'));
      setField(root, first?.slice(0, first.lastIndexOf('|')) ?? '', 'seen by me', author());
    });
    await until(async () => (await listed(officer, theirs)).includes('seen by me'), 'the prosecutor\u2019s words');
    expect((await officer.view(of)).sensitive.unshared).toEqual(['Item of material: S/3']);
    await done(officer, of, { is: 'share', seats: [partnerPost(officer.session).seat] });
    await until(async () => (await listed(prosecutor, theirs)).length === 3, 'what was added');
    expect(await listed(prosecutor, theirs)).toContain('seen by me');
    await isSent(officer);
    expect(await says(other.computer)).toBe(false);
    expect([officer.alarms, prosecutor.alarms]).toEqual([[], []]);
  }, 40_000);

  it('is read no further by who was taken out, in our list and in what is shared, while the others go on', async () => {
    const of = await withMoved('R v Underhill');
    await deliver(prosecutor, await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]));
    const area = apart(officer, of);
    const { seat } = me(supervisor.session);
    await isSent(officer);
    await done(officer, of, { is: 'let in', area, seat });
    await isSent(officer);
    await until(async () => ownSensitive(supervisor.session, of) && (await says(supervisor)), 'the supervisor\u2019s');
    await done(officer, of, { is: 'share', seats: [partnerPost(officer.session).seat] });
    const theirs = await shared(prosecutor, of);
    await isSent(officer);
    const end = { is: 'take out', area, seat, why: 'No part in it any more.' } as const;
    const refused = await doSensitive(supervisor.session, of, end);
    expect(refused).toEqual({ ok: false, cause: 'not allowed' }); // one's own post
    await done(officer, of, end);
    await isSent(officer);
    const readers = async () =>
      (await officer.view(of)).sensitive.places.map((place) => place.readers.map((one) => one.seat));
    await until(
      async () => (await readers()).every((seats) => !seats.includes(seat)),
      'the post to be gone everywhere',
    );
    const epochOf = (): number => currentEpoch(officer.session.log.replica(area).access!);
    await until(() => epochOf() > 1, 'the next key');
    await write(officer, area, (root) => addItem(root, 'material', { description: 'words after' }, author(), 'later'));
    await isSent(officer);
    await done(officer, of, { is: 'share', seats: [partnerPost(officer.session).seat] });
    await until(async () => (await listed(prosecutor, theirs)).includes('words after'), 'the prosecutor\u2019s');
    expect(await says(supervisor, 'words after')).toBe(false);
    const { activity } = await officer.view(of);
    expect(activity.some(({ sentence }) => /took .* out of the sensitive material: No part/.test(sentence))).toBe(true);
    expect(officer.alarms).toEqual([]);
  }, 60_000);

  it('is judged by the rules for who reads it, there to be mended, and for nobody else', async () => {
    const of = await withMoved('R v Wetherby', { sensitiveReason: '', description: '' });
    const codes = async (computer: Computer) => {
      const { findings, hints } = await checkView(computer.desktop, of);
      return findings
        .filter(({ path }) => path.startsWith('material/') || path === 'work/certificates' || path === 'documents')
        .map(({ code, mend }) => `${code}: ${hints[mend]?.place}`);
    };
    const found = await codes(officer);
    expect(found).toContain('material-description-missing: sensitive material');
    expect(found.some((one) => one.startsWith('schedule-sensitive-missing'))).toBe(true);
    await deliver(prosecutor, await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]));
    await until(() => caseFileOf(prosecutor.session, of)?.standing.is === 'live', 'the Case file');
    expect((await codes(prosecutor)).filter((one) => /sensitive/.test(one))).toEqual([]);
  });

  it('is certified to the prosecutor with whom it is shared: its rows by value, known by their hash', async () => {
    const of = await withMoved('R v Verrall');
    await deliver(prosecutor, await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]));
    await until(() => caseFileOf(prosecutor.session, of)?.standing.is === 'live', 'the Case file');
    const preview = await previewCertificate(officer.session, of, 'MG6D');
    if (!preview.ok) throw new Error(preview.cause);
    const covers = { sha256: preview.value.sha256, lines: preview.value.rows.length };
    const words = 'It is whole.';
    const made = await doWork(officer.session, of, {
      is: 'certified',
      supersedes: null,
      schedule: 'MG6D',
      covers,
      words,
    });
    if (!made.ok || made.value === null) throw new Error('not certified');
    const id = made.value;
    expect((await officer.view(of)).sensitive.unshared.at(-1)).toMatch(
      /^The certificate of MG6D by DC Priya Nair, with its 1 row/,
    );
    await done(officer, of, { is: 'share', seats: [partnerPost(officer.session).seat] });
    const theirs = await shared(prosecutor, of);
    const certificates = async () =>
      (await prosecutor.view(of)).sensitive.places.find(({ area }) => area === theirs)?.certificates ?? [];
    await until(async () => (await certificates()).length === 1, 'the certificate');
    const stands = {
      id,
      by: 'DC Priya Nair',
      words,
      sha256: covers.sha256,
      rows: [{ description: WORDS }],
      fits: true,
    };
    expect(await certificates()).toMatchObject([stands]);
    expect(workOf(prosecutor.session, of).certificates).toEqual([]); // not where others of their organisation read
    expect((await officer.view(of)).sensitive.unshared).toEqual([]);
    // Rows that are not those of the hash are said not to be; nobody but who made the place is heard.
    const [row] = preview.value.rows;
    const rows = [{ ...row!, description: 'something else' }];
    const said = (by: ReturnType<typeof me>) =>
      ({
        is: 'certificate shared',
        certificate: id,
        certified: { by, at: 1 },
        covers,
        rows,
        words,
        by,
        at: 1,
      }) as const;
    for (const { session } of [officer, prosecutor])
      await act(session, [await eventPiece(session, theirs, said(me(session)))]);
    await isSent(officer);
    await until(async () => (await certificates()).length === 2, 'the other');
    expect(await certificates()).toMatchObject([{ fits: false }, stands]);
  }, 40_000);

  it('that had been released is cleared where it stood, and its file is released no more, until it is moved back', async () => {
    const of = await makeCase(officer, 'R v Satterthwaite');
    const file = await addFile(officer, of, 'diary.txt');
    const values = { description: WORDS, sensitivity: 'non-sensitive', file: file.item };
    await write(officer, await officer.area(of, 'working papers'), (root) =>
      addItem(root, 'material', values, author(), 'm1'),
    );
    await deliver(prosecutor, await releaseTo(officer, of, [file]));
    const live = await prosecutor.area(of, 'case file');
    await until(async () => (await listed(prosecutor, live)).join() === WORDS, 'the item');
    expect((await officer.view(of)).sensitive.inCaseFile?.ids).toEqual(['m1']);
    await done(officer, of, { is: 'move', rows: ['m1'], to: 'sensitive' });
    await until(async () => (await listed(prosecutor, live)).length === 0, 'the item to be gone from the list');
    expect(await says(prosecutor)).toBe(true); // what was released was read: it cannot be un-seen
    const asked = releaseOf(officer, of, [file], { purpose: 'further evidence' });
    expect(await release(officer.session, asked)).toEqual({ ok: false, cause: 'sensitive' });
    const [row] = (await recordIn(officer, apart(officer, of))).lists.material;
    await done(officer, of, { is: 'move', rows: [row?.id ?? ''], to: 'non-sensitive' });
    expect(await listed(officer, await officer.area(of, 'working papers'))).toEqual([WORDS]);
    expect(await listed(officer, apart(officer, of))).toEqual([]);
    expect((await release(officer.session, asked)).ok).toBe(true);
  });

  it('is no part of the case to any fold: not a file, a package or a row, whatever is written there', async () => {
    const of = await withMoved('R v Thackeray');
    const { session } = officer;
    const area = apart(officer, of);
    // A conflict that is settled is recorded where its values stand.
    const settled = {
      path: 'material/m/description',
      values: [WORDS, 'a value kept apart'],
      chosen: WORDS,
      dropped: [],
    };
    await done(officer, of, { is: 'settle', area, settled });
    const file = fileRecord(session, 'source list.txt');
    const by = me(session);
    const at = session.platform.now();
    const sent = await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]);
    const content = { ...packageOf(session, sent)!.content, package: 'f'.repeat(32) as typeof sent, files: [file] };
    const when = { sealed: true, at: null, unmetered: false };
    await act(session, [
      await eventPiece(session, area, { is: 'added', file, by, at }),
      await eventPiece(session, area, { is: 'released', content, when, by, at }),
      await eventPiece(session, area, { is: 'case', case: of, kind: 'trial', source: null, by }),
    ]);
    expect(fileOf(session, file.content.version)).toBeNull();
    expect(filedIn(session, of).map(({ fact }) => fact.file.name)).toEqual(['one.txt']);
    expect(packageOf(session, content.package)).toBeNull();
    const view = await officer.view(of);
    const shown = JSON.stringify([view.items, view.packages, view.areas, view.work, view.activity]);
    for (const words of [WORDS, 'source list', 'a value kept apart']) expect(shown).not.toContain(words);
    // @ts-expect-error what may be published is taken from an ordinary place: a sensitive one is another type
    const take = (): unknown => takeText(session, area, { items: new Set<ItemId>(), team: true }, sent);
    expect(take).toBeTypeOf('function');
  });
});
