/**
 * What an administrator does to a directory: posts, people, who holds what, devices, partners. Each act decides on the
 * state as it stands and is signed as one change; doing again what is already so adds nothing and succeeds.
 */
import { isRole } from '../../shared/model/roles.ts';
import type { DeviceId, PersonId, SeatId } from '../../shared/primitives/ids.ts';
import { isId } from '../../shared/primitives/ids.ts';
import { newId } from '../../shared/primitives/naming.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { DirectoryState, Statement } from '../../shared/seal/directory/directory.ts';
import type { Authority } from './authority.ts';

export type ActCause =
  | 'bad name'
  | 'unknown person'
  | 'unknown post'
  | 'unknown device'
  | 'unknown baseline'
  | 'post from elsewhere'
  | 'personal grant'
  | 'no leaver'
  | 'ended by hand'
  | 'not ended'
  | 'no hold'
  | 'unknown role'
  | 'unknown side'
  | 'unknown partner'
  | 'several partners'
  | 'several posts'
  | 'several people'
  | 'bad card'
  | 'other fingerprint'
  | 'own card';

const LONGEST = 200;
const LONGEST_WORD = 64;
const MOST_WORDS = 20;
const looksLikeId = (text: string): boolean => isId(text);

/** A name as it will stand on screens: trimmed, one line, not empty. */
export function readName(text: string): Result<string, 'bad name'> {
  const name = text.normalize('NFC').trim();
  return name === '' || name.length > LONGEST || /\p{Cc}/u.test(name) ? fail('bad name') : ok(name);
}

export function addPost(
  authority: Authority,
  title: string,
  unit: string,
  roles: readonly string[] = [],
): Promise<Result<SeatId, ActCause>> {
  return authority.directory.change(() => {
    const made = newPost(authority, title, unit);
    if (!made.ok) return made;
    const { seat } = made.value;
    const given = rolesOfPost(seat, roles);
    return given.ok ? ok({ statements: [made.value, ...given.value], value: seat }) : given;
  });
}

/** Says what the holders of a post may do, in place of what was said before. */
export function giveRoles(
  authority: Authority,
  post: string,
  roles: readonly string[],
  unit?: string,
): Promise<Result<SeatId, ActCause>> {
  return authority.directory.change<SeatId, ActCause>((state) => {
    const seat = findPost(state, post, unit);
    if (!seat.ok) return seat;
    const given = rolesOfPost(seat.value, roles, state.roles.get(seat.value));
    return given.ok ? ok({ statements: given.value, value: seat.value }) : given;
  });
}

/** The statement that gives a post these roles; none where it has just these. */
function rolesOfPost(
  seat: SeatId,
  roles: readonly string[],
  before: readonly string[] = [],
): Result<Statement[], 'unknown role'> {
  if (!roles.every(isRole)) return fail('unknown role');
  const wanted = [...new Set(roles)];
  const same = wanted.length === before.length && wanted.every((role) => before.includes(role));
  return ok(same ? [] : [{ is: 'roles', seat, roles: wanted }]);
}

/** A post that is to be, or is to be called so. */
export function newPost(
  authority: Authority,
  title: string,
  unit: string,
): Result<Extract<Statement, { is: 'post' }>, ActCause> {
  const named = readName(title);
  const inUnit = unit.trim() === '' ? ok('') : readName(unit);
  if (!named.ok) return named;
  if (!inUnit.ok) return inUnit;
  return ok({ is: 'post', seat: newId<SeatId>(authority.platform), title: named.value, unit: inUnit.value });
}

/** The post with this id or exact title (in this unit, where one is named). */
export function findPost(
  state: DirectoryState,
  post: string,
  unit?: string,
): Result<SeatId, 'unknown post' | 'several posts'> {
  if (looksLikeId(post)) return state.posts.has(post as SeatId) ? ok(post as SeatId) : fail('unknown post');
  const wanted = post.normalize('NFC').trim();
  const found = [...state.posts.values()].filter(
    (p) => p.title === wanted && (unit === undefined || p.unit === unit.normalize('NFC').trim()),
  );
  const [first, second] = found;
  if (first === undefined) return fail('unknown post');
  return second === undefined ? ok(first.seat) : fail('several posts');
}

/** Adds a person who holds these posts. A title that no post has makes that post, in `unit`, with `roles`. */
export function addPerson(
  authority: Authority,
  name: string,
  posts: readonly string[],
  { unit, roles = [] }: { readonly unit?: string | undefined; readonly roles?: readonly string[] } = {},
): Promise<Result<PersonId, ActCause>> {
  return authority.directory.change<PersonId, ActCause>((state) => {
    const named = readName(name);
    if (!named.ok) return named;
    const person = newId<PersonId>(authority.platform);
    const statements: Statement[] = [{ is: 'person', person, name: named.value }];
    for (const post of new Set(posts)) {
      const seat = findPost(state, post, unit);
      if (seat.ok) {
        statements.push({ is: 'holds', person, seat: seat.value });
        continue;
      }
      if (seat.cause === 'several posts' || looksLikeId(post)) return seat;
      const made = newPost(authority, post, unit ?? '');
      if (!made.ok) return made;
      const given = rolesOfPost(made.value.seat, roles);
      if (!given.ok) return given;
      statements.push(made.value, ...given.value, { is: 'holds', person, seat: made.value.seat });
    }
    return ok({ statements, value: person });
  });
}

/** The person with this id or, where only one has it, this exact name. */
export function findPerson(
  state: DirectoryState,
  person: string,
): Result<PersonId, 'unknown person' | 'several people'> {
  if (looksLikeId(person))
    return state.people.has(person as PersonId) ? ok(person as PersonId) : fail('unknown person');
  const [first, second] = [...state.people.values()].filter((p) => p.name === person.normalize('NFC').trim());
  if (first === undefined) return fail('unknown person');
  return second === undefined ? ok(first.person) : fail('several people');
}

/** Says what a person has that cases may ask for, such as a vetting level, in place of what was said before. */
export function giveAttributes(
  authority: Authority,
  person: string,
  has: readonly string[],
): Promise<Result<PersonId, ActCause>> {
  return authority.directory.change<PersonId, ActCause>((state) => {
    const id = findPerson(state, person);
    if (!id.ok) return id;
    const words = has.map(readName);
    const bad = words.find((word) => !word.ok || word.value.length > LONGEST_WORD);
    if (bad !== undefined || words.length > MOST_WORDS) return fail('bad name');
    const wanted = [...new Set(words.flatMap((word) => (word.ok ? [word.value] : [])))];
    const before = state.attributes.get(id.value) ?? [];
    const same = wanted.length === before.length && wanted.every((word) => before.includes(word));
    return ok({
      statements: same ? [] : [{ is: 'attributes' as const, person: id.value, has: wanted }],
      value: id.value,
    });
  });
}

export function revokeDevice(authority: Authority, device: string): Promise<Result<DeviceId, ActCause>> {
  return authority.directory.change<DeviceId, ActCause>((state) => {
    const id = device.trim().toLowerCase() as DeviceId;
    if (!state.known.has(id)) return fail('unknown device');
    return ok({ statements: state.devices.has(id) ? [{ is: 'revoked', device: id }] : [], value: id });
  });
}
