/**
 * PATCH of a SCIM resource (RFC 7644, 3.5.2), in the dialects that providers send: operations in any case, with a path or
 * without one, dotted names and URNs as keys of a path-less value, members taken out by filter or by list. Works on a copy:
 * all operations, or none.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ScimFailure } from './errors.ts';
import { bad } from './errors.ts';
import { asValue, matches } from './filter.ts';
import type { Json, JsonObject } from './json.ts';
import { equal, getIn, isObject, removeIn, setIn } from './json.ts';
import type { AttributePath } from './path.ts';
import { parsePath } from './path.ts';

type Op = 'add' | 'replace' | 'remove';
type Done = Result<null, ScimFailure>;
const done: Done = ok(null);

/** Attributes that hold several values. */
const SEVERAL = new Set([
  'emails',
  'phonenumbers',
  'addresses',
  'roles',
  'entitlements',
  'ims',
  'photos',
  'groups',
  'members',
  'x509certificates',
]);
/** What the service alone says; a provider that sends it back changes nothing. */
const OURS = new Set(['id', 'meta', 'schemas', 'groups']);

export function applyPatch(resource: JsonObject, body: unknown): Result<JsonObject, ScimFailure> {
  const operations = isObject(body) ? getIn(body, 'Operations') : undefined;
  if (!Array.isArray(operations) || operations.length === 0)
    return fail(bad('invalidSyntax', 'A PATCH has a list of Operations.'));
  const copy = structuredClone(resource);
  for (const operation of operations) {
    const applied = applyOne(copy, operation);
    if (!applied.ok) return applied;
  }
  return ok(copy);
}

function applyOne(resource: JsonObject, operation: Json): Done {
  if (!isObject(operation)) return fail(bad('invalidSyntax', 'An operation is an object.'));
  const named = getIn(operation, 'op');
  const op = (['add', 'replace', 'remove'] as const).find(
    (one) => typeof named === 'string' && one === named.toLowerCase(),
  );
  if (op === undefined) return fail(bad('invalidSyntax', 'An operation is add, replace or remove.'));
  const path = getIn(operation, 'path');
  const value = getIn(operation, 'value');
  if (op !== 'remove' && value === undefined) return fail(bad('invalidValue', `${op} needs a value.`));
  if (typeof path === 'string' && path.trim() !== '') return applyAt(resource, op, path, value);
  if (path !== undefined && path !== null && path !== '') return fail(bad('invalidPath', 'A path is a text.'));
  if (op === 'remove') return fail(bad('noTarget', 'remove needs a path.'));
  return isObject(value)
    ? applyAll(resource, op, value)
    : fail(bad('invalidValue', 'Without a path the value is an object.'));
}

/** A value without a path: each of its names is one. */
function applyAll(resource: JsonObject, op: Op, value: JsonObject): Done {
  for (const [name, one] of Object.entries(value)) {
    const applied = applyAt(resource, op, name, one);
    if (!applied.ok) return applied;
  }
  return done;
}

function applyAt(resource: JsonObject, op: Op, text: string, value: Json | undefined): Done {
  const path = parsePath(text);
  if (!path.ok) return path;
  const { urn, attribute } = path.value;
  if (urn === null && OURS.has(attribute.toLowerCase())) return done;
  if (urn !== null && attribute === '') {
    if (op === 'remove') return (void removeIn(resource, urn), done);
    return isObject(value)
      ? applyAll(inside(resource, urn), op, value)
      : fail(bad('invalidValue', 'An extension is an object.'));
  }
  return applyTo(urn === null ? resource : inside(resource, urn), op, path.value, value);
}

function inside(object: JsonObject, name: string): JsonObject {
  const there = getIn(object, name);
  if (isObject(there)) return there;
  const made: JsonObject = {};
  setIn(object, name, made);
  return made;
}

function applyTo(object: JsonObject, op: Op, path: AttributePath, value: Json | undefined): Done {
  const { attribute, filter, sub } = path;
  if (filter !== null) return applyToSome(object, op, path, value);
  if (sub !== null) {
    const there = getIn(object, attribute);
    if (Array.isArray(there)) return applyToEach(there.filter(isObject), op, sub, value);
    if (op === 'remove' && !isObject(there)) return done;
    return applyTo(inside(object, attribute), op, { ...path, attribute: sub, sub: null }, value);
  }
  if (op === 'remove') return removeValues(object, attribute, value);
  if (SEVERAL.has(attribute.toLowerCase())) {
    const given = Array.isArray(value) ? value : [value ?? null];
    setIn(object, attribute, op === 'add' ? joined(getIn(object, attribute), given) : given);
    return done;
  }
  const before = getIn(object, attribute);
  if (isObject(before) && isObject(value)) Object.entries(value).forEach(([name, one]) => setIn(before, name, one));
  else setIn(object, attribute, value ?? null);
  return done;
}

function applyToEach(values: readonly JsonObject[], op: Op, sub: string, value: Json | undefined): Done {
  for (const one of values) {
    if (op === 'remove') removeIn(one, sub);
    else setIn(one, sub, value ?? null);
  }
  return done;
}

/** `remove` with a list takes out those of it, and of an empty one none; with no value, all. */
function removeValues(object: JsonObject, attribute: string, value: Json | undefined): Done {
  const there = getIn(object, attribute);
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  if (!Array.isArray(there) || value === undefined || value === null) removeIn(object, attribute);
  else
    setIn(
      object,
      attribute,
      there.filter((one) => !list.some((gone) => sameValue(one, gone))),
    );
  return done;
}

const valueOf = (one: Json): Json => (isObject(one) ? (getIn(one, 'value') ?? one) : one);
const sameValue = (a: Json, b: Json): boolean => equal(valueOf(a), valueOf(b), true);

function joined(before: Json | undefined, given: readonly Json[]): Json[] {
  const kept = Array.isArray(before) ? before : [];
  return [...kept, ...given.filter((one) => !kept.some((known) => sameValue(known, one)))];
}

function applyToSome(
  object: JsonObject,
  op: Op,
  { attribute, filter, sub }: AttributePath,
  value: Json | undefined,
): Done {
  const there = getIn(object, attribute);
  const list = Array.isArray(there) ? there : [];
  const chosen = filter === null ? [] : list.filter((one) => matches(filter, one));
  if (op === 'remove') {
    if (sub !== null) return applyToEach(chosen.filter(isObject), op, sub, undefined);
    setIn(
      object,
      attribute,
      list.filter((one) => !chosen.includes(one)),
    );
    return done;
  }
  if (chosen.length > 0 && sub !== null) return applyToEach(chosen.filter(isObject), op, sub, value);
  // Providers set `emails[type eq "work"].value` where there is none yet: it is made, as the filter says.
  const fresh = chosen.length > 0 || filter === null ? {} : asValue(filter);
  if (fresh === null) return fail(bad('noTarget', 'No value is what this path asks for.'));
  if (sub === null && !isObject(value)) return fail(bad('invalidValue', 'This value is an object.'));
  const made: JsonObject =
    sub === null ? { ...fresh, ...(isObject(value) ? value : {}) } : { ...fresh, [sub]: value ?? null };
  const rest = list.map((one) => (chosen.includes(one) && isObject(one) ? { ...one, ...made } : one));
  setIn(object, attribute, chosen.length > 0 ? rest : [...list, made]);
  return done;
}
