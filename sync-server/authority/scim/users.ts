/**
 * Users of the identity provider, as SCIM's acts on the people that the authority knows: a user is a person's account. Each
 * act reads, decides and writes within one transaction; the directory follows afterwards (`people/reconcile.ts`).
 */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Authority } from '../authority.ts';
import type { Account, GroupRow, PersonFacts, PersonRow } from '../people/facts.ts';
import { noFacts, sameText } from '../people/facts.ts';
import { noteMove } from '../people/personal.ts';
import { today } from '../people/reconcile.ts';
import { readUserAttributes } from './attributes.ts';
import type { ScimFailure } from './errors.ts';
import { bad, notHere, taken } from './errors.ts';
import type { JsonObject } from './json.ts';
import { getIn, isObject } from './json.ts';
import { ENTERPRISE, USER } from './names.ts';
import { applyPatch } from './patch.ts';
import type { Resource } from './resource.ts';
import { metaOf, precondition } from './resource.ts';

type Done<T> = Result<T, ScimFailure>;

/** Whether a person has an account that the provider can see. */
const hasAccount = (row: PersonRow | null): row is PersonRow & { facts: { account: Account } } =>
  row?.facts.account !== null && row?.facts.account.state !== 'deleted' && row !== null;

export function allUsers(authority: Authority, base: string): Resource[] {
  const groups = authority.people.groups();
  return authority.people.people().flatMap((row) => (hasAccount(row) ? [render(row, groups, base)] : []));
}

export function getUser(authority: Authority, id: string, base: string): Done<Resource> {
  const row = authority.people.person(id);
  return hasAccount(row) ? ok(render(row, authority.people.groups(), base)) : fail(notHere);
}

export function createUser(authority: Authority, body: unknown, base: string): Done<Resource> {
  const read = readUser(body);
  if (!read.ok) return read;
  const { people } = authority;
  const id = people.change((): Done<PersonId> => {
    if (people.byUserName(read.value.account.userName) !== null) return fail(inUse);
    const known = findPerson(authority, read.value);
    if (hasAccount(known)) return fail(taken('Another user has this employeeNumber.'));
    return put(authority, known?.id ?? newId<PersonId>(authority.platform), known?.facts ?? noFacts, read.value);
  });
  return id.ok ? getUser(authority, id.value, base) : id;
}

export const replaceUser = (
  authority: Authority,
  id: string,
  body: unknown,
  match: string | undefined,
  base: string,
): Done<Resource> => changeUser(authority, id, match, base, () => readUser(body));

export const patchUser = (
  authority: Authority,
  id: string,
  body: unknown,
  match: string | undefined,
  base: string,
): Done<Resource> =>
  changeUser(authority, id, match, base, ({ account }) => {
    const patched = applyPatch(account.resource as JsonObject, body);
    return patched.ok ? readUser(patched.value) : patched;
  });

function changeUser(
  authority: Authority,
  id: string,
  match: string | undefined,
  base: string,
  next: (facts: PersonFacts & { account: Account }) => Done<ReadUser>,
): Done<Resource> {
  const { people } = authority;
  const changed = people.change((): Done<PersonId> => {
    const row = people.person(id);
    if (!hasAccount(row)) return fail(notHere);
    const allowed = precondition(match, row.version);
    if (!allowed.ok) return allowed;
    const read = next(row.facts);
    return read.ok ? put(authority, row.id, row.facts, read.value) : read;
  });
  return changed.ok ? getUser(authority, changed.value, base) : changed;
}

/** Takes the account away. The person stays known, so that what they wrote keeps its name and they may come back. */
export function deleteUser(authority: Authority, id: string, match: string | undefined): Done<null> {
  const { people, platform } = authority;
  return people.change((): Done<null> => {
    const row = people.person(id);
    if (!hasAccount(row)) return fail(notHere);
    const allowed = precondition(match, row.version);
    if (!allowed.ok) return allowed;
    const account: Account = { ...row.facts.account, state: 'deleted', userName: '', resource: {} };
    people.putPerson(row.id, { ...row.facts, account }, platform.now());
    for (const group of people.groups()) {
      if (!group.members.includes(row.id)) continue;
      people.putGroup({ ...group, members: group.members.filter((member) => member !== row.id) }, platform.now());
    }
    return ok(null);
  });
}

interface ReadUser {
  readonly account: Account;
  readonly staffNumber: string | null;
}

function readUser(body: unknown): Done<ReadUser> {
  if (!isObject(body)) return fail(bad('invalidSyntax', 'A user is a JSON object.'));
  const read = readUserAttributes(body);
  if (!read.ok) return read;
  const { userName, externalId, active } = read.value;
  if (typeof userName !== 'string' || userName.trim() === '')
    return fail(bad('invalidValue', 'A user needs a userName.'));
  const enterprise = read.value[ENTERPRISE];
  const staff = isObject(enterprise) ? getIn(enterprise, 'employeeNumber') : undefined;
  return ok({
    staffNumber: typeof staff === 'string' ? staff : null,
    account: {
      state: active === false ? 'inactive' : 'active',
      userName,
      externalId: typeof externalId === 'string' ? externalId : null,
      resource: read.value,
    },
  });
}

const inUse = taken('Another user has this userName.');

/** A new user may be a person whom personnel knows already, by number or sign-in name, or one who was here before. */
function findPerson({ people }: Authority, { staffNumber, account }: ReadUser): PersonRow | null {
  const byNumber = staffNumber === null ? null : people.byStaffNumber(staffNumber);
  if (byNumber !== null) return byNumber;
  const bySignIn = people.people().filter((row) => isSignInOf(row, account.userName));
  if (bySignIn.length === 1 && bySignIn[0] !== undefined) return bySignIn[0];
  const before = account.externalId === null ? [] : people.byExternalId(account.externalId);
  return before.find((row) => !hasAccount(row)) ?? null;
}

const isSignInOf = (row: PersonRow, userName: string): boolean => {
  const signIn = row.facts.hr?.signIn ?? null;
  return !hasAccount(row) && signIn !== null && sameText(signIn, userName);
};

function put(authority: Authority, id: PersonId, facts: PersonFacts, user: ReadUser): Done<PersonId> {
  const { people, platform } = authority;
  // Personnel's key stays with the person: a provider may add it, and cannot hand it to somebody else.
  const staffNumber = facts.hr === null ? user.staffNumber : facts.staffNumber;
  const after = noteMove(facts, { ...facts, staffNumber, account: user.account }, today(authority));
  const stored = people.putPerson(id, after, platform.now());
  return stored ? ok(id) : fail(taken('Another user has this userName or employeeNumber.'));
}

function render(row: PersonRow & { facts: { account: Account } }, groups: readonly GroupRow[], base: string): Resource {
  const { resource, state } = row.facts.account;
  const held = groups.filter((group) => group.members.includes(row.id));
  return {
    schemas: resource[ENTERPRISE] === undefined ? [USER] : [USER, ENTERPRISE],
    id: row.id,
    ...(resource as JsonObject),
    active: state === 'active',
    groups: held.map(({ id, displayName }) => ({
      value: id,
      display: displayName,
      type: 'direct',
      $ref: `${base}/Groups/${id}`,
    })),
    meta: metaOf('User', row, base),
  };
}
