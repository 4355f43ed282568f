/** What users and groups share: their `meta`, their version as ETag, and what a conditional request asks (RFC 7644, 3.14). */
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ScimFailure } from './errors.ts';
import type { JsonObject } from './json.ts';

export type Resource = JsonObject & {
  readonly id: string;
  readonly meta: { readonly version: string; readonly location: string };
};

interface Versioned {
  readonly id: string;
  readonly version: number;
  readonly created: number;
  readonly modified: number;
}

const tagOf = (version: number): string => `W/"${version}"`;

export const metaOf = (resourceType: 'User' | 'Group', row: Versioned, base: string) => ({
  resourceType,
  created: new Date(row.created).toISOString(),
  lastModified: new Date(row.modified).toISOString(),
  location: `${base}/${resourceType}s/${row.id}`,
  version: tagOf(row.version),
});

const plain = (tag: string): string => tag.trim().replace(/^W\//i, '');

/** Whether a list of tags, as in If-Match and If-None-Match, names this one. */
export const namesTag = (header: string, tag: string): boolean =>
  header.trim() === '*' || header.split(',').some((one) => plain(one) === plain(tag));

/** `If-Match`: done only on the version that the asker has seen. */
export const precondition = (match: string | undefined, version: number): Result<null, ScimFailure> =>
  match === undefined || namesTag(match, tagOf(version))
    ? ok(null)
    : fail({ status: 412, detail: 'This resource has changed since that version.' });
