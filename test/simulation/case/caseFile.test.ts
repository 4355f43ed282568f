/**
 * When a Case file goes live, and for whom: with the first delivery of the release that made it, by whatever computer of the
 * post is on line, after a crash too; and never with anything of a package that was taken back first.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { caseFileOf, caseFilesOf, fileOf, packageOf } from '../../../renderer/sync/cases/caseIndex.ts';
import { previewRelease } from '../../../renderer/sync/cases/release/releasing.ts';
import { dropFile, withdraw } from '../../../renderer/sync/cases/release/takingBack.ts';
import type { AreaId, CaseId, PackageId } from '../../../shared/primitives/ids.ts';
import { SUMMARY_FIELD, summaryText } from '../../../shared/model/record.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { phrase } from '../../leaks/needles.ts';
import { openAll } from '../../leaks/opened.ts';
import { searchIn } from '../../leaks/search.ts';
import { addFile, deliver, makeCase, partnerPost, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

const ORG = 'Fellshire Prosecution Service';
const WAITS = `Will be live with ${ORG} when the package has been delivered`;

let world: World;
let officer: Computer;
let prosecutor: Computer;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor] = await world.officerAndProsecutor();
}, 40_000);
afterEach(() => [officer, prosecutor].forEach((computer) => computer.goOnline()));
afterAll(() => world.end(), 20_000);

/** The line at the top of the Case file; nothing where there is none. */
const line = async (computer: Computer, of: CaseId): Promise<string> =>
  (await computer.view(of)).areas.find(({ kind }) => kind === 'case file')?.live ?? '';
const isLive = (computer: Computer, of: CaseId): Promise<boolean> =>
  until(
    async () => (await line(computer, of)).startsWith('Live with'),
    () => `a Case file that is live, ${computer.alarms.join(' ')}`,
  );
const namesIn = async (computer: Computer, of: CaseId): Promise<readonly string[]> =>
  (await computer.view(of)).items.filter(({ place }) => place === 'case file').map(({ file }) => file.name);

/** Everything of this computer's is at the relay. */
const isSent = ({ session }: Computer): Promise<boolean> =>
  until(async () => (await session.db.outbox.count()) === 0, 'everything at the relay');

/** Writes a paragraph at the end of a summary, as an editor does. */
async function write(computer: Computer, area: AreaId, text: string): Promise<void> {
  const { doc } = await computer.openDocument(area, 'summary');
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(text)]);
  doc.getXmlFragment(SUMMARY_FIELD).push([paragraph]);
  await until(async () => (await summary(computer, area)).includes(text), 'the paragraph');
}
async function erase(computer: Computer, area: AreaId): Promise<void> {
  const { doc } = await computer.openDocument(area, 'summary');
  const text = doc.getXmlFragment(SUMMARY_FIELD);
  await until(() => text.length > 0);
  text.delete(0, text.length);
  await until(async () => (await summary(computer, area)) === '', 'an empty summary');
}
const summary = async ({ session }: Computer, area: AreaId): Promise<string> =>
  summaryText(session.docs.doc(area, await streamOf(session.platform, area, 'summary')));

async function takeBack({ session }: Computer, id: PackageId): Promise<void> {
  expect(await withdraw(session, id, 'sent to the wrong post')).toEqual({ ok: true, value: null });
}
/** What of these words anything that this computer has a key for says, in whatever form. */
async function heldBy({ session }: Computer, ...words: readonly string[]): Promise<readonly string[]> {
  const { pieces } = await openAll(session);
  const found = searchIn(
    words.map((word) => phrase(word, word)),
    pieces,
  );
  return [...new Set(found.map(({ needle }) => needle))].sort();
}
const isWithdrawn = ({ session }: Computer, id: PackageId): Promise<unknown> =>
  until(
    () => session.facts.of('withdrawn').some(({ fact }) => fact.package === id),
    'the withdrawal on the other side',
  );

