/**
 * The work on a case between two organisations, over a real relay: what one does reaches the other and says the same there;
 * what one may not do is not written by an honest client, and refused by everybody where a modified one writes it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AreaId, CaseId, Hash, PackageId, SeatId, WorkId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import { toHex } from '../../../shared/primitives/bytes.ts';
import { canonicalJson } from '../../../shared/primitives/json.ts';
import { sha256 } from '../../../shared/primitives/platform.ts';
import { ok } from '../../../shared/primitives/result.ts';
import { builtInRules } from '../../../shared/model/rules/builtIn.ts';
import { bundleOf } from '../../../shared/model/rules/bundle.ts';
import { sentenceOf } from '../../../shared/model/rules/parts.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
import { fellshireAgreement } from '../../../shared/model/work/agreement/fellshire.fixture.ts';
import { DEFAULT_PERMISSIONS } from '../../../shared/model/work/permissions/table.ts';
import { encodeCbor } from '../../../shared/primitives/cbor.ts';
import type { DisposalRow } from '../../../shared/ipc/keeping.ts';
import type { ColleagueRow, TaskRow, WorkAct } from '../../../shared/ipc/work.ts';
import type { AllMeasures } from '../../../shared/model/work/measures/measures.ts';
import type { FileRecord, Party } from '../../../shared/model/events.ts';
import type { WorkFact } from '../../../shared/model/facts/event.ts';
import { eventPiece } from '../../../renderer/sync/cases/pieces.ts';
import { doWork } from '../../../renderer/sync/cases/work/doing.ts';
import { workOf } from '../../../renderer/sync/cases/work/folded.ts';
import { reviewedNow } from '../../../renderer/sync/cases/work/reviewed.ts';
import { computeView } from '../../../renderer/sync/views/views.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { addFile, deliver, makeCase, me, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let prosecutor: Computer;
/** A supervisor, who holds no post of the officer's. */
let sergeant: Computer;
/** An officer of the same post, who is a supervisor as well. */
let both: Computer;
let of: CaseId;
let area: AreaId;
let statement: FileRecord;
let sent: PackageId;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor, sergeant] = await Promise.all([
    world.computer('officer', 'officer'),
    world.computer('prosecutor', 'prosecutor'),
    world.computer('sergeant', 'sergeant'),
  ]);
  of = await makeCase(officer);
  statement = await addFile(officer, of, 'statement.txt');
  sent = await releaseTo(officer, of, [statement]);
  await deliver(prosecutor, sent);
  area = await prosecutor.area(of, 'case file');
}, 40_000);
afterAll(() => world.end(), 20_000);

async function does({ session }: Computer, what: WorkAct): Promise<WorkId> {
  const done = await doWork(session, of, what);
  if (!done.ok) throw new Error(done.cause);
  return done.value as WorkId;
}
/** Writes a fact as it is, as a modified client would: signed, sealed, and asked of nobody. */
async function writes({ session }: Computer, fact: WorkFact): Promise<void> {
  const done = await session.log.writer.write([await eventPiece(session, area, fact)]);
  expect(done.ok).toBe(true);
}
const activity = async (computer: Computer): Promise<string> =>
  (await computer.view(of)).activity.map(({ sentence }) => sentence).join('\n');
const shows = (computer: Computer, words: string): Promise<unknown> =>
  until(
    async () => (await activity(computer)).includes(words),
    () => `in the activity: ${words}`,
  );

const RAISED = {
  is: 'action raised',
  text: 'Obtain the CCTV of the second camera',
  paths: ['exhibits'],
  items: [],
  rule: null,
  package: null,
  due: '2026-12-03',
} as const;

describe('the action plan', () => {
  it('goes from the prosecutor to the officer and back', async () => {
    const action = await does(prosecutor, { ...RAISED, paths: [...RAISED.paths], items: [] });
    const seen = await until(() => workOf(officer.session, of).actions.find(({ id }) => id === action));
    expect(seen).toMatchObject({
      text: RAISED.text,
      due: '2026-12-03',
      state: 'open',
      raised: { by: { personName: 'Helen Marsh' } },
    });
    await shows(officer, 'Helen Marsh raised an action: “Obtain the CCTV of the second camera”, due 2026-12-03');
    await does(officer, {
      is: 'action answered',
      action,
      outcome: 'disputed',
      reason: 'There is no second camera',
      items: [],
      sent: [],
    });
    await until(() => workOf(prosecutor.session, of).actions[0]?.state === 'disputed');
    await does(prosecutor, { is: 'action closed', action, outcome: 'not pursued', note: '' });
    await until(() => workOf(officer.session, of).actions[0]?.state === 'closed');
    expect(workOf(officer.session, of)).toEqual(workOf(prosecutor.session, of));
  });

  it('is not written by an honest client whose person may not', async () => {
    const done = await doWork(officer.session, of, { ...RAISED, paths: [], items: [] });
    expect(done).toEqual({ ok: false, cause: 'not allowed' });
  });
});

