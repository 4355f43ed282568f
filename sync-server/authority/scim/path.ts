/**
 * Names of attributes as requests write them (RFC 7644, 3.10): `userName`, `name.givenName`,
 * `emails[type eq "work"].value`, and any of them behind the schema's URN. Reads; never looks at a resource.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ScimFailure } from './errors.ts';
import { bad } from './errors.ts';
import type { Filter } from './filter.ts';
import { parseFilter } from './filter.ts';
import { SCHEMA_NAMES } from './names.ts';

export interface AttributePath {
  /** The schema extension in which the attribute stands; null: the resource itself. */
  readonly urn: string | null;
  /** Empty where the path names the extension as a whole. */
  readonly attribute: string;
  /** Of several values, those for which this holds. */
  readonly filter: Filter | null;
  readonly sub: string | null;
}

const WORD = /^[A-Za-z$][\w$-]*$/;

/** The extension that a path begins with, and what follows. Core schemas' URNs stand for the resource itself. */
export function splitUrn(text: string): { readonly urn: string | null; readonly rest: string } {
  const plain = text.toLowerCase();
  const found = SCHEMA_NAMES.find(({ id }) => plain === id.toLowerCase() || plain.startsWith(`${id.toLowerCase()}:`));
  if (found === undefined) return { urn: null, rest: text };
  return { urn: found.isExtension ? found.id : null, rest: text.slice(found.id.length + 1) };
}

const refused = (): Result<never, ScimFailure> => fail(bad('invalidPath', 'This path is none that can be read.'));

export function parsePath(text: string): Result<AttributePath, ScimFailure> {
  const { urn, rest } = splitUrn(text.trim());
  if (rest === '') return urn === null ? refused() : ok({ urn, attribute: '', filter: null, sub: null });
  const [, attribute = '', inside, after] = /^([^[\].]+)(?:\[(.*)\])?(?:\.([^[\].]+))?$/s.exec(rest) ?? [];
  if (!WORD.test(attribute) || (after !== undefined && !WORD.test(after))) return refused();
  if (inside === undefined) return ok({ urn, attribute, filter: null, sub: after ?? null });
  const filter = parseFilter(inside);
  return filter.ok ? ok({ urn, attribute, filter: filter.value, sub: after ?? null }) : refused();
}
