/**
 * The work on a case between two organisations, over a real relay: what one does reaches the other and says the same there;
 * what one may not do is not written by an honest client, and refused by everybody where a modified one writes it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AreaId, CaseId, WorkId } from '../../shared/primitives/ids.ts';
import { newId } from '../../shared/primitives/naming.ts';
import type { WorkAct } from '../../shared/ipc/work.ts';
import type { WorkFact } from '../../shared/model/facts/event.ts';
import { eventPiece } from '../../renderer/sync/cases/releasing.ts';
import { doWork } from '../../renderer/sync/cases/work/doing.ts';
import { workOf } from '../../renderer/sync/cases/work/folded.ts';
import { addFile, makeCase, me, releaseTo } from './cast.ts';
import type { Computer } from './computer.ts';
import { until } from './computer.ts';
import { World } from './world.ts';

let world: World;
let officer: Computer;
let prosecutor: Computer;
let of: CaseId;
let area: AreaId;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor] = await Promise.all([
    world.computer('officer', 'officer'),
    world.computer('prosecutor', 'prosecutor'),
  ]);
  of = await makeCase(officer);
  await releaseTo(officer, of, [await addFile(officer, of, 'statement.txt')]);
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
});
