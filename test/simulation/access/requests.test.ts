/**
 * From asking to reading, over real relay and authority: a request goes to whom it is asked of, off line too; approving lets
 * the asker's post in until a day; nobody decides their own; what a partner puts into an intake is no request of ours.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerRequest, askAccess, requestsToDecide, requestsView } from '../../../renderer/sync/access/requests.ts';
import { act, intakePiece } from '../../../renderer/sync/cases/pieces.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import { dayOf } from '../../../shared/primitives/calendar.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { bundleOf } from '../../../shared/model/rules/bundle.ts';
import template from '../../../shared/model/rules/data/agreement.json' with { type: 'json' };
import { smallRules } from '../../../shared/model/rules/fixture.ts';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { Hash, SeatId, WorkId } from '../../../shared/primitives/ids.ts';
import { sha256 as hashed } from '../../../shared/primitives/platform.ts';
import { ok } from '../../../shared/primitives/result.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
import { makeCase, me } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

const OFFICER = 'Officer in the case, Kendal CID';

let world: World;
let officer: Computer;
let tom: Computer;
let ruth: Computer;

beforeAll(async () => {
  world = await World.begin();
  [officer, tom, ruth] = await world.officerAndSupervisors();
}, 40_000);
afterAll(() => world.end(), 20_000);

const postOf = ({ session }: Computer, title: string): SeatId =>
  [...(session.directories.current(session.identity.org)?.posts.values() ?? [])].find((post) => post.title === title)
    ?.seat as SeatId;
const dayIn = (days: number): string => dayOf(Math.floor(officer.session.platform.now() / DAY) + days) as string;
const rowOf = async ({ desktop }: Computer, id: WorkId) =>
  (await requestsView(desktop)).rows.find((row) => row.id === id);

async function ask(by: Computer, wanted: string, title = OFFICER): Promise<WorkId> {
  const to = postOf(by, title);
  const done = await askAccess(by.session, { wanted, role: 'reader', until: dayIn(10), why: 'a linked enquiry', to });
  if (!done.ok) throw new Error(done.cause);
  return done.value;
}

it('asked off line, it goes with the next link; approved, the asker reads, and the request says by whom', async () => {
  const of = await makeCase(officer, 'R v Maple');
  const area = await officer.area(of, 'working papers');
  await until(() => officer.session.log.replica(area).state.access, 'the case at the relay');
  ruth.goOffline();
  const id = await ask(ruth, 'r v MAPLE');
  expect(await rowOf(ruth, id)).toMatchObject({ mine: true, can: { decide: false, takeBack: true } });
  ruth.goOnline();
  const row = await until(() => rowOf(officer, id), 'the request');
  expect(row).toMatchObject({ by: 'PS Ruth Vane', why: 'a linked enquiry', can: { decide: true } });
  expect(row.cases.find(({ fits }) => fits)).toMatchObject({ case: of });
  await until(() => requestsToDecide(tom.session).length === 1, 'the request with the colleague in the post');
  const done = await answerRequest(officer.session, id, { is: 'approve', case: of, until: dayIn(5), why: '' });
  expect(done).toEqual({ ok: true, value: null });
  await until(async () => (await ruth.view(of)) !== null, 'the case');
  await until(() => ruth.session.keyring.areaKey(area, 1), 'its key');
  await until(async () => (await rowOf(ruth, id))?.word.text === 'Approved by DC Priya Nair', 'the answer');
  await until(() => requestsToDecide(tom.session).length === 0, 'nothing left to decide');
  for (const { session } of [officer, ruth])
    await until(async () => (await session.db.outbox.count()) === 0, 'everything of theirs at the relay');
  expect(await answerRequest(tom.session, id, { is: 'decline', why: 'late' })).toEqual({
    ok: false,
    cause: 'already done',
  });
  for (const one of [officer, tom, ruth]) one.pass(7 * DAY);
  await until(async () => (await ruth.view(of)) === null, 'the end, after the day that was approved');
  for (const one of [officer, tom, ruth]) one.pass(-7 * DAY);
});

it('nobody decides their own, by whichever post they hold', async () => {
  // Tom holds both posts: he asks the supervisors, of whom he is one.
  const { session } = tom;
  const to = postOf(tom, 'Supervisor, Kendal CID');
  const own = await askAccess(session, { wanted: 'x', role: 'reader', until: dayIn(3), why: 'y', to });
  expect(own).toEqual({ ok: false, cause: 'own request' });
  // And a modified client that asks all the same, and approves it, is heeded by nobody.
  const id = 'ad'.repeat(16) as WorkId;
  const by = me(session);
  const at = session.platform.now();
  const asked = {
    is: 'access asked' as const,
    id,
    wanted: 'x',
    role: 'reader' as const,
    until: dayIn(3),
    why: 'y',
    to: { seat: to, post: 'Supervisor' },
    by,
    at,
  };
  const decided = {
    is: 'access decided' as const,
    request: id,
    decision: 'approved' as const,
    case: null,
    until: null,
    why: '',
    by,
    at,
  };
  const intake = { org: session.identity.org, seat: to };
  const pieces = await Promise.all(
    [asked, decided].map((fact) => intakePiece(session, intake, 'event', encodeFact(fact))),
  );
  expect((await act(session, pieces)).ok).toBe(true);
  const row = await until(() => rowOf(ruth, id), 'the request');
  await until(() => ruth.session.facts.of('access decided').some(({ fact }) => fact.request === id), 'the answer');
  expect((await rowOf(ruth, id))?.answer).toBe(null);
  expect(row.can.decide).toBe(true);
});

it('one that nobody answered in time is over, and can be asked again as it was, until it has been', async () => {
  const id = await ask(ruth, 'R v Rowan');
  expect((await rowOf(ruth, id))?.can.askAgain).toBe(false);
  ruth.pass(15 * DAY);
  const row = await rowOf(ruth, id);
  expect(row).toMatchObject({ word: { text: 'Expired: nobody answered' }, can: { askAgain: true, takeBack: false } });
  const { wanted, role, why, toSeat } = row as NonNullable<typeof row>;
  const again = await askAccess(ruth.session, { wanted, role, until: dayIn(30), why, to: toSeat });
  expect(again.ok).toBe(true);
  expect((await rowOf(ruth, id))?.can.askAgain, 'asked anew').toBe(false);
  const seen = await until(
    () => rowOf(officer, (again as { value: WorkId }).value),
    'the request with whom it is asked of',
  );
  expect(seen).toMatchObject({ why: 'a linked enquiry', can: { decide: true, askAgain: false } });
  ruth.pass(-15 * DAY);
});

it('a partner’s is none of ours', async () => {
  const prosecutor = await world.computer('prosecutor', 'prosecutor');
  const { session } = prosecutor;
  const org = officer.session.identity.org;
  const seat = postOf(officer, OFFICER);
  await until(() => session.directories.current(org)?.seats.has(seat) === true, 'the partner’s post, with its key');
  const id = 'be'.repeat(16) as WorkId;
  const fact = {
    is: 'access asked' as const,
    id,
    wanted: 'R v Maple',
    role: 'reader' as const,
    until: dayIn(3),
    why: 'let me in',
    to: { seat, post: OFFICER },
    by: me(session),
    at: session.platform.now(),
  };
  expect((await act(session, [await intakePiece(session, { org, seat }, 'event', encodeFact(fact))])).ok).toBe(true);
  await until(() => officer.session.facts.of('access asked').some(({ fact: one }) => one.id === id), 'the entry');
  expect(await rowOf(officer, id)).toBe(undefined);
});

it('where the rules say so the line manager approves first, and the lead’s word counts after theirs alone', async () => {
  const files: Record<string, string> = {
    ...smallRules(),
    'agreement.json': JSON.stringify({ ...template, requests: 'line manager, then lead' }),
  };
  const head = JSON.parse(files['rules.json'] ?? '') as { files: string[] };
  files['rules.json'] = JSON.stringify({ ...head, files: [...head.files, 'agreement.json'] });
  const made = bundleOf(files);
  if (!made.ok) throw new Error('no bundle');
  const { bytes } = made.value;
  const sha256 = toHex(await hashed(nodePlatform, bytes)) as Hash;
  const { computer: una } = await world.computerInNewPost('Una Field', 'police', 'Analyst');
  const [asker, manager] = [una.session.identity.person, ruth.session.identity.person];
  await world.authority('police').directory.change(() =>
    ok({
      statements: [
        { is: 'rules', name: 'Rules', version: '1', from: '2020-01-01', sha256, bytes },
        { is: 'manager', person: asker, manager },
      ],
      value: null,
    }),
  );
  world.publish('police');
  const own = () => una.session.directories.current(una.session.identity.org);
  await until(() => own()?.managers.get(asker) === manager && own()?.rules.length === 1, 'rules and line manager');
  const of = await makeCase(officer, 'R v Yew');
  const area = await officer.area(of, 'working papers');
  await until(() => officer.session.log.replica(area).state.access, 'the case at the relay');
  const id = await ask(una, 'R v Yew');
  const atLead = await until(() => rowOf(officer, id), 'the request with the lead');
  expect([atLead.can.decide, atLead.word.text]).toEqual([
    false,
    'Waits for PS Ruth Vane, Supervisor, Kendal CID, Kendal',
  ]);
  const approve = { is: 'approve' as const, case: of, until: dayIn(5), why: '' };
  expect(await answerRequest(officer.session, id, approve)).toEqual({ ok: false, cause: 'line manager first' });
  await until(async () => (await rowOf(ruth, id))?.can.endorse === true, 'the request with the line manager');
  expect(await answerRequest(ruth.session, id, { is: 'endorse', why: '' })).toEqual({ ok: true, value: null });
  await until(async () => (await rowOf(officer, id))?.can.decide === true, 'the line manager’s word');
  expect(await answerRequest(officer.session, id, approve)).toEqual({ ok: true, value: null });
  await until(async () => (await una.view(of)) !== null, 'the case');
}, 40_000);