describe('a Case file', () => {
  it('is the sender\u2019s alone until a file was delivered, and says so; then both say since when', async () => {
    const of = await makeCase(officer, 'R v Abernethy');
    const [a, b] = [await addFile(officer, of, 'first.txt'), await addFile(officer, of, 'second.txt')];
    const sent = await releaseTo(officer, of, [a, b]);
    expect(await line(officer, of)).toBe(WAITS);
    const shared = await officer.area(of, 'case file');
    await until(() => packageOf(prosecutor.session, sent), 'the package');
    await isSent(officer);
    const asked = { t: 'pull', area: shared, after: 0, limit: 10 } as const;
    expect(await prosecutor.session.link.ask(asked)).toMatchObject({ t: 'declined', cause: 'not here' });
    expect(await line(prosecutor, of)).toBe('');
    // What will be there is shown there, with the word that says where it is.
    expect(await namesIn(officer, of)).toEqual(['first.txt', 'second.txt']);

    await deliver(prosecutor, sent, 'first.txt');
    await isLive(officer, of);
    expect(await prosecutor.area(of, 'case file')).toBe(shared);
    expect(await line(prosecutor, of)).toBe((await line(officer, of)).replace(ORG, 'Fellshire Police'));
    await until(async () => (await namesIn(prosecutor, of)).join() === 'first.txt', 'the file that was delivered');
    await deliver(prosecutor, sent, 'second.txt');
    await until(async () => (await namesIn(prosecutor, of)).length === 2, 'the other file');
  });

  it('of a release that was withdrawn before delivery is never seen by the other side: nor is what it said', async () => {
    const of = await makeCase(officer, 'R v Brackenbury');
    const file = await addFile(officer, of, 'Statement of the informant.txt');
    await write(officer, await officer.area(of, 'working papers'), 'The informant is a neighbour.');
    prosecutor.goOffline();
    const sent = await releaseTo(officer, of, [file]);
    await isSent(officer);
    await takeBack(officer, sent);
    await isSent(officer);
    // Nobody has written in it: all is as it was before.
    expect(await line(officer, of)).toBe('');
    await until(
      async () => (await officer.session.records.get(`unreachable ${sent}`)) === 'done',
      'the relay\u2019s word',
    );
    prosecutor.goOnline();
    await isWithdrawn(prosecutor, sent);
    await until(() => !prosecutor.session.log.isBehind(), 'what was taken back to be no more to come');
    const words = ['R v Brackenbury', 'The informant is a neighbour', 'Statement of the informant'];
    expect(await heldBy(officer, ...words)).toEqual([...words].sort());
    expect(await heldBy(prosecutor, ...words)).toEqual([]);
    expect(prosecutor.session.log.replica(caseFilesOf(officer.session, of)[0]!.area).row.n).toBe(0);

    // The next release makes another, of what Working papers say now.
    const working = await officer.area(of, 'working papers');
    await erase(officer, working);
    await write(officer, working, 'Two neighbours saw it.');
    const again = await releaseTo(officer, of, [await addFile(officer, of, 'Plan of the yard.txt')]);
    await deliver(prosecutor, again);
    await isLive(officer, of);
    const shared = await prosecutor.area(of, 'case file');
    await until(async () => (await summary(prosecutor, shared)) === 'Two neighbours saw it.', 'the text as released');
    await until(async () => (await namesIn(prosecutor, of)).length === 1, 'the file');
    const more = ['Two neighbours saw it', 'Plan of the yard'];
    expect(await heldBy(prosecutor, ...words, ...more)).toEqual([
      'Plan of the yard',
      'R v Brackenbury',
      'Two neighbours saw it',
    ]);
  });

  it('that was written in before its release was withdrawn is kept, said not to be live, and is what the next is made of', async () => {
    const of = await makeCase(officer, 'R v Cholmondeley');
    const sent = await releaseTo(officer, of, [await addFile(officer, of, 'Wrong file.txt')]);
    const closed = await officer.area(of, 'case file');
    await write(officer, closed, 'Written while it waited.');
    await takeBack(officer, sent);
    expect(await line(officer, of)).toMatch(/^Not live: .* withdrawn before Fellshire Prosecution Service had it/);
    expect(await namesIn(officer, of)).toEqual([]);
    const right = await addFile(officer, of, 'Right file.txt');
    const preview = await previewRelease(officer.session, {
      case: of,
      versions: [right.content.version],
      to: partnerPost(officer.session).seat,
      purpose: 'charging decision',
      urgency: 'routine',
      when: { sealed: false, at: null, unmetered: false },
      note: '',
      answers: null,
    });
    expect(preview).toMatchObject({ ok: true, value: { firstTime: true, summary: 'Written while it waited.' } });
    await deliver(prosecutor, await releaseTo(officer, of, [right]));
    await isLive(officer, of);
    const shared = await prosecutor.area(of, 'case file');
    expect(shared).not.toBe(closed);
    await until(async () => (await summary(prosecutor, shared)) === 'Written while it waited.', 'the text');
    await until(async () => (await namesIn(prosecutor, of)).join() === 'Right file.txt', 'the right file alone');
  });

  it('is made anew for a second release where the first was withdrawn meanwhile, with nothing of the first', async () => {
    const of = await makeCase(officer, 'R v Delacourt');
    prosecutor.goOffline();
    const first = await releaseTo(officer, of, [await addFile(officer, of, 'Withdrawn statement.txt')]);
    const before = await officer.area(of, 'case file');
    const second = await releaseTo(officer, of, [await addFile(officer, of, 'Second statement.txt')]);
    expect(await officer.area(of, 'case file')).toBe(before);
    await takeBack(officer, first);
    await until(
      async () => (await officer.session.records.get(`unreachable ${first}`)) === 'done',
      'the relay\u2019s word',
    );
    const after = await until(() => {
      const now = caseFileOf(officer.session, of);
      return now && now.area !== before ? now.area : null;
    }, 'another Case file');
    expect(await line(officer, of)).toBe(WAITS);
    prosecutor.goOnline();
    await deliver(prosecutor, second);
    await isLive(officer, of);
    expect(await prosecutor.area(of, 'case file')).toBe(after);
    await until(async () => (await namesIn(prosecutor, of)).join() === 'Second statement.txt', 'the second file');
    expect(await heldBy(prosecutor, 'Withdrawn statement', 'Second statement')).toEqual(['Second statement']);
    expect(prosecutor.session.log.replica(before).row.n).toBe(0);
  });

  it('takes in nothing of a later package before it is delivered, and nothing of one that was withdrawn first', async () => {
    const of = await makeCase(officer, 'R v Etheridge');
    await deliver(prosecutor, await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]));
    await isLive(officer, of);
    prosecutor.goOffline();
    const taken = await releaseTo(officer, of, [await addFile(officer, of, 'Taken back.txt')]);
    const last = await releaseTo(officer, of, [await addFile(officer, of, 'Left as it is.txt')]);
    expect(await namesIn(officer, of)).toEqual(['Left as it is.txt', 'one.txt', 'Taken back.txt']);
    await takeBack(officer, taken);
    await until(
      async () => (await officer.session.records.get(`unreachable ${taken}`)) === 'done',
      'the relay\u2019s word',
    );
    expect(await namesIn(officer, of)).toEqual(['Left as it is.txt', 'one.txt']);
    prosecutor.goOnline();
    await deliver(prosecutor, last);
    await until(async () => (await namesIn(prosecutor, of)).length === 2, 'the last file');
    expect(await heldBy(prosecutor, 'Taken back.txt', 'Left as it is.txt')).toEqual(['Left as it is.txt']);
  });

  it('goes live though no file is left to deliver: the other side says that it holds the package', async () => {
    const of = await makeCase(officer, 'R v Farquharson');
    const file = await addFile(officer, of, 'damaged.txt');
    const sent = await releaseTo(officer, of, [file]);
    await until(() => packageOf(prosecutor.session, sent), 'the package');
    expect(await line(officer, of)).toBe(WAITS);
    expect((await dropFile(officer.session, sent, file.content.version, 'it is damaged')).ok).toBe(true);
    await isLive(officer, of);
    await isLive(prosecutor, of);
    expect(await namesIn(officer, of)).toEqual([]);
    const { packages } = await officer.view(of);
    expect(packages[0]?.history.map(({ sentence }) => sentence)).toContain(
      `Delivered to ${ORG}, with no file: test laptop holds the package`,
    );
  });
});

