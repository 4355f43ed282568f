/**
 * What lies in an exported folder, for who receives it without Joinder: each file with its name, size and SHA-256, who
 * wrote it, when, and which rules judged the case then. Pure; names are plain on Windows and elsewhere.
 */
import { z } from 'zod';
import { safeName } from '../../primitives/fileName.ts';
import type { Hash, ItemId, VersionId } from '../../primitives/ids.ts';
import type { ByteCount } from '../../primitives/units.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';

export const CASE_FILE = 'case.json';
export const MANIFEST_FILE = 'manifest.json';

/** What Windows takes of one name, with room for the folders before it. */
const LONGEST = 120;

export interface ManifestFile {
  readonly item: ItemId;
  readonly version: VersionId;
  /** As it is called in the case. */
  readonly name: string;
  readonly bytes: ByteCount;
  readonly sha256: Hash;
  /** What it is called beside the manifest; null: it was not written, as `why` says. */
  readonly file: string | null;
  readonly why?: string;
}

export interface Manifest {
  readonly format: 'joinder export';
  readonly version: 1;
  readonly case: { readonly file: typeof CASE_FILE; readonly bytes: ByteCount; readonly sha256: Hash };
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: { readonly name: string; readonly post: string; readonly organisation: string };
  readonly rules: { readonly name: string; readonly edition: string; readonly sha256: Hash };
  readonly files: readonly ManifestFile[];
}

/** What the nth file is called in the folder: numbered, so that no two are one where capitals count for nothing. */
export function exportName(n: number, name: string): string {
  const number = String(n).padStart(4, '0');
  const safe = safeName(`${number} ${name}`);
  const dot = safe.lastIndexOf('.');
  const ending = dot > 0 && safe.length - dot <= 12 ? safe.slice(dot) : '';
  return safe.length <= LONGEST ? safe : safeName(whole(safe.slice(0, LONGEST - ending.length)) + ending);
}

/** Without half a character at its end. */
const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '').trimEnd();

/** As it is written: indented, with a line's end. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().max(1024);
const manifest = z.looseObject({
  format: z.literal('joinder export'),
  version: z.literal(1),
  case: z.looseObject({ file: z.literal(CASE_FILE), sha256: hash }),
  files: z
    .array(
      z.looseObject({
        item: z.string().max(64),
        name: text,
        sha256: hash,
        file: text.nullable(),
        why: text.optional(),
      }),
    ) // prettier-ignore
    .max(10_000),
});

/** What an import needs of a manifest. */
export interface Listed {
  readonly case: { readonly sha256: string };
  readonly files: readonly (Pick<ManifestFile, 'name' | 'file'> & {
    readonly item: string;
    readonly sha256: string;
    readonly why?: string | undefined;
  })[];
}

/** Reads a manifest that lies beside a case. The cause is a sentence: what is wrong, and what to do next. */
export function parseManifest(said: string): Result<Listed, string> {
  let value: unknown;
  try {
    value = JSON.parse(said);
  } catch {
    return fail(`${MANIFEST_FILE} is no JSON. Choose a folder that Joinder exported, as it was exported.`);
  }
  const read = manifest.safeParse(value);
  if (!read.success)
    return fail(`${MANIFEST_FILE} is not of a kind that this version of Joinder reads. Export the case again, or import its ${CASE_FILE} alone and add the files yourself.`); // prettier-ignore
  const names = read.data.files.flatMap(({ file }) => (file === null ? [] : [file]));
  if (names.some((name) => safeName(name) !== name) || new Set(names).size < names.length)
    return fail(`${MANIFEST_FILE} names files that no export writes. Export the case again.`);
  return ok(read.data);
}
