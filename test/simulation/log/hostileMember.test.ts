/**
 * A member with a modified client: whatever they put into the log is refused or quarantined by everybody else, who are told,
 * go on working, and do so after a restart as well. Entries are written by a real device with a real right to write; only
 * what is in them is false.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { areasOf, fileOf, packages } from '../../../renderer/sync/cases/caseIndex.ts';
import { makeArea } from '../../../renderer/sync/cases/makeArea.ts';
import { eventPiece, intakePiece } from '../../../renderer/sync/cases/pieces.ts';
import type { ChainPiece, Piece } from '../../../renderer/sync/log/writer.ts';
import type { AreaId, CaseId, Hash, PackageId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { V2_BOMB, nested, slowPair } from '../../support/bombs.ts';
import { addFile, deliver, fileRecord, makeCase, me, partnerPost, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import type { OpenDocument } from './openDocument.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let hostile: Computer;
let honest: Computer;
let of: CaseId;
let file: FileRecord;
let sent: PackageId;
let area: AreaId;
/** The summary of the Case file, as an officer's and an honest prosecutor's window show it. */
let mine: OpenDocument;
let theirs: OpenDocument;

beforeAll(async () => {
  world = await World.begin();
  [officer, hostile] = await Promise.all([
    world.computer('officer', 'officer'),
    world.computer('hostile', 'prosecutor'),
  ]);
  of = await makeCase(officer);
  file = await addFile(officer, of, 'statement.txt');
  sent = await releaseTo(officer, of, [file]);
  await deliver(hostile, sent);
  area = await hostile.area(of, 'case file');
  honest = await world.computer('honest', 'prosecutor2');
  await honest.area(of, 'case file');
  // The modified client does not take its own bait.
  hostile.session.docs.takeOwn = () => {};
  await openBoth();
}, 40_000);
afterAll(() => world.end(), 20_000);

async function openBoth(): Promise<void> {
  [mine, theirs] = await Promise.all([officer.openDocument(area, 'summary'), honest.openDocument(area, 'summary')]);
}

let written = 0;
/** Something typed by each of the honest gets to the other. */
async function worksOn(): Promise<void> {
  written++;
  mine.text.insert(0, `officer ${written}. `);
  theirs.text.insert(theirs.text.length, `lawyer ${written}. `);
  await until(
    () =>
      [mine, theirs].every(
        ({ text }) => text.toJSON().includes(`officer ${written}`) && text.toJSON().includes(`lawyer ${written}`),
      ),
    'honest text on both sides',
  );
  expect(mine.text.toJSON()).toBe(theirs.text.toJSON());
}

async function write(...pieces: (Piece | ChainPiece)[]): Promise<void> {
  const done = await hostile.session.log.writer.write(pieces);
  expect(done.ok).toBe(true);
}
async function edit(client: number, update: Uint8Array): Promise<Piece> {
  return {
    area,
    stream: await streamOf(hostile.session.platform, area, 'summary'),
    kind: 'edit',
    plain: encodeFact({ client, update }),
    seal: 'stream',
  };
}
const warned = (computer: Computer, words: string): Promise<unknown> =>
  until(
    () => computer.alarms.some((sentence) => sentence.includes(words)),
    () => `a warning: ${words}; there are ${computer.alarms.join(' | ')}`,
  );

/** A document of the hostile member's own making, under a client id of its own. */
function forged(text: string): { client: number; doc: Y.Doc; update: Uint8Array } {
  const doc = new Y.Doc();
  doc.getText('text').insert(0, text);
  return { client: doc.clientID, doc, update: Y.encodeStateAsUpdate(doc) };
}

