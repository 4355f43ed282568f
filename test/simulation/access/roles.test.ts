/**
 * Who could do what when they wrote: every computer computes the roles behind a fact alike, by the directory that stood at
 * the fact's own place, whatever the writer's computer knew of it and whatever the directory says today.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { ok } from '../../../shared/primitives/result.ts';
import { addFile, makeCase, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

const POST = 'Officer in the case, Kendal CID';
const FULL = ['officer', 'file builder', 'disclosure officer'];

let world: World;
let officer: Computer;
let colleague: Computer;
let prosecutor: Computer;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor] = await world.officerAndProsecutor();
  colleague = await world.computer('colleague', 'officer2');
}, 40_000);
afterAll(() => world.end(), 20_000);

/** The roles behind each file added, by its name: of those the relay has ordered, or of all. */
const rolesOfAdded = ({ session }: Computer, of: 'all' | 'ordered' = 'ordered'): Record<string, readonly string[]> =>
  Object.fromEntries(
    session.facts
      .of('added')
      .filter(({ n }) => of === 'all' || n !== null)
      .map(({ fact, roles }) => [fact.file.name, roles]),
  );
const ordered = (computer: Computer, name: string) =>
  until(() => name in rolesOfAdded(computer), `${name} in the relay's order`);

/** Straight into the directory: its commands know no role of a later version. */
async function changeRoles(roles: readonly string[]): Promise<void> {
  await world.authority('police').directory.change((state) => {
    const seat = [...state.posts.values()].find((post) => post.title === POST)?.seat;
    if (!seat) throw new Error('no such post');
    return ok({ statements: [{ is: 'roles', seat, roles }], value: null });
  });
  world.publish('police');
}
const sees = (computer: Computer, roles: readonly string[]) =>
  until(
    () => {
      const state = computer.session.directories.current(officer.session.identity.org);
      return [...(state?.roles.values() ?? [])].some((given) => given.join() === roles.join());
    },
    `a post with ${roles.join(', ')}`,
  );

let of: CaseId;

it('tells what the writer could do where the fact stands, on every computer alike', async () => {
  of = await makeCase(officer);
  await addFile(officer, of, 'before.txt');
  await ordered(officer, 'before.txt');

  officer.goOffline();
  await changeRoles(['file builder']);
  await sees(colleague, ['file builder']);
  await addFile(officer, of, 'meanwhile.txt');
  expect(rolesOfAdded(officer, 'all')['meanwhile.txt']).toEqual(FULL); // as far as this computer knows
  officer.goOnline();
  await ordered(officer, 'meanwhile.txt');
  await ordered(colleague, 'meanwhile.txt');

  await changeRoles(['supervisor', 'of a later version']);
  await sees(officer, ['supervisor', 'of a later version']);
  await addFile(officer, of, 'after.txt');
  await ordered(officer, 'after.txt');
  await ordered(colleague, 'after.txt');

  const expected = {
    'before.txt': FULL,
    'meanwhile.txt': ['file builder'],
    'after.txt': ['supervisor', 'of a later version'],
  };
  expect(rolesOfAdded(officer)).toEqual(expected);
  expect(rolesOfAdded(colleague)).toEqual(expected);
  await Promise.all([officer.crash(), colleague.crash()]);
  expect(rolesOfAdded(officer)).toEqual(expected); // judged anew from the disk
  expect(rolesOfAdded(colleague)).toEqual(expected);
});

it('tells a partner what the writer could do, and on which side, by the writer\u2019s own directory', async () => {
  const file = await addFile(officer, of, 'released.txt');
  await releaseTo(officer, of, [file]);
  const [fact] = await until(() => {
    const found = prosecutor.session.facts.of('package');
    return found.length > 0 ? found : null;
  }, 'the package');
  expect(fact?.roles).toEqual(['supervisor', 'of a later version']);
  expect(fact?.side).toBe('police');
});
