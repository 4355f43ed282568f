/**
 * Random careers: personnel files, provider's requests, posts by hand, days that pass, in any order. Whatever came before, the
 * directory says what the rules say of today's facts, and nothing of yesterday's is left over. Failing seeds are printed.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { utf8 } from '../../../shared/primitives/bytes.ts';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { codeFor, enrol, makeAuthority, makeLaptop } from '../authority.fixture.ts';
import { importPersonnel } from '../hr/hrImport.ts';
import { applyPatch } from '../scim/patch.ts';
import { isIn } from './access.ts';
import type { PersonFacts } from './facts.ts';
import { sameText } from './facts.ts';
import { reconcile, today } from './reconcile.ts';
import { createUser, deleteUser, patchUser } from '../scim/users.ts';

const PEOPLE = ['E0', 'E1', 'E2'] as const;
const TITLES = ['Officer', 'Supervisor', 'Clerk'] as const;
const UNITS = ['Kendal', 'Penrith'] as const;

const row = fc.record({
  staff: fc.constantFrom(...PEOPLE),
  title: fc.constantFrom(...TITLES),
  unit: fc.constantFrom(...UNITS),
  starts: fc.constantFrom(-5, 0, 3),
  ends: fc.constantFrom(null, null, -1, 4),
  postStarts: fc.constantFrom(null, null, 2),
});
const step = fc.oneof(
  fc.record({
    do: fc.constant('personnel' as const),
    rows: fc.uniqueArray(row, { selector: (one) => one.staff, minLength: 1 }),
  }),
  fc.record({
    do: fc.constantFrom('create' as const, 'disable' as const, 'enable' as const, 'delete' as const),
    staff: fc.constantFrom(...PEOPLE),
  }),
  fc.record({ do: fc.constant('enrol' as const), staff: fc.constantFrom(...PEOPLE) }),
  fc.record({ do: fc.constant('days' as const), days: fc.integer({ min: 1, max: 5 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const dayIn = (authority: TestAuthority, days: number | null): string =>
  days === null ? '' : new Date(authority.platform.now() + days * DAY).toISOString().slice(0, 10);

async function take(authority: TestAuthority, one: Step): Promise<void> {
  if (one.do === 'days') authority.pass(one.days * DAY);
  else if (one.do === 'personnel') {
    const lines = one.rows.map(({ staff, title, unit, starts, ends, postStarts }) =>
      [
        staff,
        `Name ${staff}`,
        unit,
        title,
        dayIn(authority, starts),
        dayIn(authority, ends === null ? null : Math.max(ends, starts)),
        dayIn(authority, postStarts),
      ].join(','),
    );
    const file = utf8(['staff number,name,unit,post,start,end,post start', ...lines].join('\n'));
    const done = await importPersonnel(authority, file, { dryRun: false, force: true });
    if (!done.ok) throw new Error('a file was refused');
  } else if (one.do === 'enrol') await tryEnrol(authority, one.staff);
  else provide(authority, one.do, one.staff);
  await reconcile(authority, 'test');
}

async function tryEnrol(authority: TestAuthority, staff: string): Promise<void> {
  const known = authority.people.byStaffNumber(staff);
  if (known === null || !(await authority.directory.state()).people.has(known.id)) return;
  const code = await codeFor(authority, known.id).catch(() => null); // refused of who is not in
  expect(code !== null).toBe(isIn(known.facts, today(authority)));
  if (code !== null) await enrol(authority, code, await makeLaptop());
}

const patchOf = (active: boolean) => ({
  Operations: [{ op: 'Replace', path: 'active', value: active ? 'True' : 'False' }],
});
function provide(authority: TestAuthority, what: 'create' | 'disable' | 'enable' | 'delete', staff: string): void {
  const user = {
    userName: `${staff}@x.example`,
    externalId: `id ${staff}`,
    displayName: `Name ${staff}`,
    title: 'Clerk',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { employeeNumber: staff },
  };
  const id = authority.people.byUserName(user.userName)?.id;
  if (what === 'create') createUser(authority, user, '');
  else if (id !== undefined && what === 'delete') deleteUser(authority, id, undefined);
  else if (id !== undefined) patchUser(authority, id, patchOf(what === 'enable'), undefined, '');
}

/** The posts that the facts give on this day, by the rules as they are written in the guide: told apart from the code's own. */
function postsBy({ hr, account }: PersonFacts, day: string): string[] {
  const within = (span: { from: string | null; until: string | null }): boolean =>
    !(span.from !== null && day < span.from) && !(span.until !== null && day > span.until);
  if (account !== null && account.state !== 'active') return [];
  if (hr === null) return account === null ? [] : ['Clerk/'];
  return within(hr)
    ? [...new Set(hr.postings.filter(within).map(({ title, unit }) => `${title}/${unit}`))].toSorted()
    : [];
}

const held = (state: DirectoryState, person: PersonId): string[] =>
  [...(state.holds.get(person) ?? new Set<SeatId>())]
    .map((seat) => `${state.posts.get(seat)?.title}/${state.posts.get(seat)?.unit}`)
    .toSorted();

it('whatever happened before, the directory says what today’s facts say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const authority = await makeAuthority();
      try {
        for (const one of steps) {
          await take(authority, one);
          const [state, day] = [await authority.directory.state(), today(authority)];
          for (const { id, facts } of authority.people.people()) {
            expect(held(state, id)).toEqual(postsBy(facts, day));
            const devices = [...state.devices.values()].filter((device) => device.person === id);
            expect(isIn(facts, day) || devices.length === 0, 'nobody works here who is not in').toBe(true);
          }
          const titles = [...state.posts.values()].map(({ title, unit }) => `${title}/${unit}`);
          expect(new Set(titles).size, 'no post is made twice').toBe(titles.length);
          expect(await reconcile(authority, 'test'), 'asked again, it adds nothing').toBe(false);
        }
      } finally {
        authority.remove();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

it('compares names without case, and PATCH leaves what it was given as it was', () => {
  expect(sameText(' Kendal  CID', 'kendal cid')).toBe(true);
  const before = { active: true };
  applyPatch(before, patchOf(false));
  expect(before).toEqual({ active: true });
});
