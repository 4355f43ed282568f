/**
 * Groups of the identity provider: each stands for a post, and its members hold that post. Each act reads, decides and writes
 * within one transaction; the directory follows afterwards (`people/reconcile.ts`).
 */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Authority } from '../authority.ts';
import type { GroupRow, PersonRow } from '../people/facts.ts';
import { GROUP_ATTRIBUTES, readAttributes } from './attributes.ts';
import type { ScimFailure } from './errors.ts';
import { bad, notHere, taken } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import { getIn, isObject } from './json.ts';
import { GROUP } from './names.ts';
import { applyPatch } from './patch.ts';
import type { Resource } from './resource.ts';
import { metaOf, precondition } from './resource.ts';

type Done<T> = Result<T, ScimFailure>;
type Written = Pick<GroupRow, 'displayName' | 'externalId' | 'members'>;

export function allGroups({ people }: Authority, base: string): Resource[] {
  const known = new Map(people.people().map((row) => [row.id, row]));
  return people.groups().map((group) => render(group, (id) => known.get(id) ?? null, base));
}

export function getGroup({ people }: Authority, id: string, base: string): Done<Resource> {
  const group = people.group(id);
  return group === null ? fail(notHere) : ok(render(group, (member) => people.person(member), base));
}

export function createGroup(authority: Authority, body: unknown, base: string): Done<Resource> {
  const { people, platform } = authority;
  const id = newId<string>(platform);
  const made = people.change((): Done<null> => {
    const read = readGroup(authority, body);
    if (!read.ok) return read;
    return people.putGroup({ id, ...read.value, seat: null }, platform.now()) ? ok(null) : fail(nameTaken);
  });
  return made.ok ? getGroup(authority, id, base) : made;
}

export const replaceGroup = (
  authority: Authority,
  id: string,
  body: unknown,
  match: string | undefined,
  base: string,
): Done<Resource> => changeGroup(authority, id, match, base, () => ok(body));

export const patchGroup = (
  authority: Authority,
  id: string,
  body: unknown,
  match: string | undefined,
  base: string,
): Done<Resource> =>
  changeGroup(authority, id, match, base, (group) =>
    applyPatch(
      {
        displayName: group.displayName,
        externalId: group.externalId,
        members: group.members.map((value) => ({ value })),
      },
      body,
    ),
  );

function changeGroup(
  authority: Authority,
  id: string,
  match: string | undefined,
  base: string,
  next: (group: GroupRow) => Done<unknown>,
): Done<Resource> {
  const { people, platform } = authority;
  const changed = people.change((): Done<null> => {
    const group = people.group(id);
    if (group === null) return fail(notHere);
    const allowed = precondition(match, group.version);
    if (!allowed.ok) return allowed;
    const body = next(group);
    if (!body.ok) return body;
    const read = readGroup(authority, body.value);
    if (!read.ok) return read;
    return people.putGroup({ ...group, ...read.value }, platform.now()) ? ok(null) : fail(nameTaken);
  });
  return changed.ok ? getGroup(authority, id, base) : changed;
}

/** Its members hold the post no longer. The post stays: cases may hang on it. */
export function deleteGroup({ people }: Authority, id: string, match: string | undefined): Done<null> {
  return people.change((): Done<null> => {
    const group = people.group(id);
    if (group === null) return fail(notHere);
    const allowed = precondition(match, group.version);
    if (allowed.ok) people.dropGroup(id);
    return allowed;
  });
}

const nameTaken = taken('Another group has this displayName.');

function readGroup(authority: Authority, body: unknown): Done<Written> {
  if (!isObject(body)) return fail(bad('invalidSyntax', 'A group is a JSON object.'));
  const read = readAttributes(body, GROUP_ATTRIBUTES);
  if (!read.ok) return read;
  const { displayName, externalId, members } = read.value;
  if (typeof displayName !== 'string' || !/\S/.test(displayName) || displayName.length > 200)
    return fail(bad('invalidValue', 'A group needs a displayName of at most 200 characters.'));
  const ids = (Array.isArray(members) ? members : []).map(memberId);
  const found = ids.flatMap((id) => authority.people.person(id) ?? []);
  if (found.length < ids.length) return fail(bad('invalidValue', 'A member is no user of this service.'));
  return ok({
    displayName: displayName.trim(),
    externalId: typeof externalId === 'string' ? externalId : null,
    members: [...new Set(found.map((row) => row.id))],
  });
}

function memberId(member: Json): string {
  const value = isObject(member) ? getIn(member, 'value') : member;
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function render(group: GroupRow, person: (id: PersonId) => PersonRow | null, base: string): Resource {
  const members = group.members.map((value): JsonObject => {
    const display = person(value)?.facts.account?.resource['displayName'];
    return {
      value,
      type: 'User',
      $ref: `${base}/Users/${value}`,
      ...(typeof display === 'string' ? { display } : {}),
    };
  });
  return {
    schemas: [GROUP],
    id: group.id,
    ...(group.externalId === null ? {} : { externalId: group.externalId }),
    displayName: group.displayName,
    members,
    meta: metaOf('Group', group, base),
  };
}
