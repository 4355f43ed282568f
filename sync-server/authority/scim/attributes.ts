/**
 * The attributes of users and groups that this service knows (RFC 7643, 4 and 7), and how what a provider sends is read into
 * them: spelt as the schema does, `"False"` as text taken for what it means, whatever is not known left out without a word.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ScimFailure } from './errors.ts';
import { bad } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import { getIn, isObject } from './json.ts';
import { ENTERPRISE } from './names.ts';

export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex';
  readonly several?: true;
  readonly required?: true;
  readonly readOnly?: true;
  readonly unique?: true;
  readonly exact?: true;
  readonly says: string;
  readonly parts?: readonly Attribute[];
}

const text = (name: string, says: string): Attribute => ({ name, type: 'string', says });
const VALUES: readonly Attribute[] = [
  text('value', 'The value.'),
  text('type', 'What kind: work, home, other.'),
  text('display', 'For people to read.'),
  { name: 'primary', type: 'boolean', says: 'Whether it is the first choice.' },
];

export const USER_ATTRIBUTES: readonly Attribute[] = [
  { ...text('userName', 'The name to sign in with; unique in any case.'), required: true, unique: true },
  { ...text('externalId', 'The id of the user at the provider.'), exact: true },
  {
    name: 'name',
    type: 'complex',
    says: 'The parts of the name.',
    parts: ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'].map((name) =>
      text(name, 'A part of the name.'),
    ),
  },
  text('displayName', 'The name as it stands on screens.'),
  text('nickName', 'A casual name.'),
  text('title', 'The post, where the personnel system does not say it.'),
  text('userType', 'How the person belongs to the organisation.'),
  text('preferredLanguage', 'The language of choice.'),
  text('locale', 'The place of choice.'),
  text('timezone', 'The time zone.'),
  { name: 'active', type: 'boolean', says: 'False ends all access of the person at once.' },
  { name: 'emails', type: 'complex', several: true, says: 'Addresses of electronic mail.', parts: VALUES },
  { name: 'phoneNumbers', type: 'complex', several: true, says: 'Telephone numbers.', parts: VALUES },
];

export const ENTERPRISE_ATTRIBUTES: readonly Attribute[] = [
  text('employeeNumber', 'The staff number: the key to the personnel system.'),
  text('costCenter', 'The cost centre.'),
  text('organization', 'The organisation.'),
  text('division', 'The division.'),
  text('department', 'The unit, where the personnel system does not say it.'),
  {
    name: 'manager',
    type: 'complex',
    says: 'The line manager.',
    parts: [text('value', 'Id of the user.'), text('displayName', 'The name.')],
  },
];

export const GROUP_ATTRIBUTES: readonly Attribute[] = [
  { ...text('displayName', 'The title of the post that its members hold.'), required: true, unique: true },
  { ...text('externalId', 'The id of the group at the provider.'), exact: true },
  {
    name: 'members',
    type: 'complex',
    several: true,
    says: 'Who holds the post.',
    parts: [text('value', 'Id of a user.'), text('display', 'The name of the user.'), text('type', 'User.')],
  },
];

type Read = Result<Json | undefined, ScimFailure>;
const refused = (name: string): Read => fail(bad('invalidValue', `${name} is not of the kind that its schema says.`));

/** What of a body a schema knows. Null and empty take an attribute away. */
export function readAttributes(body: JsonObject, schema: readonly Attribute[]): Result<JsonObject, ScimFailure> {
  const found: JsonObject = {};
  for (const attribute of schema) {
    const value = readValue(getIn(body, attribute.name), attribute);
    if (!value.ok) return value;
    if (value.value !== undefined) found[attribute.name] = value.value;
  }
  return ok(found);
}

function readValue(value: Json | undefined, attribute: Attribute): Read {
  if (value === undefined || value === null || value === '') return ok(undefined);
  if (attribute.several !== true) return readOne(value, attribute);
  const read = (Array.isArray(value) ? value : [value]).map((one) =>
    readOne(isObject(one) ? one : { value: one }, attribute),
  );
  const wrong = read.find((one) => !one.ok);
  return wrong ?? ok(read.flatMap((one) => (one.ok && one.value !== undefined ? [one.value] : [])));
}

function readOne(value: Json, { name, type, parts = [] }: Attribute): Read {
  switch (type) {
    case 'string':
      if (typeof value === 'number') return ok(String(value));
      return typeof value === 'string' && value.length <= 1024 ? ok(value) : refused(name);
    case 'boolean':
      return readTruth(value, name);
    case 'complex':
      return readComplex(value, name, parts);
  }
}

/** Providers write truth as `true`, `"True"`, `"true"`; one value of it may come in a list or as {value}. */
function readTruth(value: Json, name: string): Read {
  const plain = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const one = isObject(plain) ? getIn(plain, 'value') : plain;
  if (typeof one === 'boolean') return ok(one);
  const word = typeof one === 'string' ? one.trim().toLowerCase() : '';
  return word === 'true' || word === 'false' ? ok(word === 'true') : refused(name);
}

/** A manager comes as an object, as an id, or as a list of one. */
function readComplex(value: Json, name: string, parts: readonly Attribute[]): Read {
  const one = Array.isArray(value) ? value[0] : value;
  if (one === undefined || one === null) return ok(undefined);
  const object = isObject(one) ? one : { value: one };
  if (!isObject(one) && !parts.some((part) => part.name === 'value')) return refused(name);
  const read = readAttributes(object, parts);
  return !read.ok || Object.keys(read.value).length > 0 ? read : ok(undefined);
}

/** The attributes of a user's body, its extension among them. */
export function readUserAttributes(body: JsonObject): Result<JsonObject, ScimFailure> {
  const core = readAttributes(body, USER_ATTRIBUTES);
  if (!core.ok) return core;
  const extension = getIn(body, ENTERPRISE);
  const enterprise = readAttributes(isObject(extension) ? extension : {}, ENTERPRISE_ATTRIBUTES);
  if (!enterprise.ok) return enterprise;
  return ok(Object.keys(enterprise.value).length > 0 ? { ...core.value, [ENTERPRISE]: enterprise.value } : core.value);
}