describe('beside others', () => {
  it('is one, though two computers of a post made one each while they were off line', async () => {
    const colleague = await world.computer('a colleague off line', 'officer2');
    const of = await makeCase(officer, 'R v Jarndyce');
    const files = [await addFile(officer, of, 'from one.txt'), await addFile(officer, of, 'from the other.txt')];
    await until(() => files.every((file) => fileOf(colleague.session, file.content.version)), 'the files');
    const both = [officer, colleague];
    for (const computer of both) computer.goOffline();
    const sent = await Promise.all(both.map((computer, i) => releaseTo(computer, of, [files[i]!])));
    for (const computer of both) computer.goOnline();
    for (const computer of both) await isSent(computer);
    for (const id of sent) await deliver(prosecutor, id);
    for (const computer of [...both, prosecutor]) await isLive(computer, of);
    const area = await prosecutor.area(of, 'case file');
    for (const computer of both) expect(await computer.area(of, 'case file')).toBe(area);
    await until(async () => (await namesIn(prosecutor, of)).length === 2, 'the files of both');
    expect(caseFilesOf(officer.session, of).filter(({ standing }) => standing.is === 'live')).toHaveLength(1);
    expect(caseFilesOf(prosecutor.session, of)).toHaveLength(1);
  });

  it('is live with the post whose delivery it was made for; another of the organisation gets it if the first is withdrawn', async () => {
    const post = partnerPost(officer.session);
    const { seat, computer: other } = await world.computerInNewPost('Ola Reyes', 'prosecution', 'Duty lawyer');
    await until(() => officer.session.directories.current(post.org)?.seats.has(seat), 'the post');
    const of = await makeCase(officer, 'R v Kettleby');
    prosecutor.goOffline();
    const first = await releaseTo(officer, of, [await addFile(officer, of, 'To the wrong post.txt')], post.seat);
    const second = await releaseTo(officer, of, [await addFile(officer, of, 'To the right post.txt')], seat);
    await deliver(other, second);
    await until(() => packageOf(officer.session, second)?.files[0]?.receipts.length, 'the receipt');
    expect(await line(officer, of)).toBe(WAITS);
    await takeBack(officer, first);
    await isLive(officer, of);
    await until(async () => (await namesIn(other, of)).join() === 'To the right post.txt', 'its own file alone');
    expect(await heldBy(other, 'To the wrong post', 'To the right post')).toEqual(['To the right post']);
  });
});