describe('edits', () => {
  it('refuses structs under another client id', async () => {
    await worksOn(); // now the id is the officer's
    const doc = new Y.Doc();
    doc.clientID = mine.doc.clientID;
    doc.getText('text').insert(0, 'I am the officer. '.repeat(9));
    const { clientID } = doc;
    await write(await edit(clientID, Y.encodeStateAsUpdate(doc)), await edit(clientID + 1, Y.encodeStateAsUpdate(doc)));
    await warned(
      officer,
      '2 entries by Helen Marsh, Fellshire Prosecution Service were refused: it writes under another',
    );
    await warned(honest, 'it writes under another computer’s mark');
    await worksOn();
  });

  it('hears no client id that it could use before its owner does', async () => {
    const window = await officer.openDocument(area, 'summary');
    const heard: number[] = [];
    hostile.session.docs.takePresence = (_area, _stream, update) => {
      const awareness = new Awareness(new Y.Doc());
      applyAwarenessUpdate(awareness, update, 'link');
      heard.push(...[...awareness.getStates().keys()].filter((client) => client !== awareness.clientID));
      awareness.destroy();
    };
    hostile.session.presence.watch([area]);
    await until(() => {
      window.announce();
      return heard.length > 0;
    }, 'presence of the officer');
    expect(heard).not.toContain(window.doc.clientID);
  });

  it('refuses to delete what was not written yet', async () => {
    const { client, update } = forged('x');
    const future = new Y.Doc();
    future.clientID = client;
    future.getText('text').insert(0, 'x'.repeat(500));
    const all = new Y.Doc();
    Y.applyUpdate(all, Y.encodeStateAsUpdate(future));
    const before = Y.encodeStateVector(all);
    all.getText('text').delete(100, 100);
    await write(
      await edit(client, update),
      await edit(client, Y.diffUpdate(Y.encodeStateAsUpdate(all, before), Y.encodeStateVector(future))),
    );
    await warned(officer, 'it deletes what was not written yet');
    await worksOn();
  });

  it('refuses a second content for a clock that is taken', async () => {
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'one content. ');
    const other = new Y.Doc();
    other.clientID = doc.clientID;
    other.getText('text').insert(0, 'another one. ');
    await write(
      await edit(doc.clientID, Y.encodeStateAsUpdate(doc)),
      await edit(doc.clientID, Y.encodeStateAsUpdate(other)),
    );
    await warned(officer, 'it says a second thing in a place that is taken');
    await worksOn();
    expect(mine.text.toJSON()).toContain('one content');
    expect(mine.text.toJSON()).not.toContain('another one');
  });

  it('refuses a V2 bomb, garbage and what is no edit at all', async () => {
    await write(
      await edit(7, V2_BOMB),
      await edit(
        8,
        Uint8Array.from({ length: 300 }, (_, i) => (i * 89) % 256),
      ),
      { ...(await edit(9, V2_BOMB)), plain: new Uint8Array(50).fill(255) },
    );
    await warned(officer, '3 entries by Helen Marsh, Fellshire Prosecution Service were refused: it cannot be read');
    await worksOn();
  });

  it('refuses what is larger than any editor writes', async () => {
    const { client, update } = forged('y'.repeat(600_000));
    await write(await edit(client, update));
    await warned(officer, 'it is larger than any editor writes');
    await worksOn();
    expect(mine.text.toJSON()).not.toContain('yyy');
  });

  it('quarantines what would keep the application busy for minutes', async () => {
    const [first, second] = slowPair(77, 16_000);
    await write(await edit(77, first), await edit(77, second));
    await warned(officer, 'reading it would have stopped the application');
    await warned(honest, 'reading it would have stopped the application');
    await worksOn();
  });
});

it('refuses what nests so deep that readers run out of stack', async () => {
  await write(await edit(78, nested(78, 20_000)));
  await until(() =>
    officer.alarms.some((sentence) => sentence.startsWith('4 entries') && sentence.includes('cannot be read')),
  );
  await worksOn();
});