describe('a modified client', () => {
  it('decides no charge as an officer: refused by the other side, and shown', async () => {
    const { session } = officer;
    await writes(officer, {
      is: 'decided',
      id: newId<WorkId>(session.platform),
      supersedes: null,
      outcome: 'charge',
      route: 'prosecutor',
      test: 'full code',
      offences: [],
      reasons: 'because I say so',
      by: me(session),
      at: session.platform.now(),
    });
    await shows(prosecutor, 'none of its writer’s roles may do this (Decide a charge)');
    await shows(officer, 'none of its writer’s roles may do this (Decide a charge)');
    for (const { session: one } of [officer, prosecutor]) {
      expect(workOf(one, of).decisions).toEqual([]);
      expect(workOf(one, of).refused.map(({ why, action }) => [why, action])).toEqual([['not permitted', 'decided']]);
    }
    await until(() => prosecutor.alarms.some((sentence) => sentence.includes('(Decide a charge)')));
  });

  it('alters a statement after it was signed: refused by the other side, and shown', async () => {
    const { item, content } = statement;
    await does(officer, {
      is: 'signed',
      supersedes: null,
      path: 'statements/1',
      item,
      version: content.version,
      sha256: content.sha256,
      signatory: 'A. Witness',
    });
    await shows(prosecutor, 'DC Priya Nair recorded that A. Witness signed statement.txt');
    const altered = { ...statement, content: { ...content, sha256: 'ab'.repeat(32) as Hash } };
    const { session } = officer;
    const fact = { is: 'entered', package: sent, file: altered, by: me(session), at: session.platform.now() } as const;
    const done = await session.log.writer.write([await eventPiece(session, area, fact)]);
    expect(done.ok).toBe(true);
    await shows(prosecutor, 'it alters a statement after it was signed');
    expect(workOf(prosecutor.session, of).signatures[0]).toMatchObject({ sha256: content.sha256, altered: null });
  });

  it('writes a kind of a later version: kept, passed on, and shown as made by one', async () => {
    const { session } = officer;
    const plain = encodeCbor({ is: 'of a later version', by: me(session), at: 1, anything: [1, 2] });
    const piece = {
      ...(await eventPiece(session, area, { is: 'reopened', reason: '', by: me(session), at: 1 })),
      plain,
    };
    expect((await session.log.writer.write([piece])).ok).toBe(true);
    await shows(prosecutor, 'DC Priya Nair did something with a newer version of Joinder');
    expect((await prosecutor.view(of)).work.newer).toBe(1);
    await prosecutor.crash();
    await shows(prosecutor, 'DC Priya Nair did something with a newer version of Joinder');
  });
});

/** A colleague as work is given to them, as the screen lists them. */
async function colleague({ desktop }: Computer, name: string): Promise<Party> {
  const rows = (await computeView(desktop, 'colleagues')) as readonly ColleagueRow[];
  const found = rows.find(({ party }) => party.personName === name);
  if (!found) throw new Error('nobody of that name');
  return found.party;
}
const openSteps = async (computer: Computer): Promise<string[]> =>
  (await computer.view(of)).work.where.open.map(({ id }) => id);

describe('a review', () => {
  it('lets a supervisor of another post open the case, sign it off, and see what changed since', async () => {
    expect(sergeant.session.facts.of('case')).toEqual([]);
    const to = await colleague(officer, 'PS Ruth Vane');
    const review = await does(officer, { is: 'review asked', stage: 'charging', to, note: 'Please' });
    await sergeant.area(of, 'working papers');
    await until(() => workOf(sergeant.session, of).reviews.some(({ id }) => id === review));
    const mine = async () =>
      ((await computeView(sergeant.desktop, 'tasks')) as readonly TaskRow[])
        .filter((task) => task.mine)
        .map(({ title, step }) => `${title}: ${step.id}`);
    await until(async () => (await mine()).includes('R v Harrow: charging-review'), 'the review among her tasks');
    const before = async ({ session }: Computer) => JSON.stringify(await reviewedNow(session, of));
    await until(async () => (await before(sergeant)) === (await before(officer)), 'the whole case before her');
    await does(sergeant, { is: 'review given', review, outcome: 'signed off', note: 'Good', comments: [] });
    await until(() => workOf(officer.session, of).reviews[0]?.given?.by.personName === 'PS Ruth Vane');
    const changed = async () => (await officer.view(of)).work.changedSince[review];
    expect(await changed()).toEqual([]);
    await addFile(officer, of, 'more.txt');
    expect(await changed()).toEqual(['more.txt was added']);
    // It is the police's own: the other side has none of it.
    expect(workOf(prosecutor.session, of).reviews).toEqual([]);
  });

  it('is never one\u2019s own', async () => {
    both = await world.computer('both', 'officer2');
    await both.area(of, 'working papers');
    const review = await does(both, { is: 'review asked', stage: 'charging', to: null, note: '' });
    const given = { is: 'review given', review, outcome: 'signed off', note: '', comments: [] } as const;
    expect(await doWork(both.session, of, { ...given, comments: [] })).toEqual({ ok: false, cause: 'not allowed' });
  });
});

