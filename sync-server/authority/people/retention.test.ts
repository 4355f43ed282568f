import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { utf8 } from '../../../shared/primitives/bytes.ts';
import { DAY, HOUR, SECOND } from '../../../shared/primitives/units.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { makeAuthority } from '../authority.fixture.ts';
import { importPersonnel } from '../hr/hrImport.ts';
import { keepStep } from './keepStep.ts';
import { deleteDue, endHold, holdLeaver, leavers } from './retention.ts';
import { reconcile } from './reconcile.ts';

let authority: TestAuthority;
beforeEach(async () => (authority = await makeAuthority()));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  authority.remove();
});

const inDays = (days: number): string => new Date(authority.platform.now() + days * DAY).toISOString().slice(0, 10);
const take = async (...rows: string[]): Promise<void> => {
  const bytes = utf8(['staff number,name,unit,post,start,end', ...rows].join('\n'));
  const done = await importPersonnel(authority, bytes, { dryRun: false, force: true });
  if (!done.ok) throw new Error('refused');
};
const PRIYA = 'E1,Priya Nair,Kendal CID,Officer,2020-01-06';
const SAM = 'E2,Sam Hale,Penrith,Clerk,2020-01-06';
const known = (): (string | null)[] => authority.people.people().map(({ facts }) => facts.staffNumber);

it('keeps what is known of a leaver for 60 days, says until when, then deletes it and keeps the record', async () => {
  await take(PRIYA, SAM);
  const [{ id } = { id: '' }] = authority.people.people();
  expect(await leavers(authority)).toEqual([]);
  await take(SAM);
  expect(await leavers(authority)).toMatchObject([
    { name: 'Priya Nair', left: inDays(0), deleted: inDays(60), hold: null },
  ]);
  authority.pass(59 * DAY);
  expect(deleteDue(authority, 'command')).toBe(0);
  authority.pass(DAY);
  expect(deleteDue(authority, 'command')).toBe(1);
  expect(known()).toEqual(['E2']);
  expect(authority.people.record().map(({ what, person }) => [what, person === id])).toEqual([
    ['joined', true],
    ['joined', false],
    ['left', true],
    ['deleted', true],
  ]);
  const state = await authority.directory.state();
  expect(
    [...state.people.values()].map(({ name }) => name),
    'what they wrote keeps its name',
  ).toContain('Priya Nair');
  await reconcile(authority, 'the day');
  expect((await authority.directory.state()).n).toBe(state.n);
});

it('is stopped by a hold, and goes on when it is ended; who returned is kept', async () => {
  await take(PRIYA, SAM, 'E3,Una Field,Penrith,Clerk,2020-01-06');
  await take('E3,Una Field,Penrith,Clerk,2020-01-06');
  expect((await holdLeaver(authority, 'Priya Nair', 'an inquiry')).ok).toBe(true);
  expect(await holdLeaver(authority, 'Nobody', 'an inquiry')).toEqual({ ok: false, cause: 'unknown person' });
  await take(SAM, 'E3,Una Field,Penrith,Clerk,2020-01-06');
  authority.pass(70 * DAY);
  expect(deleteDue(authority, 'command')).toBe(0);
  expect(await leavers(authority)).toMatchObject([{ name: 'Priya Nair', hold: 'an inquiry' }]);
  expect(authority.people.record().find(({ what }) => what === 'held')).toMatchObject({ about: 'an inquiry' });
  expect((await endHold(authority, 'Priya Nair')).ok).toBe(true);
  expect(await endHold(authority, 'Priya Nair')).toEqual({ ok: false, cause: 'no hold' });
  expect(deleteDue(authority, 'command')).toBe(1);
  expect(known()).toEqual(['E2', 'E3']);
});

it('takes the organisation’s own number of days, and is done by a running authority on the day', async () => {
  await take(PRIYA, SAM);
  await take(SAM);
  authority.people.change(() => authority.people.keepDays(3));
  authority.pass(3 * DAY);
  const step = keepStep(
    authority,
    () => undefined,
    (error) => {
      throw error;
    },
  );
  step.look();
  await step.stop();
  expect(known()).toEqual(['E2']);
});

it('tries again a moment after a failure, also where the clock was set back meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  await take(PRIYA, SAM);
  await take(SAM);
  authority.pass(61 * DAY);
  vi.spyOn(authority.people, 'dropPerson').mockImplementationOnce(() => {
    throw new Error('the disk is full');
  });
  const failed = vi.fn<(error: unknown) => void>();
  const step = keepStep(authority, () => undefined, failed);
  step.look();
  await vi.waitUntil(() => failed.mock.calls.length > 0);
  vi.advanceTimersByTime(6 * SECOND);
  vi.setSystemTime(Date.now() - HOUR);
  await vi.waitUntil(() => {
    step.look();
    return known().length === 1;
  });
  await step.stop();
  expect(known()).toEqual(['E2']);
});

it('is not undone by a file that goes on naming who left; who has yet to start is no leaver', async () => {
  await take(`${PRIYA},2021-01-31`, SAM, `E4,Ada Fell,Penrith,Clerk,${inDays(90)}`);
  expect(known()).toEqual(['E2', 'E4']);
  authority.pass(70 * DAY);
  expect(deleteDue(authority, 'command')).toBe(0);
  expect(await leavers(authority)).toEqual([]);
});