describe('events', () => {
  it('counts nothing that names another person as its author', async () => {
    const by = me(officer.session);
    await write(
      await eventPiece(hostile.session, area, {
        is: 'entered',
        package: sent,
        file: fileRecord(hostile.session, 'planted.txt'),
        by,
        at: 1,
      }),
    );
    await warned(officer, 'it names another person as its author');
  });

  it('counts no file that is added to the Case file without a release', async () => {
    const added = fileRecord(hostile.session, 'slipped in.txt');
    await write(await eventPiece(hostile.session, area, { is: 'added', file: added, by: me(hostile.session), at: 1 }));
    await warned(officer, 'it is not theirs to say');
    const view = await officer.view(of);
    expect(view.items.map((item) => item.file.name)).not.toContain('slipped in.txt');
    expect(view.activity.some(({ sentence }) => sentence.includes('not theirs to say'))).toBe(true);
    expect(fileOf(officer.session, added.content.version)).toBeNull();
  });

  it('counts no receipt over another content, and no withdrawal by who did not send', async () => {
    const [by, sender] = [me(hostile.session), me(officer.session)];
    const { version } = file.content;
    const lie = {
      is: 'receipt',
      what: 'opened',
      package: sent,
      version,
      sha256: 'ab'.repeat(32) as Hash,
      by,
      deviceName: 'x',
      at: 1,
    } as const;
    const withdrawn = { is: 'withdrawn', package: sent, reason: 'because', beforeDelivery: true, by, at: 1 } as const;
    await write(
      await intakePiece(hostile.session, sender, 'receipt', encodeFact(lie)),
      await intakePiece(hostile.session, sender, 'event', encodeFact(withdrawn)),
    );
    await warned(officer, 'it speaks of other content than was sent');
    const [pkg] = (await officer.view(of)).packages;
    expect(pkg?.files[0]?.receipts.map(({ what }) => what)).toEqual(['delivered']);
    expect(pkg?.word.text).not.toMatch(/Opened|Withdrawn/);
    expect(pkg?.condition).toBeNull();
  });

  it('is not led into an area that somebody else made for the same case', async () => {
    const to = me(officer.session);
    const { org, seat } = me(hostile.session);
    const seats = [
      { seat, org, role: 'lead' as const },
      { seat: to.seat, org: to.org, role: 'contributor' as const },
    ];
    const made = await makeArea(hostile.session, { kind: 'working papers', owner: org, seats, from: null });
    await write(
      made.piece,
      await eventPiece(hostile.session, made.area, {
        is: 'case',
        case: of,
        kind: 'charging',
        source: null,
        by: me(hostile.session),
      }),
    );
    await until(() => officer.session.facts.inArea(made.area).length > 0, 'the false area');
    expect(areasOf(officer.session, of).map((a) => a.area)).not.toContain(made.area);
    const next = await addFile(officer, of, 'second.txt');
    expect(hostile.session.facts.all().some(({ fact }) => fact.is === 'added' && fact.file.item === next.item)).toBe(
      false,
    );
  });

  it('signs for no other content under the id of a version that is here', async () => {
    const [by, to] = [me(hostile.session), me(officer.session)];
    officer.desktop.moving.here.add(file.content.version);
    const other: FileRecord = { ...file, content: { ...file.content, sha256: 'cd'.repeat(32) as Hash } };
    const letter = {
      is: 'package',
      package: newId<PackageId>(officer.session.platform),
      case: of,
      title: 'x',
      urn: null,
      kind: 'charging',
      from: by,
      to,
      purpose: 'further evidence',
      urgency: 'routine',
      note: '',
      answers: null,
      at: 1,
      summary: '',
      record: [],
      files: [other],
      caseFile: null,
    } as const;
    await write(
      await intakePiece(hostile.session, to, 'package', encodeFact({ ...letter, files: [other], record: [] })),
    );
    await until(() => packages(officer.session).some((p) => p.package === letter.package), 'the package');
    await warned(officer, 'it speaks of other content than was sent');
    await officer.desktop.moving.signArrived();
    expect(officer.session.facts.of('receipt').filter((f) => f.org === to.org)).toEqual([]);
    expect(fileOf(officer.session, file.content.version)?.content.sha256).toBe(file.content.sha256);
  });

  it('says when a member changes the key and keeps it; other cases go on', async () => {
    const second = await makeCase(officer, 'Locked out');
    await releaseTo(officer, second, []);
    const taken = await hostile.area(second, 'case file');
    const key = { epoch: 2, key: 'ab'.repeat(32) as Hash, boxes: 'cd'.repeat(32) as Hash, link: null };
    await write({
      area: taken,
      stream: await streamOf(hostile.session.platform, taken, 'chain'),
      kind: 'chain',
      op: { op: 'key', key },
      boxes: [],
    });
    await warned(officer, 'Somebody changed the key of one case and gave this computer none.');
    expect(await officer.word(second)).toBe('Needs attention: its key was changed');
    await worksOn();
  });

  it('takes no honest relay for a liar because a member says to have seen another history', async () => {
    const replica = hostile.session.log.replica(area);
    const { row } = replica;
    replica.row = { ...row, n: row.n + 50, h: 'cd'.repeat(32) as Hash };
    const { client, update } = forged('seen what is not');
    await write(await edit(client, update));
    replica.row = row;
    await until(() => hostile.session.log.replica(area).lie !== null, 'the relay to decline it');
    expect(officer.session.log.replica(area).lie).toBeNull();
    await worksOn();
  });
});

it('goes on after a restart, with the same text, the same warnings and nothing of the bait', async () => {
  const before = { text: mine.text.toJSON(), alarms: officer.alarms.length };
  await until(() => mine.isSaved && theirs.isSaved);
  await officer.crash();
  await honest.crash();
  await openBoth();
  await until(() => mine.text.toJSON() === before.text && theirs.text.toJSON() === before.text, 'the text as it was');
  expect(officer.alarms).toHaveLength(before.alarms);
  await worksOn();
  expect(officer.alarms).toHaveLength(before.alarms);
  expect(partnerPost(officer.session)).toMatchObject({ org: me(hostile.session).org });
});