describe('the process', () => {
  it('says the same on both sides where both see the same, and whose the next step is', async () => {
    await until(async () => (await openSteps(prosecutor)).includes('charging-allocate'));
    expect(await openSteps(officer)).toContain('charging-triage');
    const triage = (await prosecutor.view(of)).work.where.open.find(({ id }) => id === 'charging-triage');
    expect(triage).toMatchObject({
      whose: { side: 'prosecution', roles: ['prosecutor', 'paralegal'] },
      overdue: false,
    });
  });
});

describe('a sharing agreement', () => {
  it('binds when the other side has accepted it, and brings the permissions by which both then judge', async () => {
    const manager = await world.computer('manager', 'prosecutor2');
    await manager.area(of, 'case file');
    await both.area(of, 'case file');
    const rule = DEFAULT_PERMISSIONS.actions['action raised'];
    if (!rule) throw new Error('no such act');
    const allow = [{ roles: ['prosecution manager'], stages: 'every' as const }];
    const permissions = {
      ...DEFAULT_PERMISSIONS,
      name: 'managers raise actions',
      actions: { ...DEFAULT_PERMISSIONS.actions, 'action raised': { ...rule, allow } },
    };
    const agreement = await does(both, { is: 'agreement offered', agreement: fellshireAgreement(), permissions });
    for (const { session } of [prosecutor, manager])
      await until(() => workOf(session, of).agreements.length === 1, 'the offer');
    const accepted = { is: 'agreement accepted', agreement } as const;
    expect(await doWork(prosecutor.session, of, accepted)).toEqual({ ok: false, cause: 'not allowed' });
    expect((await prosecutor.view(of)).work.may).toContain('action raised');
    await does(manager, accepted);
    await until(() => workOf(prosecutor.session, of).agreements[0]?.inForce);
    expect((await prosecutor.view(of)).work.may).not.toContain('action raised');
    const raised = { ...RAISED, paths: [], items: [] };
    expect(await doWork(prosecutor.session, of, raised)).toEqual({ ok: false, cause: 'not allowed' });
    const { session } = prosecutor;
    const by = me(session);
    await writes(prosecutor, { ...raised, id: newId<WorkId>(session.platform), by, at: session.platform.now() });
    await shows(officer, 'none of its writer\u2019s roles may do this (Raise an action)');
    const step = (await officer.view(of)).work.where.open.find(({ id }) => id === 'charging-triage');
    expect(step?.whose.agreed).toBe(true);
  });
});

/** Straight into the directory, as `authority rules publish` does it after its checks. */
async function publish(change: (process: { steps: { id: string; title: string }[] }) => void): Promise<void> {
  const texts = Object.fromEntries([...builtInRules().files].map(([name, content]) => [name, canonicalJson(content)]));
  const process = JSON.parse(texts['process.json'] ?? '') as Parameters<typeof change>[0];
  change(process);
  const made = bundleOf({ ...texts, 'process.json': JSON.stringify(process) });
  if (!made.ok) throw new Error(made.cause.map(sentenceOf).join(' '));
  const { bytes } = made.value;
  const hash = toHex(await sha256(nodePlatform, bytes)) as Hash;
  const rules = { is: 'rules', name: 'Rules', version: '2', from: '2021-01-01', sha256: hash, bytes } as const;
  await world.authority('police').directory.change(() => ok({ statements: [rules], value: null }));
  world.publish('police');
}

it('takes a changed step of the process from published rule data, with no restart', async () => {
  await publish(({ steps }) => {
    for (const step of steps) if (step.id === 'charging-triage') step.title = 'Look the file through';
  });
  await until(async () =>
    (await officer.view(of)).work.where.open.some(({ title }) => title === 'Look the file through'),
  );
});

