/** Answers to searches (RFC 7644, 3.4.2): filter, sort, page, and which attributes are wanted. */
import type { Result } from '../../../shared/primitives/result.ts';
import { ok } from '../../../shared/primitives/result.ts';
import type { ScimFailure } from './errors.ts';
import { matches, parseFilter } from './filter.ts';
import type { Json, JsonObject } from './json.ts';
import { getIn, isObject, removeIn } from './json.ts';
import { LIST } from './names.ts';
import { splitUrn } from './path.ts';

/** The most resources in one page. */
export const MOST = 200;
const USUAL = 100;

export interface Query {
  readonly filter?: string | undefined;
  readonly startIndex?: string | number | undefined;
  readonly count?: string | number | undefined;
  readonly attributes?: string | readonly string[] | undefined;
  readonly excludedAttributes?: string | readonly string[] | undefined;
}

export function listOf(all: readonly JsonObject[], query: Query): Result<JsonObject, ScimFailure> {
  const text = query.filter?.trim() ?? '';
  const filter = text === '' ? null : parseFilter(text);
  if (filter?.ok === false) return filter;
  const found = filter === null ? all : all.filter((one) => matches(filter.value, one));
  const start = Math.max(1, readCount(query.startIndex, 1));
  const count = Math.min(MOST, Math.max(0, readCount(query.count, USUAL)));
  const page = found.slice(start - 1, start - 1 + count).map((one) => chosen(one, query));
  return ok({
    schemas: [LIST],
    totalResults: found.length,
    startIndex: start,
    itemsPerPage: page.length,
    Resources: page,
  });
}

function readCount(value: string | number | undefined, otherwise: number): number {
  const number = Number(value);
  return value === undefined || value === '' || !Number.isFinite(number) ? otherwise : Math.trunc(number);
}

const ALWAYS = new Set(['id', 'schemas']);
const names = (wanted: string | readonly string[] | undefined): string[] =>
  (typeof wanted === 'string' ? wanted.split(',') : [...(wanted ?? [])])
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** A copy with only the attributes that were asked for; those that say what it is are always there. */
export function chosen(resource: JsonObject, query: Query): JsonObject {
  const [only, without] = [names(query.attributes), names(query.excludedAttributes)];
  if (only.length > 0) {
    const copy: JsonObject = {};
    for (const key of Object.keys(resource)) {
      const value = resource[key] ?? null;
      const parts = only.map(split).filter(([name]) => name?.toLowerCase() === key.toLowerCase());
      if (ALWAYS.has(key) || parts.some(([, sub]) => sub === undefined)) copy[key] = value;
      else if (parts.length > 0)
        copy[key] = partsOf(
          value,
          parts.map(([, sub]) => sub ?? ''),
        );
    }
    return copy;
  }
  const copy = structuredClone(resource);
  for (const [name = '', sub] of without.map(split)) {
    if (ALWAYS.has(name)) continue;
    if (sub === undefined) removeIn(copy, name);
    else for (const one of eachOf(getIn(copy, name))) removeIn(one, sub);
  }
  return copy;
}

/** `name.givenName` in two; an extension's URN is a name by itself. */
function split(path: string): readonly [string, string?] {
  const { urn, rest } = splitUrn(path);
  if (urn !== null) return rest === '' ? [urn] : [urn, rest];
  const [name = '', sub] = rest.split('.');
  return sub === undefined ? [name] : [name, sub];
}

const eachOf = (value: Json | undefined): JsonObject[] =>
  (Array.isArray(value) ? value : [value ?? null]).filter(isObject);

function partsOf(value: Json, subs: readonly string[]): Json {
  const pick = (one: Json): Json => {
    if (!isObject(one)) return one;
    const copy: JsonObject = {};
    for (const sub of subs) {
      const found = getIn(one, sub);
      if (found !== undefined) copy[sub] = found;
    }
    return copy;
  };
  return Array.isArray(value) ? value.map(pick) : pick(value);
}