describe('is let in', () => {
  it('after a crash between the receipt and the grant, once', async () => {
    const of = await makeCase(officer, 'R v Grosvenor');
    const sent = await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]);
    await isSent(officer);
    officer.goOffline();
    await deliver(prosecutor, sent);
    await isSent(prosecutor);
    await officer.crash();
    officer.goOnline();
    // The receipt comes; before anything follows from it, the computer is off again.
    await until(() => officer.session.facts.of('receipt').some(({ fact }) => fact.package === sent), 'the receipt');
    officer.goOffline();
    await officer.crash();
    expect(await line(officer, of)).toMatch(/^(Will be live with .* when this computer is on line|Live with)/);
    officer.goOnline();
    await isLive(officer, of);
    await isLive(prosecutor, of);
    expect(await grants(prosecutor, of)).toBe(1);
    expect([officer.alarms, prosecutor.alarms]).toEqual([[], []]);
  });

  it('by a colleague\u2019s computer while the one that released is off', async () => {
    const colleague = await world.computer('colleague', 'officer2');
    const of = await makeCase(officer, 'R v Hetherington');
    const sent = await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]);
    await isSent(officer);
    officer.goOffline();
    await deliver(prosecutor, sent);
    await isLive(prosecutor, of);
    await until(async () => (await namesIn(prosecutor, of)).join() === 'one.txt', 'the file');
    const [item] = (await prosecutor.view(of)).items;
    expect(item?.addedBy).toBe('DC Priya Nair');
    officer.goOnline();
    await isLive(officer, of);
    expect(await line(officer, of)).toBe(await line(colleague, of));
    expect(await grants(colleague, of)).toBe(1);
  }, 40_000);

  it('by two computers at once: one is told to look again, and both write on', async () => {
    const colleague = await world.computer('another colleague', 'officer2');
    const of = await makeCase(officer, 'R v Ingleby');
    await releaseTo(officer, of, [await addFile(officer, of, 'one.txt')]);
    const area = await colleague.area(of, 'case file');
    await isSent(officer);
    const head = await until(() => colleague.session.log.replica(area).state.access?.head, 'the chain');
    expect(officer.session.log.replica(area).state.access?.head).toBe(head);
    const [mine, theirs] = [await officer.openDocument(area, 'summary'), await colleague.openDocument(area, 'summary')];
    const stream = await streamOf(officer.session.platform, area, 'chain');
    const seats = [{ ...partnerPost(officer.session), role: 'contributor' as const }];
    const both = [officer, colleague];
    for (const computer of both) computer.goOffline();
    for (const { session } of both)
      await session.log.writer.write([{ area, stream, kind: 'chain', op: { op: 'grant', seats }, boxes: [] }]);
    mine.text.insert(0, 'The officer. ');
    theirs.text.insert(0, 'The colleague. ');
    await until(() => mine.isSaved && theirs.isSaved);
    for (const computer of both) computer.goOnline();
    await until(() => mine.text.toJSON() === theirs.text.toJSON() && mine.text.length > 20, 'the words of both');
    for (const computer of both) await isSent(computer);
    mine.text.insert(0, 'Once more. ');
    await until(() => theirs.text.toJSON().startsWith('Once more'), 'what is written after it');
    for (const computer of both) await isLive(computer, of);
    expect(await grants(colleague, of)).toBe(1);
    expect(both.map(({ alarms }) => alarms)).toEqual([[], []]);
    for (const computer of both) await computer.crash();
    for (const computer of both) await isLive(computer, of);
    expect(both.map(({ alarms }) => alarms)).toEqual([[], []]);
  }, 40_000);
});

/** Chain entries of the Case file, as this computer took them, without the one that made it. */
async function grants({ session }: Computer, of: CaseId): Promise<number> {
  const area = caseFileOf(session, of)!.area;
  const stream = await streamOf(session.platform, area, 'chain');
  return (await session.db.log.where('area').equals(area).toArray()).filter((row) => row.stream === stream).length - 1;
}