describe('a hand-over', () => {
  it('gives the case to a colleague of another post, who may go on with it', async () => {
    const to = await colleague(officer, 'PS Ruth Vane');
    await does(officer, { is: 'handed over', to, reason: 'leave', absent: false });
    await until(() => workOf(prosecutor.session, of).holder?.personName === 'PS Ruth Vane');
    const held = () => sergeant.session.log.replica(area).access?.seats.get(to.seat)?.role;
    await until(() => held() === 'lead', 'access to the Case file');
    await does(sergeant, {
      is: 'message',
      about: { is: 'case' },
      text: 'It is mine now',
      disclosable: false,
      replyTo: null,
    });
    await shows(prosecutor, 'PS Ruth Vane wrote about the case: “It is mine now”');
  });
});

describe('two changes of access at once', () => {
  it('hold nothing up: the one that came second is left out, what followed it arrives', async () => {
    const other = await makeCase(officer, 'R v Ash');
    const papers = await both.area(other, 'working papers');
    officer.goOffline();
    const [mine, theirs] = [await colleague(officer, 'PS Ruth Vane'), await colleague(both, 'PS Ruth Vane')];
    const granted = async ({ session }: Computer, seat: SeatId): Promise<void> => {
      const op = { op: 'grant', seats: [{ seat, org: session.identity.org, role: 'contributor' }] } as const;
      const stream = await streamOf(session.platform, papers, 'chain');
      expect((await session.log.writer.write([{ area: papers, stream, kind: 'chain', op, boxes: [] }])).ok).toBe(true);
    };
    await granted(both, theirs.seat);
    await until(async () => (await both.session.db.outbox.count()) === 0);
    await granted(officer, mine.seat);
    await addFile(officer, other, 'after it.txt');
    officer.goOnline();
    await until(
      async () => (await both.view(other)).items.some(({ file }) => file.name === 'after it.txt'),
      'what followed',
    );
    await until(async () => (await officer.session.db.outbox.count()) === 0, 'an empty outbox');
    expect(officer.alarms.join()).not.toMatch(/older copy|did not get to the relay/);
  });
});

const measured = async ({ desktop }: Computer) => ((await computeView(desktop, 'measures')) as AllMeasures).all;

it('counts the same measures on both sides', async () => {
  await until(
    async () => JSON.stringify(await measured(officer)) === JSON.stringify(await measured(prosecutor)),
    'the same measures',
  );
  expect(await measured(prosecutor)).toMatchObject({
    released: 1,
    actionsRaised: 1,
    actionsAnswered: 1,
    actionsClosed: 1,
  });
});

describe('an end', () => {
  it('takes two people, and each computer says that it has destroyed what it held; the partner keeps its own', async () => {
    await does(sergeant, { is: 'closed', outcome: 'no further action', retention: null, reason: '' });
    await until(() => workOf(officer.session, of).closed !== null);
    expect(await openSteps(officer)).toEqual([]);
    const asked = { is: 'disposal asked', reason: 'done' } as const;
    expect(await doWork(sergeant.session, of, asked)).toEqual({ ok: false, cause: 'not reviewed' });
    const reviewed = { is: 'retention reviewed', retention: null, rationale: 'nothing is left to do', next: null };
    await does(sergeant, { ...reviewed, is: 'retention reviewed', decision: 'dispose' });
    const hold = await does(sergeant, { is: 'held', reason: 'an appeal is open', until: null });
    expect(await doWork(sergeant.session, of, asked)).toEqual({ ok: false, cause: 'held' });
    await does(sergeant, { is: 'hold lifted', hold, reason: 'the appeal was dismissed' });
    const disposal = await does(sergeant, asked);
    expect(await doWork(sergeant.session, of, { is: 'disposal agreed', disposal })).toEqual({
      ok: false,
      cause: 'not allowed',
    });
    await until(() => both.session.facts.of('disposal asked').length === 2, 'the proposal in both places');
    await does(both, { is: 'disposal agreed', disposal });
    const rows = async () => (await computeView(sergeant.desktop, 'disposals')) as readonly DisposalRow[];
    await until(async () => (await rows())[0]?.word.text === 'Destroyed on all 3 computers that held it');
    expect((await rows())[0]).toMatchObject({
      askedBy: 'PS Ruth Vane',
      agreedBy: 'DS Tom Okafor',
      outcome: 'no further action',
    });
    expect(await prosecutor.view(of)).toMatchObject({ row: { closed: true } });
    // What is counted outlives the case, on our side as on theirs.
    expect(await measured(prosecutor)).toMatchObject({ released: 1, actionsRaised: 1 });
    for (const computer of [officer, sergeant, both])
      expect(await measured(computer)).toEqual(await measured(prosecutor));
  });
});
